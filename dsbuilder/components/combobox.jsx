// A text box with a list that is searched on the server, after the ARIA combobox pattern. It holds no rule of the domain:
// what matches comes in `choices` (for the text `answered`), what is chosen goes out, and so does a text that is in no choice.
// With `clears` the box empties after each choice, for a list of which several may be chosen.
import React, { useEffect, useRef, useState } from "react";

const PAUSE = 150; // ms without typing before asking the server

export function Combobox({ inputId, value, choices, answered, onSearch, onChoose, describedBy, invalid, required, clears, words, className }) {
  const [text, setText] = useState(value || "");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked = useRef(null);
  const timer = useRef(0);
  const given = useRef(value || "");
  const typing = useRef(false); // what the server says of the last choice must not replace what is being typed since
  const list = useRef(null);
  const fresh = open && answered === asked.current;
  const shown = fresh ? choices || [] : [];
  const listId = inputId + "-liste";
  const optionId = (i) => `${listId}-${i}`;

  useEffect(() => {
    if (value === given.current) return;
    given.current = value || "";
    if (!typing.current) setText(value || "");
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => { list.current?.children[active]?.scrollIntoView?.({ block: "nearest" }); }, [active]);

  const search = (wanted, pause) => {
    setOpen(true); setActive(-1);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { asked.current = wanted; onSearch?.(wanted); }, pause);
  };
  const give = (wanted, label) => {
    clearTimeout(timer.current);
    setOpen(false); setActive(-1); setText(label);
    typing.current = false;
    if (wanted === given.current) return;
    onChoose?.(wanted);
    if (clears) setText(""); else given.current = wanted;
  };
  const leave = () => {
    const same = shown.find((c) => c.label.trim().toLowerCase() === text.trim().toLowerCase());
    same ? give(same.value, same.label) : give(text.trim(), text.trim());
  };
  const onKeyDown = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return search(text, 0);
      if (!shown.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      give(shown[active].value, shown[active].label);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      setOpen(false); setActive(-1); setText(given.current);
      typing.current = false;
    }
  };
  const said = !fresh ? "" : shown.length ? words.found.replace("{count}", shown.length) : words.none;
  return (
    <div className={"combobox " + (className || "")}>
      <input id={inputId} className="input" type="text" role="combobox" autoComplete="off" spellCheck={false}
        aria-autocomplete="list" aria-expanded={open && shown.length > 0} aria-controls={listId}
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        aria-describedby={describedBy || undefined} aria-invalid={invalid ? "true" : "false"} aria-required={required ? "true" : "false"}
        value={text} onKeyDown={onKeyDown} onBlur={leave}
        onFocus={(event) => event.target.select()} onClick={() => open || search(text, 0)}
        onChange={(event) => { typing.current = true; setText(event.target.value); search(event.target.value, PAUSE); }} />
      <ul id={listId} ref={list} role="listbox" aria-label={words.list} className="listbox" hidden={!open || shown.length === 0}>
        {shown.map((c, i) => (
          <li key={c.value} id={optionId(i)} role="option" aria-selected={i === active}
            onMouseDown={(event) => { event.preventDefault(); give(c.value, c.label); }}>{c.label}</li>
        ))}
      </ul>
      {fresh && shown.length === 0 && text ? <p className="hint">{words.none}</p> : null}
      <span role="status" className="hidden">{said}</span>
    </div>
  );
}
