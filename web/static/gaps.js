// The page /gaps: what was asked and not found, for whoever keeps the documents.
import { ago } from "./age.js";
import { Api, Problem } from "./api.js";
import { offerCorpora } from "./corpora.js";
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
    make("p.gaps-lead", {}, ...(contents ? [lead].flat() : [nothing])),
    contents);
}

const number = new Intl.NumberFormat("en").format;

const percent = (of, all) => (all ? `${Math.round((100 * of) / all)}%` : "–");

function figure(value, words, about) {
  return make("div.figure", {}, make("dt", {}, words), make("dd", {}, value, make("span", {}, about)));
}

function figures(report) {
  const cited = report.documents - report.never_cited_documents;
  return make("dl.figures", {},
    figure(number(report.questions_read), "Questions", report.questions > report.questions_read ? `the newest of ${number(report.questions)}` : "all that are kept"),
    figure(percent(report.answered, report.questions_read), "Answered", count(report.answered, "question")),
    figure(number(report.abstained), "Not answered", count(report.unanswered_topics, "open topic")),
    figure(`${number(cited)} of ${number(report.documents)}`, "Documents cited", `${number(report.never_cited_documents)} never`));
}

const some = (items, list) => (items.length ? list(items) : null);

function questions(report) {
  const shown = (topics, all) => (all > topics.length ? ` The ${topics.length} asked most of ${number(all)} are shown.` : "");
  return [
    part("unanswered", "Not answered",
      "Questions alike stand together, the most asked first. Where it is right that the documents do not say, keep the question as a test." + shown(report.unanswered, report.unanswered_topics),
      some(report.unanswered, (topics) => topicList(topics, (question) => keeper.ofAbstention(question))),
      "Nothing that was asked is left without an answer."),
    part("unsure", "Answered, but not surely",
      "Answers with a low or medium confidence: the documents may say it in other words, or only nearly." + shown(report.unsure, report.unsure_topics),
      some(report.unsure, (topics) => topicList(topics)),
      "No answer was an unsure one."),
  ];
}

function judgements(report) {
  return [
    part("disliked", "Judged not right", "What people marked as not helpful, or as a wrong citation. Newest first.",
      some(report.disliked, (items) => judgedList(items)), "Nobody marked an answer as not helpful."),
    part("liked", "Judged helpful", ["Kept as test questions, they are asked again by ", make("code", {}, "footnote eval --kept"), ". Newest first."],
      some(report.liked, (items) => judgedList(items, (item) => keeper.ofFeedback(item))), "Nobody has marked an answer as helpful yet."),
  ];
}

function documents(report) {
  const more = report.never_cited_documents - report.never_cited.length;
  return [
    part("oldest", "Oldest, and cited much", "Cited at least as often as the middle one of all that are cited. The oldest first: are they still right?",
      some(report.cited, (items) => make("div", {}, agePlot(items), sourceList(items))), "No answer cites a document yet."),
    part("never", "Never cited", `No answer that is kept quotes them. Nobody may have asked yet, or nobody needs them.${more > 0 ? ` ${count(more, "other")} besides these.` : ""}`,
      some(report.never_cited, (items) => sourceList(items)), report.documents ? "Every document was cited at least once." : "There are no documents yet."),
  ];
}

function show(report) {
  const made = `Made ${ago(report.made_at)}, index ${report.index_version.slice(0, 8)}.`;
  root.replaceChildren(
    figures(report),
    report.weeks.length ? part("weeks", "Week by week", "Questions asked, by whether they were answered.", weekPlot(report.weeks)) : "",
    make("div.parts", {}, make("div.stack", {}, ...questions(report)), make("div.stack", {}, ...judgements(report), ...documents(report))),
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

offerCorpora(api);
open();
