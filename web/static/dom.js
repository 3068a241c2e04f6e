// The only place that makes elements. Strings become text nodes, so nothing a document says can become markup.

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

/** A line icon, hidden from assistive technology: the control around it carries the name. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", width: "20", height: "20", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  const line = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({
    d: path, fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round",
  })) line.setAttribute(key, value);
  svg.append(line);
  return svg;
}

export const ICONS = {
  close: "M5 5l10 10M15 5L5 15",
  previous: "M12 5l-5 5 5 5",
  next: "M8 5l5 5-5 5",
  open: "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7",
};
