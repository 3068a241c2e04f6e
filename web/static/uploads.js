// Documents given to Footnote, by a button or dropped anywhere on the page: how far each is, and what became of it.
import { Problem } from "./api.js";
import { foreign, icon, ICONS, make } from "./dom.js";
import { chosen, dropped } from "./dropped.js";
import { count } from "./words.js";

const LOOK_MS = 1000; // between two looks whether a file was read
const LOOKS = 600;
const UNSETTLED = "still being written"; // what is said of a file that came just now, until it is looked at again
const MEGABYTE = 1_000_000;
const PLUS = "M10 4v12M4 10h12";

const pageOf = (documentId) => `/sources/${encodeURIComponent(documentId)}`;

/** One file in the list. */
class Row {
  /** @param {import("./dropped.js").Given} given */
  constructor({ file, folder }) {
    this.file = file;
    this.folder = folder;
    this.source = null; // its path, once it is there
    this.bar = make("progress", { max: 1, value: 0, "aria-label": `Sending ${file.name}` });
    this.words = make("span.about", {}, "Waiting");
    this.root = make("li", {}, make("span.upload-name", {}, foreign(file.name)), this.words, this.bar);
  }

  tell(words, kind = "") {
    this.words.replaceChildren(...[words].flat());
    this.words.classList.toggle("warned", kind === "refused");
  }
}

export class Uploads {
  #api;
  #onAdded;
  #limit = 0;
  #rows = [];
  #isSending = false;
  #isLooking = false;
  #list = make("ul", {});
  #title = make("h2");
  #said = make("div.unseen", { role: "status" });
  #box;
  #zone = make("div.drop-zone", { hidden: true, "aria-hidden": "true" }, make("p", {}, "Drop files or folders to add them"));
  #files = this.#field({ multiple: true });
  #folder = this.#field({ webkitdirectory: true });
  /** Whether documents can be added from here. */
  isOpen = false;
  /** Whether filters can be saved from here, and how many documents are in the trash. */
  savesFilters = false;
  trashed = 0;

  /** @param {{api: import("./api.js").Api, onAdded: () => void}} parts  onAdded: when a file was read */
  constructor({ api, onAdded }) {
    this.#api = api;
    this.#onAdded = onAdded;
    const close = make("button.round", { type: "button", "aria-label": "Put the list away", title: "Put the list away", click: () => this.#close() }, icon(ICONS.close));
    this.#box = make("section.uploads", { "aria-label": "Documents being added", hidden: true }, make("div.uploads-head", {}, this.#title, close), this.#list);
  }

  /** Finds out whether it may be done here. */
  async begin() {
    try {
      const { changeable, most_file_bytes: limit, trashed = 0, saves_filters: saves = false } = await this.#api.library();
      this.isOpen = changeable;
      this.trashed = trashed;
      this.savesFilters = saves;
      this.#limit = limit;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
    if (!this.isOpen) return;
    document.body.append(this.#box, this.#said, this.#zone, this.#files, this.#folder);
    this.#listen();
  }

  /** The ways to add documents, for one place of the page; nothing where it cannot be done. */
  buttons() {
    if (!this.isOpen) return "";
    return make("div.add-tools", {},
      make("button.quiet.framed", { type: "button", click: () => this.#files.click() }, icon(PLUS), "Add documents"),
      make("button.quiet", { type: "button", click: () => this.#folder.click() }, "Add a folder"));
  }

  #field(kind) {
    const field = make("input", { type: "file", hidden: true, ...kind, change: () => {
      this.add(chosen(field));
      field.value = ""; // the same file may be chosen again
    } });
    return field;
  }

  #listen() {
    const bringsFiles = (event) => event.dataTransfer?.types.includes("Files");
    const show = (isOver) => {
      this.#zone.hidden = !isOver;
    };
    document.addEventListener("dragenter", (event) => bringsFiles(event) && show(true));
    document.addEventListener("dragover", (event) => bringsFiles(event) && event.preventDefault());
    document.addEventListener("dragleave", (event) => event.relatedTarget === null && show(false));
    document.addEventListener("drop", async (event) => {
      show(false);
      if (!bringsFiles(event)) return;
      event.preventDefault();
      this.add(await dropped(event.dataTransfer));
    });
  }

  /** @param {import("./dropped.js").Given[]} given */
  add(given) {
    if (!given.length) return;
    const rows = given.map((each) => new Row(each));
    this.#rows.push(...rows);
    this.#list.append(...rows.map((row) => row.root));
    this.#box.hidden = false;
    this.#head();
    this.#send();
  }

  async #send() {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let row; (row = this.#rows.find((each) => !each.isSent)); ) {
      row.isSent = true;
      await this.#sendOne(row);
      row.bar.remove();
      this.#head();
    }
    this.#isSending = false;
    this.#said.textContent = this.#title.textContent;
  }

  async #sendOne(row) {
    if (row.file.size > this.#limit) {
      this.#refused(row, `It has more than ${(this.#limit / MEGABYTE).toLocaleString("en")} MB.`);
      return;
    }
    row.tell("Sending…");
    try {
      const done = await this.#api.upload(row.file, row.folder, (share) => {
        row.bar.value = share;
      });
      if (done.status === "refused") this.#refused(row, done.reason);
      else if (done.status === "duplicate") row.tell(["Already here: ", done.document_id ? make("a", { href: pageOf(done.document_id) }, foreign(done.source)) : foreign(done.source)]);
      else this.#added(row, done);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#refused(row, problem.message);
    }
  }

  #refused(row, reason) {
    row.isRefused = true;
    row.tell(["Not added. ", foreign(reason)], "refused");
  }

  #added(row, { status, source }) {
    row.isAdded = true;
    row.source = source;
    row.tell(status === "replaced" ? "Replaced; being read…" : "Added; being read…");
    this.#look();
  }

