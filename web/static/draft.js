// What is written and not yet answered survives a reload.
import { recall, remember } from "./memory.js";

export class Draft {
  #box;

  /** @param {HTMLTextAreaElement} box */
  constructor(box) {
    this.#box = box;
    box.addEventListener("input", () => remember("draft", box.value || null));
  }

  /** A question is on its way. */
  asked(question) {
    remember("asked", question);
    remember("draft", this.#box.value || null);
  }

  /** It was answered, or its turn says what became of it. */
  settled() {
    remember("asked", null);
  }

  /**
   * Puts back what was written, else what was asked and never answered.
   *
   * @param {string | null} last  the last question that the page shows: one that is there was answered
   */
  restore(last) {
    const asked = recall("asked");
    this.settled();
    const words = recall("draft") ?? (asked === last ? null : asked);
    if (!words || this.#box.value) return;
    this.#box.value = words;
    this.#box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
