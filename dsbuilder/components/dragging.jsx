// Dragging things in a list whose places are drawn elsewhere: mouse, touch and keyboard, with a line where it will land.
// A place is an element with `data-slot` (its id); `data-parent` names the block it stands in, `data-holds` says that
// things may be dropped inside, `data-nests` that it may itself go inside, `data-title` that it opens a section.
import React, { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, useDraggable, useSensor, useSensors } from "@dnd-kit/core";

const GAP = 4;
const EDGE = 6;
const Words = createContext({});

const labelOf = (element) => element?.dataset.label || element?.querySelector("[data-name]")?.value || element?.querySelector("[data-name]")?.textContent || "";
const slotOf = (id) => document.querySelector(`[data-slot="${CSS.escape(id)}"]`);

// Where the dragged thing may land, from top to bottom: { parent, before, y, x, width, inside }.
export function gapsFor(canvas, { id, nests, title }) {
  const slots = [...canvas.querySelectorAll("[data-slot]")].filter((slot) => slot.getClientRects().length);
  const own = id && slotOf(id);
  const gaps = [];
  let last = null;
  const add = (slot, parent, before, y) => {
    const box = slot.getBoundingClientRect();
    gaps.push({ parent, before, y, x: box.left, width: box.width, inside: parent });
  };
  const endOf = (block) => {
    if (!block || !nests || block === own) return;
    const inner = [...block.querySelectorAll("[data-slot]")];
    const at = inner.length ? inner[inner.length - 1] : block.querySelector("article") || block;
    add(at, block.dataset.slot, "", at.getBoundingClientRect().bottom + GAP);
  };
  let block = null;
  for (const slot of slots) {
    const parent = slot.dataset.parent || "";
    if (parent) {
      if (nests && !(own && own.contains(slot) && own !== slot)) add(slot, parent, slot.dataset.slot, slot.getBoundingClientRect().top - GAP);
      continue;
    }
    endOf(block);
    block = slot.dataset.holds ? slot : null;
    const opens = !!slot.dataset.title;
    if (!title || opens) {
      const under = last && opens && !last.dataset.title;
      add(slot, "", slot.dataset.slot, under ? last.getBoundingClientRect().bottom + GAP : slot.getBoundingClientRect().top - GAP);
    }
    last = slot;
  }
  endOf(block);
  if (last) add(last, "", "", last.getBoundingClientRect().bottom + GAP);
  else gaps.push({ parent: "", before: "", y: canvas.getBoundingClientRect().top + 80, x: canvas.getBoundingClientRect().left + 24, width: canvas.clientWidth - 48, inside: "" });
  return gaps;
}

const nearest = (gaps, y) => gaps.reduce((best, gap, i) => (Math.abs(gap.y - y) < Math.abs(gaps[best].y - y) ? i : best), 0);

const filled = (sentence, values) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), sentence || "");

function sayPlace(words, gap) {
  if (!gap) return "";
  if (gap.before) return filled(words.before, { label: labelOf(slotOf(gap.before)) || words.unnamed });
  if (gap.parent) return filled(words.end_of, { label: labelOf(slotOf(gap.parent)) || words.unnamed });
  return words.end;
}

// The next gap in that direction that would change something.
function stepped(gaps, from, code) {
  if (code === "ArrowUp") return Math.max(0, from - 1);
  if (code === "ArrowDown") return Math.min(gaps.length - 1, from + 1);
  const wanted = code === "ArrowRight" ? (gap) => gap.inside : (gap) => !gap.inside;
  for (let distance = 1; distance < gaps.length; distance++)
    for (const at of [from - distance, from + distance]) if (gaps[at] && wanted(gaps[at])) return at;
  return from;
}

