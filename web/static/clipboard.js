// Text for somewhere else.
import { make } from "./dom.js";

/** Puts `text` on the clipboard; false where the browser does not let us. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Over plain HTTP to another machine there is no Clipboard API; the old command is still there. */
function copyBySelection(text) {
  const before = document.activeElement;
  const field = make("textarea.unseen", { readonly: true, "aria-hidden": "true", tabindex: -1 });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}
