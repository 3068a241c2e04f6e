// An answer as it was given, looked at later: when that was, and what has become of what it cites.
import { make } from "./dom.js";
import { day } from "./words.js";

const BECAME = {
  moved: "now stands elsewhere in the document",
  changed: "no longer stands in the document",
  gone: "its document is no longer here",
};

/** @param {object} answer  of GET /api/answers/{id} */
export function replayNote({ asked_at: askedAt, index_changed: hasChanged, replaced_by: newer, conversation_id: id }) {
  const documents = hasChanged ? "The documents have changed since." : "The documents have not changed since.";
  const links = [
    newer && make("a", { href: `/answers/${encodeURIComponent(newer)}` }, "See the answer that took its place"),
    id && make("a", { href: `/conversations/${encodeURIComponent(id)}` }, "Open the conversation"),
  ].filter(Boolean);
  return make(
    "div.replayed",
    { role: "note", class: hasChanged ? "replayed has-changed" : "replayed" },
    make("p", {}, `Answered on ${day(askedAt)}. ${documents}`),
    links.length > 0 && make("p.replayed-links", {}, ...links),
  );
}

/** Marks the chips whose citation does not stand as it was cited. */
export function markVerdicts(turn, verdicts) {
  for (const { number, status } of verdicts) {
    const words = BECAME[status];
    if (!words) continue;
    for (const chip of turn.querySelectorAll(`.chip[data-number="${Number(number)}"]`)) {
      chip.classList.add("stale");
      chip.title = `Citation ${number}: ${words}`;
      chip.setAttribute("aria-label", `${chip.getAttribute("aria-label")} (${words})`);
    }
  }
}
