// An answer as text that can be pasted anywhere: its sentences, lists, rows and code, and the places they come from, by number.
import { VERDICTS } from "./answer.js";
import { citationsOf, linkTo, placeOfCitation, spotOf } from "./place.js";
import { cells, columns, sections } from "./sections.js";

const marks = (citations) => citations.map((citation) => `[${citation.number}]`).join("");

const beside = (citations, also) => `${marks(citations)}${also.length ? ` (also ${marks(also)})` : ""}`;
const named = ({ label, text }) => (label ? `${label}: ${text}` : text);

/** Rows below each other, cells apart by tabs, as spreadsheets take them. */
function table({ lines }) {
  const places = columns(lines);
  const rows = lines.map((line) => {
    const own = cells(line);
    return [...places.map(([place]) => own.get(place)?.text ?? ""), beside(line.citations, line.also)].join("\t");
  });
  return [places.map(([, name]) => name).join("\t"), ...rows].join("\n");
}

function listed({ kind, lines }) {
  return lines.map(({ entries, citations, also }) => {
    const [{ depth, label }] = entries;
    const said = kind === "list" ? `${"  ".repeat(depth)}${label || "-"} ${entries[0].text}` : entries.map(named).join("\n");
    return `${said} ${beside(citations, also)}`;
  }).join("\n");
}

function textOf(section) {
  const [{ text, citations, also, about }] = section.blocks;
  const on = about ? `${about}: ` : "";
  if (section.kind === "sentence") return `${on}${text} ${beside(citations, also)}`;
  const lead = on + (section.lead ? `${section.lead} ${marks(section.leadCitations)}\n` : "");
  if (section.kind === "code") return `${lead}${section.code}\n${beside(citations.slice(-1), also)}`;
  return lead + (section.kind === "row" && section.lines.length > 1 ? table(section) : listed(section));
}

function reference(citation, origin) {
  const place = placeOfCitation(citation);
  const parts = [place.title, place.heading, spotOf(place), place.source];
  const said = [...new Set(parts.filter(Boolean))].join(", ");
  return `[${place.number}] ${said}. ${origin}${linkTo(place)}`;
}

/** @param {object} reply  answered @param {string} origin  of the links, as location.origin has it */
export function copyable(reply, origin) {
  const short = reply.answer && !reply.disagreement ? [reply.answer.text] : [];
  const sides = reply.disagreement
    ? [`Sources differ: ${reply.groups.map((group) => `${group.text} ${marks(group.mentions.map(({ citation }) => ({ number: citation })))}`).join("; ")}`]
    : [];
  const sentences = sections(reply.content).map(textOf).join("\n");
  const references = [...citationsOf(reply.content).values()].map((citation) => reference(citation, origin)).join("\n");
  const verdict = reply.verdict ? [VERDICTS[reply.verdict]] : [];
  return [...verdict, ...short, ...sides, sentences, references].join("\n\n");
}
