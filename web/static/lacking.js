// What of a question the documents lack. Replies from before there were these fields have none.
import { foreign, make } from "./dom.js";

const named = (words, joint) => words.flatMap((word, i) => [i ? (i === words.length - 1 ? ` ${joint} ` : ", ") : "", foreign(`“${word}”`)]);

/** @param {object} reply  an abstention @returns {HTMLElement[]} */
export function lacking({ missing = [], unmentioned = [], apart = [], left_out: leftOut = [] }) {
  const nowhere = leftOut.length ? [] : unmentioned; // else it does stand somewhere
  const rest = missing.filter((word) => !nowhere.includes(word));
  return [
    nowhere.length && ["Nothing here mentions ", ...named(nowhere, "or"), "."],
    rest.length && ["None of the nearest passages has ", ...named(rest, "or"), "."],
    apart.length && ["No passage has ", ...named(apart, "and"), " together."],
  ].filter(Boolean).map((parts) => make("p.missing", {}, ...parts));
}
