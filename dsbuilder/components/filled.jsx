// An answer that came from elsewhere is drawn in inputs made anew, because an input keeps what it was drawn with. Not while
// somebody is writing another answer into them: theirs is kept when they leave it.
import { Fragment, useEffect, useRef, useState } from "react";

export function Filled({ since, place, children }) {
  const [shown, setShown] = useState(since);
  const returns = useRef(false);
  useEffect(() => {
    if (since === shown) return;
    const active = document.activeElement, here = active?.id === place;
    if (here && active.value && active.value !== active.defaultValue) return;
    returns.current = here;
    setShown(since);
  }, [since]);
  useEffect(() => {
    if (returns.current) document.getElementById(place)?.focus({ preventScroll: true });
    returns.current = false;
  }, [shown]);
  return <Fragment key={shown}>{children}</Fragment>;
}
