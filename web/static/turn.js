// A question and what came of it, from the first sign of work to the whole reply.
import { confidence, follows, interpretedAs, sentence, shortAnswer, sourceList } from "./answer.js";
import { foreign, make } from "./dom.js";
import { hits, tally } from "./hits.js";
import { nearestPassages } from "./passages.js";
import { byDocument, citationsOf, placeOfCitation } from "./place.js";
import { isSide, sides } from "./sides.js";
import { count } from "./words.js";

const LONG = 60; // characters: a longer short answer is no headline

export class Turn {
  #onOpen;
  #shown = []; // content blocks on the page
  #cited = new Map(); // their citations, by number
  #interpreted = make("div");
  #short = make("div.short");
  #prose = make("div.prose");
  #state = make("p.state", {}, make("span.pulse", { "aria-hidden": "true" }), make("span"));
  #reply = make("div.reply");

  /** @param {string} question @param {Function} onOpen  called with places, index, opener */
  constructor(question, onOpen) {
    this.question = question;
    this.#onOpen = onOpen;
    const asked = foreign(question, "h2");
    asked.className = "question";
    this.root = make("article.turn", { "aria-label": "Question and answer" }, asked, this.#reply);
  }

  /** Back to the first sign of work; also for another try. */
  begin() {
    this.#empty();
    this.#short.replaceChildren();
    this.#interpreted.replaceChildren();
    this.#reply.replaceChildren(this.#interpreted, this.#short, this.#prose, this.#state);
    // The log is announced when the reply is whole, not piece by piece.
    this.root.setAttribute("aria-busy", "true");
    this.working("Searching the documents…");
  }

  working(words) {
    this.#state.lastChild.textContent = words;
  }

  interpret(question) {
    this.#interpreted.replaceChildren(...(question ? [interpretedAs(question)] : []));
  }

  reading(passages) {
    const documents = new Set(passages.map((passage) => passage.document_id)).size;
    this.working(`Reading ${count(passages.length, "passage")} in ${count(documents, "document")}…`);
  }

  add(block) {
    const goesOn = follows(this.#shown.at(-1), block);
    if (!goesOn) this.#prose.append(make("p"));
    this.#prose.lastChild.append(sentence(block, this.#onCite));
    this.#shown.push(block);
    this.#cited = citationsOf(this.#shown);
  }

  answer(answer) {
    this.#short.classList.toggle("long", (answer?.text.length ?? 0) > LONG);
    this.#short.replaceChildren(...(answer ? [make("span.unseen", {}, "Short answer: "), shortAnswer(answer)] : []));
  }

  /** The whole reply, which is the truth: what was streamed stays only where it is the same. */
  finish(reply) {
    this.interpret(reply.interpreted_as);
    if (JSON.stringify(reply.content) !== JSON.stringify(this.#shown)) {
      this.#empty();
      for (const block of reply.content) this.add(block);
    }
    // A side of a disagreement is not set above the others.
    this.answer(reply.answer && isSide(reply.answer, reply.groups) ? null : reply.answer);
    // A guess must not look like a fact.
    this.#short.classList.toggle("unsure", reply.confidence_label === "LOW");
    if (reply.disagreement) this.#short.after(sides(reply.groups, this.#cited, this.#onCite));
    if (reply.count) this.#short.before(tally(reply.count));
    if (!reply.answered) this.#abstain(reply);
    else if (reply.coverage === "exhaustive") this.#groupHits(reply);
    else this.#reply.append(confidence(reply), sourceList(reply.content, this.#onCite));
    this.#settle();
  }

  /** A turn of which only the words were kept. */
  recall(text) {
    this.begin();
    this.#prose.append(foreign(text, "p"));
    this.#settle();
  }

  stopped(again) {
    const words = this.#shown.length ? "Stopped. What is above is proven, but may not be all." : "Stopped.";
    this.#end(make("p", {}, words), "Ask again", again);
  }

  fail(problem, again) {
    this.#end(make("p", { role: "alert" }, problem.message), "Try again", again);
    this.#reply.lastChild.classList.add("failed");
  }

  /** By document, which makes a list of sources needless where each has a sentence of its own. */
  #groupHits(reply) {
    const found = hits(reply.content, this.#onCite);
    this.#prose.replaceChildren(...found);
    this.#reply.append(confidence(reply));
    const isWhole = byDocument([...this.#cited.values()]).length === found.length;
    if (!isWhole) this.#reply.append(sourceList(reply.content, this.#onCite));
  }

  #abstain({ passages, count: counted }) {
    // A count says it better.
    if (!counted) this.#reply.append(make("p.abstained", {}, "The documents do not seem to hold the answer."));
    const nearest = "These passages came nearest. They may be about the same things, but were not found to say what you asked.";
    if (passages.length) this.#reply.append(make("p.nearest", {}, nearest), nearestPassages(passages, this.#onOpen));
    else if (!counted) this.#reply.append(make("p.nearest", {}, "Nothing in them comes near the question."));
  }

  #empty() {
    this.#shown = [];
    this.#cited = new Map();
    this.#prose.replaceChildren();
  }

  #onCite = (number, opener) => {
    const index = [...this.#cited.keys()].indexOf(number);
    if (index >= 0) this.#onOpen([...this.#cited.values()].map(placeOfCitation), index, opener);
  };

  #end(words, label, again) {
    this.#settle();
    const button = make("button.quiet.framed", { type: "button", click: again }, label);
    this.#reply.append(make("div.outcome", {}, words, button));
  }

  #settle() {
    this.#state.remove();
    this.root.removeAttribute("aria-busy");
  }
}
