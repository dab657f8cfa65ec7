// The map of a question. All of it, its words too, comes in a chunk of its own: a form without a map loads only these lines.
import React, { Suspense, lazy } from "react";

const made = {};
const wholeIn = (language) => (made[language] ||= lazy(async () => {
  try {
    const [part, words] = await Promise.all([
      import("./map_question.jsx"),
      fetch(`/cartes/mots?langue=${language}`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))),
    ]);
    return { default: (props) => <part.default {...props} words={words} /> };
  } catch {
    delete made[language];
    return { default: (props) => <p className="error" id={props.inputId} tabIndex={-1}>{props.failed}</p> };
  }
}));

export function MapQuestion(props) {
  const Whole = wholeIn(props.language);
  return <Suspense fallback={<p className="meta" id={props.inputId} tabIndex={-1}>{props.loading}</p>}><Whole {...props} /></Suspense>;
}
