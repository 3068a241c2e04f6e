// An answer at its own address: what has become of all that it cites, and the question asked anew.
import { make } from "./dom.js";
import { count } from "./words.js";

/** Whether the words it cites still stand in the documents; "" where the documents are the same. */
export function standing({ index_changed: hasChanged, verdicts }) {
  if (!hasChanged) return "";
  const lost = verdicts.filter((each) => each.status === "changed" || each.status === "gone").length;
  if (!verdicts.length) return "It cites nothing. Asked now, it may be answered.";
  if (!lost) return verdicts.length === 1 ? "What it cites still stands, word for word." : `All ${verdicts.length} citations still stand, word for word.`;
  return `${lost} of ${count(verdicts.length, "citation")} no longer ${lost === 1 ? "stands" : "stand"} in the documents.`;
}

/** @param {object} given  of GET /api/answers/{reply_id} @param {() => void} onAsk */
export function permalink(given, onAsk) {
  const words = standing(given);
  return make("section.given", { "aria-label": "This answer now" },
    words && make("p", {}, words),
    make("button.quiet.framed", { type: "button", click: onAsk }, "Ask again now"));
}
