// What somebody says of an answer: helpful, not helpful, a citation that is wrong, and a word on it. Each can be undone.
import { Problem } from "./api.js";
import { foreign, icon, make } from "./dom.js";
import { field } from "./field.js";

const UP = "M6.5 9v7M6.5 9l3-5.5a1.7 1.7 0 0 1 1.7 1.9L10.8 8h4a1.5 1.5 0 0 1 1.5 1.8l-1 5a1.5 1.5 0 0 1-1.5 1.2H6.5M3.5 9h3v7h-3z";
const DOWN = "M6.5 10.5v-7M6.5 10.5l3 5.5a1.7 1.7 0 0 0 1.7-1.9l-.4-2.6h4a1.5 1.5 0 0 0 1.5-1.8l-1-5a1.5 1.5 0 0 0-1.5-1.2H6.5M3.5 10.5h3v-7h-3z";
const FLAG = "M5 17V3.5M5 4h9.5l-2 3.5 2 3.5H5";
const LONGEST_WORD = 2000; // characters

const OTHER = { helpful: "not_helpful", not_helpful: "helpful" };
const SAID = { helpful: () => "You marked this answer as helpful.", not_helpful: () => "You marked this answer as not helpful.", wrong_citation: (n) => `You marked citation ${n} as wrong.` };

const keyOf = ({ kind, citation }) => (kind === "wrong_citation" ? `${kind} ${citation}` : kind);
const toggle = (name, path, click) =>
  make("button.round", { type: "button", "aria-label": name, "aria-pressed": "false", title: name, click }, icon(path));

export class Feedback {
  #api;
  #replyId;
  #say;
  #entries = new Map(); // by kind and citation
  #thanked = new Set(); // keys said thanks for on this page
  #pressed; // the button of each key
  #isSending = false;
  #picker;
  #flag;
  #lines = make("div");
  #failed = make("div");
  buttons;
  root;

  /** @param {{api: import("./api.js").Api, replyId: string, numbers: number[], say: (words: string) => void}} parts */
  constructor({ api, replyId, numbers, say }) {
    this.#api = api;
    this.#replyId = replyId;
    this.#say = say;
    const choose = (kind, citation = null) => () => this.#choose({ kind, citation });
    const helpful = toggle("Helpful", UP, choose("helpful"));
    const notHelpful = toggle("Not helpful", DOWN, choose("not_helpful"));
    const picks = numbers.map((n) =>
      make("button.pick", { type: "button", "aria-label": `Citation ${n} is wrong`, "aria-pressed": "false", click: choose("wrong_citation", n) }, String(n)));
    this.#pressed = new Map([["helpful", helpful], ["not_helpful", notHelpful], ...numbers.map((n, i) => [`wrong_citation ${n}`, picks[i]])]);
    this.#flag = make("button.round", { type: "button", "aria-label": "Wrong citation", title: "Wrong citation", "aria-expanded": "false", click: () => this.#unfold() }, icon(FLAG));
    this.#picker = make("div.picker", { role: "group", "aria-label": "Which citation is wrong?", hidden: true }, make("span", {}, "Which citation is wrong?"), ...picks);
    this.#picker.addEventListener("keydown", (event) => this.#leave(event));
    this.buttons = numbers.length ? [helpful, notHelpful, this.#flag] : [helpful, notHelpful];
    this.root = make("div.feedback", {}, this.#picker, this.#failed, this.#lines);
  }

  /** What was said before, as the service keeps it. */
  show(entries) {
    for (const entry of entries) this.#entries.set(keyOf(entry), entry);
    this.#update();
  }

  /** What was said before could not be had. */
  missed(problem, again) {
    this.#fail(`What was said of these answers could not be loaded. ${problem.message}`, again);
  }

  #unfold() {
    this.#picker.hidden = !this.#picker.hidden;
    this.#flag.setAttribute("aria-expanded", String(!this.#picker.hidden));
    if (!this.#picker.hidden) this.#picker.querySelector("button").focus();
  }

  #leave(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.#unfold();
    this.#flag.focus();
  }

  #choose(chosen) {
    const held = this.#entries.get(keyOf(chosen));
    if (held) return this.#takeBack(held);
    return this.#give({ ...chosen, comment: null });
  }

