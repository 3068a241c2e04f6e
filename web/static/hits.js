// What a scan of every document found: the count in words, and the sentences by document.
import { openOnClick, sentence } from "./answer.js";
import { foreign, make, more } from "./dom.js";
import { byDocument, linkTo, placeOfCitation } from "./place.js";
import { count } from "./words.js";

const SHOWN = 4; // sentences of a document

/** In words, also for the status line. */
export function tallyWords({ sought, documents, documents_scanned: scanned }) {
  const what = sought.map((words) => `“${words}”`).join(", ") || "it";
  const share = documents ? `${documents.toLocaleString("en")} of` : "None of the";
  return `${share} ${count(scanned, "document")} ${documents > 1 ? "mention" : "mentions"} ${what}`;
}

function about({ mentions, cited }) {
  if (!mentions) return "All documents were read";
  const quoted = cited >= mentions ? "all quoted below" : `${cited.toLocaleString("en")} of them quoted below`;
  return `${count(mentions, "sentence")}, ${quoted} · all documents were read`;
}

export const tally = (counted) =>
  make("div.tally", {}, foreign(tallyWords(counted), "p"), make("p.about", {}, about(counted)));

function ofDocument(blocks, onCite) {
  const first = blocks[0].citations[0];
  const link = make("a", { href: linkTo(placeOfCitation(first)) }, foreign(first.document_title));
  openOnClick(link, () => onCite(first.number, link));
  const quoted = make("p.about", {}, foreign(first.source), ` · ${blocks.length} quoted`);
  const items = blocks.map((block) => make("li", {}, sentence(block, onCite)));
  return make("section.hits", {}, make("h3", {}, link), quoted, more(make("ul"), items, SHOWN));
}

/** The sentences, by document. */
export const hits = (content, onCite) =>
  byDocument(content, (block) => block.citations[0]).map((blocks) => ofDocument(blocks, onCite));
