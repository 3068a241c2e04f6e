// The rail: beside the conversation where there is room, and can be put away; a drawer over it where there is none.
import { keepHabit } from "./memory.js";

const WIDE = window.matchMedia("(min-width: 80rem)");
const page = document.documentElement;

export class Rail {
  #root;
  #scrim;
  #covered;
  #openers;
  #opener = null; // gets the focus back from the drawer

  /** @param {{root: HTMLElement, scrim: HTMLElement, covered: HTMLElement[], openers: HTMLElement[], closer: HTMLElement}} parts */
  constructor({ root, scrim, covered, openers, closer }) {
    this.#root = root;
    this.#scrim = scrim;
    this.#covered = covered;
    this.#openers = openers;
    for (const opener of openers) opener.addEventListener("click", () => this.open());
    closer.addEventListener("click", () => this.close());
    scrim.addEventListener("click", () => this.close());
    WIDE.addEventListener("change", () => this.#draw(false));
    this.#draw(false);
  }

  get isOpen() {
    return WIDE.matches ? !page.classList.contains("rail-away") : page.classList.contains("drawer");
  }

  /** Whether it stands over the page now. */
  get isDrawer() {
    return !WIDE.matches && this.isOpen;
  }

  /** Shows it, with the focus on `target`. */
  open(target = this.#root.querySelector("button, a")) {
    if (!this.isOpen) this.#opener = document.activeElement;
    if (WIDE.matches) this.#put(false);
    else this.#draw(true);
    target.focus();
  }

  close() {
    if (!this.isOpen) return;
    const opener = this.#opener ?? document.activeElement;
    this.#opener = null;
    if (WIDE.matches) this.#put(true);
    else this.#draw(false);
    const back = opener?.checkVisibility() && opener !== document.body ? opener : this.#openers.find((each) => each.checkVisibility());
    back?.focus({ preventScroll: true });
  }

  /** Only where it covers the page. */
  closeDrawer() {
    if (this.isDrawer) this.close();
  }

  #put(isAway) {
    page.classList.toggle("rail-away", isAway);
    keepHabit("rail", isAway ? "away" : null);
  }

  /** A drawer is modal: what it covers can be neither reached nor read. */
  #draw(isOut) {
    page.classList.toggle("drawer", isOut);
    this.#scrim.hidden = !isOut;
    for (const covered of this.#covered) covered.inert = isOut;
    if (isOut) this.#root.setAttribute("aria-modal", "true");
    else this.#root.removeAttribute("aria-modal");
    this.#root.setAttribute("role", isOut ? "dialog" : "complementary");
  }
}
