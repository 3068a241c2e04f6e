// Where the page stands: a new chat, a conversation or one answer as it was given; and the ways between them.
import { goTo, pathOfConversation, placeOf, rename } from "./address.js";
import { Problem } from "./api.js";
import { here } from "./base.js";
import { lost } from "./lost.js";
import { make } from "./dom.js";

export class Visit {
  #api;
  #conversation;
  #head;
  #foot;
  #on;
  #turn = 0; // an answer that comes late must not overwrite a newer one
  #again = null; // what could not be shown, to be tried anew
  #given = null; // the answer that is shown as it was given

  /**
   * @param {{api: import("./api.js").Api, conversation: import("./conversation.js").Conversation, head: HTMLElement,
   *   foot: HTMLElement, onLeave: () => void, onShown: () => void, onFind: () => void}} parts
   *   head, foot: around the conversation, for what is said of it. onLeave: another place is about to be shown; with
   *   whether it is an empty one
   */
  constructor({ api, conversation, head, foot, onLeave, onShown, onFind }) {
    this.#api = api;
    this.#conversation = conversation;
    this.#head = head;
    this.#foot = foot;
    this.#on = { onLeave, onShown, onFind };
    window.addEventListener("popstate", () => this.#show(placeOf(here())));
  }

  /** Whether something stands here in place of a conversation. */
  get isTold() {
    return this.#head.childElementCount > 0;
  }

  /** The id of the conversation that stands here, or that the answer is from. */
  get conversationId() {
    return this.#given?.conversation_id ?? (this.#conversation.isEmpty ? null : this.#conversation.id);
  }

  /** What the address names when the page opens; "/" is the conversation that the tab was at, if any. */
  begin() {
    const place = placeOf(here());
    return this.#show(place.kind === "new" ? { kind: "last" } : place);
  }

  fresh() {
    goTo("/");
    return this.#show({ kind: "new" });
  }

  open(id) {
    goTo(pathOfConversation(id));
    return this.#show({ kind: "conversation", id });
  }

  /** The conversation that stands here has this id now: the address follows. */
  kept(id) {
    if (id === null) return;
    const path = pathOfConversation(id);
    if (placeOf(here()).kind === "answer") goTo(path);
    else rename(path);
  }

  /** Tries anew what could not be shown. */
  retry() {
    this.#again?.();
  }

  /** A question was asked: what stood in place of the conversation goes. */
  asked() {
    this.#clear();
  }

  #clear() {
    this.#again = null;
    this.#given = null;
    this.#head.replaceChildren();
    this.#foot.replaceChildren();
  }

  async #show(place) {
    const turn = ++this.#turn;
    this.#on.onLeave(place.kind === "new");
    this.#clear();
    try {
      await this.#fill(place, turn);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (turn === this.#turn) this.#failed(place, problem);
    }
    if (turn === this.#turn) this.#on.onShown();
  }

  async #fill(place, turn) {
    const conversation = this.#conversation;
    if (place.kind === "new") conversation.clear();
    else if (place.kind === "answer") {
      const given = await this.#api.givenAnswer(place.id);
      if (turn !== this.#turn) return;
      this.#given = given;
      conversation.replay(given);
      const again = make("button.quiet.framed", { type: "button", click: () => this.#askAgain(given.reply) }, "Ask again now");
      this.#foot.replaceChildren(make("div.given", {}, again));
    } else {
      await conversation.restore(place.id);
      if (turn === this.#turn && !conversation.isEmpty) this.kept(conversation.id);
    }
  }

  /** As a question that stands alone, in a new conversation. */
  #askAgain(reply) {
    this.fresh();
    this.#conversation.ask(reply.interpreted_as ?? reply.question);
  }

  #failed(place, problem) {
    if (problem.status === 404) {
      this.#conversation.clear();
      const box = lost(place.kind, () => this.fresh(), this.#on.onFind);
      this.#head.replaceChildren(box);
      box.querySelector("h2").focus();
      return;
    }
    this.#again = () => this.#show(place);
    const button = make("button.quiet.framed", { type: "button", click: () => this.retry() }, "Try again");
    this.#head.replaceChildren(make("div.outcome.failed", {}, make("p", { role: "alert" }, problem.message), button));
  }
}
