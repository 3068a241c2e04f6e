// What was deleted and can be brought back, also after the page was left.
import { aged, shortDay } from "./age.js";
import { Problem } from "./api.js";
import { confirm } from "./confirm.js";
import { foreign, make } from "./dom.js";
import { count } from "./words.js";

const SLICE = 100; // rows drawn at once

export class Trash {
  #api;
  #place;
  #onRestored;
  #box = make("div");
  #size = 0;
  #empty = make("button.quiet", { type: "button", click: () => this.#deleteAll() }, "Delete all for good");
  #summary = make("summary");
  #fold = make("details.unread", { id: "trash-fold", toggle: () => this.#fold.open && this.look() }, this.#summary, this.#box);

  /** @param {{api: import("./api.js").Api, place: HTMLElement, onRestored: () => void}} parts */
  constructor({ api, place, onRestored }) {
    this.#api = api;
    this.#place = place;
    this.#onRestored = onRestored;
  }

  /** So many are in it. */
  set size(n) {
    this.#tell(n);
    this.#place.replaceChildren(...(n ? [this.#fold] : []));
  }

  #tell(n) {
    this.#size = n;
    this.#empty.hidden = n === 0;
    this.#summary.textContent = `Trash: ${count(n, "deleted document")}`;
  }

  /** Fetches what is in it. */
  async look() {
    try {
      const { trash } = await this.#api.trash();
      this.size = trash.length;
      this.#draw(trash, SLICE);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#box.replaceChildren(this.#failed(problem));
    }
  }

  #draw(trash, shown) {
    const rest = trash.length - shown;
    const more = rest > 0 && make("button.quiet.framed", { type: "button", click: () => this.#draw(trash, shown + SLICE) }, `Show more of ${rest.toLocaleString("en")}`);
    const rows = trash.slice(0, shown).map((each) => this.#row(each));
    this.#box.replaceChildren(make("ul.unread-files.trash", { "aria-label": "Deleted documents" }, ...rows), more || "", this.#empty);
  }

  #row({ trash_id: id, source, deleted_at: deleted, kept_until: until }) {
    const restore = make("button.quiet.framed", { type: "button", "aria-label": `Restore: ${source}`, click: async () => {
      try {
        await this.#api.restoreSource(id);
        row.replaceChildren(make("p", { role: "status", tabindex: -1 }, "Restored, and being read again: ", foreign(source)));
        row.firstChild.focus();
        this.#tell(this.#size - 1);
        this.#onRestored();
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        row.append(this.#failed(problem));
      }
    } }, "Restore");
    const row = make("li", {}, make("div", {}, foreign(source), make("p.about", {}, "Deleted ", aged(deleted), `, kept until ${shortDay(until)}`)), restore);
    return row;
  }

  async #deleteAll() {
    const words = `${count(this.#size, "document")} cannot be restored afterwards. What answers cited of them stays in the conversations.`;
    if (!(await confirm({ title: "Delete for good?", words, label: "Delete for good" }))) return;
    try {
      await this.#api.emptyTrash();
      this.size = 0;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#box.append(this.#failed(problem));
    }
  }

  #failed = (problem) => make("p.notice", { role: "alert" }, problem.message);
}
