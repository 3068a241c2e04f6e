// The first sight of a new chat: what this is, and questions to begin with.
import { Problem } from "./api.js";
import { foreign, make } from "./dom.js";

const MOST = 4;

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

  /** Questions that the documents in `globs` answer; where there are none, or none can be had, nothing is said of them. */
  async suggest(globs) {
    const asked = JSON.stringify(globs);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const questions = await this.#questions(globs);
    if (asked !== this.#asked) return;
    if (questions === null) this.#asked = null; // had another time, perhaps
    const items = (questions ?? []).slice(0, MOST).map(({ question }) =>
      make("li", {}, make("button.suggestion", { type: "button", click: () => this.#onAsk(question) }, foreign(question))));
    this.#place.replaceChildren(...(items.length ? [make("h3", {}, "To begin with"), make("ul", {}, ...items)] : []));
  }

  async #questions(globs) {
    try {
      return await this.#api.suggestions({ sources: globs, limit: MOST });
    } catch (problem) {
      if (problem instanceof Problem) return null;
      throw problem;
    }
  }
}
