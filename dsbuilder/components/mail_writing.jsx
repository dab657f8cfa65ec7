// A mail being worded: its subject, its text, and a list of tags, searched as one types, that are put in where the caret is.
// What is too long is refused here, before it is sent (a message over the socket's limit would close it without a word).
// What the server gives (`stamp` changes) replaces what is typed only where it answers this page; `seen` goes back with what is
// saved, so that it says what was typed over. What is typed and not saved is found again on coming back to the page.
import { useEffect, useRef, useState } from "react";

const PAUSE = 350; // ms without typing before the preview is asked again
const unsaved = new Map(); // what was typed, by address, as long as the page's scripts live
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function MailWriting({ subject, body, seen, stamp, tags, limits, words, subjectError, bodyError, answered, children, onDraft, onSave }) {
  const boxes = { subject: useRef(null), body: useRef(null) };
  const target = useRef("body"); // the one that had the caret last
  const given = useRef({ subject, body, seen });
  const timer = useRef(0);
  const [wrong, setWrong] = useState({});
  const [busy, setBusy] = useState(false);
  const [sought, setSought] = useState("");
  const [said, setSaid] = useState("");
  const before = useRef(answered);
  const latest = useRef(null); // what was typed, when it is not what was given
  const typed = () => [boxes.subject.current.value, boxes.body.current.value];
  const show = (one, other) => { boxes.subject.current.value = one; boxes.body.current.value = other; };

  useEffect(() => {
    const isAnswer = answered > before.current; // it starts again from nothing when the state was lost
    before.current = answered;
    if (latest.current && !isAnswer) return;
    given.current = { subject, body, seen };
    latest.current = null;
    show(subject, body);
    clearTimeout(timer.current);
  }, [stamp]);
  useEffect(() => {
    const address = location.pathname;
    const kept = unsaved.get(address);
    unsaved.delete(address);
    if (kept && kept.seen === seen) {
      show(...kept.typed);
      changed();
    }
    return () => { if (latest.current) unsaved.set(address, { ...given.current, typed: latest.current }); };
  }, []);
  useEffect(() => {
    setBusy(false);
    setWrong({ subject: subjectError, body: bodyError });
    if (subjectError) boxes.subject.current.focus();
    else if (bodyError) boxes.body.current.focus();
  }, [answered, subjectError, bodyError]);
  useEffect(() => {
    const leave = (event) => {
      if (latest.current) event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => { removeEventListener("beforeunload", leave); clearTimeout(timer.current); };
  }, []);

  const tooLong = () => {
    const [one, other] = typed();
    return { subject: one.length > limits.subject ? words.tooLong : "", body: other.length > limits.body ? words.tooLong : "" };
  };
  const changed = () => {
    const [one, other] = typed();
    latest.current = one === given.current.subject && other === given.current.body ? null : [one, other];
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
    onSave?.(...typed(), given.current.seen);
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
