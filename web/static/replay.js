// An answer as it was given, looked at later: when that was, and what has become of what it cites.
import { make } from "./dom.js";
import { count, day } from "./words.js";

const BECAME = {
  moved: "now stands elsewhere in the document",
  changed: "no longer stands in the document",
  gone: "its document is no longer here",
};

function whatBecame(verdicts) {
  const fallen = verdicts.filter(({ status }) => BECAME[status]).length;
  if (!fallen) return "";
  return ` ${fallen} of ${count(verdicts.length, "citation")}, marked below, no longer ${fallen === 1 ? "stands" : "stand"} as cited.`;
}

/** @param {object} answer  of GET /api/answers/{id} */
export function replayNote({ asked_at: askedAt, index_changed: hasChanged, replaced_by: newer, conversation_id: id, verdicts }) {
  const documents = hasChanged ? "The documents have changed since." : "The documents have not changed since.";
  const links = [
    newer && make("a", { href: `/answers/${encodeURIComponent(newer)}` }, "See the answer that took its place"),
    id && make("a", { href: `/conversations/${encodeURIComponent(id)}` }, "Open the conversation"),
  ].filter(Boolean);
  return make(
    "div.replayed",
    { role: "note" },
    make("p", {}, `Answered on ${day(askedAt)}. ${documents}${whatBecame(verdicts)}`),
    links.length > 0 && make("p.replayed-links", {}, ...links),
  );
}

/** Marks the chips whose citation does not stand as it was cited. */
export function markVerdicts(turn, verdicts) {
  for (const { number, status } of verdicts) {
    const words = BECAME[status];
    if (!words) continue;
    for (const chip of turn.querySelectorAll(`.chip[data-number="${Number(number)}"]`)) {
      chip.classList.add("stale", status);
      chip.title = `Citation ${number}: ${words}`;
      chip.setAttribute("aria-label", `${chip.getAttribute("aria-label")} (${words})`);
    }
  }
}
