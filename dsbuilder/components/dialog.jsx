// The browser's own modal dialog, opened and closed by a prop: it keeps the focus inside, closes on Escape, and gives the
// focus back to what opened it.
import { useEffect, useRef } from "react";

export function Dialog({ open, labelledBy, onDismiss, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  return <dialog ref={dialog} aria-labelledby={labelledBy} onClose={() => open && onDismiss?.()}>{open ? children : null}</dialog>;
}
