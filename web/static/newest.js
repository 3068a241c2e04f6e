// The way back down, where the end of the conversation is out of sight.
import { icon, make } from "./dom.js";

const DOWN = "M10 4v12M5 11l5 5 5-5";
const SLACK = 24; // px: an end hidden by so little is in sight

export class Newest {
  #dock;
  #end = make("div.end", { "aria-hidden": "true" }); // stands where the newest turn's words end
  #button = make("button.newest", { type: "button", hidden: true, "aria-label": "Jump to the newest", title: "Jump to the newest", click: () => this.#jump() }, icon(DOWN));
  #frame = 0;

  /** @param {HTMLElement} dock  above which the button stands @param {HTMLElement} log  which grows */
  constructor(dock, log) {
    this.#dock = dock;
    dock.prepend(this.#button);
    // Whichever scrolls, the page or a part of it. (An IntersectionObserver is silent between two places out of sight.)
    document.addEventListener("scroll", () => this.#look(), { capture: true, passive: true });
    new ResizeObserver(() => this.#look()).observe(log);
  }

  /** Follows the newest turn. @param {HTMLElement | null} turn */
  follow(turn) {
    if (turn) turn.append(this.#end);
    else this.#end.remove();
    this.#look();
  }

  #look() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const bottom = this.#dock.getBoundingClientRect().top + SLACK;
      this.#button.hidden = !this.#end.isConnected || this.#end.getBoundingClientRect().top <= bottom;
    });
  }

  #jump() {
    const turn = this.#end.parentElement;
    turn.lastElementChild.scrollIntoView({ block: "end" });
    turn.focus({ preventScroll: true });
  }
}
