// The conversation: its id, its turns, and the one question that may be under way.
//
// What the frame of the page may count on:
//   new Conversation({ api, log, onOpen, onChange, say, onConversation, dock })
//     onOpen(places, index, opener)   a citation or passage is to be shown
//     onChange()                      isBusy or isEmpty may have changed
//     say(words)                      to the status region
//     onConversation(id | null)       the id is known (after the first reply, a restore), or there is none again
//     dock                            element above which "Jump to the newest" stands: the question box's form
//   sources = [glob, ...]             sent with each question; [] means all
//   within = name | null              a folder or saved filter, sent with each question; null means all
//   onAll()                           all documents are to be asked from now on
//   id, title, isBusy, isEmpty
//   ask(question, { replaces, interpretedAs })   a promise, settled when the turn is; never rejects for a failure,
//                                     which the turn shows itself. Does nothing while busy.
//   stop()
//   clear()                           an empty page, and no conversation
//   restore(id)                       shows a kept conversation in place of what is shown. Without an id: the one that
//                                     the tab was at, if any, and nothing where it is gone. Throws Problem, also of
//                                     404 where an id was given.
//   replay(answer)                    shows the reply of GET /api/answers/{id} for reading only, in place of what is
//                                     shown, with a note of when it was given and whether the documents have changed
import { Problem } from "./api.js";
import { FollowUps } from "./followups.js";
import { tallyWords } from "./hits.js";
import { recall, remember } from "./memory.js";
import { Newest } from "./newest.js";
import { events } from "./stream.js";
import { Turn } from "./turn.js";

/** A question as it is put. @typedef {{question: string, replaces: string | null, interpretedAs: string | null}} Asking */

/** A reply in a few words, for the status region. */
function outcome(reply) {
  if (reply.count) return tallyWords(reply.count);
  if (reply.kind === "courtesy") return reply.message;
  if (reply.kind === "summary") return reply.message || "Summed up";
  if (!reply.answered) return "Not answered by these documents";
  return reply.disagreement ? "Answered, and sources differ" : "Answered";
}

export class Conversation {
  #api;
  #log;
  #onOpen;
  #onChange;
  #say;
  #onConversation;
  #onAll;
  #followUps;
  #newest;
  #turns = [];
  #work = null; // AbortController of the question under way
  #replayed = null; // id of the conversation that a replayed answer is of
  #showing = 0; // counts what is put in place of the rest: what comes late must not overwrite what is newer
  #id = recall("conversation");
  sources = [];
  within = null;
  title = null; // of a conversation that was restored

  constructor({ api, log, onOpen, onChange, say, onConversation = () => {}, onAll = () => {}, dock = log.parentElement }) {
    this.#api = api;
    this.#log = log;
    this.#onOpen = onOpen;
    this.#onChange = onChange;
    this.#say = say;
    this.#onConversation = onConversation;
    this.#onAll = onAll;
    this.#followUps = new FollowUps(api, (question) => this.ask(question));
    this.#newest = new Newest(dock, log);
  }

  get id() {
    return this.#id;
  }

  get isBusy() {
    return this.#work !== null;
  }

  get isEmpty() {
    return this.#turns.length === 0;
  }

  stop() {
    this.#work?.abort();
  }

  clear() {
    this.#empty();
    this.#keep(null);
    this.#onChange();
  }

  /** @param {string} question @param {{replaces?: string | null, interpretedAs?: string | null}} [how] */
  async ask(question, { replaces = null, interpretedAs = null } = {}) {
    if (this.isBusy) return this.#say("Footnote is still answering. Stop it first, or wait.");
    if (this.#replayed !== null) await this.#leaveReplay();
    const turn = this.#turns.find((each) => each.replyId !== null && each.replyId === replaces);
    if (turn) return this.#run(turn, { question, replaces, interpretedAs });
    return this.#askAtTheEnd(this.#make(question), { question, replaces, interpretedAs });
  }

  /** Brings back what was said before. A conversation that the tab was at and that is gone is forgotten. */
  async restore(id = null) {
    const wanted = id ?? this.#id;
    if (wanted === null) return;
    this.#empty();
    const showing = this.#showing;
    try {
      const { turns, title } = await this.#api.conversation(wanted);
      if (showing !== this.#showing) return;
      this.title = title ?? null;
      this.#keep(wanted);
      for (const turn of turns) this.#restoreTurn(turn);
      this.#follow(this.#turns.at(-1));
      this.#turns.at(-1)?.root.scrollIntoView();
      this.#showFeedback(wanted, showing);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 404 || id !== null) throw problem;
      this.#keep(null);
    } finally {
      this.#onChange();
    }
  }

  /** @param {object} answer  of GET /api/answers/{id} */
  replay(answer) {
    this.#empty();
    this.#replayed = answer.conversation_id;
    const turn = new Turn(answer.reply.question, { api: this.#api, onOpen: this.#onOpen, say: this.#say });
    this.#turns.push(turn);
    this.#log.append(turn.root);
    turn.replay(answer);
    this.#onChange();
  }

  /** A question asked under a replayed answer goes on with its conversation, or begins one where that is gone. */
  async #leaveReplay() {
    const id = this.#replayed;
    this.#empty();
    try {
      await this.restore(id);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#keep(null);
    }
  }

  #empty() {
    this.stop();
    this.#work = null;
    this.#replayed = null;
    this.#showing += 1;
    this.#followUps.clear();
    this.#newest.follow(null);
    this.#turns = [];
    this.title = null;
    this.#log.replaceChildren();
  }

  #make(question) {
    const turn = new Turn(question, {
      api: this.#api,
      onOpen: this.#onOpen,
      say: this.#say,
      onAsk: (text, interpretedAs) => this.#askAgain(turn, text, interpretedAs),
      onAll: () => this.#askAll(turn),
    });
    return turn;
  }

  /** Another way to understand a question takes its place; another question only that of the last one. */
  #askAgain(turn, question, interpretedAs) {
    const asking = { question, replaces: turn.replyId, interpretedAs };
    if (this.isBusy) return this.ask(question);
    if (interpretedAs !== null || turn === this.#turns.at(-1)) return this.#run(turn, asking);
    return this.ask(question);
  }

  #askAll(turn) {
    if (!this.isBusy) this.#onAll();
    return this.#askAgain(turn, turn.question, null);
  }