export function DragArea({ words, onMove, onPlace, children }) {
  const [active, setActive] = useState(null); // { id, kind, label, nests, title, keyboard }
  const [gap, setGap] = useState(null);
  const [said, setSaid] = useState("");
  const now = useRef({ active: null, gaps: [], at: 0, pointer: null });
  const canvas = () => document.querySelector("[data-canvas]");

  const measure = () => { now.current.gaps = gapsFor(canvas(), now.current.active); };
  const settle = (at) => {
    const state = now.current;
    const before = state.gaps[state.at];
    state.at = at;
    const next = state.gaps[at];
    setGap(next || null);
    if (next && before !== next && (!before || before.before !== next.before || before.parent !== next.parent)) setSaid(sayPlace(words, next));
  };
  // By keyboard, one press is one gap: the sensor asks where to go, and the answer is the place of that gap.
  const byKey = (event, { currentCoordinates }) => {
    if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.code)) return undefined;
    event.preventDefault();
    const state = now.current;
    measure();
    const at = stepped(state.gaps, state.at, event.code);
    const target = state.gaps[at];
    const box = canvas().getBoundingClientRect();
    if (!target) return currentCoordinates;
    if (target.y < box.top + 40 || target.y > box.bottom - 40) {
      canvas().scrollBy({ top: target.y - (box.top + box.height / 2) });
      measure();
    }
    settle(at);
    return { x: currentCoordinates.x, y: box.top + box.height / 2 }; // always in view: the scrolling is ours
  };
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: EDGE } }),
    useSensor(KeyboardSensor, { coordinateGetter: byKey, keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] }, scrollBehavior: "auto" }),
  );
  const start = ({ active: { data }, activatorEvent }) => {
    const what = { ...data.current, keyboard: activatorEvent instanceof KeyboardEvent };
    const slot = what.id && slotOf(what.id);
    what.label = (slot ? labelOf(slot) : what.label) || words.unnamed;
    const pointer = { x: activatorEvent.clientX ?? 0, y: activatorEvent.clientY ?? 0 };
    const follow = (event) => { pointer.x = event.clientX; pointer.y = event.clientY; };
    addEventListener("pointermove", follow, true);
    now.current = { active: what, gaps: [], at: -1, pointer, stop: () => removeEventListener("pointermove", follow, true) };
    measure();
    const own = now.current.gaps.findIndex((one) => what.id && one.before === what.id);
    now.current.at = own >= 0 ? own : 0;
    setActive(what);
    setGap(what.keyboard ? now.current.gaps[now.current.at] : null);
    setSaid(filled(words.lifted, { label: what.label }));
    slot?.setAttribute("data-lifted", "");
    document.body.setAttribute("data-dragging", "");
  };
  const moved = () => {
    const state = now.current;
    if (!state.active || state.active.keyboard) return;
    const box = canvas().getBoundingClientRect();
    measure();
    // A thing from the palette lands only once it is over the form.
    const over = state.active.id || (state.pointer.x >= box.left && state.pointer.x <= box.right);
    over ? settle(nearest(state.gaps, state.pointer.y)) : setGap(null);
  };
  const reset = (sentence) => {
    const { active: what } = now.current;
    if (what?.id) slotOf(what.id)?.removeAttribute("data-lifted");
    document.body.removeAttribute("data-dragging");
    now.current.stop?.();
    now.current.active = null;
    setActive(null);
    setGap(null);
    setSaid(sentence);
  };
  const end = () => {
    const { active: what, gaps, at } = now.current;
    const target = gap && gaps[at];
    if (!what || !target) return reset(filled(words.cancelled, { label: what?.label || "" }));
    reset(filled(words.dropped, { label: what.label, place: sayPlace(words, target) }));
    if (what.id && target.before === what.id) return;
    if (what.id) { onMove?.(what.id, target.parent, target.before); refocus(what.id); }
    else onPlace?.(what.kind, target.parent, target.before);
  };
  const silent = { onDragStart: () => undefined, onDragOver: () => undefined, onDragEnd: () => undefined, onDragCancel: () => undefined };
  const context = useMemo(() => words, [words]);
  return (
    <DndContext id="dragging" sensors={sensors} accessibility={{ announcements: silent, screenReaderInstructions: { draggable: words.how } }}
      autoScroll={{ threshold: { x: 0, y: 0.12 } }}
      onDragStart={start} onDragMove={moved} onDragEnd={end} onDragCancel={() => reset(filled(words.cancelled, { label: now.current.active?.label || "" }))}>
      <Words.Provider value={context}>{children}</Words.Provider>
      {active && gap && <DropLine gap={gap} text={`${words.here} ${sayPlace(words, gap)}`} />}
      <DragOverlay dropAnimation={null}>{active && !active.keyboard ? <div className="lifted-card">{active.label}</div> : null}</DragOverlay>
      <div className="hidden" aria-live="assertive" data-said="">{said}</div>
    </DndContext>
  );
}

function DropLine({ gap, text }) {
  return <div className="landing-line" style={{ top: gap.y, left: gap.x, width: gap.width }} aria-hidden="true"><span className="chip yours">{text}</span></div>;
}

// The thing is drawn again where it landed, maybe in another list: give its handle the focus it had.
function refocus(id) {
  const until = performance.now() + 2000;
  const look = () => {
    const handle = document.querySelector(`[data-handle="${CSS.escape(id)}"]`);
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (handle && lost) handle.focus();
    if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export function DragHandle({ item, name, nests, title, className, children }) {
  const words = useContext(Words);
  const ref = useRef(null);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef } = useDraggable({ id: item, data: { id: item, nests, title } });
  useEffect(() => { setActivatorNodeRef(ref.current); setNodeRef(ref.current?.closest("[data-slot]") || ref.current); }, [item]);
  const { "aria-pressed": pressed, "aria-disabled": disabled, "aria-roledescription": role, ...rest } = attributes;
  return <button type="button" ref={ref} {...rest} {...listeners} data-handle={item} className={className} aria-label={filled(words.handle, { label: name || words.unnamed })}>{children}</button>;
}

export function DragSource({ kind, name, nests, title, className, onPick, children }) {
  const { attributes, listeners, setNodeRef } = useDraggable({ id: `new ${kind}`, data: { kind, label: name, nests, title } });
  const { "aria-pressed": pressed, "aria-disabled": disabled, "aria-roledescription": role, ...rest } = attributes;
  // Enter and space pick, as on any button; dragging from here is for pointers, the keyboard has "insert here".
  const { onKeyDown, ...pointers } = listeners || {};
  return <button type="button" ref={setNodeRef} {...rest} {...pointers} className={className} aria-describedby={undefined} onClick={() => onPick?.(kind)}>{children}</button>;
}
