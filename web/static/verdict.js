// The server's word on a citation: whether these words stand in the file now.
import { ago } from "./age.js";
import { Problem } from "./api.js";
import { icon, ICONS, make } from "./dom.js";

const WORDS = {
  exact: "Verified: these words stand in the file",
  moved: "Moved: the same words now stand elsewhere in the file",
  changed: "Changed: these words no longer stand in the file",
  gone: "Gone: the file is no longer among the documents",
};

/** What the server said, in a state and words. The file itself has the last word: nothing of one that has changed or is
 * gone is shown as verified. */
function told({ status, on_disk: onDisk, indexed_at: indexedAt }) {
  if (!(status in WORDS)) return ["unknown", "Not checked: the answer was not understood"];
  if (onDisk === "gone") return ["gone", "Gone: the file is not there any more"];
  const when = indexedAt ? `, ${ago(indexedAt)}` : "";
  if (onDisk === "changed") return ["changed", `The file has changed since it was read${when}: what is shown is from then`];
  if (status === "exact" && onDisk === "unknown") return ["unknown", `These words stood in the file when it was read${when}; it cannot be looked at now`];
  return [status, WORDS[status]];
}

/** @param {import("./place.js").Place} place @returns the claim that POST /api/verify takes */
const claimOf = (place) => ({
  document_id: place.documentId,
  start_char_index: place.start,
  end_char_index: place.end,
  cited_text: place.text,
  content_sha256: place.sha ?? undefined,
});

function show(line, state, words) {
  line.dataset.state = state;
  line.replaceChildren(...[state !== "asking" && icon(state === "exact" ? ICONS.check : ICONS.warn), make("span", {}, words)].filter(Boolean));
}

/** A line that asks the server and says what it answers. */
export function verdict(api, place) {
  const line = make("p.verdict", { role: "status" });
  const ask = async () => {
    show(line, "asking", "Checking the words…");
    try {
      show(line, ...told(await api.verify(claimOf(place))));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      show(line, "unknown", `Not checked: ${problem.message}`);
      line.append(make("button.quiet", { type: "button", click: ask }, "Check again"));
    }
  };
  ask();
  return line;
}
