// The folders as a tree that folds. Only rows that are unfolded are drawn, and of very many the first ones.
import { foreign, make } from "./dom.js";
import { foldersOf, parentOf } from "./folders.js";

const SLICE = 200; // rows drawn at once
const INDENT_REM = 0.9;

export class FolderTree {
  #onChoose;
  #folders = foldersOf([]);
  #unfolded = new Set([""]);
  #shown = SLICE;
  #chosen = "";
  #focused = "";
  root = make("ul.tree", { role: "tree", "aria-label": "Folders", keydown: (event) => this.#press(event), click: (event) => this.#click(event) });
  #more = make("button.quiet", { type: "button", click: () => {
    this.#shown += SLICE;
    const first = this.root.children.length;
    this.#draw();
    this.root.children[first].focus();
  } });

  /** @param {(path: string) => void} onChoose */
  constructor(onChoose) {
    this.#onChoose = onChoose;
    this.element = make("div", {}, this.root, this.#more);
  }

  /** @param {{source: string}[]} sources */
  set sources(sources) {
    this.#folders = foldersOf(sources);
    this.#draw();
  }

  /** Whether there is a folder at all. */
  get hasFolders() {
    return this.#folders.size > 1;
  }

  has(path) {
    return this.#folders.has(path);
  }

  /** Shows that folder as the chosen one, those above it unfolded. */
  set chosen(path) {
    this.#chosen = this.#focused = path;
    for (let above = path; above; ) {
      above = parentOf(above);
      this.#unfolded.add(above);
    }
    this.#draw();
  }

  /** The unfolded ones, in order. */
  #rows(folder = this.#folders.get("")) {
    const below = this.#unfolded.has(folder.path) ? folder.children.flatMap((child) => this.#rows(child)) : [];
    return [folder, ...below];
  }

  #draw() {
    const rows = this.#rows();
    if (!rows.some(({ path }) => path === this.#focused)) this.#focused = "";
    // What is chosen or focused is always among those drawn.
    const needed = Math.max(...[this.#chosen, this.#focused].map((path) => rows.findIndex((row) => row.path === path)));
    while (needed >= this.#shown) this.#shown += SLICE;
    this.root.replaceChildren(...rows.slice(0, this.#shown).map((folder) => this.#row(folder)));
    const rest = rows.length - this.root.children.length;
    this.#more.hidden = rest <= 0;
    this.#more.textContent = `Show ${Math.min(SLICE, rest)} more of ${rest.toLocaleString("en")}`;
  }

  #row({ path, name, level, count, children }) {
    const folds = path !== "" && children.length > 0;
    const isChosen = path === this.#chosen;
    const row = make("li", {
      role: "treeitem", "aria-level": level + 1, "aria-selected": String(isChosen), tabindex: path === this.#focused ? 0 : -1,
      "aria-expanded": folds && String(this.#unfolded.has(path)), "data-path": path,
    },
    make("span.twist", { "aria-hidden": "true" }),
    path === "" ? make("span.tree-name", {}, "All documents") : foreign(name, "bdi.tree-name"),
    make("span.tree-count", {}, count.toLocaleString("en"), make("span.unseen", {}, count === 1 ? " document" : " documents")));
    row.style.paddingInlineStart = `${Math.min(level, 8) * INDENT_REM}rem`;
    return row;
  }

  #fold(path, unfolds) {
    this.#unfolded[unfolds ? "add" : "delete"](path);
    this.#focus(path);
  }

  #focus(path) {
    this.#focused = path;
    this.#draw();
    this.root.querySelector("[tabindex='0']").focus();
  }

  #choose(path) {
    this.#chosen = path;
    this.#focus(path);
    this.#onChoose(path);
  }

  #click(event) {
    const row = event.target.closest("[data-path]");
    if (!row) return;
    const { path } = row.dataset;
    const folds = row.getAttribute("aria-expanded");
    if (folds !== null && event.target.closest(".twist")) this.#fold(path, folds === "false");
    else {
      if (folds === "false") this.#unfolded.add(path);
      this.#choose(path);
    }
  }

  #press(event) {
    const rows = [...this.root.children];
    const at = rows.findIndex((row) => row.dataset.path === this.#focused);
    const folds = rows[at].getAttribute("aria-expanded");
    const go = (number) => this.#focus(rows[Math.max(0, Math.min(rows.length - 1, number))].dataset.path);
    const acts = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (folds === "false" ? this.#fold(this.#focused, true) : folds === "true" && go(at + 1)),
      ArrowLeft: () => (folds === "true" ? this.#fold(this.#focused, false) : this.#focus(parentOf(this.#focused))),
      Enter: () => this.#choose(this.#focused),
      " ": () => this.#choose(this.#focused),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  }
}
