// Draws a long form's first screen at once and the rest in the browser's idle moments, a few questions each time, so that
// one can begin to answer while the rest comes. What it holds stays drawn. `first` is drawn at once.
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

const AT_ONCE = 4; // questions drawn before it is asked again whether the moment is still idle: about four milliseconds
const A_MOMENT = 8; // ms that must remain of it
const FIRST_PAUSE = 250; // ms for the first screen to be seen and used before the rest takes the browser's time, unless one scrolls
const PATIENCE = 300; // ms after which a busy browser draws them all the same
const waiting = new Set(); // what draws each question that is not drawn yet, in the page's order
let shown = 0; // how many are mounted
let settled = false; // after the first drawing, what a condition shows comes at once
let begun = false;
let asked = false;

const idle = (callback) => (window.requestIdleCallback ? window.requestIdleCallback(callback, { timeout: PATIENCE }) : setTimeout(callback, 16));
const afterAPause = (callback) => {
  const once = () => { clearTimeout(timer); window.removeEventListener("scroll", once); callback(); };
  const timer = setTimeout(once, FIRST_PAUSE);
  window.addEventListener("scroll", once, { passive: true });
};
const draw = (deadline) => {
  asked = false;
  do {
    const next = [...waiting].slice(0, AT_ONCE);
    flushSync(() => { for (const one of next) { waiting.delete(one); one(true); } });
  } while (waiting.size && deadline?.timeRemaining() > A_MOMENT);
  go();
};
const go = () => {
  if (waiting.size && !asked) { asked = true; begun ? idle(draw) : afterAPause(() => idle(draw)); begun = true; }
  if (waiting.size) document.documentElement.dataset.drawing = "";
  else { settled = true; delete document.documentElement.dataset.drawing; document.dispatchEvent(new Event("dsbuilder:drawn")); }
};
const drawAll = () => {
  flushSync(() => { for (const one of waiting) one(true); waiting.clear(); });
  go();
};
// A link of the contents or of the summary of errors may be followed before its question is drawn: the browser finds nothing to go to.
const goToPlace = () => {
  const id = decodeURIComponent(window.location.hash.slice(1));
  if (!id || !waiting.size || document.getElementById(id)) return;
  drawAll();
  const place = document.getElementById(id);
  place?.scrollIntoView();
  place?.focus();
};
if (typeof window !== "undefined") {
  window.addEventListener("beforeprint", drawAll); // printing wants the whole form
  window.addEventListener("hashchange", goToPlace);
}

export function Soon({ first, children }) {
  const [drawn, setDrawn] = useState(() => Boolean(first) || settled);
  useEffect(() => {
    shown += 1;
    if (!drawn) { waiting.add(setDrawn); go(); }
    return () => { shown -= 1; waiting.delete(setDrawn); if (!shown) settled = begun = false; };
  }, []);
  return drawn ? children : null;
}
