// What became of a document's text: the kinds of its blocks, what no passage holds and why, and what went wrong.
import { draw, foreign, icon, ICONS, make } from "./dom.js";
import { count } from "./words.js";

// In the order of the bar. Kinds of one group look alike.
const KINDS = {
  paragraph: ["body", "paragraph"],
  list: ["body", "list"],
  table: ["body", "table"],
  title: ["head", "title"],
  heading: ["head", "heading"],
  byline: ["note", "byline"],
  caption: ["note", "caption"],
  footnote: ["note", "footnote"],
  furniture: ["rest", "piece of page furniture", "pieces of page furniture"],
};

export const groupOf = (kind) => KINDS[kind]?.[0] ?? "body";

/** How many blocks of each kind. @param {Block[]} blocks */
export function tallyOf(blocks) {
  const tally = {};
  for (const { kind } of blocks) tally[kind] = (tally[kind] ?? 0) + 1;
  return tally;
}

const ordered = (tally) => {
  const known = Object.keys(KINDS);
  return Object.entries(tally).filter(([, n]) => n > 0).sort(([a], [b]) => known.indexOf(a) - known.indexOf(b));
};

/** The kinds as a bar. It says nothing that `kindWords` does not. */
export function kindBar(tally) {
  const all = Object.values(tally).reduce((sum, n) => sum + n, 0);
  const bar = draw("svg", { class: "kind-bar", "aria-hidden": true, focusable: false });
  let at = 0;
  for (const [kind, n] of ordered(tally)) {
    const share = (100 * n) / all;
    bar.append(draw("rect", { class: `of-${groupOf(kind)}`, x: `${at}%`, y: 0, width: `${share}%`, height: "100%" }));
    at += share;
  }
  return bar;
}

const swatch = (group) => make(`i.of-${group}`, { "aria-hidden": "true" });

/** The kinds in words, each with the colour it has in the bar. */
export function kindWords(tally) {
  const items = ordered(tally).map(([kind, n]) => {
    const [group, one = kind, many = `${one}s`] = KINDS[kind] ?? ["body"];
    return make("li", {}, swatch(group), count(n, one, many));
  });
  return make("ul.kinds", { "aria-label": "Blocks by kind" }, ...items);
}

const GROUPS = { body: "Text", head: "Headings", note: "Notes", rest: "Page furniture" };

/** The same in brief, by group. */
export function groupWords(tally) {
  const totals = {};
  for (const [kind, n] of ordered(tally)) totals[groupOf(kind)] = (totals[groupOf(kind)] ?? 0) + n;
  const items = Object.entries(totals).map(([group, n]) => make("li", {}, swatch(group), `${GROUPS[group]} ${n.toLocaleString("en")}`));
  return make("ul.kinds", { "aria-label": "Blocks by kind" }, ...items);
}

const sum = (tally) => Object.values(tally).reduce((total, n) => total + n, 0);

/** A share in words that never says "none" of something or "all" of less. */
export function share(part, whole) {
  if (!part || !whole) return "none";
  const percent = (100 * part) / whole;
  if (percent < 1) return "less than 1%";
  return `${Math.min(percent < 100 ? 99 : 100, Math.round(percent))}%`;
}

export const leftOutOf = (source) => sum(source.left_out ?? {});

/** What was read and what was not, with each reason. @param source  with characters, sentences, passages, left_out */
export function honesty(source) {
  const { characters, sentences, passages, left_out: leftOut = {}, warnings = [] } = source;
  const left = sum(leftOut);
  const read = `${count(characters, "character")} read: ${count(sentences, "sentence")} in ${count(passages, "passage")} can be answered from.`;
  const rows = Object.entries(leftOut).sort(([, a], [, b]) => b - a)
    .map(([reason, n]) => make("tr", {}, make("td", {}, foreign(reason.replace(/^furniture/, "page furniture"))), make("td.number", {}, count(n, "character"))));
  const table = make("table.left-out", {},
    make("caption", {}, `Left out of passages: ${count(left, "character")}, ${share(left, characters)} of the text, white space not counted`),
    make("tbody", {}, ...rows));
  return make("div.honesty", {}, make("p", {}, read),
    rows.length ? table : make("p", {}, "Nothing of the text was left out."), warningList(warnings));
}

export function warningList(warnings) {
  if (!warnings?.length) return make("p.fine", {}, "No warnings.");
  const items = warnings.map((words) => make("li", {}, icon(ICONS.warn), foreign(words)));
  return make("ul.warnings", { "aria-label": "Warnings" }, ...items);
}
