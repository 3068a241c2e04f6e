// Asks before something that cannot be undone.
import { make } from "./dom.js";

/** @param {{title: string, words: string, label: string}} what @returns {Promise<boolean>} */
export function confirm({ title, words, label }) {
  const cancel = make("button.quiet.framed", { type: "button", autofocus: true, click: () => dialog.close() }, "Cancel");
  const go = make("button.solid.grave", { type: "button", click: () => dialog.close("go") }, label);
  const dialog = make("dialog.sheet", { role: "alertdialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-words" },
    make("h2", { id: "confirm-title" }, title),
    make("p", { id: "confirm-words" }, words),
    make("div.dialog-tools", {}, cancel, go));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "go");
    });
  });
}
