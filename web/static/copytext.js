// An answer as text that can be pasted anywhere: its sentences, and the places they come from, by number.
import { citationsOf, linkTo, placeOfCitation } from "./place.js";

const marks = (citations) => citations.map((citation) => `[${citation.number}]`).join("");

function sentence({ text, citations, also }) {
  return `${text} ${marks(citations)}${also.length ? ` (also ${marks(also)})` : ""}`;
}

function reference(citation, origin) {
  const place = placeOfCitation(citation);
  const parts = [place.title, place.heading, place.page === null ? null : `page ${place.page}`, place.source];
  const said = [...new Set(parts.filter(Boolean))].join(", ");
  return `[${place.number}] ${said}. ${origin}${linkTo(place)}`;
}

/** @param {object} reply  answered @param {string} origin  of the links, as location.origin has it */
export function copyable(reply, origin) {
  const short = reply.answer && !reply.disagreement ? [reply.answer.text] : [];
  const sides = reply.disagreement
    ? [`Sources differ: ${reply.groups.map((group) => `${group.text} ${marks(group.mentions.map(({ citation }) => ({ number: citation })))}`).join("; ")}`]
    : [];
  const sentences = reply.content.map(sentence).join("\n");
  const references = [...citationsOf(reply.content).values()].map((citation) => reference(citation, origin)).join("\n");
  return [...short, ...sides, sentences, references].join("\n\n");
}
