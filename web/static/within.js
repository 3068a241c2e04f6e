// The folder or saved filter that alone was asked: told beside the answer, with the way to ask all documents.
import { foreign, make } from "./dom.js";
import { count } from "./words.js";

/** @param {{name: string, documents: number}} within @param {(() => void) | null} onAll  null: for reading only */
export const askedWithin = ({ name, documents }, onAll) =>
  make("div.interpreted.within", {},
    make("p", {}, "Asked within ", foreign(name), `, ${count(documents, "document")}`),
    onAll && make("div.interpreted-tools", {}, make("button.quiet.asks", { type: "button", click: onAll }, "Ask all documents")));

/** What an abstention adds. */
export const onlyWithin = (within) => (within ? [make("p.missing", {}, "Only ", foreign(within.name), " was asked; other documents may have it.")] : []);
