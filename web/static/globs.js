// Chosen documents as globs over their paths, as the server reads globs: `*`, `?` and `[...]`, upper and lower case
// apart, `/` a character like any other (Python's fnmatchcase).

export const MOST = 20; // globs of one question
const LONGEST = 200; // characters of one

/** A glob that fits `text` and nothing else: what would be a pattern stands in brackets. */
export const literal = (text) => text.replace(/[[*?]/g, "[$&]");

const characters = (text) => [...text].length;

/** How many UTF-16 units two texts begin with together; never half a character. */
function shared(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return n;
}

/** Whether `text` may be cut at `n`: not between the halves of a character. */
const isWhole = (text, n) => !(text.charCodeAt(n - 1) >= 0xd800 && text.charCodeAt(n - 1) < 0xdc00);

/** The shortest glob "beginning*" that fits `path` and none of `others` (sorted); null where one begins with `path`. */
function beginning(path, others) {
  let low = 0;
  for (let high = others.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (others[middle] < path) low = middle + 1;
    else high = middle;
  }
  // In order, those most alike are neighbours.
  const likeness = Math.max(-1, ...[others[low - 1], others[low]].filter((each) => each !== undefined).map((each) => shared(path, each)));
  let cut = likeness + 1;
  if (cut > path.length) return null;
  if (!isWhole(path, cut)) cut += 1;
  return `${literal(path.slice(0, cut))}*`;
}

/**
 * Globs that fit all of `chosen` and none of the other paths of `all`: each path itself, or, where that is too long
 * or they are too many, what it begins with. [] for all of them; null where it cannot be said in `MOST` globs.
 *
 * @param {string[]} chosen @param {string[]} all @returns {string[] | null}
 */
export function globsOf(chosen, all) {
  const held = new Set(chosen);
  const others = all.filter((path) => !held.has(path)).sort();
  if (!others.length) return [];
  const fits = (glob) => glob !== null && characters(glob) <= LONGEST;
  const exact = (path) => [literal(path), beginning(path, others)].find(fits);
  const short = (path) => [beginning(path, others), literal(path)].find(fits);
  for (const say of [exact, short]) {
    const globs = [...new Set(chosen.map(say))];
    if (globs.length <= MOST && !globs.includes(undefined)) return globs;
  }
  return null;
}
