// Questions that may come next: quiet, few, and never in the way. Where there are none, or none can be had, nothing shows.
import { Problem } from "./api.js";
import { foreign, make } from "./dom.js";

const MOST = 3;

export class FollowUps {
  #api;
  #onAsk;
  #work = null; // AbortController of the request under way
  #root = make("section.followups", { "aria-label": "Questions that may come next", "aria-live": "off" });

  /** @param {import("./api.js").Api} api @param {(question: string) => void} onAsk */
  constructor(api, onAsk) {
    this.#api = api;
    this.#onAsk = onAsk;
  }

  /** Takes them away; what is asked for and not yet there will not come. */
  clear() {
    this.#work?.abort();
    this.#work = null;
    this.#root.remove();
  }

  /** @param {HTMLElement} turn @param {object} reply  whose own suggestions are there at once @param {string[]} sources @param {string | null} within */
  async show(turn, { id, suggestions = [] }, sources, within) {
    this.clear();
    const work = new AbortController();
    this.#work = work;
    this.#draw(turn, suggestions);
    const questions = await this.#questions({ reply_id: id, sources, in: within, limit: MOST }, work.signal);
    if (!work.signal.aborted && questions.length) this.#draw(turn, [...new Set([...questions, ...suggestions])].slice(0, MOST));
  }

  #draw(turn, questions) {
    if (!questions.length) return;
    const buttons = questions.map((question) =>
      make("button.followup.asks", { type: "button", click: () => this.#onAsk(question) }, foreign(question)));
    this.#root.replaceChildren(...buttons);
    turn.append(this.#root);
  }

  async #questions(named, signal) {
    try {
      const { questions } = await this.#api.suggestions(named, signal);
      return questions.map(({ question }) => question).slice(0, MOST);
    } catch (problem) {
      if (problem instanceof Problem || signal.aborted) return [];
      throw problem;
    }
  }
}
