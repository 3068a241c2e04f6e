// The parts of a reply, as elements. Words from documents are set in the documents' typeface; ours in the page's.
import { foreign, make } from "./dom.js";
import { LABELS } from "./labels.js";
import { byDocument, citationsOf, linkTo, placeOfChip, placeOfCitation } from "./place.js";
import { count } from "./words.js";

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
  placeOfChip.set(button, placeOfCitation(citation));
  return button;
}

const STRUCK = /~~([^~]+)~~/;

/** Foreign words, what the document has struck out shown struck. */
export const words = (text, tag = "bdi") =>
  make(tag, { dir: "auto" }, ...text.split(STRUCK).map((part, i) => (i % 2 ? make("s", {}, part) : part)).filter(Boolean));

/** Words with their chips, and chips of where else it is said. The last word and the chips stay on one line. */
export function said(text, citations, also, onCite) {
  const chips = (cited) => make("span.chips", {}, "\u2060", ...cited.map((citation) => chip(citation, onCite)));
  const again = also.length > 0 && make("span.also", {}, "also said in\u00a0", chips(also));
  const own = citations.length > 0 && chips(citations);
  return make("span.sentence", {}, words(text), "\u2060", own, again && " ", again, " ");
}

export const VERDICTS = { supports: "Yes, the documents say so.", contradicts: "No, the documents say otherwise." };

/** Which side, source or step of the question a block is on. */
export const about = (block) => make("strong", {}, foreign(block.about), ": ");

export const sentence = (block, onCite) => said(block.text, block.citations, block.also, onCite);

/** Whether `next` goes on in the document where `block` ended, so that both read as one paragraph. */
export function follows(block, next) {
  const before = block?.citations.at(-1);
  const after = next.citations[0];
  if (!before || !after || before.document_id !== after.document_id) return false;
  const gap = after.start_char_index - before.end_char_index;
  return gap >= 0 && gap <= 3;
}

const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i;

/** Where the answer is an address, it can be followed: in a tab of its own that knows nothing of this one. */
export function shortAnswer({ text }) {
  if (!ADDRESS.test(text) || !URL.canParse(text)) return words(text, "p");
  const link = { href: text, target: "_blank", rel: "noopener noreferrer nofollow", referrerpolicy: "no-referrer" };
  return make("p", { dir: "auto" }, make("a", link, text));
}

/** The confidence in words, with a meter that only repeats it; unfolds to what the words mean. */
export function confidence({ confidence: probability, confidence_label: label }) {
  const { words, meaning, level } = LABELS[label];
  const dots = Object.keys(LABELS).map((_, i) => make(i < level ? "i.on" : "i"));
  return make(
    "details.confidence",
    {},
    make("summary", { title: meaning }, make("span.meter", { "aria-hidden": "true" }, ...dots), words),
    make("p", {}, `${meaning} For this answer: ${Math.round(100 * probability)} in 100.`),
  );
}

/** The documents an answer rests on, in the order in which it cites them. */
export function sourceList(content, onCite) {
  const items = byDocument([...citationsOf(content).values()]).map((citations) => {
    const first = citations[0];
    const link = make("a", { href: linkTo(placeOfCitation(first)) }, foreign(first.document_title));
    openOnClick(link, () => onCite(first.number, link));
    const numbers = citations.map((citation) => citation.number).join(", ");
    const about = make("span.about", {}, foreign(first.source), ` · ${count(citations.length, "citation")}`);
    return make("li", {}, make("span.numbers", { "aria-hidden": "true" }, numbers), make("span.entry", {}, link, about));
  });
  return make("div.sources", {}, make("h3", {}, "Sources"), make("ol", {}, ...items));
}
