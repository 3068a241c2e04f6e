// The server's word on a citation: whether these words stand in the file now.
import { Problem } from "./api.js";
import { icon, ICONS, make } from "./dom.js";

const WORDS = {
  exact: "Verified: these words stand in the file",
  moved: "Moved: the same words now stand elsewhere in the file",
  changed: "Changed: these words no longer stand in the file",
  gone: "Gone: the file is no longer among the documents",
};

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
      const { status } = await api.verify(claimOf(place));
      show(line, status in WORDS ? status : "unknown", WORDS[status] ?? "Not checked: the answer was not understood");
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      show(line, "unknown", `Not checked: ${problem.message}`);
      line.append(make("button.quiet", { type: "button", click: ask }, "Check again"));
    }
  };
  ask();
  return line;
}
