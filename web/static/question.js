// A question as it was asked, and the ways to ask it again.
import { foreign, icon, make } from "./dom.js";
import { field } from "./field.js";

const EDIT = "M4 16l.8-3.4L13 4.4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3l-8.2 8.2L4 16zM11.8 5.6l2.6 2.6";
const AGAIN = "M15.5 10a5.5 5.5 0 1 1-1.7-4M14.5 3v3.5H11";

const tool = (name, path, click) =>
  make("button.round.asks", { type: "button", "aria-label": name, title: name, click }, icon(path));

export class Question {
  #words = make("h2.question", { dir: "auto" });
  #edit = tool("Edit and ask again", EDIT, () => this.#open());
  #again = tool("Ask again", AGAIN, () => this.#onAsk(this.text));
  #tools = make("div.question-tools", {}, this.#edit, this.#again);
  #onAsk;

  /** @param {string} text @param {((text: string) => void) | null} onAsk  null: for reading only */
  constructor(text, onAsk) {
    this.#onAsk = onAsk;
    this.root = make("div.asked", {}, this.#words, onAsk && this.#tools);
    this.text = text;
  }

  get text() {
    return this.#words.textContent;
  }

  set text(text) {
    this.#words.textContent = text;
  }

  /** Whether "Ask again" stands here; not where a turn that ended early says it already. */
  set repeats(repeats) {
    this.#again.hidden = !repeats;
  }

  #open() {
    const { root, focus } = field({
      label: "Edit the question",
      value: this.text,
      send: "Ask",
      onSend: (text) => {
        this.#close(root);
        this.#onAsk(text);
      },
      onLeave: () => this.#close(root),
    });
    this.#words.hidden = this.#tools.hidden = true;
    this.root.append(root);
    focus();
  }

  #close(form) {
    form.remove();
    this.#words.hidden = this.#tools.hidden = false;
    this.#edit.focus({ preventScroll: true });
  }
}
