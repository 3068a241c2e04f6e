// What is here: the documents of the corpus, by title.
import { foreign, make } from "./dom.js";
import { count, day } from "./words.js";

function entry(source) {
  const said = source.metadata ?? {};
  const about = [said.publisher?.value, said.author?.value, said.date && day(said.date.value)].filter(Boolean);
  if (!about.length) about.push(source.source);
  const link = make("a", { href: `/sources/${encodeURIComponent(source.document_id)}` }, foreign(source.title));
  return make("li", {}, link, make("span.about", {}, ...about.flatMap((part, i) => [i ? " · " : "", foreign(part)])));
}

/** A long list shows its head; the rest unfolds. */
const SHOWN = 12;

export function libraryList(sources) {
  const list = make("ul.documents", {}, ...sources.slice(0, SHOWN).map(entry));
  if (sources.length <= SHOWN) return list;
  const more = make("button.quiet.framed", { type: "button", click: () => {
    list.append(...sources.slice(SHOWN).map(entry));
    more.remove();
    list.children[SHOWN].querySelector("a").focus();
  } }, `Show all ${count(sources.length, "document")}`);
  return make("div", {}, list, more);
}

export const libraryTitle = (sources) => (sources.length ? count(sources.length, "document") : "No documents yet");
