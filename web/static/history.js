// The list of conversations: newest first, by day; to be looked through, renamed, saved and deleted.
import { Problem } from "./api.js";
import { confirm } from "./confirm.js";
import { foreign, make } from "./dom.js";
import { download } from "./download.js";
import { Entry } from "./entry.js";
import { recall } from "./memory.js";
import { count } from "./words.js";

const PAGE = 50;
const PAUSE = 200; // ms without a key before what is written is looked for

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

/** @param {string} at  ISO 8601 @param {Date} now */
export function dayGroup(at, now) {
  const today = startOfDay(now);
  const yesterday = startOfDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1));
  const date = new Date(at);
  return date >= today ? "Today" : date >= yesterday ? "Yesterday" : "Earlier";
}

export class History {
  #api;
  #field;
  #list;
  #foot;
  #toast;
  #say;
  #on;
  #entries = [];
  #titles = new Map(); // by id, of all that the list ever had
  #current = null;
  #going = new Set(); // ids deleted here, not yet on the server
  #total = 0;
  #request = null; // AbortController of the list under way
  #timer = 0;

  /**
   * @param {{api: import("./api.js").Api, root: HTMLElement, field: HTMLInputElement,
   *   toast: import("./toast.js").Toast, say: (words: string) => void, onOpen: (id: string) => void,
   *   onGone: (id: string | null) => void, onTitle: () => void}} parts
   *   onGone: a conversation, or all, was deleted
   */
  constructor({ api, root, field, toast, say, onOpen, onGone, onTitle }) {
    this.#api = api;
    this.#field = field;
    this.#list = make("div");
    this.#foot = make("div.list-foot");
    root.replaceChildren(this.#list, this.#foot);
    this.#toast = toast;
    this.#say = say;
    this.#on = { onOpen, onGone, onTitle };
    field.addEventListener("input", () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.refresh(true), PAUSE);
    });
    field.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("pagehide", () => this.#toast.end());
  }

  set current(id) {
    this.#current = id;
    for (const entry of this.#entries) entry.isCurrent = entry.id === id;
  }

  /** As the list had it last; null where it never had the conversation. */
  titleOf(id) {
    return this.#titles.get(id) ?? null;
  }

  get #q() {
    return this.#field.value.trim();
  }

  /** The list as it is now. isTold: somebody waits for it. */
  async refresh(isTold = false) {
    if (this.#list.querySelector("input")) return; // a title is being written
    await this.#load(0, Math.max(PAGE, isTold ? 0 : this.#entries.length), isTold);
  }

  async #load(offset, limit, isTold) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const q = this.#q;
    try {
      const { conversations, total } = await this.#api.conversations({ q, offset: offset || null, limit: Math.min(limit, 100) }, request.signal);
      if (request.signal.aborted) return;
      const before = offset ? this.#entries : [];
      const known = new Set(before.map((entry) => entry.id));
      const fresh = conversations.filter((each) => !known.has(each.conversation_id));
      this.#total = total;
      this.#entries = [...before, ...fresh.map((each) => this.#entry(each, q))];
      this.#draw(q);
      if (isTold && q) this.#say(total ? `${count(total, "conversation")} found` : "No conversation found");
      if (offset) fresh.length && this.#entries[before.length].focus();
    } catch (problem) {
      if (request.signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      // What nobody waits for does not take the list away; that no server is there is said once, and by the page.
      if (isTold || (problem.status !== 0 && !this.#entries.length)) this.#failed(problem, () => this.#load(offset, limit, isTold));
    }
  }

  #entry(conversation, q) {
    const entry = new Entry(conversation, q, {
      open: () => this.#on.onOpen(entry.id),
      rename: (title) => this.#rename(entry, title),
      save: (event, path) => this.#save(event, path),
      remove: () => this.#remove(entry),
    });
    entry.at = conversation.last_asked_at;
    this.#titles.set(entry.id, entry.title);
    entry.isCurrent = entry.id === this.#current;
    return entry;
  }

  #draw(q = this.#q) {
    const shown = this.#entries.filter((entry) => !this.#going.has(entry.id));
    const groups = Map.groupBy(shown, (entry) => dayGroup(entry.at, new Date()));
    const sections = [...groups].map(([name, entries]) => {
      const heading = make("h3", {}, name);
      return make("section", { "aria-label": name }, heading, make("ul", {}, ...entries.map((entry) => entry.root)));
    });
    this.#list.replaceChildren(...(shown.length ? sections : [this.#nothing(q)]));
    const more = this.#total > this.#entries.length && make("button.quiet", { type: "button", click: () => this.#load(this.#entries.length, PAGE, true) }, "Show older");
    const all = shown.length > 0 && !q && make("button.quiet.faint", { type: "button", click: () => this.#removeAll() }, "Delete all…");
    this.#foot.replaceChildren(...[more, all].filter(Boolean));
    this.#on.onTitle();
  }

  #nothing(q) {
    if (q) return make("p.nothing", {}, "Nothing found for “", foreign(q), "”.");
    return make("p.nothing", {}, "What you ask is kept here.");
  }

  #failed(problem, again) {
    const button = make("button.quiet.framed", { type: "button", click: again }, "Try again");
    const box = make("div.nothing", {}, make("p", {}, problem.message), button);
    this.#foot.replaceChildren();
    this.#list.replaceChildren(box);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.#field.value) {
      event.preventDefault();
      this.#field.value = "";
      this.refresh();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      this.#list.querySelector("a")?.focus();
    }
  }

