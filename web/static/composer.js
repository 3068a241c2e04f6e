// The question box: Enter asks, Shift+Enter breaks the line, and nothing is sent that would be refused.
import { countCodePoints } from "./codepoints.js";

const LIMIT = 2000;
const COUNT_FROM = 1800;

export class Composer {
  #form;
  #box;
  #send;
  #stop;
  #counter;
  #isBusy = false;

  /** @param {HTMLFormElement} form */
  constructor(form, { onAsk, onStop }) {
    this.#form = form;
    this.#box = form.querySelector("textarea");
    this.#send = form.querySelector("#send");
    this.#stop = form.querySelector("#stop");
    this.#counter = form.querySelector("#counter");
    this.#box.addEventListener("input", () => this.#update());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#stop.addEventListener("click", () => {
      onStop();
      this.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(onAsk);
    });
    this.#update();
  }

  focus() {
    this.#box.focus();
  }

  set busy(isBusy) {
    // The button that had the focus goes; the focus must not go with it.
    const held = document.activeElement === this.#stop || document.activeElement === this.#send;
    this.#isBusy = isBusy;
    this.#send.hidden = isBusy;
    this.#stop.hidden = !isBusy;
    this.#update();
    if (held) this.focus();
  }

  get #question() {
    return this.#box.value.trim();
  }

  /** Counted as the server counts, which folds white space first. */
  get #length() {
    return countCodePoints(this.#question.replace(/\s+/g, " "));
  }

  #ask(onAsk) {
    if (!this.#canSend) return;
    const question = this.#question;
    this.#box.value = "";
    this.#update();
    // On a phone the keyboard would cover the answer.
    if (window.matchMedia("(pointer: coarse)").matches) this.#box.blur();
    onAsk(question);
  }

  get #canSend() {
    const length = this.#length;
    return !this.#isBusy && length > 0 && length <= LIMIT;
  }

  #key(event) {
    // Enter that ends the composition of a Japanese word is not ours.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #update() {
    const length = this.#length;
    const over = length - LIMIT;
    this.#send.disabled = !this.#canSend;
    this.#counter.textContent = over > 0 ? `${over.toLocaleString("en")} too many` : length >= COUNT_FROM ? `${-over} left` : "";
    this.#counter.classList.toggle("over", over > 0);
    this.#box.setAttribute("aria-invalid", String(over > 0));
    if (CSS.supports("field-sizing", "content")) return;
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}
