// Files that were not read, or not yet: how many, why, and which.
import { Problem } from "./api.js";
import { foreign, make } from "./dom.js";
import { count } from "./words.js";

const number = (n) => n.toLocaleString("en");

/** "9 PDF: no reader" */
const group = ({ format, reason, files }) => `${number(files)} ${format || "without an ending"}: ${reason}`;

/** "27 of 44 files read; 9 PDF: no reader", or nothing where all were. @param list  of GET /api/sources */
export function filesRead({ files = 0, unread = [] }) {
  if (!unread.length) return "";
  const missing = unread.reduce((sum, each) => sum + each.files, 0);
  return [`${number(Math.max(0, files - missing))} of ${count(files, "file")} read`, ...unread.map(group)].join("; ");
}

/** A line that unfolds into the list, which is fetched for it. */
export function unreadList(api, list) {
  const words = filesRead(list);
  if (!words) return "";
  const box = make("div");
  const fold = make("details.unread", { id: "unread", toggle: async () => {
    if (!fold.open || box.hasChildNodes()) return;
    box.replaceChildren(make("p.waiting", {}, "Fetching the list…"));
    try {
      const files = await api.unread();
      const rows = files.map(({ source, message }) => make("li", {}, foreign(source), make("span.about", {}, foreign(message))));
      box.replaceChildren(make("ul.unread-files", { "aria-label": "Files that were not read" }, ...rows));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      box.replaceChildren();
      fold.open = false;
    }
  } }, make("summary", {}, foreign(words)), box);
  return fold;
}

const soFar = ({ done, total }) => (total ? ` (${number(done)} of ${number(total)} files so far)` : "");

/** That there is no answer: where files are still being read, none yet. */
export const abstained = (indexing) =>
  indexing
    ? `The documents are still being read${soFar(indexing)}: what has been read does not answer this yet. Ask again later.`
    : "The documents do not seem to hold the answer.";

/** Of an answer that files not read yet may add to. */
export const goingOn = (indexing) => (indexing ? [make("p.missing", {}, `Files are still being read${soFar(indexing)}: there may be more.`)] : []);

/** The files that could not be read and may hold the answer by their names. */
export const notRead = (files) => files.map(({ source, message }) =>
  make("p.missing", {}, "Not read: ", foreign(message.includes(source) ? message : `${source}: ${message}`)));
