// The HTTP face of Footnote: one way to send a request, one kind of failure.
import { based } from "./base.js";
import { recall, remember } from "./memory.js";

const RETRIES = 3;
const LONGEST_WAIT_S = 15;

/** A failure in words a person can act on. `status` is 0 where no answer came at all. */
export class Problem extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.name = "Problem";
    this.status = status;
  }
}

const WORDS = {
  401: "An access key is needed.",
  403: "This key does not allow that.",
  404: "That is not here.",
  408: "The question took too long to arrive.",
  413: "That question is too long.",
  429: "Too many questions at once. Wait a moment, then try again.",
  500: "Something went wrong in Footnote. The question was fine; trying again may help.",
  503: "Footnote is busy or still starting. Try again in a moment.",
};

/** The problem+json of a failed response; proxies and crashes answer with anything, so it may not be JSON. */
async function problemOf(response) {
  let detail = "";
  try {
    const body = await response.json();
    if (typeof body?.detail === "string") detail = body.detail;
    else if (typeof body?.title === "string") detail = body.title;
  } catch {
    // No JSON: the status speaks.
  }
  return new Problem(response.status, detail || WORDS[response.status] || `Footnote answered with status ${response.status}.`);
}

/** Sleep that an abort ends. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** Seconds of a Retry-After header (seconds or an HTTP date), or null. */
function retryAfter(response) {
  const value = response.headers.get("Retry-After");
  if (value === null) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

const JSON_BODY = { "Content-Type": "application/json" };
const at = (...parts) => `/api/${parts.map(encodeURIComponent).join("/")}`;

/** `?a=1&b=2`; what is null, undefined or empty is left out, a list is named once an item. */
function query(named) {
  const pairs = Object.entries(named).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  const search = new URLSearchParams(pairs.filter(([, value]) => value !== null && value !== undefined && value !== ""));
  return search.size ? `?${search}` : "";
}

export class Api {
  #askForKey;
  /** Called with whether the server answered at all, each time something was sent. */
  onReach = () => {};

  /** @param {(wasRefused: boolean) => Promise<string | null>} askForKey */
  constructor(askForKey) {
    this.#askForKey = askForKey;
  }

  async #send(path, options) {
    const key = recall("key");
    const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    const { method = "GET", body, signal, keepalive } = options;
    try {
      const response = await fetch(based(path), { method, body, signal, keepalive, headers });
      this.onReach(true);
      return response;
    } catch (error) {
      if (options.signal?.aborted) throw error;
      this.onReach(false);
      throw new Problem(0, "Footnote cannot be reached. Is it still running?");
    }
  }

  /**
   * A response that is OK, else throws Problem (or the abort). Waits and tries again where the server says when, asks
   * for a key where it wants one.
   */
  async request(path, options = {}) {
    for (let tries = 0; ; tries += 1) {
      const response = await this.#send(path, options);
      if (response.ok) return response;
      if (response.status === 401) {
        const key = await this.#askForKey(recall("key") !== null);
        if (key === null) throw await problemOf(response);
        remember("key", key);
        continue;
      }
      const wait = response.status === 503 || response.status === 429 ? retryAfter(response) : null;
      if (wait === null || wait > LONGEST_WAIT_S || tries >= RETRIES) throw await problemOf(response);
      options.waiting?.(wait);
      await pause(wait * 1000, options.signal);
    }
  }

  async json(path, options) {
    return (await this.request(path, { headers: { Accept: "application/json" }, ...options })).json();
  }

  #write(method, path, body) {
    return this.json(path, { method, headers: { ...JSON_BODY, Accept: "application/json" }, body: JSON.stringify(body) });
  }

  async sources() {
    const body = await this.sourceList();
    return body.sources;
  }

  /** The documents, how many files there are, and which kinds were not read. */
  sourceList() {
    return this.json("/api/sources");
  }

  /** The files that were not read, and why. */
  async unread() {
    const body = await this.json("/api/sources/unread");
    return body.unread;
  }

  /** The corpora that this key may ask; none where the server has but one. */
  async corpora() {
    return (await this.json("/api/corpora")).corpora;
  }

  /** How far indexing is. */
  sync() {
    return this.json("/api/sync");
  }

  source(documentId) {
    return this.json(at("sources", documentId));
  }

  /** The pages of its file and their sizes; none where they cannot be drawn. */
  pages(documentId) {
    return this.json(at("sources", documentId, "pages"));
  }

  /** The response with page `number` of the document as a picture so many pixels wide. */
  page({ document_id: documentId, content_sha256: sha256 }, number, width) {
    return this.request(`${at("sources", documentId, "pages", `${number}.png`)}${query({ width, sha256 })}`);
  }

  /** Page and boxes of a range of its text. */
  place(documentId, start, end) {
    return this.json(`${at("sources", documentId, "place")}${query({ start, end })}`);
  }

  /** Where answers cited the document. */
  cited(documentId) {
    return this.json(at("sources", documentId, "cited"));
  }

  /** Whether a citation still stands: its verdict. */
  verify({ document_id, start_char_index, end_char_index, cited_text, content_sha256 }) {
    return this.#write("POST", "/api/verify", { document_id, start_char_index, end_char_index, cited_text, content_sha256 });
  }

  /** Whether documents can be added, renamed and deleted from here. @returns {Promise<{changeable: boolean, reason: string, most_file_bytes: number, trashed: number, saves_filters: boolean}>} */
  library() {
    return this.json("/api/library");
  }

  /**
   * Sends a file; what became of it. By the one way of a browser that tells how far an upload is.
   * @param {File} file @param {string} folder @param {(share: number) => void} onShare  from 0 to 1
   */
  upload(file, folder, onShare) {
    const form = new FormData();
    form.append("folder", folder);
    form.append("file", file, file.name);
    const sending = new XMLHttpRequest();
    return new Promise((resolve, reject) => {
      sending.open("POST", based("/api/sources"));
      const key = recall("key");
      if (key) sending.setRequestHeader("Authorization", `Bearer ${key}`);
      sending.responseType = "json";
      sending.upload.addEventListener("progress", ({ loaded, total }) => onShare(total ? loaded / total : 0));
      sending.addEventListener("load", () => {
        const { status, response } = sending;
        if (status === 200 && response?.files?.length) resolve(response.files[0]);
        else reject(new Problem(status, response?.detail || WORDS[status] || `Footnote answered with status ${status}.`));
      });
      sending.addEventListener("error", () => reject(new Problem(0, "It could not be sent. Is Footnote still running?")));
      sending.send(form);
    });
  }

  moveSource(documentId, source) {
    return this.#write("PATCH", at("sources", documentId), { source });
  }

  async deleteSource(documentId) {
    return (await this.request(at("sources", documentId), { method: "DELETE" })).json();
  }

  trash() {
    return this.json(at("trash"));
  }

  emptyTrash() {
    return this.request(at("trash"), { method: "DELETE" });
  }

  async restoreSource(trashId) {
    return (await this.request(at("trash", trashId, "restore"), { method: "POST" })).json();
  }

  /** The folders and saved filters that can be asked within. */
  collections() {
    return this.json(at("collections"));
  }

  saveFilter(name, rule) {
    return this.#write("POST", at("collections"), { name, rule });
  }

  changeFilter(filterId, name, rule) {
    return this.#write("PUT", at("collections", filterId), { name, rule });
  }

  deleteFilter(filterId) {
    return this.request(at("collections", filterId), { method: "DELETE" });
  }

  /** @param {{q?: string, limit?: number, offset?: number}} [named] @param {AbortSignal} [signal] */
  conversations(named = {}, signal) {
    return this.json(`/api/conversations${query(named)}`, { signal });
  }

  conversation(conversationId) {
    return this.json(at("conversations", conversationId));
  }

  rename(conversationId, title) {
    return this.#write("PATCH", at("conversations", conversationId), { title });
  }

  /** Deletes a conversation, or all where none is named; also while the page is closing. */
  forget(conversationId = null) {
    const path = conversationId === null ? at("conversations") : at("conversations", conversationId);
    return this.request(path, { method: "DELETE", keepalive: true });
  }

  /** An answer as it was given, and whether the documents have changed since. */
  givenAnswer(replyId) {
    return this.json(at("answers", replyId));
  }

  /** @param {{reply_id?: string, sources?: string[], in?: string | null, limit?: number}} [named] @param {AbortSignal} [signal] @returns {Promise<{questions: {question: string}[], complete: boolean}>} */
  suggestions(named = {}, signal = undefined) {
    return this.json(`/api/suggestions${query(named)}`, { signal });
  }

  /** @param {{reply_id: string, kind: string, citation?: number | null, comment?: string | null}} feedback */
  sendFeedback(feedback) {
    return this.#write("POST", "/api/feedback", feedback);
  }

  /** @param {{conversation_id?: string, reply_id?: string}} named */
  async feedback(named) {
    const body = await this.json(`/api/feedback${query(named)}`);
    return body.feedback;
  }

  withdrawFeedback(feedbackId) {
    return this.request(at("feedback", feedbackId), { method: "DELETE" });
  }

  /**
   * The response to a question, its body a stream of events. sources: globs over paths; replaces: the id of the reply
   * whose place the new one takes; interpretedAs: how to understand the question; within: a folder or saved filter.
   */
  ask(question, conversationId, { signal, waiting, sources, within, replaces, interpretedAs } = {}) {
    const named = { question, conversation_id: conversationId, sources, in: within, replaces, interpreted_as: interpretedAs };
    const given = Object.entries(named).filter(([, value]) => value !== null && value !== undefined && value.length);
    return this.request("/api/ask", {
      method: "POST",
      headers: { ...JSON_BODY, Accept: "text/event-stream" },
      body: JSON.stringify({ ...Object.fromEntries(given), stream: true }),
      signal,
      waiting,
    });
  }
}
