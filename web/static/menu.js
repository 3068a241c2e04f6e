// A menu of a button: what can be done with one thing. The browser closes it on Escape and on a press beside it.
import { make } from "./dom.js";

const GAP = 4; // px between the button and its menu, and to the edge of the window

/** @typedef {{words: string, act: (event: Event) => void, href?: string, isGrave?: boolean}} Choice  href: a download */

function item({ words, act, href, isGrave }, close) {
  const tag = `${href ? "a" : "button"}.choice${isGrave ? ".grave" : ""}`;
  const kind = href ? { href, download: "" } : { type: "button" };
  return make(tag, { ...kind, role: "menuitem", tabindex: "-1", click: (event) => {
    close();
    act(event);
  } }, words);
}

/** Below the button, or above it where there is no room; always within the window. */
function stand(menu, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP;
  const top = below + height > window.innerHeight ? at.top - height - GAP : below;
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.left = `${Math.max(GAP, Math.min(at.right - width, window.innerWidth - width - GAP))}px`;
}

function walk(event, items) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
}

/** @param {HTMLElement} button @param {string} name @param {Choice[]} choices */
export function openMenu(button, name, choices) {
  const items = choices.map((choice) => item(choice, () => menu.hidePopover()));
  const menu = make("div.menu", { popover: "auto", role: "menu", "aria-label": name, keydown: (event) => {
    if (event.key === "Tab") menu.hidePopover();
    else walk(event, items);
  } }, ...items);
  button.after(menu);
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    menu.remove();
  });
  button.setAttribute("aria-expanded", "true");
  menu.showPopover({ source: button });
  stand(menu, button);
  items[0].focus();
}
