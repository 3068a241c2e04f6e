// A field that opens in place: Enter sends, Shift+Enter breaks the line, Escape leaves.
import { make } from "./dom.js";
import { lengthOf, LONGEST_QUESTION, room } from "./limits.js";

/**
 * @param {{label: string, value?: string, send: string, limit?: number, onSend: (text: string) => void,
 *   onLeave: () => void}} parts  limit: in characters
 * @returns {{root: HTMLFormElement, focus: () => void}}
 */
export function field({ label, value = "", send, limit = LONGEST_QUESTION, onSend, onLeave }) {
  const box = make("textarea", { rows: 1, dir: "auto", "aria-label": label, enterkeyhint: "send" });
  const counter = make("span.counter", { "aria-live": "polite" });
  const done = make("button.solid", { type: "submit" }, send);
  const cancel = make("button.quiet", { type: "button", click: onLeave }, "Cancel");
  const root = make("form.field", {}, box, make("div.field-tools", {}, counter, cancel, done));
  const update = () => {
    const length = lengthOf(box.value);
    counter.textContent = room(length, limit);
    counter.classList.toggle("over", length > limit);
    box.setAttribute("aria-invalid", String(length > limit));
    done.disabled = length === 0 || length > limit;
  };
  box.value = value;
  box.addEventListener("input", update);
  box.addEventListener("keydown", (event) => {
    // Keys that end the composition of a word are not ours.
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      onLeave();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      root.requestSubmit();
    }
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!done.disabled) onSend(box.value.trim());
  });
  update();
  const focus = () => {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  };
  return { root, focus };
}
