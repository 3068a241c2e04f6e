// A place is a range of a document that can be opened: a citation of an answer, or a passage that came near.

/** @typedef {{documentId: string, source: string, title: string, heading: string | null, page: number | null,
 *   place: string | null, start: number, end: number, text: string, sha: string | null, number: number | null}} Place */

/** @returns {Place} */
export const placeOfCitation = (citation) => ({
  documentId: citation.document_id,
  source: citation.source,
  title: citation.document_title,
  heading: citation.heading,
  page: citation.page,
  place: citation.place ?? null,
  start: citation.start_char_index,
  end: citation.end_char_index,
  text: citation.cited_text,
  sha: citation.content_sha256,
  number: citation.number,
});

/** @returns {Place} */
export const placeOfPassage = (passage) => ({
  documentId: passage.document_id,
  source: passage.source,
  title: passage.document_title ?? passage.source,
  heading: passage.heading ?? null,
  page: null,
  place: null,
  start: passage.start_char_index,
  end: passage.end_char_index,
  text: passage.text,
  shown: passage.display || passage.text,
  sha: null,
  number: null,
});

/** What readers call the place in the original ("page 3", "slide 2", "Sales!A2:D2"); null where the text is the original. */
export const spotOf = ({ place, page }) => place ?? (page === null ? null : `page ${page}`);

/** @type {WeakMap<Element, Place>}  what each chip on the page cites, for whoever shows it before it is opened */
export const placeOfChip = new WeakMap();

/** Its permalink. Made here and not taken from the reply: a link is ours only if we wrote it. */
export const linkTo = (place) => `/sources/${encodeURIComponent(place.documentId)}#char=${place.start},${place.end}`;

/** The citations of a reply, each once, by number: those of its sentences, and where the same is said again. */
export function citationsOf(content) {
  const all = content.flatMap((block) => [...block.citations, ...block.also]).sort((a, b) => a.number - b.number);
  return new Map(all.map((citation) => [citation.number, citation]));
}

/** `items` in one list a document, in their order. citationOf: where an item stands, if it is no citation itself. */
export function byDocument(items, citationOf = (item) => item) {
  const lists = new Map();
  for (const item of items) {
    const { document_id: id } = citationOf(item);
    lists.set(id, [...(lists.get(id) ?? []), item]);
  }
  return [...lists.values()];
}

/** The chat, asking within this folder or saved filter. */
export const askWithin = (name) => `/?in=${encodeURIComponent(name)}`;

/** The chat, asking this file only. */
export const askOnly = (source) => `/?source=${encodeURIComponent(source)}`;
