// The parts of a reply, as elements. Words from documents are set in the documents' typeface; ours in the page's.
import { foreign, make } from "./dom.js";
import { linkTo, placeOfCitation } from "./place.js";
import { CONFIDENCE, count } from "./words.js";

/** A link that opens in place when clicked plainly, and stays a link for a new tab, a copy or a long press. */
export function openOnClick(link, open) {
  link.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
}

export function chip(citation, onCite) {
  const button = make("button.chip", {
    type: "button",
    "data-number": citation.number,
    "aria-haspopup": "dialog",
    "aria-label": `Citation ${citation.number}: ${citation.document_title}`,
    click: () => onCite(citation.number, button),
  }, make("span", {}, String(citation.number)));
  return button;
}

/** A sentence with its chips. The last word and the chips stay on one line. */
export function sentence(block, onCite) {
  return make("span.sentence", {}, foreign(block.text), "\u2060", ...block.citations.map((citation) => chip(citation, onCite)), " ");
}

/** Whether `next` goes on in the document where `block` ended, so that both read as one paragraph. */
export function follows(block, next) {
  const before = block?.citations.at(-1);
  const after = next.citations[0];
  if (!before || !after || before.document_id !== after.document_id) return false;
  const gap = after.start_char_index - before.end_char_index;
  return gap >= 0 && gap <= 3;
}

export const shortAnswer = (answer) => foreign(answer.text, "p");

export const interpretedAs = (question) => make("p.interpreted", {}, "Interpreted as: ", foreign(question));

/** The confidence in words, with a meter that only repeats it. */
export function confidence(label) {
  const { words, level } = CONFIDENCE[label] ?? { words: label, level: 0 };
  const dots = [1, 2, 3, 4].map((i) => make(i <= level ? "i.on" : "i"));
  return make("p.confidence", {}, make("span.meter", { "aria-hidden": "true" }, ...dots), words);
}

/** The documents an answer rests on, in the order in which it cites them. */
export function sourceList(content, onCite) {
  const byDocument = new Map();
  for (const citation of content.flatMap((block) => block.citations)) {
    const held = byDocument.get(citation.document_id) ?? new Map();
    byDocument.set(citation.document_id, held.set(citation.number, citation));
  }
  const items = [...byDocument.values()].map((held) => {
    const citations = [...held.values()];
    const first = citations[0];
    const link = make("a", { href: linkTo(placeOfCitation(first)) }, foreign(first.document_title));
    openOnClick(link, () => onCite(first.number, link));
    const numbers = citations.map((citation) => citation.number).join(", ");
    const about = make("span.about", {}, foreign(first.source), ` · ${count(citations.length, "citation")}`);
    return make("li", {}, make("span.numbers", { "aria-hidden": "true" }, numbers), make("span.entry", {}, link, about));
  });
  return make("section.sources", { "aria-label": "Sources of this answer" }, make("h3", {}, "Sources"), make("ol", {}, ...items));
}
