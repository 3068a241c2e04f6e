// Renames and deletes a document of the list; what was deleted can be brought back from where it stood.
import { Problem } from "./api.js";
import { confirm } from "./confirm.js";
import { foreign, make } from "./dom.js";

const KEPT_DAYS = 30; // as the server keeps what was deleted

/** Asks for a new path; closes when the server has taken it. */
function askForPlace(api, source, onMoved) {
  const field = make("input", { type: "text", dir: "auto", maxlength: 1000, autocomplete: "off", spellcheck: "false" });
  field.value = source.source;
  const note = make("p.notice", { role: "alert", hidden: true });
  const form = make("form", { submit: async (event) => {
    event.preventDefault();
    note.hidden = true;
    try {
      const moved = await api.moveSource(source.document_id, field.value);
      dialog.close();
      onMoved(moved.source);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      note.textContent = problem.message;
      note.hidden = false;
      field.focus();
    }
  } },
  make("h2", { id: "place-title" }, "Rename or move"),
  make("label.place-field", {}, make("span", {}, "Name, with the folders before it"), field),
  note,
  make("div.dialog-tools", {}, make("button.quiet.framed", { type: "button", click: () => dialog.close() }, "Cancel"), make("button.solid", { type: "submit" }, "Rename")));
  const dialog = make("dialog.sheet", { "aria-labelledby": "place-title", close: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  field.setSelectionRange(source.source.lastIndexOf("/") + 1, source.source.length);
}

const failed = (problem) => make("p.notice", { role: "alert" }, problem.message);

/** What says that a document was deleted, and brings it back. */
function undoNote(api, gone, onRestored) {
  const undo = make("button.quiet.framed", { type: "button", click: async () => {
    try {
      await api.restoreSource(gone.trash_id);
      note.replaceChildren(make("p", { role: "status" }, "Restored, and being read again: ", foreign(gone.source)));
      onRestored();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      note.append(failed(problem));
    }
  } }, "Undo");
  const note = make("div.deleted", {}, make("p", { role: "status" }, "Deleted: ", foreign(gone.source)), undo);
  return note;
}

async function remove(api, source, row, { deleted, changed }) {
  const isSure = await confirm({
    title: "Delete this document?",
    words: `“${source.source}” is taken out of the folder of documents, and answers come from it no more. It can be restored for ${KEPT_DAYS} days.`,
    label: "Delete",
  });
  if (!isSure) return;
  try {
    const note = undoNote(api, await api.deleteSource(source.document_id), changed);
    row.remove();
    deleted(note);
    note.querySelector("button").focus();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    row.append(failed(problem));
  }
}

/**
 * The buttons for one document.
 * @param {import("./api.js").Api} api @param {{source: string, title: string, document_id: string}} source
 * @param {() => HTMLElement} rowOf  the document's row
 * @param {{changed: () => void, deleted: (note: HTMLElement) => void}} on  deleted: takes the note that can undo it
 */
export function changeTools(api, source, rowOf, on) {
  const named = (words) => ({ type: "button", "aria-label": `${words}: ${source.title}` });
  return make("div.shelf-change", {},
    make("button.quiet", { ...named("Rename or move"), click: () => askForPlace(api, source, on.changed) }, "Rename"),
    make("button.quiet", { ...named("Delete"), click: () => remove(api, source, rowOf(), on) }, "Delete"));
}
