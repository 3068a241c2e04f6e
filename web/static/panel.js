// The side panel: one source, opened at a citation. On a narrow screen it is a sheet over the page.
import { make } from "./dom.js";
import { PageView, hasPages } from "./pages.js";
import { fillAbout, panelHead } from "./panelhead.js";
import { SourceText } from "./source.js";
import { verdict } from "./verdict.js";

const WIDE = window.matchMedia("(min-width: 68rem)");

const NOTICES = {
  moved: "The file has changed since this was cited. The same words now stand here.",
  changed: "The file has changed since this was cited: these words no longer stand in it.",
};

export class Panel {
  #api;
  #root;
  #scrim;
  #covered;
  #places = [];
  #index = 0;
  #opener = null;
  #onSummarise;
  #sources = new Map(); // document id -> the last version fetched, and its SourceText
  #turn = 0; // counts openings: an answer that comes late must not overwrite a newer one

  /** @param {{api: import("./api.js").Api, root: HTMLElement, scrim: HTMLElement, covered: HTMLElement,
   *   onSummarise?: ((place: import("./place.js").Place) => void) | null}} parts */
  constructor({ api, root, scrim, covered, onSummarise = null }) {
    this.#api = api;
    this.#root = root;
    this.#scrim = scrim;
    this.#covered = covered;
    this.#onSummarise = onSummarise;
    scrim.addEventListener("click", () => this.close());
    WIDE.addEventListener("change", () => this.isOpen && this.#cover());
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  get isOpen() {
    return !this.#root.hidden;
  }

  /** Opens `places[index]`; `opener` gets the focus back when the panel closes. */
  open(places, index, opener) {
    this.#places = places;
    this.#opener = opener;
    this.#root.hidden = false;
    this.#cover();
    this.#go(index, true);
  }

  close() {
    if (!this.isOpen) return;
    this.#turn += 1;
    this.#root.hidden = true;
    this.#root.replaceChildren();
    this.#markChips(null);
    this.#cover();
    const opener = this.#opener?.isConnected ? this.#opener : null;
    this.#opener = null;
    opener?.focus({ preventScroll: WIDE.matches });
  }

  /** Closes the panel where it covers the page. */
  closeSheet() {
    if (!WIDE.matches) this.close();
  }

  /** A sheet is modal: what it covers can be neither reached nor read. A side panel is not. */
  #cover() {
    const modal = this.isOpen && !WIDE.matches;
    this.#scrim.hidden = !modal;
    this.#covered.inert = modal;
    this.#root.setAttribute("aria-modal", String(modal));
    document.documentElement.classList.toggle("covered", modal);
  }

  async #go(index, focus = false) {
    this.#index = index;
    const place = this.#places[index];
    const turn = ++this.#turn;
    this.#markChips(place);
    const body = make("div.panel-body", { tabindex: "0", role: "group", "aria-label": "Text of the document" });
    const head = panelHead({ places: this.#places, index }, verdict(this.#api, place), {
      onStep: (by) => this.#step(by),
      onClose: () => this.close(),
      onSummarise: this.#onSummarise,
    });
    this.#root.replaceChildren(head.root, body);
    if (focus) head.title.focus({ preventScroll: true });
    await this.#fill(place, { body, about: head.about }, turn);
  }

  async #fill(place, { body, about }, turn) {
    const late = window.setTimeout(() => body.append(make("p.waiting", {}, "Opening the document…")), 150);
    let held;
    try {
      held = await this.#hold(place);
    } catch (problem) {
      if (turn !== this.#turn) return;
      const again = make("button.quiet.framed", { type: "button", click: () => this.#go(this.#index) }, "Try again");
      const words = problem.status === 404 ? "This document is no longer here." : problem.message;
      body.replaceChildren(make("p.notice", { role: "alert" }, words), problem.status === 404 ? "" : again);
      return;
    } finally {
      window.clearTimeout(late);
    }
    if (turn !== this.#turn) return;
    const { text, source } = held;
    fillAbout(about, source);
    const spot = text.locate(place);
    const others = this.#places.filter((other) => other !== place && other.documentId === place.documentId);
    const exact = others.map((other) => text.locate(other)).filter((range) => range.state !== "changed");
    text.show(spot, exact);
    const notice = NOTICES[spot.state] && make("p.notice", { role: "alert" }, NOTICES[spot.state]);
    const lost = spot.state === "changed" && make("blockquote.lost", { dir: "auto" }, place.text);
    body.replaceChildren(...[notice, lost, text.root].filter(Boolean));
    if (hasPages(source)) {
      held.pages ??= new PageView(this.#api, source);
      body.before(held.pages.root);
      held.pages.show(spot);
    }
    this.#scrollTo(body, text.target);
  }

  /** The document as it was cited if that version is at hand, else as it is now. */
  async #hold(place) {
    const held = this.#sources.get(place.documentId);
    if (held && place.sha !== null && held.source.content_sha256 === place.sha) return held;
    const source = await this.#api.source(place.documentId);
    const fetched = { source, text: new SourceText(source) };
    this.#sources.set(place.documentId, fetched);
    return fetched;
  }

  /** Scrolls the panel and nothing else; scrollIntoView would move the conversation, too. */
  #scrollTo(body, target) {
    if (!target) return;
    const gap = Math.max(24, (body.clientHeight - target.getBoundingClientRect().height) / 3);
    body.scrollTop += target.getBoundingClientRect().top - body.getBoundingClientRect().top - gap;
  }

  /** `[` and `]` go through the citations, wherever the focus is but in a field. */
  #key(event) {
    const by = { "[": -1, "]": 1 }[event.key];
    if (!by || !this.isOpen || event.defaultPrevented || event.metaKey) return;
    if (event.ctrlKey && !event.altKey) return; // both together are the AltGr that many keyboards need for a bracket
    if (document.querySelector("dialog[open]") || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    this.#step(by);
  }

  #step(by) {
    const index = this.#index + by;
    if (index < 0 || index >= this.#places.length) return;
    // What had the focus is made anew: it goes to its like, unless it was elsewhere.
    const had = this.#root.contains(document.activeElement);
    this.#go(index);
    if (had) this.#root.querySelector(`[data-step="${by}"]`)?.focus({ preventScroll: true });
  }

  #markChips(place) {
    for (const chip of document.querySelectorAll(".chip[aria-current]")) chip.removeAttribute("aria-current");
    if (place?.number == null || !this.#opener) return;
    const chips = this.#opener.closest(".turn")?.querySelectorAll(`.chip[data-number="${place.number}"]`) ?? [];
    for (const chip of chips) chip.setAttribute("aria-current", "true");
  }
}