  /** What became of those that were added. */
  async #look() {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (let looks = 0; looks < LOOKS && this.#rows.some((row) => row.source); looks += 1) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      try {
        if (await this.#settle()) this.#onAdded();
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem; // looked for again
      }
    }
    this.#isLooking = false;
  }

  /** @returns {Promise<boolean>} whether one was read, or found not to be readable */
  async #settle() {
    const { sources, unread = [] } = await this.#api.sourceList();
    const read = new Map(sources.map((each) => [each.source, each.document_id]));
    const missing = unread.length ? await this.#api.unread() : [];
    const why = new Map(missing.filter(({ reason }) => reason !== UNSETTLED).map((each) => [each.source, each.message]));
    let settled = 0;
    for (const row of this.#rows.filter((each) => each.source)) {
      if (read.has(row.source)) row.tell(["Ready to ask: ", make("a", { href: pageOf(read.get(row.source)) }, foreign(row.source))]);
      else if (why.has(row.source)) row.tell(["Added, but not readable. ", foreign(why.get(row.source))], "refused");
      else continue;
      row.source = null;
      settled += 1;
    }
    if (settled && !this.#rows.some((row) => row.source)) this.#said.textContent = "All added documents have been read";
    return settled > 0;
  }

  #head() {
    const left = this.#rows.filter((row) => !row.isSent).length + (this.#rows.at(-1)?.bar.isConnected ? 1 : 0);
    const added = this.#rows.filter((row) => row.isAdded).length;
    const refused = this.#rows.filter((row) => row.isRefused).length;
    const done = [`${count(added, "document")} added`, refused && `${refused} not added`].filter(Boolean).join(", ");
    this.#title.textContent = left ? `Adding ${count(this.#rows.length, "document")}` : done;
  }

  #close() {
    this.#box.hidden = true;
    this.#rows = this.#rows.filter((row) => !row.isSent || row.source);
    this.#list.replaceChildren(...this.#rows.map((row) => row.root));
  }
}

/** How to begin where there is no document yet. */
export const firstSteps = (buttons) => make("div.first-steps", {},
  make("ol", {},
    make("li", {}, make("strong", {}, "Add documents. "), buttons ? "Choose them, drop them on this page, or put them into the folder of documents." : "Put them into the folder of documents."),
    make("li", {}, make("strong", {}, "Let them be read. "), "That takes seconds; this page says how far it is, and what could not be read."),
    make("li", {}, make("strong", {}, "Ask. "), "Every sentence of an answer is theirs, and opens the place that it comes from.")),
  buttons || "");
