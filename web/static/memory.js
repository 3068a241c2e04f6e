// What the tab remembers across a reload. Storage can be switched off in the browser; then it forgets, and works.

/** @param {string} key */
export function recall(key) {
  try {
    return sessionStorage.getItem(`footnote.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string | null} value  null forgets it */
export function remember(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(`footnote.${key}`);
    else sessionStorage.setItem(`footnote.${key}`, value);
  } catch {
    // Not remembered: the page goes on without.
  }
}
