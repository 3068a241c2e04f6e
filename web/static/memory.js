// What the tab remembers across a reload, and the few things that the browser does. Storage can be switched off; then
// the page forgets, and works.

import { BASE } from "./base.js";

// What is remembered is of one corpus, but for the key.
const named = (key) => (key === "key" ? key : key + BASE);

function get(area, key) {
  try {
    return window[area].getItem(`footnote.${key}`);
  } catch {
    return null;
  }
}

function set(area, key, value) {
  try {
    if (value === null) window[area].removeItem(`footnote.${key}`);
    else window[area].setItem(`footnote.${key}`, value);
  } catch {
    // Not remembered: the page goes on without.
  }
}

/** @param {string} key */
export const recall = (key) => get("sessionStorage", named(key));

/** @param {string} key @param {string | null} value  null forgets it */
export const remember = (key, value) => set("sessionStorage", named(key), value);

/** A habit outlives the tab: how somebody likes the page, never what was asked. @param {string} key */
export const habit = (key) => get("localStorage", key);

/** @param {string} key @param {string | null} value  null forgets it */
export const keepHabit = (key, value) => set("localStorage", key, value);
