// How long a question may be, counted as the server counts.
import { countCodePoints } from "./codepoints.js";

export const LONGEST_QUESTION = 2000;
const COUNT_FROM = 200; // characters before the end

/** White space is folded first. */
export const lengthOf = (text) => countCodePoints(text.trim().replace(/\s+/g, " "));

/** What is left, in words; "" while there is plenty. */
export function room(length, limit = LONGEST_QUESTION) {
  const left = limit - length;
  if (left < 0) return `${(-left).toLocaleString("en")} too many`;
  return left <= COUNT_FROM ? `${left} left` : "";
}
