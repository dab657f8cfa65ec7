// A text that is written, then sent once. What is too long is refused here, before it is sent (a message over the socket's
// limit would close it and be lost without a word), and stays for its author; so does what the server refuses.
import { useEffect, useRef, useState } from "react";

export function Writing({ inputId, label, hint, limit, words, required, error, answered, children, onSend }) {
  const text = useRef(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const before = useRef(answered);
  useEffect(() => {
    const isNew = answered > before.current; // it starts again from nothing after a reload of the state: keep the text
    before.current = answered;
    if (!isNew) return;
    setBusy(false);
    setWrong(error);
    if (!error && text.current) text.current.value = "";
    if (error) text.current?.focus();
  }, [answered, error]);
  const send = (event) => {
    event.preventDefault();
    if (busy) return;
    const written = text.current.value;
    const refused = written.length > limit ? words.tooLong : required && !written.trim() ? words.empty : "";
    setWrong(refused);
    if (refused) return text.current.focus();
    setBusy(true);
    onSend?.(written);
  };
  const described = [hint && `${inputId}-aide`, wrong && `${inputId}-erreur`].filter(Boolean).join(" ") || undefined;
  return (
    <form onSubmit={send} noValidate aria-busy={busy}>
      <div className={wrong ? "field invalid" : "field"}>
        <label htmlFor={inputId}>{label}{required ? null : <span className="optional"> {words.optional}</span>}</label>
        {hint ? <p className="hint" id={`${inputId}-aide`}>{hint}</p> : null}
        {wrong ? <p className="error" id={`${inputId}-erreur`}><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-circle-alert" /></svg><span><span className="hidden">{words.error}</span>{wrong}</span></p> : null}
        <textarea ref={text} id={inputId} className="textarea" aria-describedby={described} aria-invalid={Boolean(wrong)} aria-required={required} />
      </div>
      <div className="button-group">{children}</div>
    </form>
  );
}
