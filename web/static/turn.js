// A question and what came of it, from the first sign of work to the whole reply.
import { confidence, follows, interpretedAs, sentence, shortAnswer, sourceList } from "./answer.js";
import { foreign, make } from "./dom.js";
import { nearestPassages } from "./passages.js";
import { placesOf } from "./place.js";
import { count } from "./words.js";

export class Turn {
  #onOpen;
  #shown = []; // content blocks on the page
  #places = [];
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
    this.#shown = [];
    this.#short.replaceChildren();
    this.#prose.replaceChildren();
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
    this.#prose.lastChild.append(sentence(block, (number, opener) => this.#open(number, opener)));
    this.#shown.push(block);
    this.#places = placesOf({ content: this.#shown });
  }

  answer(answer) {
    this.#short.replaceChildren(...(answer ? [make("span.unseen", {}, "Short answer: "), shortAnswer(answer)] : []));
  }

  /** The whole reply, which is the truth: what was streamed stays only where it is the same. */
  finish(reply) {
    this.interpret(reply.interpreted_as);
    if (JSON.stringify(reply.content) !== JSON.stringify(this.#shown)) {
      this.#shown = [];
      this.#prose.replaceChildren();
      for (const block of reply.content) this.add(block);
    }
    this.answer(reply.answer);
    // A guess must not look like a fact.
    this.#short.classList.toggle("unsure", reply.confidence_label === "LOW");
    if (reply.answered) this.#reply.append(confidence(reply.confidence_label), this.#sources(reply.content));
    else this.#abstain(reply.passages);
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

  #sources(content) {
    return sourceList(content, (number, opener) => this.#open(number, opener));
  }

  #abstain(passages) {
    this.#reply.append(make("p.abstained", {}, "These documents do not answer that."));
    if (!passages.length) return;
    const words = "These passages came nearest. They may help, but they are not an answer.";
    this.#reply.append(make("p.nearest", {}, words), nearestPassages(passages, this.#onOpen));
  }

  #open(number, opener) {
    const index = this.#places.findIndex((place) => place.number === number);
    if (index >= 0) this.#onOpen(this.#places, index, opener);
  }

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
