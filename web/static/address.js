// The page's address: which of its three places it names, and how it moves on.
import { based, here } from "./base.js";

/** @typedef {{kind: "new"} | {kind: "conversation", id: string} | {kind: "answer", id: string}} Place */

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // "%" that encodes nothing: no id of ours, and the server says so
  }
}

/** @returns {Place} */
export function placeOf(path) {
  const [, kind, id] = path.match(/^\/(conversations|answers)\/([^/]+)\/?$/) ?? [];
  if (!id) return { kind: "new" };
  return { kind: kind === "answers" ? "answer" : "conversation", id: decoded(id) };
}

export const pathOfConversation = (id) => `/conversations/${encodeURIComponent(id)}`;

export const pathOfAnswer = (id) => `/answers/${encodeURIComponent(id)}`;

/** A step that Back undoes. The same address twice is one step. */
export function goTo(path) {
  if (path !== here()) history.pushState(null, "", based(path));
}

/** The same step under another address. */
export function rename(path) {
  if (path !== here()) history.replaceState(null, "", based(path));
}