  /** Puts the turn at the end, and in sight: whoever asks wants to see what comes. */
  #askAtTheEnd(turn, asking) {
    const hadFocus = this.#log.contains(document.activeElement);
    this.#turns = [...this.#turns.filter((each) => each !== turn), turn];
    this.#log.append(turn.root);
    const run = this.#run(turn, asking);
    turn.root.scrollIntoView({ behavior: "auto", block: "start" });
    if (hadFocus) turn.root.focus({ preventScroll: true });
    return run;
  }

  #restoreTurn({ id, question, reply, answer_text: text }) {
    const turn = this.#make(question);
    this.#turns.push(turn);
    this.#log.append(turn.root);
    if (!reply) return turn.recall(text, id);
    turn.begin();
    return turn.finish(reply);
  }

  /** @param {Turn} turn @param {Asking} asking */
  async #run(turn, asking) {
    const work = new AbortController();
    const before = turn.reply;
    this.#work = work;
    this.#followUps.clear();
    turn.begin(asking.question, asking.interpretedAs);
    this.#newest.follow(this.#turns.at(-1).root);
    this.#changed();
    this.#say(asking.replaces ? "Asking again" : "Searching the documents");
    try {
      const reply = await this.#listen(turn, asking, work.signal);
      // The page may have been cleared while the last words came in.
      if (!turn.root.isConnected) return;
      this.#keep(reply.conversation_id);
      turn.finish(reply);
      this.#say(asking.interpretedAs === null ? outcome(reply) : `${outcome(reply)}. ${turn.reading}`);
    } catch (problem) {
      this.#ended(turn, asking, before, problem, work.signal);
    } finally {
      if (this.#work === work) {
        this.#work = null;
        this.#follow(this.#turns.at(-1));
      }
      this.#changed();
    }
  }

  #ended(turn, asking, before, problem, signal) {
    const again = () => this.#tryAgain(turn, asking);
    // An answer that was to be replaced stands until another is there.
    if (before) turn.revert(before);
    if (signal.aborted) {
      turn.stopped(again, before !== null);
      this.#say("Stopped");
    } else if (problem instanceof Problem) turn.fail(problem, again);
    // A network that breaks in mid-answer throws a TypeError from the reader; any other error is ours, and logged.
    else {
      turn.fail(new Problem(0, "The answer broke off. Is Footnote still running?"), again);
      if (!(problem instanceof TypeError)) throw problem;
    }
  }

  /** A turn that never got its reply goes to the end, where its reply will be kept. */
  #tryAgain(turn, asking) {
    if (this.isBusy) return this.ask(asking.question);
    if (turn.replyId === null && turn !== this.#turns.at(-1)) return this.#askAtTheEnd(turn, asking);
    return this.#run(turn, asking);
  }

  /** Follows the stream to the whole reply. */
  async #listen(turn, asking, signal) {
    const waiting = (seconds) => turn.working(`Footnote is busy. Trying again in ${Math.max(1, Math.round(seconds))} s…`);
    const response = await this.#request(asking, { signal, waiting });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.json();
    for await (const { event, data } of events(response.body)) {
      const body = JSON.parse(data);
      if (event === "done") return body;
      if (event === "error") throw new Problem(body.status ?? 500, body.detail ?? "The answer broke off.");
      turn.take(event, body);
    }
    throw new Problem(0, "The answer broke off before it was complete.");
  }

  /** Asks within the conversation, or in a new one where the server no longer knows it. */
  async #request({ question, replaces, interpretedAs }, options) {
    const asked = { ...options, sources: [...this.sources], within: this.within, interpretedAs };
    try {
      return await this.#api.ask(question, this.#id, { ...asked, replaces });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 404 || this.#id === null) throw problem;
      this.#keep(null);
      return this.#api.ask(question, null, asked);
    }
  }

  /** What comes under the newest turn. */
  #follow(turn) {
    this.#newest.follow(turn?.root ?? null);
    if (turn?.reply) this.#followUps.show(turn.root, turn.reply, this.sources, this.within);
  }

  /** What was said of these answers before. */
  async #showFeedback(id, showing) {
    try {
      const given = await this.#api.feedback({ conversation_id: id });
      if (showing !== this.#showing) return;
      for (const turn of this.#turns) turn.feedback?.show(given.filter((entry) => entry.reply_id === turn.replyId));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const last = this.#turns.at(-1);
      if (showing === this.#showing) last?.feedback?.missed(problem, () => this.#showFeedback(id, showing));
    }
  }

  /** What asks is told to wait, and keeps the focus. */
  #changed() {
    for (const button of this.#log.querySelectorAll(".asks")) button.setAttribute("aria-disabled", String(this.isBusy));
    this.#onChange();
  }

  #keep(id) {
    if (this.#id !== id) this.#onConversation(id);
    this.#id = id;
    remember("conversation", id);
  }
}
