// Offsets in the API count code points; JavaScript strings count UTF-16 units. Every character beyond U+FFFF takes two
// units, so an offset moves by the number of such characters before it. Keeping just their places costs nothing for the
// usual document, which has none.

/** First index of the sorted `list` whose `key` is not below `value`. */
function lowerBound(list, value, key) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class CodePoints {
  #text;
  #wide = []; // code point offsets of the characters that take two units, ascending

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    const pairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
    for (let found = pairs.exec(text); found; found = pairs.exec(text)) this.#wide.push(found.index - this.#wide.length);
  }

  /** Length in code points. */
  get length() {
    return this.#text.length - this.#wide.length;
  }

  /** UTF-16 index of a code point offset. */
  unit(offset) {
    return offset + lowerBound(this.#wide, offset, (i) => this.#wide[i]);
  }

  /** Code point offset of a UTF-16 index. */
  offset(unit) {
    return unit - lowerBound(this.#wide, unit, (i) => this.#wide[i] + i);
  }

  /** `text[start:end]` as Python has it, for 0 <= start <= end. */
  slice(start, end) {
    return this.#text.slice(this.unit(start), this.unit(end));
  }

  /** The only place where `words` stand, as [start, end], or null where they stand nowhere or more than once. */
  findOnly(words) {
    const at = words ? this.#text.indexOf(words) : -1;
    if (at < 0 || this.#text.indexOf(words, at + 1) >= 0) return null;
    return [this.offset(at), this.offset(at + words.length)];
  }
}

/** Characters as the server counts them. */
export const countCodePoints = (text) => new CodePoints(text).length;
