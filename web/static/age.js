// When something was, as people say it.
import { make } from "./dom.js";

const relative = new Intl.RelativeTimeFormat("en");
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/** "2 days ago"; as it stands if it is no date. */
export function ago(instant, now = Date.now()) {
  const seconds = (now - Date.parse(instant)) / 1000;
  if (Number.isNaN(seconds)) return instant;
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? [];
  return unit ? relative.format(-Math.floor(seconds / length), unit) : "just now";
}

/** "25 Oct 2018" of YYYY-MM-DD; as it stands if it is another form. */
export function shortDay(value) {
  const date = /^\d{4}-\d{2}-\d{2}/.test(value) ? new Date(`${value.slice(0, 10)}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime())) return value;
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** An instant, told by its age; the instant itself for who points at it. */
export const aged = (instant) => make("time", { datetime: instant, title: instant }, ago(instant));
