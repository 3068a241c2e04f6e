// Which documents are asked: a dialog to choose them, and a line above the question box that says so.
import { foreign, icon, make } from "./dom.js";
import { globsOf, MOST } from "./globs.js";
import { recall, remember } from "./memory.js";
import { count } from "./words.js";

const SHOWN = 200; // boxes at once; the rest is found by its name
const KEY = "filter";
const CLOSE = "M6 6l8 8M14 6l-8 8";

/** The document that a link to the chat names ("/?source=path"), else what the tab remembers. */
function begun() {
  const named = new URLSearchParams(location.search).get("source");
  if (named === null) return remembered();
  history.replaceState(null, "", location.pathname); // said once: a reload keeps what was chosen since
  return [named];
}

function remembered() {
  try {
    const paths = JSON.parse(recall(KEY) ?? "[]");
    return Array.isArray(paths) ? paths : [];
  } catch {
    return [];
  }
}

export class Filter {
  #line;
  #opener;
  #onChange;
  #documents = [];
  #chosen = new Set(begun()); // paths; none means all

  /**
   * @param {{line: HTMLElement, opener: HTMLElement, onChange: (globs: string[]) => void}} parts
   *   line: where it is said; opener: opens the dialog
   */
  constructor({ line, opener, onChange }) {
    this.#line = line;
    this.#opener = opener;
    this.#onChange = onChange;
    opener.addEventListener("click", () => this.open());
    opener.hidden = true;
  }

  /** Documents that are gone are chosen no longer. */
  set documents(sources) {
    this.#documents = sources;
    this.#opener.hidden = sources.length < 2;
    const paths = new Set(sources.map((each) => each.source));
    this.#keep([...this.#chosen].filter((path) => paths.has(path)));
  }

  get globs() {
    return globsOf([...this.#chosen], this.#documents.map((each) => each.source)) ?? [];
  }

  /** Asks all again. */
  clear() {
    this.#keep([]);
  }

  open() {
    const picked = new Set(this.#chosen.size ? this.#chosen : this.#documents.map((each) => each.source));
    const find = make("input", { type: "search", id: "filter-find", placeholder: "Find a document", "aria-label": "Find a document", autocomplete: "off", spellcheck: "false" });
    const list = make("ul.checks");
    const note = make("p.check-note", { role: "status" });
    const use = make("button.solid", { type: "submit" });
    const tell = () => {
      note.textContent = this.#objection(picked);
      use.disabled = note.textContent !== "";
      use.textContent = picked.size === this.#documents.length ? "Ask all" : `Ask ${picked.size} of ${this.#documents.length}`;
    };
    const draw = () => {
      list.replaceChildren(...this.#boxes(find.value, picked, tell));
      tell();
    };
    const all = (isOn) => () => {
      for (const { source } of this.#matching(find.value)) picked[isOn ? "add" : "delete"](source);
      draw();
    };
    find.addEventListener("input", draw);
    const form = make("form", { method: "dialog", submit: () => this.#keep([...picked]) },
      make("h2", { id: "filter-title" }, "Which documents to ask"),
      find,
      make("div.check-tools", {},
        make("button.quiet", { type: "button", click: all(true) }, "All"),
        make("button.quiet", { type: "button", click: all(false) }, "None")),
      list,
      note,
      make("div.dialog-tools", {}, make("button.quiet.framed", { type: "button", click: () => dialog.close() }, "Cancel"), use));
    const dialog = make("dialog.sheet.tall", { "aria-labelledby": "filter-title", close: () => dialog.remove() }, form);
    draw();
    document.body.append(dialog);
    dialog.showModal();
  }

  #matching(words) {
    const parts = words.toLowerCase().split(/\s+/);
    return this.#documents.filter(({ title, source }) => parts.every((part) => `${title} ${source}`.toLowerCase().includes(part)));
  }

  #boxes(words, picked, tell) {
    const found = this.#matching(words);
    const items = found.slice(0, SHOWN).map(({ title, source }) => {
      const box = make("input", { type: "checkbox", change: () => {
        picked[box.checked ? "add" : "delete"](source);
        tell();
      } });
      box.checked = picked.has(source);
      const about = title !== source && make("span.about", {}, foreign(source));
      return make("li", {}, make("label", {}, box, make("span", {}, foreign(title), about)));
    });
    if (!found.length) return [make("li.nothing", {}, "No document of that name.")];
    if (found.length > SHOWN) items.push(make("li.nothing", {}, `And ${count(found.length - SHOWN, "more", "more")}: find them by name.`));
    return items;
  }

  /** Why these cannot be asked, in words; "" where they can. */
  #objection(picked) {
    if (!picked.size) return "Choose at least one.";
    const globs = globsOf([...picked], this.#documents.map((each) => each.source));
    return globs === null ? `These cannot be asked together: choose at most ${MOST}, or all.` : "";
  }

  #keep(paths) {
    this.#chosen = new Set(paths.length === this.#documents.length ? [] : paths);
    remember(KEY, this.#chosen.size ? JSON.stringify([...this.#chosen]) : null);
    this.#draw();
    this.#onChange(this.globs);
  }

  #draw() {
    const n = this.#chosen.size;
    this.#line.hidden = n === 0;
    this.#opener.classList.toggle("on", n > 0);
    if (!n) return this.#line.replaceChildren();
    const only = n === 1 && this.#documents.find((each) => this.#chosen.has(each.source));
    const words = only ? ["Asking only ", foreign(only.title)] : [`Asking ${n} of ${count(this.#documents.length, "document")}`];
    return this.#line.replaceChildren(
      make("button.quiet.framed.asking", { type: "button", click: () => this.open() }, make("span", {}, ...words)),
      make("button.round", { type: "button", "aria-label": "Ask all documents", title: "Ask all documents", click: () => {
        this.clear();
        this.#opener.focus();
      } }, icon(CLOSE)));
  }
}
