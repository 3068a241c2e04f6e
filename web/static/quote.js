// A citation as text for somewhere else: the words, and where they stand.
import { copy } from "./clipboard.js";
import { icon, ICONS, make } from "./dom.js";

const SAID_FOR_MS = 2500;

/** “quote” — Title, file, characters a–b. White space is folded, since line breaks of a file are not the writer's. */
export function quoteOf({ text, title, source, start, end }) {
  return `“${text.replace(/\s+/g, " ").trim()}” — ${title}, ${source}, characters ${start}–${end}`;
}

/** @param {() => object} placeOf  the place to quote when the button is pressed */
export function copyButton(placeOf) {
  const words = make("span", {}, "Copy as quote");
  const said = make("span.unseen", { role: "status" });
  let timer = 0;
  const say = (label, outcome) => {
    words.textContent = label;
    said.textContent = outcome;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      words.textContent = "Copy as quote";
      said.textContent = "";
    }, SAID_FOR_MS);
  };
  const press = async () => {
    const done = await copy(quoteOf(placeOf()));
    say(done ? "Copied" : "Not copied", done ? "The quote and its reference are on the clipboard." : "This browser did not allow copying.");
  };
  const button = make("button.quiet.framed", { type: "button", "aria-label": "Copy as quote", title: "Copy as quote", click: press }, icon(ICONS.copy), words);
  return make("span.copy", {}, button, said);
}
