// The HTTP face of Footnote: one way to send a request, one kind of failure.
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

export class Api {
  #askForKey;

  /** @param {(wasRefused: boolean) => Promise<string | null>} askForKey */
  constructor(askForKey) {
    this.#askForKey = askForKey;
  }

  async #send(path, options) {
    const key = recall("key");
    const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    try {
      return await fetch(path, { method: options.method ?? "GET", body: options.body, signal: options.signal, headers });
    } catch (error) {
      if (options.signal?.aborted) throw error;
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

  async sources() {
    const body = await this.json("/api/sources");
    return body.sources;
  }

  source(documentId) {
    return this.json(`/api/sources/${encodeURIComponent(documentId)}`);
  }

  conversation(conversationId) {
    return this.json(`/api/conversations/${encodeURIComponent(conversationId)}`);
  }

  /** The response to a question, its body a stream of events. */
  ask(question, conversationId, { signal, waiting }) {
    return this.request("/api/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify({ question, ...(conversationId ? { conversation_id: conversationId } : {}), stream: true }),
      signal,
      waiting,
    });
  }
}
