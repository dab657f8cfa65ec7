// An input that shows what the server gives and never takes away what is being typed. It is changed only when it still holds
// what it was given or what its form sent, or when the focus is elsewhere; `answered` changes when what was sent is done with.
import { useLayoutEffect, useRef } from "react";

export function GivenInput({ inputId, value, answered, ...rest }) {
  const input = useRef(null);
  const given = useRef(value);
  const sent = useRef(null);
  useLayoutEffect(() => {
    const form = input.current.form;
    const keep = () => { sent.current = input.current.value; };
    form?.addEventListener("submit", keep, true);
    return () => form?.removeEventListener("submit", keep, true);
  }, []);
  useLayoutEffect(() => {
    const box = input.current;
    const isLeft = box.value === given.current || box.value === sent.current || document.activeElement !== box;
    if (isLeft && box.value !== value) box.value = value;
    given.current = value;
  }, [value, answered]);
  return <input {...rest} ref={input} id={inputId} defaultValue={value} />;
}
