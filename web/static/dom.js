// The only place that makes elements. Strings become text nodes, so nothing a document says can become markup.
import { based } from "./base.js";

/**
 * @param {string} tag  "p", or with classes "p.notice.quiet"
 * @param {Object<string, unknown>} [attributes]  functions are event listeners, true/false set or leave out
 * @param {...(Node | string | null | undefined | false)} children
 */
export function make(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (key === "href" && value) element.setAttribute(key, based(String(value)));
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Text from a document, a file name or a question: isolated, so that bidi controls end where it ends. */
export const foreign = (text, tag = "bdi") => make(tag, { dir: "auto" }, text);

/** Fills `list` with the first items, and a button below brings the rest. */
export function more(list, items, shown) {
  list.append(...items.slice(0, shown));
  const rest = items.slice(shown);
  if (!rest.length) return list;
  const button = make("button.quiet.framed", { type: "button", click: () => {
    list.append(...rest);
    button.remove();
    rest[0].querySelector("button, a").focus();
  } }, `Show ${rest.length} more`);
  return make("div", {}, list, button);
}

const SVG = "http://www.w3.org/2000/svg";

/** An element of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** A line icon, hidden from assistive technology: the control around it carries the name. */
export const icon = (path) =>
  draw("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": true }, draw("path", {
    d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round",
  }));

export const ICONS = {
  close: "M5 5l10 10M15 5L5 15",
  previous: "M12 5l-5 5 5 5",
  next: "M8 5l5 5-5 5",
  open: "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7",
  check: "M4.5 10.5l3.6 3.6 7.4-8.2",
  copy: "M7.5 7.5h8.5v8.5H7.5zM12.5 7.5V4H4v8.5h3.5",
  warn: "M10 3.5l7.2 12.8H2.8zM10 8.5v3.4M10 14.2v.1",
  ask: "M4 4.5h12v8.5H9.5L6 16.2V13H4z",
};
