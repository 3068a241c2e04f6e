// Saved filters: what each holds, and the dialog in which one is made or changed.
import { Problem } from "./api.js";
import { confirm } from "./confirm.js";
import { foreign, make } from "./dom.js";
import { askWithin } from "./place.js";
import { count } from "./words.js";

const LONGEST_NAME = 80; // characters, as the server has it

/** A rule in a few words, as far as it is told. */
function ruleWords(rule) {
  if (!rule) return "";
  const { folders = [], sources = [], formats = [], authors = [], since, until } = rule;
  return [
    folders.length && `in ${folders.join(", ")}`,
    sources.join(", "),
    formats.join(", "),
    authors.length && `by ${authors.join(", ")}`,
    since && `since ${since}`,
    until && `until ${until}`,
  ].filter(Boolean).join(" · ");
}

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const words = (text) => text.split(",").map((word) => word.trim()).filter(Boolean);

// How each part of a rule is written: as lines, words between commas, or one word.
const PARTS = [
  ["folders", "Folders, one a line", "textarea", lines, "\n"],
  ["sources", "Patterns of paths, one a line, as reports/*.pdf", "textarea", lines, "\n"],
  ["formats", "Formats, as pdf, markdown", "input", words, ", "],
  ["authors", "Authors", "input", words, ", "],
  ["since", "Dated since (2024-03)", "input", (text) => text.trim(), ""],
  ["until", "Dated until", "input", (text) => text.trim(), ""],
];

function labelled(label, kind, value) {
  const attributes = { dir: "auto", autocomplete: "off", spellcheck: "false", maxlength: 4000 };
  const field = make(kind, kind === "input" ? { type: "text", ...attributes } : { rows: 2, ...attributes });
  field.value = value;
  return [field, make("label.place-field", {}, make("span", {}, label), field)];
}

/** Opens the dialog. onSave: is given name and rule, and may throw a Problem. */
function edit(title, name, rule, onSave) {
  const [nameField, nameLabel] = labelled("Name", "input", name);
  nameField.maxLength = LONGEST_NAME;
  const fields = PARTS.map(([part, label, kind, , joint]) => labelled(label, kind, [rule[part] ?? []].flat().join(joint)));
  const note = make("p.notice", { role: "alert", hidden: true });
  const form = make("form", { submit: async (event) => {
    event.preventDefault();
    const given = PARTS.map(([part, , , read], i) => [part, read(fields[i][0].value)]).filter(([, value]) => value.length);
    try {
      await onSave(nameField.value, Object.fromEntries(given));
      dialog.close();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      note.textContent = problem.message;
      note.hidden = false;
    }
  } },
  make("h2", { id: "rule-title" }, title), nameLabel,
  make("p.about", {}, "Documents are in it that fit each part you fill in, those that come later, too."),
  ...fields.slice(0, 4).map(([, label]) => label), make("div.dates", {}, ...fields.slice(4).map(([, label]) => label)), note,
  make("div.dialog-tools", {}, make("button.quiet.framed", { type: "button", click: () => dialog.close() }, "Cancel"), make("button.solid", { type: "submit" }, "Save")));
  const dialog = make("dialog.sheet.rule", { "aria-labelledby": "rule-title", close: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  nameField.focus();
}

export class SavedFilters {
  #api;
  #place;
  /** Whether they can be saved from here. */
  isOpen = false;

  /** @param {{api: import("./api.js").Api, place: HTMLElement}} parts */
  constructor({ api, place }) {
    this.#api = api;
    this.#place = place;
  }

  /** Draws them as they are now; nothing where they cannot be had. */
  async look() {
    try {
      const { filters } = await this.#api.collections();
      this.#draw(filters);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  /** A new one, of that folder to begin with. */
  add(folder) {
    const rule = folder ? { folders: [folder] } : {};
    edit("Save a filter", folder.slice(0, -1).split("/").at(-1), rule, async (name, given) => {
      await this.#api.saveFilter(name, given);
      await this.look();
    });
  }

  #draw(filters) {
    const add = this.isOpen && make("button.quiet", { type: "button", click: () => this.add("") }, "New filter");
    const items = filters.map((each) => this.#item(each));
    this.#place.hidden = !items.length && !add;
    this.#place.replaceChildren(make("h2", {}, "Saved filters"), ...(items.length ? [make("ul.filters", {}, ...items)] : []), add || "");
  }

  #item(saved) {
    const { filter_id: id, name, rule, documents } = saved;
    const named = (verb) => ({ type: "button", "aria-label": `${verb}: ${name}` });
    const change = () => edit("Change the filter", name, rule, async (newName, given) => {
      await this.#api.changeFilter(id, newName, given);
      await this.look();
    });
    return make("li", {},
      make("a.filter-name", { href: askWithin(name), title: `Ask within “${name}”` }, foreign(name)),
      make("p.about", {}, foreign([count(documents, "document"), ruleWords(rule)].filter(Boolean).join(" · "))),
      this.isOpen && make("div.shelf-change", {},
        make("button.quiet", { ...named("Change"), click: change }, "Change"),
        make("button.quiet", { ...named("Delete"), click: () => this.#remove(saved) }, "Delete")));
  }

  async #remove({ filter_id: id, name }) {
    const words = `“${name}” can be asked within no more. The documents stay.`;
    if (!(await confirm({ title: "Delete this filter?", words, label: "Delete" }))) return;
    try {
      await this.#api.deleteFilter(id);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#place.append(make("p.notice", { role: "alert" }, problem.message));
      return;
    }
    await this.look();
  }
}
