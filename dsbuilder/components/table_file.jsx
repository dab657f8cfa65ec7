// Sends the CSV file of a table to an address of ours and says what came of it. What the table then is, the page shows.
import React, { useRef, useState } from "react";

export function TableFile({ inputId, action, limit, hasTable, describedBy, words }) {
  const [told, setTold] = useState({}); // {sending} or {error}
  const latest = useRef(0);
  const take = async (file) => {
    if (!file) return;
    if (!file.size) return setTold({ error: words.empty });
    if (file.size > limit) return setTold({ error: words.too_large });
    const mine = ++latest.current;
    setTold({ sending: true });
    let outcome = { error: words.failed };
    try {
      const response = await fetch(action, { method: "POST", body: file, headers: { "content-type": "text/csv" } });
      const answer = await response.json().catch(() => ({}));
      outcome = response.ok ? {} : { error: answer.detail || words.failed };
    } catch { /* the line is cut */ }
    if (mine === latest.current) setTold(outcome);
  };
  const errorId = inputId + "-erreur";
  return <div className="table-file">
    {told.error && <p className="error" id={errorId} role="alert"><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-circle-alert" /></svg>
      <span><span className="hidden">{words.error}</span>{told.error}</span></p>}
    <label className="button small" htmlFor={inputId}><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-import" /></svg>{hasTable ? words.replace : words.choose}</label>
    <input id={inputId} type="file" className="hidden" accept=".csv,text/csv,text/plain" aria-describedby={told.error ? `${describedBy} ${errorId}` : describedBy} aria-invalid={!!told.error}
      onChange={(event) => { take(event.target.files[0]); event.target.value = ""; }} />
    <p className="meta" role="status">{told.sending ? words.sending : ""}</p>
  </div>;
}
