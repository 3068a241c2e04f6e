// A source as a page of its own: /sources/{document_id}#char=start,end
import { Api, Problem } from "./api.js";
import { foreign, make } from "./dom.js";
import { askForKey } from "./keydialog.js";
import { facts, SourceText } from "./source.js";
import { day } from "./words.js";

const root = document.getElementById("source");
const api = new Api(askForKey);

/** The range of the address: {start, end}; null where it names none; undefined where it names one that is not there. */
function rangeOf(hash, length) {
  if (hash.length <= 1) return null;
  const [, start, end] = hash.match(/^#char=(\d+),(\d+)$/) ?? [];
  const range = { start: Number(start), end: Number(end) };
  return range.start < range.end && range.end <= length ? range : undefined;
}

function title(source) {
  const heading = foreign(source.title, "h1");
  document.title = `${source.title} – Footnote`;
  return heading;
}

async function open() {
  const documentId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  root.replaceChildren(make("p.waiting", {}, "Opening the document…"));
  let source;
  try {
    source = await api.source(documentId);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const words = problem.status === 404 ? "There is no such document here. It may have been removed." : problem.message;
    const again = make("button.quiet.framed", { type: "button", click: open }, "Try again");
    root.replaceChildren(make("div.outcome.failed", {}, make("h1", {}, "Source"), make("p", { role: "alert" }, words), again));
    return;
  }
  const text = new SourceText(source);
  const notice = make("div");
  const about = make("details.about-source", {}, make("summary", {}, "About this document"), facts(source, day));
  root.replaceChildren(title(source), about, notice, text.root);
  const mark = () => show(text, notice);
  window.addEventListener("hashchange", mark);
  mark();
}

function show(text, notice) {
  const range = rangeOf(location.hash, text.length);
  const words = range === undefined ? "This link points to a place that is not in the document. It may have changed since." : "";
  notice.replaceChildren(...(words ? [make("p.notice", { role: "alert" }, words)] : []));
  text.show(range ?? { start: 0, end: 0 });
  text.target?.scrollIntoView({ block: "center" });
}

open();
