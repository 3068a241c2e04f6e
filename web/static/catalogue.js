// The documents of the corpus as a list to look through: found by words, put in an order.

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Upper and lower case, accents and widths told apart no more. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const dateOf = (source) => source.metadata?.date?.value ?? "";

const byName = (a, b) => collator.compare(a.title, b.title) || collator.compare(a.source, b.source);

const ORDERS = {
  name: byName,
  // Newest first; what has no date comes last.
  date: (a, b) => (dateOf(a) < dateOf(b) ? 1 : dateOf(a) > dateOf(b) ? -1 : byName(a, b)),
  cited: (a, b) => (b.times_cited ?? 0) - (a.times_cited ?? 0) || byName(a, b),
};

export const isOrder = (name) => Object.hasOwn(ORDERS, name);

export class Catalogue {
  #entries;

  constructor(sources) {
    this.#entries = sources.map((source) => ({ source, words: folded(`${source.title}\n${source.source}`) }));
  }

  /** Those beneath a folder ("": all) whose title or path has every one of `words`, in the order of that name. */
  select(words, order, folder = "") {
    const sought = folded(words).split(/\s+/).filter(Boolean);
    const found = this.#entries.filter((entry) => entry.source.source.startsWith(folder) && sought.every((word) => entry.words.includes(word)));
    return found.map((entry) => entry.source).sort(ORDERS[order]);
  }
}
