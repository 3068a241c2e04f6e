// A source as a page of its own: /sources/{document_id}#char=start,end
import { Api, Problem } from "./api.js";
import { here } from "./base.js";
import { offerCorpora } from "./corpora.js";
import { foreign, icon, ICONS, make } from "./dom.js";
import { byline, dotted, facts, reading } from "./facts.js";
import { honesty, kindBar, kindWords, tallyOf } from "./honesty.js";
import { askForKey } from "./keydialog.js";
import { hashOf, rangeOf } from "./marks.js";
import { minimap, spotsOf } from "./minimap.js";
import { PageView, hasPages, originalButton } from "./pages.js";
import { askOnly } from "./place.js";
import { copyButton } from "./quote.js";
import { SourceText } from "./source.js";
import { StepBar } from "./stepbar.js";

const root = document.getElementById("source");
const api = new Api(askForKey);

async function open() {
  const documentId = decodeURIComponent(here().split("/")[2] ?? "");
  root.replaceChildren(make("p.waiting", {}, "Opening the document…"));
  let source;
  try {
    source = await api.source(documentId);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    fail(problem);
    return;
  }
  document.title = `${source.title} – Footnote`;
  const page = new SourcePage(source);
  root.replaceChildren(...page.parts);
  page.mark();
  window.addEventListener("hashchange", () => page.mark());
  page.mapCitations();
}

function fail(problem) {
  const words = problem.status === 404 ? "There is no such document here. It may have been removed." : problem.message;
  const again = make("button.quiet.framed", { type: "button", click: open }, "Try again");
  const all = make("a.quiet.framed", { href: "/sources" }, "All documents");
  root.replaceChildren(make("div.outcome.failed", {}, make("h1", {}, "Source"), make("p", { role: "alert" }, words), again, all));
}

/** What is about the document: unfolds to all that is known of it. */
function about(source) {
  const tally = tallyOf(source.blocks);
  const detail = { ...source, characters: new SourceText(source).length, passages: source.passages?.length };
  const parts = [facts(source), kindBar(tally), kindWords(tally)];
  // An older server does not say what was left out.
  if (source.left_out) parts.push(honesty(detail));
  return make("details.about-source", {}, make("summary", {}, "About this document"), ...parts);
}

class SourcePage {
  #source;
  #text;
  #spots = [];
  #range = null;
  #notice = make("div");
  #map = make("div");
  #steps;
  #pages = null;

  constructor(source) {
    this.#source = source;
    this.#text = new SourceText(source);
    if (hasPages(source)) this.#pages = new PageView(api, source);
    this.#steps = new StepBar((spot) => {
      location.hash = hashOf(spot);
    }, copyButton(() => this.#marked()));
  }

  get parts() {
    const source = this.#source;
    const line = make("p.source-about", {}, ...dotted([...byline(source), ...reading(source)]));
    const ask = make("a.quiet.framed", { href: askOnly(source.source) }, icon(ICONS.ask), "Ask this document only");
    const head = make("header.source-head", {}, foreign(source.title, "h1"), line, make("div.source-tools", {}, ask, !this.#pages && originalButton(api, source)), this.#map, about(source));
    const text = this.#pages ? make("div.beside-page", {}, this.#pages.root, this.#text.root) : this.#text.root;
    return [head, this.#steps.root, this.#notice, text];
  }

  /** What is marked, as a place to quote. */
  #marked() {
    const { title, source } = this.#source;
    return { ...this.#range, title, source, text: this.#text.slice(this.#range.start, this.#range.end) };
  }

  /** Marks what the address names, and goes there. */
  mark() {
    const range = rangeOf(location.hash, this.#text.length);
    const words = range === undefined ? "This link points to a place that is not in the document. It may have changed since." : "";
    this.#notice.replaceChildren(...(words ? [make("p.notice", { role: "alert" }, words)] : []));
    this.#range = range ?? null;
    this.#text.show(range ?? { start: 0, end: 0 });
    this.#pages?.show(range ?? { start: 0, end: 0 });
    this.#text.target?.scrollIntoView({ block: "center" });
    this.#draw();
  }

  /** The strip is an extra: without it the document can be read as well. */
  async mapCitations() {
    try {
      const { cited } = await api.cited(this.#source.document_id);
      this.#spots = spotsOf(cited, this.#text.length);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#map.replaceChildren(make("p.about", {}, `Where answers cited it cannot be shown: ${problem.message}`));
      return;
    }
    this.#draw(true);
  }

  #draw(isKnown = this.#spots.length > 0) {
    this.#steps.show(this.#spots, this.#range);
    if (!isKnown) return;
    const wasOpen = this.#map.querySelector("details")?.open ?? false;
    const drawn = minimap({
      length: this.#text.length,
      blocks: this.#source.blocks,
      spots: this.#spots,
      current: this.#range,
      linkOf: hashOf,
      wordsOf: ({ start, end }) => this.#text.slice(start, end).replace(/\s+/g, " "),
    });
    this.#map.replaceChildren(drawn);
    if (wasOpen) this.#map.querySelector("details").open = true;
  }
}

offerCorpora(api);
open();
