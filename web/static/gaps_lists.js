// The lists of the page /gaps: topics, answers that were judged, documents.
import { aged, shortDay } from "./age.js";
import { draw, foreign, make, more } from "./dom.js";
import { count } from "./words.js";

const SHOWN = 8;

const answerLink = (replyId, words) => make("a", { href: `/answers/${encodeURIComponent(replyId)}` }, foreign(words));

const sourceLink = (documentId, words, hash = "") =>
  make("a", { href: `/sources/${encodeURIComponent(documentId)}${hash}` }, foreign(words));

/** How much of the most it is, as a line under the words; they say it already, so nobody hears it. */
const amount = (part, most) =>
  draw("svg", { class: "amount", width: "100%", height: 4, "aria-hidden": true },
    draw("rect", { class: "ground", width: "100%", height: 4, rx: 2 }),
    draw("rect", { class: "fill", width: `${(100 * part) / most}%`, height: 4, rx: 2 }));

const understood = (question) =>
  question.meant !== question.question && make("span.about", {}, "understood as ", foreign(question.meant));

function wordings(topic) {
  if (!topic.others.length) return null;
  const unlisted = topic.wordings - 1 - topic.others.length;
  return make("details.wordings", {},
    make("summary", {}, count(topic.wordings - 1, "other wording")),
    make("ul", {}, ...topic.others.map((other) => make("li", {}, answerLink(other.reply_id, other.question), understood(other))),
      unlisted > 0 && make("li", {}, `and ${count(unlisted, "more", "more")}`)));
}

/** @param {(question: object) => Node} [tool]  what can be done with the question that stands for a topic */
export function topicList(topics, tool) {
  const most = Math.max(...topics.map((topic) => topic.times));
  return more(make("ol.topics"), topics.map((topic) => {
    const question = topic.representative;
    const often = topic.times === 1 ? "asked once · " : `asked ${count(topic.times, "time")} · last `;
    const words = make("div.words", {}, answerLink(question.reply_id, question.question), understood(question),
      make("p.about", {}, often, aged(topic.last_asked_at)));
    return make("li", {}, make("div.row", {}, words, tool?.(question)), amount(topic.times, most), wordings(topic));
  }), SHOWN);
}

const KINDS = { helpful: "helpful", not_helpful: "not helpful", wrong_citation: "wrong citation" };

function wrong({ citation }) {
  if (!citation) return null;
  const hash = `#char=${citation.start_char_index},${citation.end_char_index}`;
  return make("blockquote.wrong", {},
    foreign(citation.cited_text, "p"),
    make("p.about", {}, `Citation ${citation.number}, `, sourceLink(citation.document_id, citation.document_title, hash)));
}

/** @param {(judged: object) => Node} [tool] */
export function judgedList(items, tool) {
  return more(make("ul.topics"), items.map((item) => {
    const about = `${KINDS[item.kind]} · ${item.answered ? "answered" : "not answered"} · `;
    const words = make("div.words", {}, answerLink(item.reply_id, item.question), make("p.about", {}, about, aged(item.given_at)));
    return make("li", {}, make("div.row", {}, words, tool?.(item)), wrong(item));
  }), SHOWN);
}

export function sourceList(sources) {
  const most = Math.max(...sources.map((source) => source.times));
  return more(make("ul.topics"), sources.map((source) => make("li", {},
    sourceLink(source.document_id, source.title),
    make("p.about", {},
      `${source.is_stated ? "dated" : "no date, indexed"} ${shortDay(source.dated)}`,
      source.times ? ` · cited by ${count(source.times, "answer")}` : ""),
    source.times ? amount(source.times, most) : null)), SHOWN);
}
