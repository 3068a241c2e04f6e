// A word at the foot of the page that goes by itself, with one thing to do about it. It stays while somebody is at it.
import { make } from "./dom.js";

const SECONDS = 8;

export class Toast {
  #root;
  #shown = null; // {box, gone}
  #timer = 0;

  /** @param {HTMLElement} root  a status region */
  constructor(root) {
    this.#root = root;
    for (const type of ["pointerenter", "focusin"]) root.addEventListener(type, () => window.clearTimeout(this.#timer));
    for (const type of ["pointerleave", "focusout"]) root.addEventListener(type, () => this.#wait());
  }

  /**
   * @param {(string | Node)[]} words
   * @param {{label?: string, act?: () => void, gone?: () => void}} [ways]  gone: called when it goes and `act` was not
   */
  show(words, { label, act, gone } = {}) {
    this.end();
    const button = label && make("button.quiet", { type: "button", click: () => {
      this.#clear();
      act();
    } }, label);
    this.#shown = { gone };
    this.#root.replaceChildren(make("div.toast", {}, make("p", {}, ...words), button));
    this.#wait();
  }

  /** Away with it at once; what it announced is done. */
  end() {
    const shown = this.#shown;
    this.#clear();
    shown?.gone?.();
  }

  #wait() {
    window.clearTimeout(this.#timer);
    if (this.#shown && !this.#root.matches(":hover, :focus-within")) this.#timer = window.setTimeout(() => this.end(), SECONDS * 1000);
  }

  #clear() {
    window.clearTimeout(this.#timer);
    this.#shown = null;
    this.#root.replaceChildren();
  }
}
