// The side panel: one source, opened at a citation. On a narrow screen it is a sheet over the page.
import { foreign, icon, ICONS, make } from "./dom.js";
import { linkTo } from "./place.js";
import { SourceText } from "./source.js";

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
  #sources = new Map(); // document id -> the last version fetched
  #shown = null; // its SourceText
  #turn = 0; // counts openings: an answer that comes late must not overwrite a newer one

  /** @param {{api: import("./api.js").Api, root: HTMLElement, scrim: HTMLElement, covered: HTMLElement}} parts */
  constructor({ api, root, scrim, covered }) {
    this.#api = api;
    this.#root = root;
    this.#scrim = scrim;
    this.#covered = covered;
    scrim.addEventListener("click", () => this.close());
    WIDE.addEventListener("change", () => this.isOpen && this.#cover());
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
    this.#shown = null;
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
    const title = foreign(place.title, "h2");
    title.id = "panel-title";
    title.tabIndex = -1;
    this.#root.replaceChildren(this.#head(place, title), body);
    if (focus) title.focus({ preventScroll: true });
    await this.#fill(place, body, turn);
  }

  async #fill(place, body, turn) {
    const late = window.setTimeout(() => body.append(make("p.waiting", {}, "Opening the document…")), 150);
    let text;
    try {
      text = await this.#text(place);
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
    const spot = text.locate(place);
    const others = this.#places.filter((other) => other !== place && other.documentId === place.documentId);
    const exact = others.map((other) => text.locate(other)).filter((range) => range.state !== "changed");
    text.show(spot, exact);
    const notice = NOTICES[spot.state] && make("p.notice", { role: "alert" }, NOTICES[spot.state]);
    const lost = spot.state === "changed" && make("blockquote.lost", { dir: "auto" }, place.text);
    body.replaceChildren(...[notice, lost, text.root].filter(Boolean));
    this.#scrollTo(body, text.target);
  }

  /** The document as it was cited if that version is at hand, else as it is now. */
  async #text(place) {
    const held = this.#sources.get(place.documentId);
    if (held && place.sha !== null && held.sha === place.sha) return held.text;
    const source = await this.#api.source(place.documentId);
    const text = new SourceText(source);
    this.#sources.set(place.documentId, { sha: source.content_sha256, text });
    return text;
  }

  /** Scrolls the panel and nothing else; scrollIntoView would move the conversation, too. */
  #scrollTo(body, target) {
    if (!target) return;
    const gap = Math.max(24, (body.clientHeight - target.getBoundingClientRect().height) / 3);
    body.scrollTop += target.getBoundingClientRect().top - body.getBoundingClientRect().top - gap;
  }

  #head(place, title) {
    const where = [place.heading, place.page === null ? null : `page ${place.page}`].filter(Boolean);
    const about = make("p.panel-about", {}, foreign(place.source), ...where.flatMap((part) => [" · ", foreign(part)]));
    const close = make("button.round", { type: "button", "aria-label": "Close the source", click: () => this.close() }, icon(ICONS.close));
    return make(
      "header.panel-head",
      {},
      make("div.panel-titles", {}, title, about),
      close,
      make("div.panel-tools", {}, ...this.#steps(place), make("a.quiet.framed", { href: linkTo(place), "aria-label": "Full page" }, icon(ICONS.open), make("span", {}, "Full page"))),
    );
  }

  #steps(place) {
    const last = this.#places.length - 1;
    const kind = place.number === null ? "Passage" : "Citation";
    const step = (by, name, path) =>
      make("button.round", {
        type: "button",
        "aria-label": `${name} ${kind.toLowerCase()}`,
        // Stays focusable at the end of the list, so that the focus never falls off the page.
        "aria-disabled": String(this.#index + by < 0 || this.#index + by > last),
        "data-step": by,
        click: () => this.#step(by),
      }, icon(path));
    const words = last ? `${kind} ${this.#index + 1} of ${last + 1}` : kind;
    const label = make("span.panel-count", { "aria-live": "polite" }, words);
    return last ? [step(-1, "Previous", ICONS.previous), label, step(1, "Next", ICONS.next)] : [label];
  }

  #step(by) {
    const index = this.#index + by;
    if (index < 0 || index >= this.#places.length) return;
    this.#go(index);
    this.#root.querySelector(`[data-step="${by}"]`)?.focus({ preventScroll: true });
  }

  #markChips(place) {
    for (const chip of document.querySelectorAll(".chip[aria-current]")) chip.removeAttribute("aria-current");
    if (place?.number == null || !this.#opener) return;
    const chips = this.#opener.closest(".turn")?.querySelectorAll(`.chip[data-number="${place.number}"]`) ?? [];
    for (const chip of chips) chip.setAttribute("aria-current", "true");
  }
}
