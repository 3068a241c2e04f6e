// The keys of the page: what each does, and the dialog that lists them. No key takes a letter from somebody who writes.
import { make } from "./dom.js";

const isMac = navigator.platform.startsWith("Mac");

/** By the key as the event names it: the name of its action, and what it does in words. "mod": Ctrl, or Cmd on a Mac. */
const KEYS = [
  { key: "/", act: "write", words: "Write a question" },
  { key: "n", act: "fresh", words: "New chat" },
  { key: "k", mod: true, act: "find", words: "Find a conversation" },
  { key: "?", act: "help", words: "What the keys do" },
];

/** What the question box, the open source and the browser do themselves. */
const OTHERS = [
  [["Enter"], "Ask"],
  [["Shift", "Enter"], "New line in the question"],
  [["↑"], "In an empty box: change the last question"],
  [["[", "]"], "Previous and next citation, while a source is open"],
  [["Esc"], "Close the source, the list or the dialog"],
  [["Tab"], "To the next button or citation"],
];

const isField = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));

/** Whether the key stands alone. AltGr only reaches a character on keyboards that have it there, as Shift does. */
function isPlain(event) {
  return event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey || event.altKey);
}

/** @returns {string | null}  the name of the action that the key asks for */
export function actionOf(event) {
  if (event.isComposing || event.repeat) return null;
  const isMod = (isMac ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
  const found = KEYS.find(({ key, mod }) => event.key.toLowerCase() === key && (mod ? isMod : isPlain(event) && !isField(event.target)));
  return found?.act ?? null;
}

/** Listens for the keys. @param {Object<string, () => void>} actions  by name; "escape" closes what is open */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
    if (event.key === "Escape") return actions.escape();
    const act = actionOf(event);
    if (!act) return undefined;
    event.preventDefault();
    return actions[act]();
  });
}

const caps = (keys) => keys.flatMap((key, i) => [i ? " " : "", make("kbd", {}, key)]);

export function showHelp() {
  const rows = [...KEYS.map(({ key, mod, words }) => [mod ? [isMac ? "⌘" : "Ctrl", key.toUpperCase()] : [key], words]), ...OTHERS];
  const dialog = make("dialog.sheet.tall", { "aria-labelledby": "help-title", close: () => dialog.remove() },
    make("form", { method: "dialog" },
      make("h2", { id: "help-title" }, "Keys"),
      make("div.keys", { tabindex: "0", role: "group", "aria-labelledby": "help-title" },
        make("dl", {}, ...rows.map(([keys, words]) => make("div", {}, make("dt", {}, ...caps(keys)), make("dd", {}, words))))),
      make("div.dialog-tools", {}, make("button.solid", { type: "submit", autofocus: true }, "Close"))));
  document.body.append(dialog);
  dialog.showModal();
}
