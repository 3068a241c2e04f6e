// A question and what came of it, from the first sign of work to the whole reply.
import { VERDICTS, about, confidence, follows, sentence, shortAnswer, sourceList } from "./answer.js";
import { foreign, make } from "./dom.js";
import { Feedback } from "./feedback.js";
import { hits, tally } from "./hits.js";
import { Interpreted } from "./interpreted.js";
import { recall, remember } from "./memory.js";
import { lacking } from "./lacking.js";
import { nearestPassages } from "./passages.js";
import { byDocument, citationsOf, placeOfCitation } from "./place.js";
import { Question } from "./question.js";
import { markVerdicts, replayNote } from "./replay.js";
import { sectionOf } from "./sections.js";
import { isSide, sides } from "./sides.js";
import { structured } from "./structured.js";
import { turnTools } from "./turntools.js";
import { count } from "./words.js";
import { abstained, goingOn, notRead } from "./unread.js";
import { askedWithin, onlyWithin } from "./within.js";

const NOT_KEPT = "This reply could not be kept: it has no link, and a follow-up will not know of it.";
const LONG = 60; // characters: a longer short answer is no headline

export class Turn {
  #api;
  #onOpen;
  #say;
  #isReadOnly;
  #onAll;
  #question;
  #shown = []; // content blocks on the page
  #section = null; // the last of what is shown as one
  #cited = new Map(); // their citations, by number
  #interpreted;
  #short = make("div.short");
  #prose = make("div.prose");
  #state = make("p.state", {}, make("span.pulse", { "aria-hidden": "true" }), make("span"));
  #reply = make("div.reply");
  reply = null; // the whole reply that stands here
  replyId = null;
  feedback = null;

  /**
   * @param {string} question
   * @param {{api: import("./api.js").Api, onOpen: Function, say: (words: string) => void,
   *   onAsk: ((question: string, interpretedAs: string | null) => void) | null}} parts
   *   onOpen: called with places, index, opener. onAsk: asks here again, with the question or how to understand it
   *   changed; null: for reading only. onAll: asks here again, all documents
   */
  constructor(question, { api, onOpen, say, onAsk = null, onAll = null }) {
    this.#api = api;
    this.#onOpen = onOpen;
    this.#say = say;
    this.#isReadOnly = onAsk === null;
    this.#onAll = onAll;
    this.#question = new Question(question, onAsk && ((text) => onAsk(text, null)));
    this.#interpreted = new Interpreted(() => this.question, onAsk && ((as) => onAsk(this.question, as)));
    this.root = make("article.turn", { "aria-label": "Question and answer", tabindex: "-1" }, this.#question.root, this.#interpreted.root, this.#reply);
  }

  get question() {
    return this.#question.text;
  }

  /** How the question was understood, for the status region. */
  get reading() {
    return this.#interpreted.words;
  }

  /** Back to the first sign of work; also for another try, whose question may be another. */
  begin(question = this.question, interpretedAs = null) {
    this.#question.text = question;
    this.#question.repeats = true;
    this.#interpreted.begin(interpretedAs);
    this.#empty();
    this.#short.replaceChildren();
    this.#reply.replaceChildren(this.#short, this.#prose, this.#state);
    // The log is announced when the reply is whole, not piece by piece.
    this.root.setAttribute("aria-busy", "true");
    this.working("Searching the documents…");
  }

  /** An event of the stream. */
  take(event, body) {
    if (event === "interpreted") this.#interpreted.show(body.interpreted_as, undefined, body.following_up_on);
    else if (event === "reading") this.#read(body);
    else if (event === "passages") this.working("Choosing sentences…");
    else if (event === "sentence") this.add(body);
    else if (event === "answer") this.answer(body.answer);
  }

  working(words) {
    this.#state.lastChild.textContent = words;
  }

  #read({ passages, documents }) {
    this.working(`Reading ${count(passages, "passage")} in ${count(documents, "document")}…`);
  }

