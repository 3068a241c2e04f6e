// The question box: Enter asks, Shift+Enter breaks the line, and nothing is sent that would be refused.
import { lengthOf, LONGEST_QUESTION, room } from "./limits.js";

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

  get #length() {
    return lengthOf(this.#question);
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
    return !this.#isBusy && length > 0 && length <= LONGEST_QUESTION;
  }

  #key(event) {
    // Enter that ends the composition of a Japanese word is not ours.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #update() {
    const length = this.#length;
    const isOver = length > LONGEST_QUESTION;
    this.#send.disabled = !this.#canSend;
    this.#counter.textContent = room(length);
    this.#counter.classList.toggle("over", isOver);
    this.#box.setAttribute("aria-invalid", String(isOver));
    if (CSS.supports("field-sizing", "content")) return;
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}
