// What of an answer is shown as one: running text, a list, a table, records, or code. As qa/structure.py has it.

/** Numbers of citations that hold the name of a column: {start, end} each. */
const holds = (citation, at) => citation.start_char_index <= at && at < citation.end_char_index;

function alone(block) {
  const { kind, entries = [], lead = "", citations } = block;
  if (kind === "code" && citations.length) {
    return { kind, blocks: [block], lead, leadCitations: citations.slice(0, -1), lines: [], code: citations.at(-1).cited_text };
  }
  if (!entries.length) return { kind: "sentence", blocks: [block], lines: [] };
  const begins = new Map([...entries].reverse().map((entry) => [entry.citation, entry.line]));
  const labels = entries.map((entry) => entry.label_start_char_index).filter((at) => at !== null);
  const lines = new Map(entries.map(({ line }) => [line, { entries: [], citations: [], also: [] }]));
  for (const entry of entries) lines.get(entry.line).entries.push(entry);
  const leadCitations = [];
  let at = null;
  for (const citation of citations) {
    at = begins.get(citation.number) ?? at;
    const isLead = at === null && lead && !labels.some((label) => holds(citation, label));
    (isLead ? leadCitations : lines.get(at ?? entries[0].line).citations).push(citation);
  }
  [...lines.values()].at(-1).also = block.also;
  return { kind, blocks: [block], lead, leadCitations, lines: [...lines.values()] };
}

/** A row's values by where their columns' names stand; those without a name by their number, below 0. */
export const cells = ({ entries }) =>
  new Map(entries.map((entry, i) => [entry.label_start_char_index ?? i - entries.length, entry]));

/** Of all lines, as [place, name], in the order in which the document has them. */
export const columns = (lines) =>
  [...new Map(lines.flatMap((line) => [...cells(line)].map(([place, { label }]) => [place, label])))].sort(([a], [b]) => a - b);

function goesOn(before, after) {
  if (after.blocks[0].about || before.kind !== after.kind || !before.lines.length || !after.lines.length || before.lead !== after.lead) return false;
  if (before.blocks[0].citations[0].document_id !== after.blocks[0].citations[0].document_id) return false;
  const starts = ({ leadCitations }) => leadCitations.map((citation) => citation.start_char_index).join();
  if (before.kind !== "row") return starts(before) === starts(after);
  const named = new Set(columns(before.lines).filter(([, name]) => name).map(([place]) => place));
  return columns(after.lines).some(([place]) => named.has(place));
}

/** The block as a section; together with `before` where it goes on with that. @param {object | null} before */
export function sectionOf(block, before = null) {
  const section = alone(block);
  if (!before || !goesOn(before, section)) return section;
  const [first, ...rest] = section.lines;
  const joined = { ...first, citations: [...section.leadCitations, ...first.citations] };
  return { ...before, blocks: [...before.blocks, block], lines: [...before.lines, joined, ...rest] };
}

export function sections(content) {
  const found = [];
  for (const block of content) {
    const section = sectionOf(block, found.at(-1));
    if (section.blocks.length > 1) found.pop();
    found.push(section);
  }
  return found;
}
