// How the page says things: labels of the API in plain words, and counts.

const number = new Intl.NumberFormat("en");

export const count = (n, one, many = `${one}s`) => `${number.format(n)} ${n === 1 ? one : many}`;

export const CONFIDENCE = {
  VERY_HIGH: { words: "Very confident", level: 4 },
  HIGH: { words: "Confident", level: 3 },
  MEDIUM: { words: "Fairly confident, worth checking", level: 2 },
  LOW: { words: "Not confident, please check the source", level: 1 },
};

/** A date as people write it; as it stands if it is not YYYY-MM-DD. */
export function day(value) {
  const date = /^\d{4}-\d{2}-\d{2}/.test(value) ? new Date(`${value.slice(0, 10)}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime())) return value;
  return date.toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
