// The way back down, where the end of the conversation is out of sight.
import { icon, make } from "./dom.js";

const DOWN = "M10 4v12M5 11l5 5 5-5";

export class Newest {
  #end = make("div.end", { "aria-hidden": "true" }); // stands where the newest turn's words end
  #button = make("button.newest", { type: "button", hidden: true, "aria-label": "Jump to the newest", title: "Jump to the newest", click: () => this.#jump() }, icon(DOWN));

  /** @param {HTMLElement} dock  above which the button stands */
  constructor(dock) {
    dock.prepend(this.#button);
    // Below what can be seen: above it, the newest is where somebody reads.
    const watch = new IntersectionObserver(([entry]) => {
      this.#button.hidden = entry.isIntersecting || entry.boundingClientRect.top <= (entry.rootBounds?.top ?? 0) || !this.#end.isConnected;
    }, { rootMargin: "0px 0px -90px 0px" });
    watch.observe(this.#end);
  }

  /** Follows the newest turn. @param {HTMLElement | null} turn */
  follow(turn) {
    if (turn) turn.append(this.#end);
    else {
      this.#end.remove();
      this.#button.hidden = true;
    }
  }

  #jump() {
    const turn = this.#end.parentElement;
    turn.lastElementChild.scrollIntoView({ block: "end" });
    turn.focus({ preventScroll: true });
  }
}
