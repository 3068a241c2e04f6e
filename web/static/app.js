// The chat page, put together.
import { Api, Problem } from "./api.js";
import { openOnClick } from "./answer.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { offerCorpora } from "./corpora.js";
import { make } from "./dom.js";
import { Draft } from "./draft.js";
import { Filter } from "./filter.js";
import { listen, showHelp } from "./help.js";
import { History } from "./history.js";
import { askForKey } from "./keydialog.js";
import { libraryList, libraryTitle } from "./library.js";
import { Panel } from "./panel.js";
import { Preview } from "./preview.js";
import { Rail } from "./rail.js";
import { Reach } from "./reach.js";
import { SyncLine } from "./syncline.js";
import { Toast } from "./toast.js";
import { filesRead } from "./unread.js";
import { firstSteps, Uploads } from "./uploads.js";
import { Visit } from "./visit.js";
import { Welcome } from "./welcome.js";

const isTouch = window.matchMedia("(pointer: coarse)").matches;
const find = (id) => document.getElementById(id);
const say = (words) => {
  find("status").textContent = words;
};

const api = new Api(askForKey);
const panel = new Panel({ api, root: find("panel"), scrim: find("scrim"), covered: find("chat"), onSummarise: ({ source }) => {
  panel.closeSheet();
  ask(`Summarise ${source}`);
} });
new Preview(find("log"));
const toast = new Toast(find("toast"));
const draft = new Draft(find("question"));
const conversation = new Conversation({
  api,
  log: find("log"),
  dock: find("composer"),
  onOpen: (places, index, opener) => panel.open(places, index, opener),
  onChange: update,
  say,
  onAll: () => filter.clear(),
  onConversation: (id) => {
    visit.kept(id);
    list.current = id;
  },
});
const composer = new Composer(find("composer"), { onAsk: ask, onStop: () => conversation.stop() });
const list = new History({
  api,
  root: find("history"),
  field: find("history-find"),
  toast,
  say,
  onOpen: (id) => {
    rail.closeDrawer();
    visit.open(id);
  },
  onGone: (id) => (id === null || id === conversation.id) && visit.fresh(),
  onTitle: title,
});
const rail = new Rail({
  root: find("rail"),
  scrim: find("rail-scrim"),
  covered: [find("chat"), find("margin")],
  openers: [find("rail-open")],
  closer: find("rail-close"),
});
const visit = new Visit({
  api,
  conversation,
  head: find("place-head"),
  foot: find("place-foot"),
  onLeave: (isEmpty) => {
    panel.close();
    // What is restored is scrolled to: nothing above it may go afterwards.
    if (!isEmpty) find("welcome").hidden = true;
  },
  onShown: () => {
    update();
    list.current = visit.conversationId;
  },
  onFind: findConversation,
});
const welcome = new Welcome({ api, place: find("suggestions"), onAsk: ask });
const filter = new Filter({ api, line: find("asking"), opener: find("filter"), onChange: (globs, within) => {
  conversation.sources = globs;
  conversation.within = within;
  if (!find("welcome").hidden) welcome.suggest(globs, within);
} });
const uploads = new Uploads({ api, onAdded: () => {
  showLibrary();
  if (!find("welcome").hidden) welcome.again(filter.globs, filter.within);
} });
let wasBusy = false;
const syncLine = new SyncLine({ api, place: find("sync"), say, onChange: () => {
  showLibrary();
  if (!find("welcome").hidden) welcome.again(filter.globs, filter.within);
} });
const reach = new Reach({ line: find("reach"), onBack: () => {
  say("Footnote is back");
  visit.retry();
  showLibrary();
  syncLine.look();
  list.refresh();
} });
api.onReach = (isThere) => reach.heard(isThere);

async function ask(question) {
  visit.asked();
  draft.asked(question);
  await conversation.ask(question);
  // A question that got no answer is brought back by a reload.
  if (!find("log").lastElementChild?.querySelector(".failed")) draft.settled();
}

function update() {
  composer.busy = conversation.isBusy;
  // "Try again" goes when it is pressed; the focus it had must not fall off the page.
  if (document.activeElement === document.body && !isTouch) composer.focus();
  find("welcome").hidden = !conversation.isEmpty || visit.isTold;
  find("new-chat").hidden = conversation.isEmpty && !visit.isTold;
  if (!find("welcome").hidden) welcome.suggest(filter.globs, filter.within);
  if (wasBusy && !conversation.isBusy) list.refresh();
  wasBusy = conversation.isBusy;
  title();
}

/** The name of what stands here, in the bar and in the browser. */
function title() {
  const first = find("log").querySelector(".question")?.textContent ?? null;
  const words = conversation.isEmpty ? null : (list.titleOf(visit.conversationId) ?? conversation.title ?? first);
  const heading = find("title");
  heading.textContent = words ?? "Footnote";
  heading.classList.toggle("unseen", words === null);
  document.title = words === null ? "Footnote" : `${words} – Footnote`;
}

/** A notice with another try, for what the page does on its own when it opens. */
function notice(problem, again) {
  const button = make("button.quiet.framed", { type: "button", click: again }, "Try again");
  return make("div.outcome.failed", {}, make("p", { role: "alert" }, problem.message), button);
}

async function showLibrary() {
  const places = [[find("welcome-library"), "h3"], [find("library"), "h2"]];
  try {
    const listed = await api.sourceList();
    const { sources } = listed;
    const unread = filesRead(listed);
    filter.documents = sources;
    const all = () => make("a.quiet", { href: "/sources" }, "Look through them");
    for (const [place, heading] of places)
      place.replaceChildren(...[make("div.library-head", {}, make(heading, {}, libraryTitle(sources)), (sources.length > 0 || unread) && all()),
        sources.length || unread ? libraryList(sources) : firstSteps(uploads.buttons()), (sources.length > 0 || unread) && uploads.buttons(), unread && make("p.about", {}, make("a", { href: "/sources#unread" }, unread))].filter(Boolean));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    for (const [place] of places) place.replaceChildren(notice(problem, showLibrary));
  }
}

function fresh() {
  rail.closeDrawer();
  draft.settled();
  visit.fresh();
  composer.focus();
}

function findConversation() {
  panel.closeSheet();
  rail.open(find("history-find"));
}

for (const id of ["new-chat", "rail-new"]) find(id).addEventListener("click", fresh);
for (const link of document.querySelectorAll(".brand")) openOnClick(link, fresh);
for (const button of document.querySelectorAll(".keys-open")) button.addEventListener("click", showHelp);

find("question").addEventListener("keydown", (event) => {
  if (event.key !== "ArrowUp" || event.isComposing || find("question").value) return;
  const edit = find("log").querySelector(".turn:last-child .question-tools button");
  if (!edit) return;
  event.preventDefault();
  edit.click();
});

listen({
  escape: () => (rail.isDrawer ? rail.close() : panel.close()),
  write: () => {
    rail.closeDrawer();
    panel.closeSheet();
    composer.focus();
  },
  fresh,
  find: findConversation,
  help: showHelp,
});

offerCorpora(api);
uploads.begin().then(() => {
  filter.canSave = uploads.savesFilters;
  return showLibrary();
}).then(() => syncLine.look());
list.refresh();
visit.begin().then(() => draft.restore([...find("log").querySelectorAll(".question")].at(-1)?.textContent ?? null));
if (!isTouch) composer.focus();
