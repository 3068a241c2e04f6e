// /sources: every document, found by words and in the order asked for.
import { Api, Problem } from "./api.js";
import { Catalogue, isOrder } from "./catalogue.js";
import { offerCorpora } from "./corpora.js";
import { foreign, icon, ICONS, make } from "./dom.js";
import { FolderTree } from "./foldertree.js";
import { leftOutOf, share } from "./honesty.js";
import { askForKey } from "./keydialog.js";
import { askWithin } from "./place.js";
import { SavedFilters } from "./savedfilters.js";
import { shelfItem } from "./shelf.js";
import { SyncLine } from "./syncline.js";
import { Trash } from "./trash.js";
import { unreadList } from "./unread.js";
import { firstSteps, Uploads } from "./uploads.js";
import { count } from "./words.js";

const SLICE = 40; // documents drawn at once
const TYPING_MS = 120;

const find = (id) => document.getElementById(id);
const api = new Api(askForKey);
const uploads = new Uploads({ api, onAdded: refresh });
const CHANGED_LOOKS_MS = [500, 1500, 3000, 6000]; // after a change: when the index has most likely followed
const sync = new SyncLine({ api, place: find("sync"), onChange: refresh, say: () => {} });
const filters = new SavedFilters({ api, place: find("filters") });
const trash = new Trash({ api, place: find("trash"), onRestored: changed });
const changes = { changed: () => {
  changed();
  trash.look();
}, deleted: (note) => {
  find("deleted").append(note);
  trash.look();
} };

/** What was read of all files together. */
function totals(sources) {
  const all = { characters: 0, left: 0, warnings: 0 };
  for (const source of sources) {
    all.characters += source.characters ?? 0;
    all.left += leftOutOf(source);
    all.warnings += source.warnings?.length ?? 0;
  }
  const left = all.left ? `${count(all.left, "character")} (${share(all.left, all.characters)}) left out of what answers come from` : "nothing left out";
  const warnings = all.warnings ? ` ${count(all.warnings, "warning")} while they were read.` : "";
  return make("p.about", {}, `${count(sources.length, "document")}, ${count(all.characters, "character")} read, ${left}.${warnings}`);
}

class SourcesPage {
  #catalogue;
  #found = [];
  #list = make("ul.shelves");
  #more = make("button.quiet.framed", { type: "button", click: () => this.#draw(true) });
  #timer = 0;
  #folder = "";
  #tree = new FolderTree((path) => {
    this.#folder = path;
    this.show();
  });

  constructor(sources) {
    const named = new URLSearchParams(location.search);
    this.#folder = named.get("folder") ?? "";
    this.sources = sources;
    this.#tree.chosen = this.#folder;
    find("folders").replaceChildren(make("h2", {}, "Folders"), this.#tree.element);
    find("find").value = named.get("q") ?? "";
    find("sort").value = isOrder(named.get("sort")) ? named.get("sort") : "name";
    find("find").addEventListener("input", () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.show(), TYPING_MS);
    });
    find("sort").addEventListener("change", () => this.show());
    find("finder").addEventListener("submit", (event) => {
      event.preventDefault();
      this.show();
    });
    find("finder").hidden = false;
  }

  /** @param {object[]} sources */
  set sources(sources) {
    this.#catalogue = new Catalogue(sources);
    this.#tree.sources = sources;
    if (!this.#tree.has(this.#folder)) this.#tree.chosen = this.#folder = "";
    find("folders").hidden = !this.#tree.hasFolders;
    find("places").hidden = false;
  }

  show() {
    const words = find("find").value.trim();
    const order = find("sort").value;
    this.#found = this.#catalogue.select(words, order, this.#folder);
    this.#keep(words, order);
    find("chosen").replaceChildren(this.#folder ? this.#head() : "");
    find("found").textContent = words || this.#folder ? `${count(this.#found.length, "document")} found` : "";
    if (!this.#found.length) {
      find("documents").replaceChildren(this.#nothing(words));
      return;
    }
    this.#list.replaceChildren();
    find("documents").replaceChildren(this.#list, this.#more);
    this.#draw(false);
  }

  /** The folder that is shown, and what can be done with it. */
  #head() {
    const save = filters.isOpen && make("button.quiet", { type: "button", click: () => filters.add(this.#folder) }, "Save as a filter");
    return make("div.folder-head", {}, make("h2", {}, foreign(this.#folder)),
      make("div", {}, make("a.quiet.framed", { href: askWithin(this.#folder) }, icon(ICONS.ask), "Ask within this folder"), save));
  }

  #nothing(words) {
    const all = make("button.quiet.framed", { type: "button", click: () => {
      find("find").value = "";
      this.show();
      find("find").focus();
    } }, "Show all");
    return make("div.outcome", {}, make("p", {}, "No title or path has all of “", foreign(words), "”."), all);
  }

  /** The next slice. By press, the focus goes on to the first of it. */
  #draw(isPressed) {
    const shown = this.#list.children.length;
    this.#list.append(...this.#found.slice(shown, shown + SLICE).map((source) => shelfItem(api, source, uploads.isOpen ? changes : null)));
    const rest = this.#found.length - this.#list.children.length;
    this.#more.hidden = rest === 0;
    this.#more.textContent = `Show ${Math.min(SLICE, rest)} more of ${rest.toLocaleString("en")}`;
    if (isPressed) this.#list.children[shown].querySelector("a").focus();
  }

  /** In the address, so that coming back finds the list as it was. */
  #keep(words, order) {
    const named = new URLSearchParams();
    if (words) named.set("q", words);
    if (order !== "name") named.set("sort", order);
    if (this.#folder) named.set("folder", this.#folder);
    history.replaceState(null, "", named.size ? `?${named}` : location.pathname);
  }
}

let page = null;
let shown = ""; // what the list was drawn from

const worthDrawing = ({ sources, unread }) => JSON.stringify([sources, unread]);

function draw(listed) {
  const { sources } = listed;
  const wasOpen = find("unread")?.open;
  find("unread-files").replaceChildren(unreadList(api, listed));
  if (find("unread") && (wasOpen || location.hash === "#unread")) find("unread").open = true;
  find("add").replaceChildren(sources.length ? uploads.buttons() : "");
  shown = worthDrawing(listed);
  if (!sources.length) {
    find("totals").replaceChildren();
    find("documents").replaceChildren(make("p", {}, "No documents yet."), firstSteps(uploads.buttons()));
    return;
  }
  find("totals").replaceChildren(totals(sources));
  if (page === null) page = new SourcesPage(sources);
  else page.sources = sources;
  page.show();
}

/** Draws the list anew where it is another by now. */
async function refresh() {
  try {
    const listed = await api.sourceList();
    if (worthDrawing(listed) === shown) return;
    draw(listed);
    filters.look();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem; // the old list stays
  }
}

function changed() {
  for (const milliseconds of CHANGED_LOOKS_MS) window.setTimeout(refresh, milliseconds);
}

async function open() {
  const place = find("documents");
  place.replaceChildren(make("p.waiting", {}, "Fetching the list…"));
  try {
    draw(await api.sourceList());
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const again = make("button.quiet.framed", { type: "button", click: open }, "Try again");
    place.replaceChildren(make("div.outcome.failed", {}, make("p", { role: "alert" }, problem.message), again));
  }
}

find("places-fold").open = window.matchMedia("(min-width: 62rem)").matches;
offerCorpora(api);
uploads.begin().then(() => {
  filters.isOpen = uploads.savesFilters;
  trash.size = uploads.trashed;
  filters.look();
  return open();
}).then(() => sync.look());
