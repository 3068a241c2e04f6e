// What a chip cites, told before it is opened: a small card for the mouse that rests on it, or the keyboard's focus.
// It follows WCAG 2.2, 1.4.13: Escape dismisses it, the pointer may enter it, and it stays as long as it is pointed at.
// A finger has no use for it: a tap opens the source itself.
import { dotted } from "./facts.js";
import { foreign, make } from "./dom.js";
import { placeOfChip, spotOf } from "./place.js";

const SHOW_AFTER_MS = 350;
const HIDE_AFTER_MS = 220; // time to get from the chip to the card
const GAP = 6; // pixels between chip and card
const EDGE = 12; // pixels to the edge of the window

function content(place) {
  const quote = foreign(place.text, "p");
  quote.className = "preview-quote";
  const where = dotted([foreign(place.source), place.heading && foreign(place.heading), spotOf(place) && foreign(spotOf(place))]);
  return [quote, make("p.preview-title", {}, foreign(place.title)), make("p.preview-where", {}, ...where)];
}

export class Preview {
  #within;
  #card = make("div.preview", { role: "tooltip", id: "preview", hidden: true });
  #chip = null; // shown or about to be
  #timer = 0;
  #opened = null; // the chip pressed last: when the panel closes, the focus comes back to it and must not show the card

  /** @param {HTMLElement} within  where the chips are, now and later */
  constructor(within) {
    this.#within = within;
    within.after(this.#card);
    within.addEventListener("pointerover", (event) => event.pointerType !== "touch" && this.#over(event.target.closest(".chip")));
    within.addEventListener("pointerout", (event) => event.target.closest(".chip") && this.#leave());
    within.addEventListener("focusin", (event) => this.#focus(event.target));
    within.addEventListener("focusout", (event) => event.target === this.#chip && this.#hide());
    within.addEventListener("click", (event) => this.#press(event.target.closest(".chip")));
    this.#card.addEventListener("pointerenter", () => window.clearTimeout(this.#timer));
    this.#card.addEventListener("pointerleave", () => this.#leave());
    // Before the page's own keys: one Escape closes the card, the next what is under it.
    document.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    window.addEventListener("scroll", () => this.#follow(), { capture: true, passive: true });
    window.addEventListener("resize", () => this.#hide());
  }

  #over(chip) {
    if (!chip || !placeOfChip.has(chip)) return;
    window.clearTimeout(this.#timer);
    if (chip === this.#chip && !this.#card.hidden) return;
    const wait = this.#card.hidden ? SHOW_AFTER_MS : SHOW_AFTER_MS / 3;
    this.#timer = window.setTimeout(() => this.#show(chip), wait);
  }

  #leave() {
    window.clearTimeout(this.#timer);
    // While the chip has the keyboard's focus, its card stays.
    if (this.#chip?.matches(":focus-visible")) return;
    this.#timer = window.setTimeout(() => this.#hide(), HIDE_AFTER_MS);
  }

  #focus(chip) {
    const returned = chip === this.#opened;
    this.#opened = null;
    if (!returned && chip.matches(".chip:focus-visible")) this.#over(chip);
  }

  #press(chip) {
    if (!chip) return;
    this.#hide();
    this.#opened = chip;
  }

  #key(event) {
    if (event.key !== "Escape" || this.#card.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    this.#hide();
  }

  #show(chip) {
    if (!chip.isConnected || chip.closest("[inert]")) return;
    this.#hide();
    this.#chip = chip;
    this.#card.replaceChildren(...content(placeOfChip.get(chip)));
    this.#card.hidden = false;
    chip.setAttribute("aria-describedby", this.#card.id);
    this.#place();
  }

  #hide() {
    window.clearTimeout(this.#timer);
    this.#chip?.removeAttribute("aria-describedby");
    this.#chip = null;
    this.#card.hidden = true;
  }

  /** When something scrolls: with the chip, or away with it. */
  #follow() {
    if (this.#card.hidden) return;
    const { top, bottom } = this.#chip.getBoundingClientRect();
    const inSight = this.#chip.isConnected && bottom > 0 && top < window.innerHeight;
    if (inSight) this.#place();
    else this.#hide();
  }

  /** Above the chip, or below where there is more room; beside it never, so that the line can be read on. */
  #place() {
    const chip = this.#chip.getBoundingClientRect();
    const column = this.#within.getBoundingClientRect();
    const room = { above: chip.top - GAP - EDGE, below: window.innerHeight - chip.bottom - GAP - EDGE };
    this.#card.style.maxHeight = "";
    const wanted = this.#card.offsetHeight;
    const above = wanted <= room.above || room.above >= room.below;
    const height = Math.min(wanted, above ? room.above : room.below);
    const left = Math.max(EDGE, Math.min(chip.left + chip.width / 2 - this.#card.offsetWidth / 2,
      Math.min(column.right + EDGE, window.innerWidth - EDGE) - this.#card.offsetWidth));
    this.#card.style.maxHeight = `${height}px`;
    this.#card.style.left = `${left}px`;
    this.#card.style.top = `${above ? chip.top - GAP - height : chip.bottom + GAP}px`;
  }
}
