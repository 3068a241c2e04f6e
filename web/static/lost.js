// What an address says that leads to nothing, and the way on.
import { make } from "./dom.js";

const WORDS = {
  conversation: ["This conversation is not here", "It may have been deleted, or was older than conversations are kept."],
  answer: ["This answer is not here", "Its conversation may have been deleted, or was older than conversations are kept."],
};

/** @param {"conversation" | "answer"} kind @param {() => void} onNew @param {() => void} onFind */
export function lost(kind, onNew, onFind) {
  const [title, words] = WORDS[kind];
  return make("section.lost-way", {},
    make("h2", { tabindex: "-1" }, title),
    make("p", {}, words),
    make("div.given-ways", {},
      make("button.solid", { type: "button", click: onNew }, "Ask something new"),
      make("button.quiet.framed", { type: "button", click: onFind }, "Find a conversation")));
}
