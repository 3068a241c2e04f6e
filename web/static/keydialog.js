// Asks for the access key when the server wants one. The key stays in the tab.
import { make } from "./dom.js";

let open = null; // one dialog, however many requests wait for it

/** @param {boolean} wasRefused @returns {Promise<string | null>}  null where the person gave none */
export function askForKey(wasRefused) {
  open ??= show(wasRefused).finally(() => {
    open = null;
  });
  return open;
}

function show(wasRefused) {
  const words = wasRefused ? "That key was not accepted. Try another." : "This Footnote asks for an access key. It stays in this tab.";
  const field = make("input", { type: "password", id: "key", required: true, autocomplete: "off", spellcheck: "false", pattern: "[!-~]+", title: "Letters, digits and signs without spaces", "aria-describedby": "key-words" });
  const cancel = make("button.quiet.framed", { type: "button", click: () => dialog.close() }, "Cancel");
  const form = make("form", { method: "dialog", submit: () => dialog.close(field.value) },
    make("h2", { id: "key-title" }, "Access key"),
    make("p", { id: "key-words" }, words),
    make("label", { for: "key" }, "Key"),
    field,
    make("div.dialog-tools", {}, cancel, make("button.solid", { type: "submit" }, "Continue")));
  const dialog = make("dialog.key", { "aria-labelledby": "key-title" }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue || null);
      dialog.remove();
    });
  });
}
