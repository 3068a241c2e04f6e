// The chat page, put together.
import { Api, Problem } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { make } from "./dom.js";
import { askForKey } from "./keydialog.js";
import { libraryList, libraryTitle } from "./library.js";
import { Panel } from "./panel.js";

const isTouch = window.matchMedia("(pointer: coarse)").matches;
const find = (id) => document.getElementById(id);

const api = new Api(askForKey);
const panel = new Panel({ api, root: find("panel"), scrim: find("scrim"), covered: find("chat") });
const conversation = new Conversation({
  api,
  log: find("log"),
  onOpen: (places, index, opener) => panel.open(places, index, opener),
  onChange: update,
  say: (words) => {
    find("status").textContent = words;
  },
});
const composer = new Composer(find("composer"), {
  onAsk: (question) => conversation.ask(question),
  onStop: () => conversation.stop(),
});

function update() {
  composer.busy = conversation.isBusy;
  for (const outcome of find("log").querySelectorAll(".outcome")) outcome.inert = conversation.isBusy;
  // "Try again" goes when it is pressed; the focus it had must not fall off the page.
  if (document.activeElement === document.body && !isTouch) composer.focus();
  find("welcome").hidden = !conversation.isEmpty;
  find("new-chat").hidden = conversation.isEmpty;
}

/** A notice with another try, for what the page does on its own when it opens. */
function notice(problem, again) {
  const button = make("button.quiet.framed", { type: "button", click: () => {
    box.remove();
    again();
  } }, "Try again");
  const box = make("div.outcome.failed", {}, make("p", { role: "alert" }, problem.message), button);
  return box;
}

async function showLibrary() {
  const places = [[find("welcome-library"), "h3"], [find("library"), "h2"]];
  try {
    const sources = await api.sources();
    for (const [place, heading] of places) place.replaceChildren(make(heading, {}, libraryTitle(sources)), libraryList(sources));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    for (const [place] of places) place.replaceChildren(notice(problem, showLibrary));
  }
}

async function restore() {
  try {
    await conversation.restore();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    find("welcome").before(notice(problem, restore));
  }
  update();
}

find("new-chat").addEventListener("click", () => {
  panel.close();
  conversation.clear();
  composer.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea");
  if (event.key === "Escape") panel.close();
  else if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    panel.closeSheet();
    composer.focus();
  }
});

showLibrary();
restore();
if (!isTouch) composer.focus();
