// The passages that came nearest, for a question these documents do not answer.
import { foreign, make, more } from "./dom.js";
import { linkTo, placeOfPassage } from "./place.js";
import { openOnClick } from "./answer.js";

const SHOWN = 3;
const CLAMP = 280; // characters, about the four lines the style sheet leaves

function excerpt(text) {
  const words = foreign(text, "p");
  words.className = "excerpt";
  if (text.length <= CLAMP) return [words];
  words.classList.add("clamped");
  const toggle = make("button.quiet", { type: "button", "aria-expanded": "false", click: () => {
    const open = words.classList.toggle("clamped") === false;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show more";
  } }, "Show more");
  return [words, toggle];
}

function item(place, open) {
  const link = make("a.quiet", { href: linkTo(place) }, "Open the source");
  openOnClick(link, () => open(link));
  const about = [place.source, place.heading].filter((part) => part && part !== place.title);
  const [words, toggle] = excerpt(place.shown);
  return make(
    "li.passage",
    {},
    make("p.passage-title", {}, foreign(place.title)),
    make("p.passage-about", {}, ...about.flatMap((part, i) => [i ? " · " : "", foreign(part)])),
    words,
    make("div.passage-tools", {}, toggle, link),
  );
}

/** Folded away where they are hardly about what was asked.
 * @param {object} reply @param {(places: import("./place.js").Place[], index: number, opener: HTMLElement) => void} onOpen */
export function nearestPassages({ passages, related = true }, onOpen) {
  const places = passages.map(placeOfPassage);
  const items = places.map((place, index) => item(place, (opener) => onOpen(places, index, opener)));
  const list = more(make("ol.passages"), items, SHOWN);
  const told = "They may be about the same things, but were not found to say what you asked.";
  if (related) return [make("p.nearest", {}, `These passages came nearest. ${told}`), list];
  return [make("details.nearest", {}, make("summary", {}, "Show the nearest passages"), make("p", {}, told), list)];
}
