// Which words of a question none of the nearest passages has. A claim only about words, and only where it is sure.

const COMMON = new Set(
  `about after also and any are been before being between but can could did does doing for from give had has have her hers
  him his how into its just let many may might more most much must not now off one only other our out over say says shall
  she should show some such tell than that the their them then there these they this those too under upon use very was
  were what when where which while who whom whose why will with would you your mean means please know according`.split(/\s+/),
);
const SHORTEST = 3; // letters; shorter words are function words in most languages that put spaces between words
const MOST = 4;

/** Without case, accents and the letters' variants. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").toLowerCase();

/** Without the endings of English that are not the word: only to find more, so that less is called missing. */
function stem(word) {
  const bare = word.replace(/'s?$/, "");
  for (const ending of ["ing", "ied", "ies", "ed", "es", "s", "e", "y"]) {
    if (bare.endsWith(ending) && bare.length - ending.length >= 3) return bare.slice(0, -ending.length);
  }
  return bare;
}

/** The words that carry the question, as they are written there. */
function words(question) {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  const found = [...segmenter.segment(question)].filter((piece) => piece.isWordLike).map((piece) => piece.segment);
  return found.filter((word) => {
    const isSpaced = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}'’]+$/u.test(word);
    return !COMMON.has(plain(word)) && (!isSpaced || word.length >= SHORTEST);
  });
}

/** @param {string} question @param {{text: string, heading?: string | null, document_title?: string}[]} passages */
export function missingWords(question, passages) {
  if (!passages.length) return [];
  const text = plain(passages.flatMap((each) => [each.document_title, each.heading, each.text]).join("\n"));
  const missing = new Map();
  for (const word of words(question)) {
    if (!text.includes(stem(plain(word)))) missing.set(plain(word), missing.get(plain(word)) ?? word);
  }
  return [...missing.values()].slice(0, MOST);
}
