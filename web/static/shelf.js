// One document of the list: what it is, how it was read, and where it was cited from.
import { Problem } from "./api.js";
import { CodePoints } from "./codepoints.js";
import { foreign, icon, ICONS, make } from "./dom.js";
import { byline, dotted, facts, reading } from "./facts.js";
import { honesty, groupWords, kindBar, kindWords, leftOutOf, share } from "./honesty.js";
import { hashOf } from "./marks.js";
import { minimap, spotsOf } from "./minimap.js";
import { askOnly } from "./place.js";
import { changeTools } from "./shelfchange.js";
import { count } from "./words.js";

const pageOf = (source) => `/sources/${encodeURIComponent(source.document_id)}`;

/** The strip of where answers cited it; the words come from the document, which is fetched for them. */
async function citations(api, source) {
  try {
    const [{ cited }, { text, blocks }] = await Promise.all([api.cited(source.document_id), api.source(source.document_id)]);
    const points = new CodePoints(text);
    return minimap({
      length: points.length,
      blocks,
      spots: spotsOf(cited, points.length),
      linkOf: (spot) => `${pageOf(source)}${hashOf(spot)}`,
      wordsOf: ({ start, end }) => points.slice(start, end).replace(/\s+/g, " "),
    });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return make("p.notice", { role: "alert" }, `Where answers cited it cannot be shown: ${problem.message}`);
  }
}

/** What unfolds: filled when it is opened first, so that a long list stays light. */
function detail(api, source) {
  const box = make("div.shelf-detail");
  const fold = make("details.shelf-fold", { toggle: async () => {
    if (!fold.open || box.hasChildNodes()) return;
    const map = make("div", {}, make("p.waiting", {}, "Looking up where it was cited…"));
    box.append(
      make("h3", {}, "Where answers cited it"), map,
      make("h3", {}, "What was read"), kindWords(source.blocks ?? {}), honesty(source),
      make("h3", {}, "The file"), facts(source),
    );
    map.replaceChildren(await citations(api, source));
  } }, make("summary", {}, "How it was read, where it was cited", make("span.unseen", {}, `: ${source.title}`)), box);
  return fold;
}

function statistics(source) {
  const left = leftOutOf(source);
  const warnings = source.warnings?.length ?? 0;
  const parts = [
    count(source.characters, "character"),
    left > 0 && `${share(left, source.characters)} left out`,
    source.times_cited > 0 && `cited by ${count(source.times_cited, "answer")}`,
    warnings > 0 && make("span.warned", {}, icon(ICONS.warn), count(warnings, "warning")),
  ];
  return make("p.about.shelf-numbers", {}, ...dotted(parts));
}

/** on: what hears of changes (see shelfchange.js); null where the document cannot be changed from here. */
export function shelfItem(api, source, on = null) {
  const ask = make("a.quiet", { href: askOnly(source.source), "aria-label": `Ask this document only: ${source.title}` }, icon(ICONS.ask), "Ask this document only");
  const row = make(
    "li.shelf",
    {},
    make("h2", {}, make("a", { href: pageOf(source) }, foreign(source.title))),
    make("p.about", {}, ...dotted([foreign(source.source), ...byline(source), ...reading(source)])),
    kindBar(source.blocks ?? {}),
    groupWords(source.blocks ?? {}),
    statistics(source),
    make("div.shelf-tools", {}, detail(api, source), ask),
    on && changeTools(api, source, () => row, on),
  );
  return row;
}
