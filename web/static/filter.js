// Which documents are asked: a dialog to choose them, and a line above the question box that says so.
import { Problem } from "./api.js";
import { foreign, icon, make } from "./dom.js";
import { foldersOf } from "./folders.js";
import { globsOf, MOST } from "./globs.js";
import { recall, remember } from "./memory.js";
import { count } from "./words.js";

const SHOWN = 200; // boxes at once; the rest is found by its name
const FOLDERS = 300; // in the list; those below them are on the page of documents
const KEY = "filter";
const WITHIN = "within";
const CLOSE = "M6 6l8 8M14 6l-8 8";

/** What a link to the chat names ("/?source=path", "/?in=folder/"), else what the tab remembers. */
function begun() {
  const named = new URLSearchParams(location.search);
  const [source, within] = [named.get("source"), named.get("in")];
  if (source === null && within === null) return { paths: remembered(), within: recall(WITHIN) };
  history.replaceState(null, "", location.pathname); // said once: a reload keeps what was chosen since
  return { paths: source === null ? [] : [source], within };
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
  #api;
  #line;
  #opener;
  #onChange;
  #documents = [];
  #chosen; // paths; none means all
  #within; // a folder or saved filter instead, or null
  /** Whether a choice can be saved. */
  canSave = false;

  /**
   * @param {{api: import("./api.js").Api, line: HTMLElement, opener: HTMLElement,
   *   onChange: (globs: string[], within: string | null) => void}} parts
   *   line: where it is said; opener: opens the dialog
   */
  constructor({ api, line, opener, onChange }) {
    const { paths, within } = begun();
    this.#chosen = new Set(paths);
    this.#within = within;
    this.#api = api;
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
    const isGone = sources.length > 0 && this.#within?.endsWith("/") && !sources.some((each) => each.source.startsWith(this.#within));
    this.#keep([...this.#chosen].filter((path) => paths.has(path)), isGone ? null : this.#within);
  }

  /** The folder or saved filter that is asked, or null. */
  get within() {
    return this.#within;
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
      const isWithin = within.value !== "";
      rest.hidden = isWithin;
      note.textContent = this.#objection(picked);
      use.disabled = !isWithin && note.textContent !== "";
      if (isWithin) use.textContent = "Ask within it";
      else use.textContent = picked.size === this.#documents.length ? "Ask all" : `Ask ${picked.size} of ${this.#documents.length}`;
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
    const within = this.#places(tell);
    const rest = make("div.check-part", {},
      find,
      make("div.check-tools", {},
        make("button.quiet", { type: "button", click: all(true) }, "All"),
        make("button.quiet", { type: "button", click: all(false) }, "None"),
        this.canSave && make("button.quiet", { type: "button", click: (event) => this.#askName(event.target, picked, within, note) }, "Save this choice…")),
      list,
      note);
    const form = make("form", { method: "dialog", submit: () => (within.value ? this.#keep([], within.value) : this.#keep([...picked])) },
      make("h2", { id: "filter-title" }, "Which documents to ask"),
      make("label.within-field", {}, "Within", within),
      rest,
      make("div.dialog-tools", {}, make("button.quiet.framed", { type: "button", click: () => dialog.close() }, "Cancel"), use));
    const dialog = make("dialog.sheet.tall", { "aria-labelledby": "filter-title", close: () => dialog.remove() }, form);
    draw();
    document.body.append(dialog);
    dialog.showModal();
  }

  /** The list of folders and saved filters; these come when the server has told them. */
  #places(onChange) {
    const option = (name) => make("option", { value: name }, name);
    const folders = [...foldersOf(this.#documents).keys()].slice(1).sort();
    const saved = make("optgroup", { label: "Saved filters", hidden: true });
    const list = make("select", { change: onChange },
      make("option", { value: "" }, "All documents"), saved,
      folders.length > 0 && make("optgroup", { label: "Folders" }, ...folders.slice(0, FOLDERS).map(option)));
    const choose = () => {
      if (this.#within === null || list.value) return;
      if (![...list.options].some(({ value }) => value === this.#within)) list.append(option(this.#within));
      list.value = this.#within;
      onChange();
    };
    this.#api.collections().then(({ filters }) => {
      saved.append(...filters.map(({ name }) => option(name)));
      saved.hidden = filters.length === 0;
      choose();
    }, (problem) => {
      if (!(problem instanceof Problem)) throw problem;
      choose();
    });
    return list;
  }

  /** A field for the name, under which what is picked is saved. */
  #askName(opener, picked, within, note) {
    const save = async () => {
      const globs = globsOf([...picked], this.#documents.map((each) => each.source));
      note.textContent = globs?.length === 0 ? "All are chosen: leave some out first." : this.#objection(picked);
      if (note.textContent) return;
      try {
        const { name } = await this.#api.saveFilter(field.value, { sources: globs });
        within.append(make("option", { value: name }, name));
        within.value = name;
        within.dispatchEvent(new Event("change"));
        within.focus();
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        note.textContent = problem.message;
      }
    };
    const field = make("input", { type: "text", maxlength: 80, "aria-label": "Name to save this choice under", placeholder: "Name", dir: "auto", autocomplete: "off", keydown: (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      save();
    } });
    opener.replaceWith(make("span.save-name", {}, field, make("button.quiet.framed", { type: "button", click: save }, "Save")));
    field.focus();
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

  #keep(paths, within = null) {
    this.#chosen = new Set(paths.length === this.#documents.length ? [] : paths);
    this.#within = within;
    remember(KEY, this.#chosen.size ? JSON.stringify([...this.#chosen]) : null);
    remember(WITHIN, within);
    this.#draw();
    this.#onChange(this.globs, within);
  }

  #draw() {
    const n = this.#chosen.size;
    const isAll = n === 0 && this.#within === null;
    this.#line.hidden = isAll;
    this.#opener.classList.toggle("on", !isAll);
    if (isAll) return this.#line.replaceChildren();
    const only = n === 1 && this.#documents.find((each) => this.#chosen.has(each.source));
    const words = this.#within !== null ? ["Asking within ", foreign(this.#within)] : only ? ["Asking only ", foreign(only.title)] : [`Asking ${n} of ${count(this.#documents.length, "document")}`];
    return this.#line.replaceChildren(
      make("button.quiet.framed.asking", { type: "button", click: () => this.open() }, make("span", {}, ...words)),
      make("button.round", { type: "button", "aria-label": "Ask all documents", title: "Ask all documents", click: () => {
        this.clear();
        this.#opener.focus();
      } }, icon(CLOSE)));
  }
}
