// On a source's page: from one cited place to the next, by buttons or `[` and `]`, and a copy of what is marked.
import { icon, ICONS, make } from "./dom.js";

/** Distinct places, in text order: answers often cite the same one. */
const distinct = (spots) => spots.filter((spot, i) => spot.start !== spots[i - 1]?.start || spot.end !== spots[i - 1]?.end);

export class StepBar {
  #onGo;
  #spots = [];
  #range = null;
  #count = make("span.panel-count", { "aria-live": "polite" });
  #copy;
  #steps;

  /** @param {(spot: {start: number, end: number}) => void} onGo @param {HTMLElement} copy  shown where something is marked */
  constructor(onGo, copy) {
    this.#onGo = onGo;
    this.#copy = copy;
    this.#steps = make("span.steps", {}, this.#step(-1, "Previous", ICONS.previous), this.#count, this.#step(1, "Next", ICONS.next));
    this.root = make("div.step-bar", { role: "toolbar", "aria-label": "Cited places", hidden: true }, this.#steps, copy);
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  show(spots, range) {
    this.#spots = distinct(spots);
    this.#range = range;
    const at = this.#spots.findIndex((spot) => spot.start === range?.start && spot.end === range?.end);
    const all = this.#spots.length;
    this.#count.textContent = at >= 0 ? `Cited place ${at + 1} of ${all}` : all === 1 ? "1 cited place" : `${all} cited places`;
    this.#steps.hidden = all === 0;
    this.#copy.hidden = range === null;
    this.root.hidden = all === 0 && range === null;
    for (const button of this.#steps.querySelectorAll("button"))
      button.setAttribute("aria-disabled", String(!this.#target(Number(button.dataset.step))));
  }

  #step(by, name, path) {
    return make("button.round", {
      type: "button",
      "aria-label": `${name} cited place`,
      title: `${name} cited place (${by < 0 ? "[" : "]"})`,
      "aria-keyshortcuts": by < 0 ? "[" : "]",
      "data-step": by,
      click: () => this.#go(by),
    }, icon(path));
  }

  /** The place before or after what is marked; with nothing marked, the first or the last. */
  #target(by) {
    const range = this.#range;
    if (!range) return this.#spots.at(by > 0 ? 0 : -1);
    const isBeyond = (spot) => (spot.start - range.start || spot.end - range.end) * by > 0;
    return by > 0 ? this.#spots.find(isBeyond) : this.#spots.findLast(isBeyond);
  }

  #go(by) {
    const spot = this.#target(by);
    if (spot) this.#onGo(spot);
  }

  #key(event) {
    const by = { "[": -1, "]": 1 }[event.key];
    if (!by || event.defaultPrevented || event.metaKey || (event.ctrlKey && !event.altKey)) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.("input, textarea, select")) return;
    event.preventDefault();
    this.#go(by);
  }
}