  add(block) {
    const before = this.#section;
    this.#section = sectionOf(block, before);
    if (this.#section.kind !== "sentence") {
      if (block.about) this.#prose.append(make("p", {}, about(block)));
      this.#addSection(before);
    } else {
      const goesOn = !block.about && before?.kind === "sentence" && follows(this.#shown.at(-1), block);
      if (!goesOn) this.#prose.append(make("p"));
      if (block.about) this.#prose.lastChild.append(about(block));
      this.#prose.lastChild.append(sentence(block, this.#onCite));
    }
    this.#shown.push(block);
    this.#cited = citationsOf(this.#shown);
  }

  /** A list, a table, records or code; one that goes on takes the place of what stood before. */
  #addSection(before) {
    const element = structured(this.#section, { onCite: this.#onCite, say: this.#say });
    if (before && this.#section.blocks.length > before.blocks.length && before.kind === this.#section.kind) this.#prose.lastChild.replaceWith(element);
    else this.#prose.append(element);
  }

  answer(answer) {
    this.#short.classList.toggle("long", (answer?.text.length ?? 0) > LONG);
    this.#short.replaceChildren(...(answer ? [make("span.unseen", {}, "Short answer: "), shortAnswer(answer)] : []));
  }

  /** The whole reply, which is the truth: what was streamed stays only where it is the same. */
  finish(reply) {
    this.reply = reply;
    this.replyId = reply.id;
    this.#interpreted.show(reply.interpreted_as, this.#undone(reply.id), reply.following_up_on);
    if (JSON.stringify(reply.content) !== JSON.stringify(this.#shown)) {
      this.#empty();
      for (const block of reply.content) this.add(block);
    }
    // A side of a disagreement is not set above the others.
    const said = reply.answer && (isSide(reply.answer, reply.groups) || reply.content[0]?.text === reply.answer.text);
    this.answer(said ? null : reply.answer); // what stands below as it is needs no headline
    // A guess must not look like a fact.
    this.#short.classList.toggle("unsure", reply.confidence_label === "LOW");
    if (reply.disagreement) this.#short.after(sides(reply.groups, this.#cited, this.#onCite));
    if (reply.verdict) this.#short.before(make("p.told", {}, make("strong", {}, VERDICTS[reply.verdict])));
    if (reply.count) this.#short.before(tally(reply.count));
    if (reply.within && reply.kind !== "courtesy") this.#reply.prepend(askedWithin(reply.within, this.#onAll));
    if (reply.message) this.#short.before(make("p.told", {}, foreign(reply.message)));
    const isAnswer = (reply.kind ?? "answer") === "answer";
    if (!isAnswer && !reply.answered) this.#addSources(reply);
    else if (!reply.answered) this.#abstain(reply);
    else if (reply.kind === "summary") this.#addSources(reply);
    else if (reply.coverage === "exhaustive") this.#groupHits(reply);
    else this.#reply.append(confidence(reply), sourceList(reply.content, this.#onCite));
    if (reply.answered) this.#reply.append(...goingOn(reply.indexing));
    if (reply.stored === false) this.#reply.append(make("p.missing", {}, NOT_KEPT));
    this.#settle();
    this.#addTools(reply);
  }

  /** Of what needs no confidence: sentences that sum up, under their documents' titles where there are several. */
  #addSources(reply) {
    if (!reply.answered) return;
    const several = new Set(reply.content.flatMap((block) => block.citations.map((each) => each.document_id))).size > 1;
    if (several) this.#groupHits(reply);
    else this.#reply.append(sourceList(reply.content, this.#onCite));
  }

  /** A turn of which only the words were kept. */
  recall(text, replyId) {
    this.begin();
    this.replyId = replyId;
    this.#prose.append(foreign(text, "p"));
    this.#settle();
  }

  /** As it was given, looked at later. @param {object} answer  of GET /api/answers/{id} */
  replay(answer) {
    this.begin();
    this.finish(answer.reply);
    this.root.prepend(replayNote(answer));
    markVerdicts(this.root, answer.verdicts);
  }

  /** @param {boolean} isOther  what stands here is the answer that was there before */
  stopped(again, isOther = false) {
    const proven = this.#shown.length ? "Stopped. What is above is proven, but may not be all." : "Stopped.";
    const words = isOther ? "Stopped. The answer above is the one that was there before." : proven;
    this.#end(make("p", {}, words), "Ask again", again);
  }

  fail(problem, again) {
    this.#end(make("p", { role: "alert" }, problem.message), "Try again", again);
    this.#reply.lastChild.classList.add("failed");
  }

  /** Back to the reply that stood here, which another was to replace. @param {object} reply */
  revert(reply) {
    this.begin(reply.question);
    this.finish(reply);
  }

  /** The reading that the person undid stays known after a reload of the tab. */
  #undone(replyId) {
    const { undone } = this.#interpreted;
    if (undone !== null) remember(`undone.${replyId}`, undone);
    return undone ?? recall(`undone.${replyId}`);
  }

  /** By document, which makes a list of sources needless where each has a sentence of its own. */
  #groupHits(reply) {
    const found = hits(reply.content, this.#onCite);
    this.#prose.replaceChildren(...found);
    if (reply.kind !== "summary") this.#reply.append(confidence(reply));
    const isWhole = byDocument([...this.#cited.values()]).length === found.length;
    if (!isWhole) this.#reply.append(sourceList(reply.content, this.#onCite));
  }

  #abstain(reply) {
    const { passages, count: counted, left_out: leftOut = [], unread = [], indexing = null, within = null } = reply;
    // A count says it better.
    if (!counted) this.#reply.append(make("p.abstained", {}, abstained(indexing)), ...onlyWithin(within), ...lacking(reply));
    this.#reply.append(...notRead(unread), ...this.#leftOut(leftOut));
    if (passages.length) this.#reply.append(...nearestPassages(reply, this.#onOpen));
    else if (!counted && !indexing) this.#reply.append(make("p.nearest", {}, "Nothing in them comes near the question."));
  }

  /** Where the question's words stand in text that is never answered from. */
  #leftOut(places) {
    const links = places.flatMap(({ source, url, reason }, i) => [i ? ", " : "", make("a", { href: url, title: reason }, source)]);
    return places.length ? [make("p.missing", {}, "Your words stand in text that was left out as the frame of a page: ", ...links)] : [];
  }

  #addTools(reply) {
    const parts = { api: this.#api, replyId: reply.id, numbers: [...this.#cited.keys()], say: this.#say };
    this.feedback = this.#isReadOnly ? null : new Feedback(parts);
    this.#reply.append(turnTools(reply, this.feedback, this.#say));
    if (this.feedback) this.#reply.append(this.feedback.root);
  }

  #empty() {
    this.#shown = [];
    this.#section = null;
    this.#cited = new Map();
    this.#prose.replaceChildren();
  }

  #onCite = (number, opener) => {
    const index = [...this.#cited.keys()].indexOf(number);
    if (index >= 0) this.#onOpen([...this.#cited.values()].map(placeOfCitation), index, opener);
  };

  #end(words, label, again) {
    this.#settle();
    this.#question.repeats = false;
    const button = make("button.quiet.framed", { type: "button", click: again }, label);
    this.#reply.append(make("div.outcome", {}, words, button));
  }

  #settle() {
    this.#state.remove();
    this.root.removeAttribute("aria-busy");
  }
}
