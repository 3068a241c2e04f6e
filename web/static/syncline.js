// A quiet line on how far indexing is, and word when it has brought something.
import { Problem } from "./api.js";
import { make } from "./dom.js";
import { count } from "./words.js";

const BUSY_MS = 1500;
const IDLE_MS = 8000;
const WORKING = new Set(["waiting", "reading", "embedding", "writing"]);

/** "40 s", "12 min", "3 h 20 min" */
function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function progressWords({ state, files_done: done, files, seconds_left: left, error, warnings = [] }) {
  if (error) return `The documents are not up to date: ${error}`;
  if (state === "waiting") return "Another process is indexing the documents; answers come from what is there.";
  if (!WORKING.has(state) && state !== "scanning") return warnings[0] ?? "";
  const time = left === null || left === undefined ? "" : `, about ${duration(left)} left`;
  return `Reading the documents: ${done.toLocaleString("en")} of ${count(files, "file")}${time}`;
}

export class SyncLine {
  #api;
  #place;
  #onChange;
  #say;
  #timer = 0;
  #finished = undefined;
  #files = 0;
  #wasBusy = false;

  /** @param {{api: import("./api.js").Api, place: HTMLElement, onChange: () => void, say: (words: string) => void}} parts */
  constructor({ api, place, onChange, say }) {
    this.#api = api;
    this.#place = place;
    this.#onChange = onChange;
    this.#say = say;
    document.addEventListener("visibilitychange", () => !document.hidden && this.look());
  }

  /** Look now, and again and again while the page is seen. */
  async look() {
    window.clearTimeout(this.#timer);
    if (document.hidden) return;
    try {
      const status = await this.#api.sync();
      this.#show(status);
      if (status.state !== "stopped") this.#later(WORKING.has(status.state) || !status.finished_at ? BUSY_MS : IDLE_MS);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#place.hidden = true; // asked for again when the server is back
    }
  }

  #later(milliseconds) {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.look(), milliseconds);
  }

  #show(status) {
    const isBusy = WORKING.has(status.state) || (status.state === "scanning" && !status.finished_at && status.bytes > 0);
    const isTold = isBusy || status.state === "idle";
    const words = isTold ? progressWords(status) : "";
    this.#place.hidden = !words;
    if (words) {
      const bar = isBusy && status.bytes > 0
        && make("progress", { max: status.bytes, value: status.bytes_done, "aria-label": "Documents read" });
      this.#place.replaceChildren(...[make("span", {}, words), bar].filter(Boolean));
    }
    // Told once, not at each step.
    if (isBusy !== this.#wasBusy) this.#say(isBusy ? words : "The documents are up to date");
    this.#wasBusy = isBusy;
    const brought = JSON.stringify([status.finished_at, status.counts]);
    const isNew = this.#finished !== undefined && brought !== this.#finished && status.state === "idle";
    const isMore = isBusy && status.files_done > this.#files;
    this.#files = status.files_done;
    if (status.state === "idle" || this.#finished === undefined) this.#finished = brought;
    if (isNew || isMore) this.#onChange();
  }
}
