// What a follow-up was read as, and the ways to have it read otherwise.
import { foreign, make } from "./dom.js";
import { field } from "./field.js";

export class Interpreted {
  #question;
  #onAsk;
  #carried = null; // the question as it is read now; null: as it was asked
  #undone = null; // the reading that was undone
  #words = make("p");
  #edit = make("button.quiet.asks", { type: "button", "aria-label": "Edit the interpretation", click: () => this.#open() }, "Edit");
  // One button with two names, so that the focus stays where it was clicked.
  #turn = make("button.quiet.asks", { type: "button", click: () => this.#toggle() });
  root = make("div.interpreted", { hidden: true }, this.#words);

  /**
   * @param {() => string} question  as it was asked
   * @param {((interpretedAs: string) => void) | null} onAsk  null: for reading only
   */
  constructor(question, onAsk) {
    this.#question = question;
    this.#onAsk = onAsk;
    if (onAsk) this.root.append(make("div.interpreted-tools", {}, this.#edit, this.#turn));
  }

  get undone() {
    return this.#undone;
  }

  /** As it is said on the page. */
  get words() {
    return this.#words.textContent;
  }

  /** How the question is about to be read: as it is told, or (null) as the service finds. */
  begin(interpretedAs) {
    const before = this.#carried ?? this.#undone;
    const isUndone = interpretedAs !== null && interpretedAs === this.#question();
    this.show(isUndone ? null : interpretedAs, isUndone ? before : null);
  }

  /** @param {string | null} interpretedAs @param {string | null} [undone]  the reading that this one is instead of */
  show(interpretedAs, undone = this.#undone, follows = null) {
    this.#carried = interpretedAs === this.#question() ? null : interpretedAs;
    this.#undone = this.#carried === null ? undone : null;
    const isCarried = this.#carried !== null;
    this.root.hidden = !isCarried && this.#undone === null;
    const words = isCarried ? (follows ? "Following up on: " : "Interpreted as: ") : "Taken as it was asked, and not as: ";
    this.#words.replaceChildren(...(this.root.hidden ? [] : [words, foreign((isCarried && follows) || (this.#carried ?? this.#undone))]));
    this.#edit.hidden = !isCarried;
    this.#turn.textContent = isCarried ? "Undo" : "Bring it back";
    this.#turn.setAttribute("aria-label", isCarried ? "Undo: take the question as it is" : "Bring it back: interpret the question again");
    this.#turn.title = isCarried ? "Take the question as it is" : "";
  }

  #toggle() {
    this.#onAsk(this.#carried === null ? this.#undone : this.#question());
  }

  #open() {
    const { root, focus } = field({
      label: "Edit how the question is understood",
      value: this.#carried,
      send: "Ask",
      onSend: (text) => {
        this.#close(root);
        this.#onAsk(text);
      },
      onLeave: () => this.#close(root),
    });
    for (const part of this.root.children) part.hidden = true;
    this.root.append(root);
    focus();
  }

  #close(form) {
    form.remove();
    for (const part of this.root.children) part.hidden = false;
    this.#edit.focus({ preventScroll: true });
  }
}
