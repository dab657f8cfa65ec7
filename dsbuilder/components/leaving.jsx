// Leaves for an address that the server draws itself, such as the sign-in page: a whole load, not a change within the app.
import { useEffect } from "react";

export function Leaving({ to }) {
  useEffect(() => { if (to) window.location.assign(to); }, [to]);
  return null;
}
