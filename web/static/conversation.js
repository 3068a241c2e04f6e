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
//   id, isBusy, isEmpty
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
import { tallyWords } from "./hits.js";
import { recall, remember } from "./memory.js";
import { events } from "./stream.js";
import { Turn } from "./turn.js";

/** A reply in a few words, for the status region. */
function outcome(reply) {
  if (reply.count) return tallyWords(reply.count);
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
  sources = [];
  #work = null; // AbortController of the question under way
  #id = recall("conversation");

  constructor({ api, log, onOpen, onChange, say, onConversation = () => {} }) {
    this.#onConversation = onConversation;
    this.#api = api;
    this.#log = log;
    this.#onOpen = onOpen;
    this.#onChange = onChange;
    this.#say = say;
  }

  get id() {
    return this.#id;
  }

  get isBusy() {
    return this.#work !== null;
  }

  get isEmpty() {
    return this.#log.childElementCount === 0;
  }

  stop() {
    this.#work?.abort();
  }

  clear() {
    this.stop();
    this.#keep(null);
    this.#log.replaceChildren();
    this.#onChange();
  }

  async ask(question) {
    const turn = new Turn(question, this.#onOpen);
    this.#log.append(turn.root);
    await this.#run(turn, true);
  }

  /** Brings back what was said before a reload. A conversation that is gone is forgotten. */
  async restore() {
    if (this.#id === null) return;
    try {
      const { turns } = await this.#api.conversation(this.#id);
      for (const turn of turns) this.#restoreTurn(turn);
      this.#onChange();
      this.#log.lastElementChild?.scrollIntoView();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.status === 404) this.#keep(null);
      else throw problem;
    }
  }

  #restoreTurn({ question, reply, answer_text: text }) {
    const turn = new Turn(question, this.#onOpen);
    this.#log.append(turn.root);
    if (!reply) return turn.recall(text);
    turn.begin();
    return turn.finish(reply);
  }

  async #run(turn, isNew = false) {
    if (this.isBusy) return;
    const work = new AbortController();
    this.#work = work;
    turn.begin();
    this.#onChange();
    if (isNew) turn.root.scrollIntoView({ behavior: "auto", block: "start" });
    this.#say("Searching the documents");
    try {
      const reply = await this.#listen(turn, work.signal);
      // The page may have been cleared while the last words came in.
      if (turn.root.isConnected) this.#keep(reply.conversation_id);
      turn.finish(reply);
      this.#say(outcome(reply));
    } catch (problem) {
      this.#ended(turn, problem, work.signal);
    } finally {
      if (this.#work === work) this.#work = null;
      this.#onChange();
    }
  }

  #ended(turn, problem, signal) {
    const again = () => this.#run(turn);
    if (signal.aborted) {
      turn.stopped(again);
      this.#say("Stopped");
    } else if (problem instanceof Problem) turn.fail(problem, again);
    // A network that breaks in mid-answer throws a TypeError from the reader; any other error is ours, and logged.
    else {
      turn.fail(new Problem(0, "The answer broke off. Is Footnote still running?"), again);
      if (!(problem instanceof TypeError)) throw problem;
    }
  }

  /** Follows the stream to the whole reply. */
  async #listen(turn, signal) {
    const waiting = (seconds) => turn.working(`Footnote is busy. Trying again in ${Math.max(1, Math.round(seconds))} s…`);
    const response = await this.#request(turn, { signal, waiting });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.json();
    for await (const { event, data } of events(response.body)) {
      const body = JSON.parse(data);
      if (event === "done") return body;
      if (event === "error") throw new Problem(body.status ?? 500, body.detail ?? "The answer broke off.");
      this.#take(turn, event, body);
    }
    throw new Problem(0, "The answer broke off before it was complete.");
  }

  /** Asks within the conversation, or in a new one where the server no longer knows it. */
  async #request(turn, options) {
    try {
      return await this.#api.ask(turn.question, this.#id, options);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 404 || this.#id === null) throw problem;
      this.#keep(null);
      return this.#api.ask(turn.question, null, options);
    }
  }

  #take(turn, event, body) {
    if (event === "interpreted") turn.interpret(body.interpreted_as);
    else if (event === "passages") turn.reading(body.passages);
    else if (event === "sentence") turn.add(body);
    else if (event === "answer") turn.answer(body.answer);
  }

  #keep(id) {
    if (this.#id !== id) this.#onConversation(id);
    this.#id = id;
    remember("conversation", id);
  }
}
