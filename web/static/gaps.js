// The page /gaps: what was asked and not found, for whoever keeps the documents.
import { ago } from "./age.js";
import { Api, Problem } from "./api.js";
import { make } from "./dom.js";
import { Keeper } from "./gaps_keep.js";
import { judgedList, sourceList, topicList } from "./gaps_lists.js";
import { agePlot, weekPlot } from "./gaps_plots.js";
import { askForKey } from "./keydialog.js";
import { count } from "./words.js";

const root = document.getElementById("gaps");
const status = document.getElementById("status");
const api = new Api(askForKey);
const keeper = new Keeper(api, (words) => { status.textContent = words; });

/** A part of the report: heading, what it is in a sentence, and its contents, or why there are none. */
function part(id, title, lead, contents, nothing) {
  return make("section.part", { "aria-labelledby": id },
    make("h2", { id }, title),
    make("p.gaps-lead", {}, contents ? lead : nothing),
    contents);
}

const percent = (of, all) => (all ? `${Math.round((100 * of) / all)}%` : "–");

function figure(value, words, about) {
  return make("div.figure", {}, make("dt", {}, words), make("dd", {}, value, make("span", {}, about)));
}

function figures(report) {
  const cited = report.documents - report.never_cited_documents;
  return make("dl.figures", {},
    figure(String(report.questions_read), "Questions", report.questions > report.questions_read ? `the newest of ${report.questions}` : "all that are kept"),
    figure(percent(report.answered, report.questions_read), "Answered", count(report.answered, "question")),
    figure(String(report.abstained), "Not answered", count(report.unanswered_topics, "open topic")),
    figure(`${cited} of ${report.documents}`, "Documents cited", `${report.never_cited_documents} never`));
}

const some = (items, list) => (items.length ? list(items) : null);

function asked(report) {
  const shown = (topics, all) => (all > topics.length ? ` The ${topics.length} asked most of ${all} are shown.` : "");
  return make("div.parts", {},
    part("unanswered", "Not answered",
      "Questions alike stand together, the most asked first. Where it is right that the documents do not say, keep the question as a test." + shown(report.unanswered, report.unanswered_topics),
      some(report.unanswered, (topics) => topicList(topics, (question) => keeper.ofAbstention(question))),
      "Nothing that was asked is left without an answer."),
    part("unsure", "Answered, but not surely",
      "Answers with a low or medium confidence: the documents may say it in other words, or only nearly." + shown(report.unsure, report.unsure_topics),
      some(report.unsure, (topics) => topicList(topics)),
      "Every answer was a confident one."));
}

function judged(report) {
  return make("div.parts", {},
    part("disliked", "Judged not right", "What people marked as not helpful, or as a wrong citation. Newest first.",
      some(report.disliked, (items) => judgedList(items)), "Nobody marked an answer as not helpful."),
    part("liked", "Judged helpful", "Kept as test questions, they are asked again by footnote eval --kept. Newest first.",
      some(report.liked, (items) => judgedList(items, (item) => keeper.ofFeedback(item))), "Nobody has marked an answer as helpful yet."));
}

function documents(report) {
  const more = report.never_cited_documents - report.never_cited.length;
  return make("div.parts", {},
    part("oldest", "Oldest, and cited much", "Cited at least as often as the middle one of all that are cited. The oldest first: are they still right?",
      some(report.cited, (items) => make("div", {}, agePlot(items), sourceList(items))), "No answer cites a document yet."),
    part("never", "Never cited", `No answer that is kept quotes them. Nobody may have asked yet, or nobody needs them.${more > 0 ? ` ${count(more, "other")} more.` : ""}`,
      some(report.never_cited, (items) => sourceList(items)), "Every document was cited at least once."));
}

function show(report) {
  const made = `Made ${ago(report.made_at)}, index ${report.index_version.slice(0, 8)}.`;
  root.replaceChildren(
    figures(report),
    report.weeks.length ? part("weeks", "Week by week", "Questions asked, by whether they were answered.", weekPlot(report.weeks)) : "",
    asked(report), judged(report), documents(report),
    make("p.gaps-lead.made", {}, made));
}

async function open() {
  root.setAttribute("aria-busy", "true");
  root.replaceChildren(make("p.waiting", {}, "Putting the questions together…"));
  try {
    show(await api.json("/api/gaps"));
    status.textContent = "The report is here.";
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const again = make("button.quiet.framed", { type: "button", click: open }, "Try again");
    root.replaceChildren(make("div.outcome.failed", {}, make("p", { role: "alert" }, problem.message), again));
  } finally {
    root.removeAttribute("aria-busy");
  }
}

open();