  async #rename(entry, title) {
    try {
      await this.#api.rename(entry.id, title);
      this.#titles.set(entry.id, title);
      this.#say("Renamed");
      return true;
    } catch (problem) {
      this.#complain(problem, "It could not be renamed.");
      return false;
    } finally {
      this.#on.onTitle();
    }
  }

  /** The link does it, unless the server wants a key. */
  async #save(event, path) {
    if (recall("key") === null) return;
    event.preventDefault();
    try {
      await download(this.#api, path);
    } catch (problem) {
      this.#complain(problem, "It could not be saved.");
    }
  }

  /** Gone from the list at once, from the server when the way back has gone. */
  #remove(entry) {
    const at = this.#entries.indexOf(entry);
    const next = this.#entries[at + 1] ?? this.#entries[at - 1];
    const wasCurrent = entry.id === this.#current;
    this.#toast.end();
    this.#going.add(entry.id);
    this.#draw();
    (next ?? this.#field).focus();
    if (wasCurrent) this.#on.onGone(entry.id);
    this.#toast.show(["Deleted “", foreign(entry.title), "”"], {
      label: "Undo",
      act: () => {
        this.#going.delete(entry.id);
        this.#draw();
        entry.focus();
        if (wasCurrent) this.#on.onOpen(entry.id);
      },
      gone: () => this.#forget(entry),
    });
  }

  async #forget(entry) {
    try {
      await this.#api.forget(entry.id);
      this.#entries = this.#entries.filter((each) => each.id !== entry.id);
    } catch (problem) {
      if (problem.status !== 404) this.#complain(problem, "It could not be deleted.");
    } finally {
      this.#going.delete(entry.id);
      this.#draw();
    }
  }

  async #removeAll() {
    this.#toast.end();
    const sure = await confirm({
      title: this.#total > 1 ? `Delete all ${count(this.#total, "conversation")}?` : "Delete the one conversation?",
      words: "What is deleted cannot be brought back, and links to its answers no longer open.",
      label: "Delete all",
    });
    if (!sure) return;
    try {
      await this.#api.forget();
      this.#entries = [];
      this.#total = 0;
      this.#draw();
      this.#on.onGone(null);
      this.#toast.show(["All conversations were deleted."]);
    } catch (problem) {
      this.#complain(problem, "They could not be deleted.");
    }
  }

  #complain(problem, words) {
    if (!(problem instanceof Problem)) throw problem;
    this.#toast.show([`${words} ${problem.message}`]);
  }
}
