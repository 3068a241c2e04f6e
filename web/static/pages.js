// The page of a file as a picture, with what is cited marked on it, above the text.
import { Problem } from "./api.js";
import { icon, ICONS, make } from "./dom.js";
import { download } from "./download.js";

const WIDTHS = [600, 900, 1200, 1800]; // pixels of a picture; few, so that pictures are found again
const SIDES = ["left", "top", "right", "bottom"];

/** The files' formats whose pages can be drawn. */
const DRAWN = new Set(["pdf"]);

/** Whether `source` has pages to show. An older server does not say how many. */
export const hasPages = (source) => DRAWN.has(source.format) && source.pages > 0;

/** A picture as an address of its own: an <img> cannot bring the key that the API may want. */
async function addressOf(response) {
  const reader = new FileReader();
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** A rectangle over the picture. box: shares of the page. */
function markOf(box) {
  const mark = make("span.page-mark", { "aria-hidden": "true" });
  const [left, top, right, bottom] = SIDES.map((side) => `${box[side] * 100}%`);
  Object.assign(mark.style, { left, top, width: `calc(${right} - ${left})`, height: `calc(${bottom} - ${top})` });
  return mark;
}

/** A button that saves the file itself. */
export function originalButton(api, source) {
  const words = make("span", {}, "Original file");
  const said = make("span.unseen", { role: "status" });
  const press = async () => {
    try {
      await download(api, `/api/sources/${encodeURIComponent(source.document_id)}/original`);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      words.textContent = problem.message;
      said.textContent = problem.message;
    }
  };
  return make("span.original", {}, make("button.quiet.framed", { type: "button", title: "Save the original file", click: press }, icon(ICONS.open), words), said);
}

export class PageView {
  #api;
  #source;
  #sizes = null;
  #number = 0;
  #boxes = [];
  #turn = 0; // counts pages asked for: a picture that comes late must not take the place of a newer one
  #count = make("span.page-count", { "aria-live": "polite" });
  #sheet = make("div.page-sheet");
  #frame = make("div.page-frame", { tabindex: "0", role: "group", "aria-label": "Page of the original" }, this.#sheet);
  #back = this.#step(-1);
  #on = this.#step(1);

  /** @param {import("./api.js").Api} api @param {object} source  see `hasPages` */
  constructor(api, source) {
    this.#api = api;
    this.#source = source;
    const bar = make("div.page-bar", {}, this.#back, this.#count, this.#on, originalButton(api, source));
    this.root = make("section.page-view", { "aria-label": "Original page" }, bar, this.#frame);
  }

  #step(by) {
    const words = by < 0 ? "Previous page" : "Next page";
    const click = () => this.#number + by >= 1 && this.#number + by <= this.#sizes?.length && this.#draw(this.#number + by);
    return make("button.round", { type: "button", "aria-label": words, title: words, click }, icon(by < 0 ? ICONS.previous : ICONS.next));
  }

  /** Shows where `text[start:end]` stands; the first page where nothing is named. */
  async show({ start, end }) {
    const turn = ++this.#turn;
    try {
      this.#sizes ??= (await this.#api.pages(this.#source.document_id)).pages;
      const place = end > start ? await this.#api.place(this.#source.document_id, start, end) : null;
      if (turn !== this.#turn) return;
      this.#boxes = place?.boxes ?? [];
      await this.#draw(place?.page ?? 1);
    } catch (problem) {
      if (turn === this.#turn) this.#fail(problem);
    }
  }

  #fail(problem) {
    if (!(problem instanceof Problem)) throw problem;
    this.#frame.removeAttribute("tabindex");
    this.#frame.replaceChildren(make("p.notice", { role: "status" }, `The page cannot be shown. ${problem.message}`));
  }

  async #draw(number) {
    const turn = ++this.#turn;
    this.#number = number;
    const total = this.#sizes.length;
    const { width, height } = this.#sizes[number - 1] ?? { width: 1, height: 1 };
    this.#count.textContent = `Page ${number} of ${total}`;
    this.#back.setAttribute("aria-disabled", String(number <= 1));
    this.#on.setAttribute("aria-disabled", String(number >= total));
    this.#sheet.style.aspectRatio = `${width} / ${height}`; // its room is there before it is
    this.#sheet.replaceChildren();
    const wanted = this.#sheet.clientWidth * window.devicePixelRatio;
    const pixels = WIDTHS.find((each) => each >= wanted) ?? WIDTHS.at(-1);
    let address;
    try {
      address = await addressOf(await this.#api.page(this.#source, number, pixels));
    } catch (problem) {
      if (turn === this.#turn) this.#fail(problem);
      return;
    }
    if (turn !== this.#turn) return;
    const boxes = this.#boxes.filter((box) => box.page === number);
    const words = boxes.length ? ", with the cited words marked" : "";
    const picture = make("img", { src: address, alt: `Page ${number} of ${total} of ${this.#source.title}${words}` });
    this.#sheet.replaceChildren(picture, ...boxes.map(markOf));
    this.#frame.scrollTop = boxes.length ? boxes[0].top * this.#sheet.clientHeight - this.#frame.clientHeight / 3 : 0;
  }
}
