// Keys for a desk. An element names its key in `data-key`: pressing the key clicks it, or focuses it when it is an input.
// j and k walk along the links marked `data-row`, unless an element claims these keys. A dialog lists the keys and turns
// them off (WCAG 2.1.4); the choice is kept in this browser.
import { useEffect, useLayoutEffect, useRef, useState } from "react";

const KEPT = "dsbuilder:keys";
const areOn = () => { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } };
const isTyping = (element) => element?.closest?.("input, textarea, select, dialog[open], [contenteditable]");

export function Shortcuts({ words, keys }) {
  const dialog = useRef(null);
  const [on, setOn] = useState(true);
  useEffect(() => setOn(areOn()), []);
  useLayoutEffect(() => { // before anything is seen, so that no key is lost
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.key === "Escape" && document.activeElement?.dataset?.key) return document.activeElement.blur();
      if (!areOn() || isTyping(event.target)) return;
      if (event.key === "?") { event.preventDefault(); return dialog.current?.showModal(); }
      const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (target) {
        event.preventDefault();
        return target.matches("input") ? (target.focus(), target.select()) : target.click();
      }
      if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1, event);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  const walk = (step, event) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) return;
    event.preventDefault();
    const here = rows.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1);
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
  const toggle = (event) => {
    setOn(event.target.checked);
    try { localStorage.setItem(KEPT, event.target.checked ? "on" : "off"); } catch { /* forbidden: on for this page */ }
  };
  return (
    <>
      <button type="button" className="button quiet keys" onClick={() => dialog.current?.showModal()}>{words.open} <kbd aria-hidden="true">?</kbd></button>
      <dialog ref={dialog} aria-labelledby="touches">
        <h2 id="touches">{words.title}</h2>
        <dl className="keys">
          {keys.map(([pressed, does]) => (
            <div key={pressed}><dt>{pressed.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{does}</dd></div>
          ))}
        </dl>
        <label className="check"><input type="checkbox" checked={on} onChange={toggle} /><span>{words.on}</span></label>
        <form method="dialog" className="button-group"><button className="button primary">{words.close}</button></form>
      </dialog>
    </>
  );
}
