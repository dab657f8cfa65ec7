// A button that opens the browser's own printing.
import React from "react";

export function PrintButton({ children, className }) {
  return <button type="button" className={className} onClick={() => window.print()}>{children}</button>;
}
