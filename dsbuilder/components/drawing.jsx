// The map of a question. All of it comes in a chunk of its own, so that a form without a map loads only these lines.
import React, { Suspense, lazy } from "react";

const Whole = lazy(() => import("./map_question.jsx"));

export function MapQuestion(props) {
  return <Suspense fallback={<p className="meta" id={props.inputId} tabIndex={-1}>{props.words.loading}</p>}><Whole {...props} /></Suspense>;
}
