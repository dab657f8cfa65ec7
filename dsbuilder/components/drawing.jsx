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
    return { default: (props) => <p className="error">{props.failed}</p> };
  }
}));

export function MapQuestion(props) {
  const { inputId, labelledBy, describedBy, loading, language } = props;
  const Whole = wholeIn(language);
  return ( // what a link goes to is there before the chunk is, and keeps the focus when it comes
    <div className="map-question" id={inputId} tabIndex={-1} role="group" aria-labelledby={labelledBy} aria-describedby={describedBy || undefined}>
      <Suspense fallback={<p className="meta">{loading}</p>}><Whole {...props} /></Suspense>
    </div>
  );
}
