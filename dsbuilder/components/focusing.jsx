// Moves the focus to what it surrounds each time `signal` changes, so that a summary of errors is heard and seen at once.
import React, { useEffect, useRef } from "react";

export function FocusOn({ signal, className, labelledBy, children }) {
  const box = useRef(null);
  useEffect(() => {
    if (!signal) return;
    box.current?.focus();
    box.current?.scrollIntoView({ block: "start" });
  }, [signal]);
  return <div ref={box} tabIndex={-1} role="alert" className={className} aria-labelledby={labelledBy}>{children}</div>;
}
