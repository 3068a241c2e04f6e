// The head of the side panel: what is open, whether it still stands, and where to go from here.
import { byline, dotted, reading } from "./facts.js";
import { foreign, icon, ICONS, make } from "./dom.js";
import { linkTo, spotOf } from "./place.js";
import { copyButton } from "./quote.js";

function step(by, { kind, index, places }, onStep) {
  return make("button.round", {
    type: "button",
    "aria-label": `${by < 0 ? "Previous" : "Next"} ${kind.toLowerCase()}`,
    "aria-keyshortcuts": by < 0 ? "[" : "]",
    title: `${by < 0 ? "Previous" : "Next"} ${kind.toLowerCase()} (${by < 0 ? "[" : "]"})`,
    // Stays focusable at the end of the list, so that the focus never falls off the page.
    "aria-disabled": String(!(index + by in places)),
    "data-step": by,
    click: () => onStep(by),
  }, icon(by < 0 ? ICONS.previous : ICONS.next));
}

function steps(at, onStep) {
  const { kind, index, places } = at;
  const words = places.length > 1 ? `${kind} ${index + 1} of ${places.length}` : kind;
  const label = make("span.panel-count", { "aria-live": "polite" }, words);
  return places.length > 1 ? [step(-1, at, onStep), label, step(1, at, onStep)] : [label];
}

function title(place) {
  const heading = foreign(place.title, "h2");
  heading.id = "panel-title";
  heading.tabIndex = -1;
  return heading;
}

/** Where in the document: its file, the headings above the place, its page or cells. */
function where(place) {
  return dotted([foreign(place.source), place.heading && foreign(place.heading), spotOf(place) && foreign(spotOf(place))]);
}

/** What the document says of itself and how old it is, once it is here. */
export const fillAbout = (line, source) => line.replaceChildren(...dotted([...byline(source), ...reading(source)]));

/**
 * @param {{places: import("./place.js").Place[], index: number}} at @param {HTMLElement} verdict
 * @returns {{root: HTMLElement, title: HTMLElement, about: HTMLElement}}  about: the line that `fillAbout` fills
 */
export function panelHead({ places, index }, verdict, { onStep, onClose, onSummarise }) {
  const place = places[index];
  const kind = place.number === null ? "Passage" : "Citation";
  const heading = title(place);
  const about = make("p.panel-about");
  const close = make("button.round", { type: "button", "aria-label": "Close the source", title: "Close (Esc)", click: onClose }, icon(ICONS.close));
  const whole = make("a.quiet.framed", { href: linkTo(place), "aria-label": "Full page", title: "Full page" }, icon(ICONS.open), make("span", {}, "Full page"));
  const gist = onSummarise && make("button.quiet.framed.asks", { type: "button", title: "Sum this document up", click: () => onSummarise(place) }, "Summarise");
  const root = make(
    "header.panel-head",
    {},
    make("div.panel-titles", {}, heading, make("p.panel-where", {}, ...where(place)), about),
    close,
    verdict,
    make("div.panel-tools", {}, ...steps({ kind, index, places }, onStep), make("span.panel-links", {}, ...[gist].filter(Boolean), copyButton(() => place), whole)),
  );
  return { root, title: heading, about };
}
