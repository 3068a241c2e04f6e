// One conversation in the list: a link, a menu, and its title as a field while it is renamed.
import { openOnClick } from "./answer.js";
import { pathOfConversation } from "./address.js";
import { icon, make } from "./dom.js";
import { openMenu } from "./menu.js";

const DOTS = "M5 10h.01M10 10h.01M15 10h.01";
const LONGEST = 120; // characters of a title

/** The words of `text` with what was looked for marked, without regard to case. */
function marked(text, q) {
  const at = q ? text.toLowerCase().indexOf(q.toLowerCase()) : -1;
  // Lower case may be longer than what it stands for; then nothing is marked.
  if (at < 0 || text.toLowerCase().length !== text.length) return [text];
  const end = at + q.length;
  return [text.slice(0, at), make("mark", {}, text.slice(at, end)), text.slice(end)];
}

export class Entry {
  #on;
  #link;
  #more;
  #isHeld = false; // the focus goes back to the link after renaming

  /**
   * @param {{conversation_id: string, title: string, found: string | null}} conversation
   * @param {string} q  what was looked for
   * @param {{open: Function, rename: (title: string) => Promise<boolean>, save: (event: Event, path: string) => void,
   *   remove: Function}} on  rename: whether it was kept. save: a press on a link that saves a file
   */
  constructor(conversation, q, on) {
    this.id = conversation.conversation_id;
    this.title = conversation.title;
    this.#on = on;
    this.#link = make("a", { href: pathOfConversation(this.id) });
    openOnClick(this.#link, () => on.open());
    this.#more = make("button.round", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", click: () => this.#menu() }, icon(DOTS));
    this.root = make("li.past", {}, this.#link, this.#more);
    this.#draw(conversation.found, q);
  }

  set isCurrent(isCurrent) {
    if (isCurrent) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }

  focus() {
    this.#link.focus();
  }

  #draw(found = null, q = "") {
    const title = make("bdi.past-title", { dir: "auto" }, ...marked(this.title, q));
    const also = found && !found.includes(this.title) && make("bdi.found", { dir: "auto" }, ...marked(found, q));
    this.#link.replaceChildren(...[title, also].filter(Boolean));
    this.#link.title = this.title;
    this.#more.setAttribute("aria-label", `What to do with “${this.title}”`);
  }

  #menu() {
    const file = (words, format) => {
      const href = `/api${pathOfConversation(this.id)}/export?format=${format}`;
      return { words, href, act: (event) => this.#on.save(event, href) };
    };
    openMenu(this.#more, this.title, [
      { words: "Rename", act: () => this.rename() },
      file("Save as Markdown", "markdown"),
      file("Save as JSON", "json"),
      { words: "Delete", act: () => this.#on.remove(), isGrave: true },
    ]);
  }

  /** The title becomes a field: Enter or leaving it keeps what is written, Escape what was. */
  rename() {
    const field = make("input", { type: "text", dir: "auto", maxlength: LONGEST, "aria-label": "Title of the conversation", keydown: (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Escape") field.value = this.title;
      this.#isHeld = true;
      field.blur();
    } });
    field.value = this.title;
    field.addEventListener("blur", () => this.#renamed(field), { once: true });
    this.#link.hidden = true;
    this.#more.hidden = true;
    this.root.prepend(field);
    field.select();
    field.focus();
  }

  async #renamed(field) {
    const before = this.title;
    const after = field.value.trim().replace(/\s+/g, " ");
    field.remove();
    this.#link.hidden = false;
    this.#more.hidden = false;
    if (this.#isHeld) this.focus();
    this.#isHeld = false;
    if (!after || after === before) return;
    this.title = after;
    this.#draw();
    if (await this.#on.rename(after)) return;
    this.title = before;
    this.#draw();
  }
}
