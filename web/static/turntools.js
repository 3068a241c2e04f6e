// What can be done with an answer: copy it, link to it, say what it is worth.
import { BASE } from "./base.js";
import { copy as writeToClipboard } from "./clipboard.js";
import { copyable } from "./copytext.js";
import { icon, make } from "./dom.js";

const COPY = "M7.5 7.5v-3a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-3M4.5 7.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z";
const DONE = "M4.5 10.5l3.5 3.5 7.5-8";
const LINK = "M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l.9-.9";
const SHOWN_MS = 2500;

/** Where the browser does not let a page copy, the text is there to be copied by hand. */
function byHand(text) {
  const box = make("textarea", { readonly: true, rows: 6, dir: "auto", "aria-label": "The answer, to copy by hand" });
  box.value = text;
  return make("div.by-hand", {}, make("p", {}, "This browser does not let the page copy. The text is selected: copy it from here."), box);
}

function copyButton(reply, row, say) {
  const label = make("span", {}, "Copy");
  const button = make("button.quiet", { type: "button", click: copy }, icon(COPY), label);
  let timer = 0;
  async function copy() {
    const text = copyable(reply, window.location.origin + BASE);
    if (!(await writeToClipboard(text))) {
      row.parentElement.querySelector(".by-hand")?.remove();
      const box = byHand(text);
      row.after(box);
      box.lastChild.focus();
      box.lastChild.select();
      return;
    }
    show(DONE, "Copied");
    say("Copied");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => show(COPY, "Copy"), SHOWN_MS);
  }
  function show(path, words) {
    button.firstChild.replaceWith(icon(path));
    label.textContent = words;
  }
  return button;
}

/**
 * @param {{id: string, answered: boolean}} reply
 * @param {import("./feedback.js").Feedback | null} feedback @param {(words: string) => void} say
 */
export function turnTools(reply, feedback, say) {
  const row = make("div.turn-tools", { role: "group", "aria-label": "This answer" });
  const link = make("a.quiet", { href: `/answers/${encodeURIComponent(reply.id)}`, title: "This answer, at an address of its own" }, icon(LINK), make("span", {}, "Link"));
  row.append(...(reply.answered ? [copyButton(reply, row, say)] : []), link, ...(feedback?.buttons ?? []));
  return row;
}
