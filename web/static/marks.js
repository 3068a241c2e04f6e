// Ranges that the address of a source's page names: #char=start,end
const FORM = /^#char=(\d+),(\d+)$/;

/** {start, end}; null where the address names none; undefined where it names one that is not in the text. */
export function rangeOf(hash, length) {
  if (hash.length <= 1) return null;
  const [, start, end] = hash.match(FORM) ?? [];
  const range = { start: Number(start), end: Number(end) };
  return range.start < range.end && range.end <= length ? range : undefined;
}

export const hashOf = ({ start, end }) => `#char=${start},${end}`;
