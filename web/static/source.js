// A document as the page shows it: its text, block by block, in text nodes, with ranges marked.
import { CodePoints } from "./codepoints.js";
import { foreign, make } from "./dom.js";
import { count } from "./words.js";

// Longer documents are shown in part around the place asked for: a browser lays out some 100,000 characters at once,
// and takes seconds over ten million.
const WINDOW = 60_000;
const WHOLE = 200_000;

const OPENING = 120; // characters of what is folded that its line shows

const EMPHASIS = /(\*{2,3}|__|<\/?su[bp]>)/;
const WHOLE_EMPHASIS = new RegExp(`^${EMPHASIS.source}$`);

const TAGS = {
  title: "h2.doc-title",
  paragraph: "p.doc-paragraph",
  list: "p.doc-list",
  table: "div.doc-table",
  caption: "p.doc-caption",
  footnote: "p.doc-footnote",
  byline: "p.doc-byline",
  furniture: "p.doc-furniture",
};

const tagOf = (block) => (block.kind === "heading" ? `h${Math.min(6, 2 + (block.level || 1))}.doc-heading` : TAGS[block.kind] ?? TAGS.paragraph);

export class SourceText {
  #points;
  #isMarkdown;
  #blocks;
  #marks = [];
  #from = 0;
  #to = 0;
  #body = make("div.doc-body");

  /** @param {{text: string, blocks: {kind: string, start: number, end: number, level?: number}[]}} source */
  constructor(source) {
    this.text = source.text;
    this.#points = new CodePoints(source.text);
    this.#isMarkdown = source.format === "markdown";
    this.#blocks = this.#withGaps(source.blocks);
    this.root = make("div.doc", {}, this.#body);
  }

  get length() {
    return this.#points.length;
  }

  slice(start, end) {
    return this.#points.slice(start, end);
  }

  /**
   * Where `place` stands now. state: "exact"; "moved" where its words stand once elsewhere in the file; "changed" where
   * they do not, so nothing can be marked.
   */
  locate(place) {
    if (place.end <= this.length && this.slice(place.start, place.end) === place.text)
      return { state: "exact", start: place.start, end: place.end };
    const found = this.#points.findOnly(place.text);
    if (found) return { state: "moved", start: found[0], end: found[1] };
    return { state: "changed", start: Math.min(place.start, this.length), end: Math.min(place.start, this.length) };
  }

  /** Shows the document with `main` marked and `others` marked lightly; an empty range marks nothing. */
  show(main, others = []) {
    this.#marks = [main, ...others].filter((range) => range.end > range.start);
    this.#main = main;
    const whole = this.length <= WHOLE;
    this.#from = whole ? 0 : Math.max(0, main.start - WINDOW);
    this.#to = whole ? this.length : Math.min(this.length, main.end + WINDOW);
    this.#draw();
  }

  #main = { start: 0, end: 0 };

  /** The first element of the main mark, or null. */
  get target() {
    return this.#body.querySelector("mark.main");
  }

  /**
   * The blocks and what stands between them, since a line that a reader left out must not be hidden. What shares a line
   * with a block (the "## " of a heading) goes with it, as its `lead` or `trail`: offsets where those begin and end.
   */
  #withGaps(blocks) {
    const all = [];
    let at = 0;
    for (const block of [...blocks, null]) {
      const start = block?.start ?? this.length;
      const gap = start > at ? this.slice(at, start) : "";
      let lead = start;
      if (/[^\s\uFEFF]/.test(gap)) {
        const lines = gap.split("\n");
        const offsets = lines.map((_, i) => at + new CodePoints(lines.slice(0, i).join("\n")).length + (i ? 1 : 0));
        const [first, last] = [0, lines.length - 1];
        lines.forEach((line, i) => {
          if (!/[^\s\uFEFF]/.test(line)) return;
          const end = i === last ? start : offsets[i + 1] - 1;
          if (i === last && block) lead = offsets[i];
          else if (i === first && all.length) all.at(-1).trail = end;
          else all.push({ kind: "paragraph", start: offsets[i], end, lead: offsets[i], trail: end });
        });
      }
      if (block) all.push({ ...block, lead, trail: block.end });
      at = Math.max(at, block?.end ?? at);
    }
    return all;
  }

  #draw() {
    const shown = this.#blocks
      .filter((block) => block.trail > this.#from && block.lead < this.#to)
      .map((block) => this.#clip(block));
    const nodes = [];
    for (let i = 0; i < shown.length; ) {
      if (shown[i].kind !== "furniture") {
        nodes.push(this.#element(shown[i]));
        i += 1;
        continue;
      }
      const run = [];
      while (i < shown.length && shown[i].kind === "furniture") run.push(shown[i++]);
      nodes.push(this.#fold(run));
    }
    const earlier = this.#from > 0 && make("button.quiet.more", { type: "button", click: () => this.#widen(-WINDOW, 0) }, "Show earlier text");
    const later = this.#to < this.length && make("button.quiet.more", { type: "button", click: () => this.#widen(0, WINDOW) }, "Show later text");
    this.#body.replaceChildren(...[earlier, ...nodes, later].filter(Boolean));
  }

  #clip(block) {
    const clip = (offset) => Math.min(Math.max(offset, this.#from), this.#to);
    return { ...block, lead: clip(block.lead), start: clip(block.start), end: clip(block.end), trail: clip(block.trail) };
  }

  #widen(before, after) {
    this.#from = Math.max(0, this.#from + before);
    this.#to = Math.min(this.length, this.#to + after);
    this.#draw();
  }

  /** Menus, adverts and the like: there, faintly, out of the way unless a mark lies in them. */
  #fold(run) {
    const [first, last] = [run[0], run.at(-1)];
    const cited = run.some((block) => this.#marks.some((mark) => mark.start < block.end && block.start < mark.end));
    const length = run.reduce((sum, block) => sum + block.end - block.start, 0);
    const opening = this.slice(first.start, Math.min(last.end, first.start + OPENING)).replace(/\s+/g, " ").trim();
    const summary = make("summary", {}, make("span", {}, `Not part of the text, ${count(length, "character")}: `), foreign(opening));
    return make("details.doc-fold", { open: cited }, summary, ...run.map((block) => this.#element(block)));
  }

  #element(block) {
    const beside = (start, end) => end > start && make("span.markup", {}, ...this.#pieces(start, end));
    const { lead, start, end, trail } = block;
    return make(tagOf(block), { dir: "auto" }, beside(lead, start), ...this.#pieces(start, end), beside(end, trail));
  }

  /** The text of a range, cut where a mark begins or ends. The main mark wins where two overlap. */
  #pieces(start, end) {
    const here = this.#marks.filter((mark) => mark.start < end && start < mark.end);
    const cuts = new Set([start, end]);
    for (const mark of here) cuts.add(Math.max(start, mark.start)).add(Math.min(end, mark.end));
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(1).map((edge, i) => {
      const words = this.slice(edges[i], edge);
      const covering = here.filter((mark) => mark.start <= edges[i] && edge <= mark.end);
      const nodes = this.#plain(words);
      if (!covering.length) return nodes;
      return make(covering.includes(this.#main) ? "mark.main" : "mark.other", {}, ...nodes);
    }).flat();
  }

  /** Words as text nodes; what Markdown puts around them to say how they look stays, faintly. */
  #plain(words) {
    if (!this.#isMarkdown) return [document.createTextNode(words)];
    return words.split(EMPHASIS).filter(Boolean).map((part) => (part.match(WHOLE_EMPHASIS) ? make("span.markup", {}, part) : document.createTextNode(part)));
  }
}
