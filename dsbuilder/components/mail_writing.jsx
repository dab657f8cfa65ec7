// A mail being worded: its subject, its text, and a list of tags, searched as one types, that are put in where the caret is.
// What is too long is refused here, before it is sent (a message over the socket's limit would close it without a word).
// What the server gives replaces what is typed only when `stamp` changes.
import { useEffect, useRef, useState } from "react";

const PAUSE = 350; // ms without typing before the preview is asked again
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function MailWriting({ subject, body, stamp, tags, limits, words, subjectError, bodyError, answered, children, onDraft, onSave }) {
  const boxes = { subject: useRef(null), body: useRef(null) };
  const target = useRef("body"); // the one that had the caret last
  const given = useRef({ subject, body });
  const timer = useRef(0);
  const [wrong, setWrong] = useState({});
  const [busy, setBusy] = useState(false);
  const [sought, setSought] = useState("");
  const [said, setSaid] = useState("");
  const typed = () => [boxes.subject.current.value, boxes.body.current.value];

  useEffect(() => {
    given.current = { subject, body };
    boxes.subject.current.value = subject;
    boxes.body.current.value = body;
    clearTimeout(timer.current);
  }, [stamp]);
  useEffect(() => {
    setBusy(false);
    setWrong({ subject: subjectError, body: bodyError });
    if (subjectError) boxes.subject.current.focus();
    else if (bodyError) boxes.body.current.focus();
  }, [answered, subjectError, bodyError]);
  useEffect(() => {
    const leave = (event) => {
      const [one, other] = [boxes.subject.current, boxes.body.current];
      if (one && (one.value !== given.current.subject || other.value !== given.current.body)) event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => { removeEventListener("beforeunload", leave); clearTimeout(timer.current); };
  }, []);

  const tooLong = () => {
    const [one, other] = typed();
    return { subject: one.length > limits.subject ? words.tooLong : "", body: other.length > limits.body ? words.tooLong : "" };
  };
  const changed = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const refused = tooLong();
      if (refused.subject || refused.body) return setWrong(refused);
      onDraft?.(...typed());
    }, PAUSE);
  };
  const save = (event) => {
    event.preventDefault();
    if (busy) return;
    const refused = tooLong();
    setWrong(refused);
    if (refused.subject || refused.body) return boxes[refused.subject ? "subject" : "body"].current.focus();
    clearTimeout(timer.current);
    setBusy(true);
    onSave?.(...typed());
  };
  const insert = (written) => {
    const box = boxes[target.current].current;
    box.focus();
    // It alone lets the browser undo what is put in; where it does nothing, the text is put in all the same.
    if (!document.execCommand("insertText", false, written)) box.setRangeText(written, box.selectionStart, box.selectionEnd, "end");
    setSaid(`${words.inserted} ${written}`);
    changed();
  };

  const found = tags.filter((tag) => folded(tag.written).includes(folded(sought.trim())));
  const search = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (found.length) insert(found[0].written);
  };
  const box = (name, label, Tag, rest) => (
    <div className={wrong[name] ? "field invalid" : "field"}>
      <label htmlFor={`courriel-${name}`}>{label}</label>
      {wrong[name] ? <p className="error" id={`courriel-${name}-erreur`}><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-circle-alert" /></svg><span><span className="hidden">{words.error}</span>{wrong[name]}</span></p> : null}
      <Tag ref={boxes[name]} id={`courriel-${name}`} defaultValue={name === "subject" ? subject : body} onInput={changed} onFocus={() => { target.current = name; }}
        aria-invalid={Boolean(wrong[name])} aria-describedby={wrong[name] ? `courriel-${name}-erreur` : undefined} aria-required="true" {...rest} />
    </div>
  );
  const group = (title, ofForm) => {
    const those = found.filter((tag) => tag.of_form === ofForm);
    return those.length ? <>
      <h3>{title}</h3>
      <ul role="list">{those.map((tag) => <li key={tag.written}><button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => insert(tag.written)}><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-plus" /></svg>{tag.written.slice(2, -2)}</button></li>)}</ul>
    </> : null;
  };
  return (
    <form onSubmit={save} noValidate aria-busy={busy} className="stack mail-writing">
      {box("subject", words.subject, "input", { className: "input", type: "text", autoComplete: "off" })}
      {box("body", words.body, "textarea", { className: "textarea", rows: 14 })}
      <fieldset className="tags-to-insert">
        <legend>{words.tags}</legend>
        <p className="hint" id="balises-aide">{words.help}</p>
        <div className="field">
          <label htmlFor="balises-chercher">{words.search}</label>
          <input id="balises-chercher" className="input" type="search" autoComplete="off" aria-describedby="balises-trouvees" onChange={(event) => setSought(event.target.value)} onKeyDown={search} />
        </div>
        <p className="meta" id="balises-trouvees" role="status">{sought.trim() ? (found.length ? words.found.replace("{count}", found.length) : words.none) : ""}</p>
        <div className="listed">{group(words.ofDossier, false)}{group(words.ofForm, true)}</div>
        <p className="hidden" role="status">{said}</p>
      </fieldset>
      <div className="button-group">{children}</div>
    </form>
  );
}
