// Whether the server answers. While it does not, a line says so, and it is tried until it does.

const FIRST = 1000; // ms to the first try, then twice as long each time
const LONGEST = 15_000;

export class Reach {
  #line;
  #onBack;
  #isGone = false;
  #wait = FIRST;
  #timer = 0;

  /** @param {{line: HTMLElement, onBack: () => void}} parts  line: a status region; onBack: it answers again */
  constructor({ line, onBack }) {
    this.#line = line;
    this.#onBack = onBack;
    for (const type of ["online", "visibilitychange"]) window.addEventListener(type, () => this.#isGone && this.#soon(), true);
  }

  /** What was just found out. */
  heard(isThere) {
    if (isThere) this.#back();
    else this.#gone();
  }

  #gone() {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#wait = FIRST;
    this.#say("Footnote cannot be reached. What you write is kept; trying again…");
    this.#later();
  }

  #back() {
    if (!this.#isGone) return;
    this.#isGone = false;
    window.clearTimeout(this.#timer);
    this.#line.hidden = true;
    this.#line.replaceChildren();
    this.#onBack();
  }

  #say(words) {
    this.#line.hidden = false;
    if (this.#line.textContent !== words) this.#line.textContent = words;
  }

  #soon() {
    if (document.hidden) return;
    window.clearTimeout(this.#timer);
    this.#wait = FIRST;
    this.#try();
  }

  #later() {
    this.#timer = window.setTimeout(() => this.#try(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST);
  }

  async #try() {
    if (document.hidden) return; // it is tried when the page is seen again
    let response = null;
    try {
      response = await fetch("/health/ready", { cache: "no-store" });
    } catch {
      // Still gone.
    }
    if (!this.#isGone) return;
    if (response?.ok) return this.#back();
    if (response) this.#say("Footnote is starting. It will be here in a moment.");
    this.#later();
  }
}
