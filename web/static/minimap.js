// The length of a document as a strip: what stands where, and where answers were cited from.
import { aged } from "./age.js";
import { draw, foreign, make, more } from "./dom.js";
import { groupOf } from "./honesty.js";
import { count } from "./words.js";

const MOST_BLOCKS = 400; // of a longer document the strip shows only the citations
const SHOWN = 8; // places listed before the rest unfolds
const EXCERPT = 90; // characters

/** @typedef {{start: number, end: number, times: number, last: string | null}} Spot */

/** The ranges of GET /api/sources/{id}/cited within the text, in text order. @returns {Spot[]} */
export const spotsOf = (cited, length) => cited
  .map((each) => ({ start: each.start_char_index, end: each.end_char_index, times: each.times, last: each.last_cited_at }))
  .filter((spot) => spot.start < spot.end && spot.end <= length)
  .sort((a, b) => a.start - b.start || a.end - b.end);

const often = (times) => (times === 1 ? "once" : times === 2 ? "twice" : count(times, "time"));

const totalOf = (spots) => spots.reduce((sum, spot) => sum + spot.times, 0);

function span(at, length, attributes) {
  const x = (100 * at.start) / length;
  return draw("rect", { ...attributes, x: `${x}%`, width: `${(100 * (at.end - at.start)) / length}%` });
}

/** Neighbours of one look become one, so that a strip is some dozens of shapes. */
function runs(blocks) {
  const joined = [];
  for (const { kind, start, end } of blocks) {
    const group = groupOf(kind);
    if (joined.at(-1)?.group === group) joined.at(-1).end = end;
    else joined.push({ group, start, end });
  }
  return joined.length > MOST_BLOCKS ? [] : joined;
}

const frequency = ({ times }) => (times >= 5 ? "often" : times >= 2 ? "some" : "once");

/** The strip. The list below it says the same, so assistive technology and the keyboard pass it by. */
function strip({ length, blocks, spots, current, linkOf }) {
  const drawing = draw("svg", { class: "strip", "aria-hidden": true, focusable: false });
  for (const run of runs(blocks)) drawing.append(span(run, length, { class: `of-${run.group}`, y: "35%", height: "30%" }));
  for (const spot of spots) {
    const link = draw("a", { href: linkOf(spot), tabindex: -1, class: "spot" });
    link.append(draw("title", {}, `Cited ${often(spot.times)}`), span(spot, length, { class: "reach", y: 0, height: "100%" }),
      span(spot, length, { class: frequency(spot), y: "12%", height: "76%" }));
    drawing.append(link);
  }
  if (current?.end > current?.start) drawing.append(span(current, length, { class: "here", y: 0, height: "100%" }));
  return drawing;
}

function place(spot, length, linkOf, wordsOf) {
  const words = wordsOf ? wordsOf(spot) : "";
  const brief = words.length > EXCERPT ? `${words.slice(0, EXCERPT).replace(/\s+\S*$/, "")}…` : words;
  const where = `${Math.floor((100 * spot.start) / length)}% in`;
  const last = spot.last && make("span", {}, spot.times > 1 ? ", last " : ", ", aged(spot.last));
  const name = brief ? foreign(brief) : `Characters ${spot.start}–${spot.end}`;
  return make("li", {}, make("a", { href: linkOf(spot) }, name), make("span.about", {}, `${where} · cited ${often(spot.times)}`, last));
}

/** @param {Spot[]} spots */
export function summaryOf(spots) {
  if (!spots.length) return "No answer has been cited from this version yet";
  return `Cited ${often(totalOf(spots))}, from ${count(spots.length, "place")}`;
}

/**
 * @param {{length: number, blocks: object[], spots: Spot[], current?: {start: number, end: number} | null,
 *   linkOf: (spot: Spot) => string, wordsOf?: (spot: Spot) => string}} parts  offsets in code points
 */
export function minimap(parts) {
  const { length, spots, linkOf, wordsOf } = parts;
  const words = summaryOf(spots);
  if (!length) return make("div.minimap");
  if (!spots.length) return make("div.minimap", {}, strip(parts), make("p.about", {}, `${words}.`));
  const items = spots.map((spot) => place(spot, length, linkOf, wordsOf));
  const list = more(make("ol.cited-places"), items, SHOWN);
  return make("div.minimap", {}, strip(parts), make("details", {}, make("summary", {}, words), list));
}