  /** The same kind again takes the place of what is there, and keeps its word. */
  #give(said) {
    return this.#send(
      () => this.#api.sendFeedback({ reply_id: this.#replyId, ...said }),
      (entry) => {
        const key = keyOf(said);
        this.#entries.delete(OTHER[said.kind]);
        this.#entries.set(key, { ...said, feedback_id: entry.feedback_id });
        this.#thanked.add(key);
        this.#say(`${SAID[said.kind](said.citation)} Thank you.`);
      },
      "That was not sent.",
    );
  }

  #takeBack(entry) {
    const key = keyOf(entry);
    return this.#send(
      () => this.#withdraw(entry.feedback_id),
      () => {
        this.#entries.delete(key);
        this.#say("Taken back");
      },
      "That was not taken back.",
      () => (key.startsWith("wrong") && this.#picker.hidden ? this.#flag : this.#pressed.get(key))?.focus({ preventScroll: true }),
    );
  }

  async #withdraw(feedbackId) {
    try {
      await this.#api.withdrawFeedback(feedbackId);
    } catch (problem) {
      // Gone already is what was wanted.
      if (problem.status !== 404) throw problem;
    }
  }

  /** One at a time. A failure is said, and can be tried again. */
  async #send(request, done, failed, focus = () => {}) {
    if (this.#isSending) return;
    this.#isSending = true;
    this.#failed.replaceChildren();
    try {
      done(await request());
      this.#update();
      focus();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#fail(`${failed} ${problem.message}`, () => this.#send(request, done, failed, focus));
    } finally {
      this.#isSending = false;
    }
  }

  #fail(words, again) {
    const button = make("button.quiet", { type: "button", click: () => {
      this.#failed.replaceChildren();
      this.buttons[0].focus({ preventScroll: true });
      again();
    } }, "Try again");
    this.#failed.replaceChildren(make("div.unsent", {}, make("p", { role: "alert" }, words), button));
  }

  #update() {
    for (const [key, button] of this.#pressed) button.setAttribute("aria-pressed", String(this.#entries.has(key)));
    const isWrong = [...this.#entries.keys()].some((key) => key.startsWith("wrong_citation"));
    this.#flag.classList.toggle("on", isWrong);
    this.#lines.replaceChildren(...[...this.#entries].map(([key, entry]) => this.#line(key, entry)));
  }

  #line(key, entry) {
    const words = SAID[entry.kind](entry.citation) + (this.#thanked.has(key) ? " Thank you." : "");
    const word = make("button.quiet", { type: "button", click: () => this.#open(line, entry) }, entry.comment ? "Change the word" : "Add a word");
    const undo = make("button.quiet", { type: "button", "aria-label": `Undo: ${words}`, click: () => this.#takeBack(entry) }, "Undo");
    const line = make("div.said", {}, make("p", {}, words, entry.comment && " ", entry.comment && foreign(`“${entry.comment}”`, "q")), make("span.said-tools", {}, word, undo));
    return line;
  }

  #open(line, entry) {
    const key = keyOf(entry);
    const close = () => {
      form.root.remove();
      line.lastChild.hidden = false;
      line.querySelector("button").focus({ preventScroll: true });
    };
    const form = field({
      label: "What would you like to say?",
      value: entry.comment ?? "",
      send: "Send",
      limit: LONGEST_WORD,
      // The field stays until the word is kept: nothing that was typed is lost.
      onSend: async (comment) => {
        await this.#give({ kind: entry.kind, citation: entry.citation, comment });
        if (!form.root.isConnected) this.#pressed.get(key)?.focus({ preventScroll: true });
      },
      onLeave: close,
    });
    line.lastChild.hidden = true;
    line.append(form.root);
    form.focus();
  }
}
