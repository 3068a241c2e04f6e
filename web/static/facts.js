// What is known of a document: what it says of itself, how it was read, and how old that is.
import { aged, shortDay } from "./age.js";
import { countCodePoints } from "./codepoints.js";
import { foreign, make } from "./dom.js";
import { count } from "./words.js";

/** `parts` in one line, with dots between. */
export const dotted = (parts) => parts.filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]));

/** Who wrote it, and when. Empty where the document does not say. */
export function byline({ metadata: said }) {
  const names = [said?.author?.value, said?.publisher?.value].filter(Boolean).map((name) => foreign(name));
  const date = said?.date?.value;
  return [...names, date && make("span", {}, "published ", foreign(shortDay(date)))].filter(Boolean);
}

/** How it was read, and when. */
export const reading = ({ format, indexed_at: indexed }) =>
  [format && make("span", {}, format === "text" ? "plain text" : foreign(format)), indexed && make("span", {}, "indexed ", aged(indexed))]
    .filter(Boolean);

const lengthOf = (source) => source.characters ?? countCodePoints(source.text);

/** All of it, as a definition list. */
export function facts(source) {
  const said = source.metadata ?? {};
  const rows = [
    ["Author", said.author?.value],
    ["Date", said.date && shortDay(said.date.value)],
    ["Publisher", said.publisher?.value],
    ["File", source.source],
    ["Length", count(lengthOf(source), "character")],
    ["Read as", [source.format, source.encoding].filter(Boolean).join(", ")],
    ["Indexed", source.indexed_at && [shortDay(source.indexed_at), " (", aged(source.indexed_at), ")"]],
    ["SHA-256", source.content_sha256],
  ].filter(([, value]) => value);
  return make("dl.facts", {}, ...rows.map(([name, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, ...[value].flat()))));
}
