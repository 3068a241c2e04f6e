// The sides of a disagreement: each value the documents give, where they give it, and when they were written.
import { chip } from "./answer.js";
import { foreign, make } from "./dom.js";
import { byDocument } from "./place.js";
import { day } from "./words.js";

/** Whether a side shows the short answer already. */
export const isSide = (answer, groups) =>
  groups.flatMap((group) => group.mentions).some((mention) =>
    mention.citation === answer.citation
    && mention.start_char_index < answer.end_char_index
    && answer.start_char_index < mention.end_char_index);

/** One document that gives the value: its chips, its title, its date. */
function witness(citations, dates, onCite) {
  const { document_title: title, number } = citations[0];
  const date = dates.get(number);
  const when = date ? make("span.when", {}, foreign(day(date))) : make("span.when", {}, "no date");
  const chips = make("span.chips", {}, ...citations.map((citation) => chip(citation, onCite)));
  return make("li", {}, chips, make("span.entry", {}, foreign(title), when));
}

/** @param {Map<number, object>} cited  the reply's citations by number */
export function sides(groups, cited, onCite) {
  const items = groups.map((group) => {
    const dates = new Map(group.mentions.map((mention) => [mention.citation, mention.date]));
    const citations = [...dates.keys()].map((number) => cited.get(number));
    const witnesses = byDocument(citations).map((held) => witness(held, dates, onCite));
    return make("li", {}, foreign(group.text, "p"), make("ul", {}, ...witnesses));
  });
  return make(
    "section.sides",
    { "aria-label": "Sources differ" },
    make("h3", {}, "Sources differ"),
    make("p.lead", {}, "The documents give different answers. Each stands here with its place and date."),
    make("ol", {}, ...items),
  );
}
