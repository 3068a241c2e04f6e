// Keeping a question as a test question: `footnote eval --kept` asks it again.
import { Problem } from "./api.js";
import { icon, ICONS, make } from "./dom.js";

const KEPT = "Kept as a test question";

const done = () => make("span.kept", { tabindex: "-1" }, icon(ICONS.check), KEPT);

export class Keeper {
  #api;
  #say;

  /** @param {import("./api.js").Api} api @param {(words: string) => void} say  tells assistive technology */
  constructor(api, say) {
    this.#api = api;
    this.#say = say;
  }

  /** For an answer that was judged helpful. */
  ofFeedback(judged) {
    if (judged.kept_at) return done();
    return this.#button(judged.question, () => this.#keep(judged.feedback_id));
  }

  /** For a question that is rightly not answered: it is judged helpful first. Not over somebody's "not helpful". */
  ofAbstention(question) {
    if (question.judged === "not_helpful") return make("span.kept", {}, "Somebody marked it as not helpful");
    return this.#button(question.question, async () => {
      const given = await this.#api.sendFeedback({ reply_id: question.reply_id, kind: "helpful" });
      await this.#keep(given.feedback_id);
    });
  }

  #keep(feedbackId) {
    return this.#api.json(`/api/feedback/${encodeURIComponent(feedbackId)}/keep`, { method: "POST" });
  }

  #button(question, keep) {
    const failed = make("span.keep-failed", { role: "alert" });
    const button = make("button.quiet.framed", { type: "button", "aria-label": `Keep as a test question: ${question}`, click: async () => {
      button.disabled = true;
      failed.textContent = "";
      try {
        await keep();
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        failed.textContent = problem.message;
        button.disabled = false;
        return;
      }
      const kept = done();
      box.replaceChildren(kept);
      kept.focus();
      this.#say(KEPT);
    } }, "Keep as a test question");
    const box = make("span.keep", {}, button, failed);
    return box;
  }
}
