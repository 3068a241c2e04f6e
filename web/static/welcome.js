// The first sight of a new chat: what this is, and questions to begin with.
import { Problem } from "./api.js";
import { foreign, make } from "./dom.js";

const MOST = 4;
const AGAIN_MS = 1200; // between two looks at what has been found
const LOOKS = 20;

export class Welcome {
  #api;
  #place;
  #onAsk;
  #asked = null; // for which documents the questions are, or are about to be

  /** @param {{api: import("./api.js").Api, place: HTMLElement, onAsk: (question: string) => void}} parts */
  constructor({ api, place, onAsk }) {
    this.#api = api;
    this.#place = place;
    this.#onAsk = onAsk;
  }

  /** Questions that the documents in `globs`, within a folder or saved filter, answer; where there are none, or none can be had, nothing is said of them. */
  async suggest(globs, within = null) {
    const asked = JSON.stringify([globs, within]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#show([]);
    for (let looks = 1; looks <= LOOKS; looks += 1) {
      const found = await this.#found(globs, within);
      if (asked !== this.#asked) return;
      if (found === null) this.#asked = null; // had another time, perhaps
      // Shown once, so that nothing moves under a pointer.
      if (found === null || found.complete || found.questions.length >= MOST || looks === LOOKS) {
        this.#show(found?.questions ?? []);
        return;
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS));
      if (asked !== this.#asked) return;
      if (!this.#place.checkVisibility()) {
        this.#asked = null; // the welcome has gone: nobody looks
        return;
      }
    }
  }

  /** The documents have changed: look again, unless there are questions already. */
  again(globs, within = null) {
    if (this.#place.hasChildNodes()) return;
    this.#asked = null;
    this.suggest(globs, within);
  }

  #show(questions) {
    const items = questions.slice(0, MOST).map(({ question }) =>
      make("li", {}, make("button.suggestion", { type: "button", click: () => this.#onAsk(question) }, foreign(question))));
    this.#place.replaceChildren(...(items.length ? [make("h3", {}, "To begin with"), make("ul", {}, ...items)] : []));
  }

  async #found(globs, within) {
    try {
      return await this.#api.suggestions({ sources: globs, in: within, limit: MOST });
    } catch (problem) {
      if (problem instanceof Problem) return null;
      throw problem;
    }
  }
}
