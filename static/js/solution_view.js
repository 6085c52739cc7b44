/**
 * Shows a live solution on the page of its item. Text of a step that is still being written is
 * appended as it comes; a complete step is typeset once. The page (templates/solutions/) contains
 * every sentence already, and this script shows the one that applies.
 */

import { drawCheck, drawTally } from "./check_view.js";
import { withCommasInProse } from "./decimal_commas.js";
import { MAX_TASK_MS, showsCommas, typeset, typesetAnswer, typesetReasoning } from "./render.js";
import { setText, show } from "./sentences.js";
import { ending, gaveHelp, isRefusal, NOTHING, phase } from "./solution_state.js";
import { SolutionStream } from "./solution_stream.js";
import { shownChecks, shownMarks, tally } from "./step_checks.js";

const DRAWING_MS = MAX_TASK_MS / 2; // of one task; the browser then lays out what came
const BURST = 2; // steps at once; more are a replay, which screen readers do not read out

export class SolutionView {
  /** `sentences`: those that explain a check, in the reader's language. */
  constructor(panel, sentences) {
    this.panel = panel;
    this.sentences = sentences;
    this.state = NOTHING;
    this.drawn = NOTHING;
    this.connection = "closed";
    this.isLive = false; // until then the page is as the server sent it
    this.askedAfter = ""; // the solution after which another was asked for
    this.stream = new SolutionStream({
      url: new URL(panel.dataset.socket, location.href.replace(/^http/, "ws")).href,
      item: panel.dataset.item,
      onChange: (state, connection) => this.changed(state, connection),
    });
    this.listen();
    if (["queued", "streaming"].includes(panel.dataset.state)) this.watch(panel.dataset.solution);
  }

  part(name) {
    return this.panel.querySelector(`[data-part="${name}"]`);
  }

  listen() {
    this.onSubmit("ask", () => this.start(""));
    this.onSubmit("again", () => this.start(this.state.solution || this.panel.dataset.solution));
    this.onSubmit("cancel", (button) => {
      // Not `disabled`, which would throw away the focus.
      button.setAttribute("aria-disabled", "true");
      this.stream.cancel();
    });
    this.part("reasoning").addEventListener("toggle", () => this.typesetReasoning());
    window.addEventListener("offline", () => this.stream.wentOffline());
    window.addEventListener("online", () => this.stream.reconnectNow());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      if (navigator.onLine) this.stream.reconnectNow();
      this.draw();
    });
  }

  onSubmit(name, act) {
    this.part(name).addEventListener("submit", (event) => {
      event.preventDefault();
      act(event.target.querySelector("button"));
    });
  }

  start(previous) {
    this.askedAfter = previous;
    this.open();
    this.stream.start();
    this.draw(); // at once, so that no old status is shown over the emptied sheet
    // The button that was pressed is gone; keyboard users continue from the bar.
    this.part("bar").focus();
  }

  watch(solution) {
    this.open();
    this.stream.watch(solution);
  }

  open() {
    this.isLive = true;
    this.clear();
    this.part("ask").hidden = true;
    this.part("again").hidden = true;
    this.part("no-more").hidden = true;
    this.part("no-help").hidden = true;
    if (this.part("next-best")) this.part("next-best").hidden = true;
    this.part("sheet").hidden = false;
  }

  changed(state, connection) {
    if (state.refused?.reason === "abstained") {
      // The page explains why, and may have the teacher's solution: ask as without scripts.
      HTMLFormElement.prototype.submit.call(this.part("ask"));
      return;
    }
    this.state = state;
    this.connection = connection;
    // A page in the background gets no frames, but must acknowledge what it has.
    if (document.hidden) this.draw();
    else this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    const { state, drawn } = this;
    if (state.solution !== drawn.solution && drawn.solution) this.clear();
    this.drawReasoning(state);
    const areAllDrawn = this.drawSteps(state);
    this.drawChecks(state);
    if (!areAllDrawn) {
      this.frame = requestAnimationFrame(() => this.draw());
      return;
    }
    this.part("corrected").hidden = !state.corrections;
    if (state.end && !this.drawn.end) this.drawEnd(state);
    this.drawStatus(state);
    this.drawn = state;
    this.stream.shown(state.lastId);
  }

  clear() {
    this.drawn = NOTHING;
    this.part("steps").replaceChildren();
    this.part("steps").hidden = false;
    this.setDraft("");
    const text = this.part("reasoning-text");
    text.textContent = "";
    delete text.dataset.typeset;
    this.part("reasoning").hidden = true;
    this.part("findings").hidden = true;
    this.part("corrected").hidden = true;
    if (this.part("details")) this.part("details").hidden = true;
    this.drawTallies(null, false);
    show(this.panel, "ending", null);
  }

  drawStatus(state) {
    const now = phase(state, this.connection);
    const isOver = ["ended", "refused", "signed_out"].includes(now);
    this.part("bar").dataset.now = now;
    if (now === "refused" && state.refused.message) {
      this.part("refusal").textContent = state.refused.message;
    }
    if (this.shownPhase !== now) show(this.part("status"), "phase", now);
    this.shownPhase = now;
    const ahead = state.status?.ahead ?? 0;
    this.part("ahead").hidden = !ahead;
    setText(this.part("ahead-count"), ahead);
    const cancel = this.part("cancel");
    if (cancel.hidden !== isOver) {
      cancel.hidden = isOver;
      cancel.querySelector("button").removeAttribute("aria-disabled");
    }
  }

  drawReasoning(state) {
    if (!state.reasoning || isRefusal(state.end)) return;
    this.part("reasoning").hidden = false;
    if (state.reasoning !== this.drawn.reasoning) append(this.part("reasoning-text"), state.reasoning);
    this.typesetReasoning();
  }

  /** Once the reasoning is complete and its block is open. */
  typesetReasoning() {
    const text = this.part("reasoning-text");
    const isComplete = this.isLive ? this.state.steps.length > 0 || this.state.end : true;
    if (!isComplete || !this.part("reasoning").open || "typeset" in text.dataset) return;
    typesetReasoning(text);
  }

  /** Returns whether all are drawn: many at once take several tasks, between which the page answers. */
  drawSteps({ steps }) {
    const list = this.part("steps");
    const settled = steps.findIndex((step) => !step.settled);
    const complete = settled < 0 ? steps : steps.slice(0, settled);
    if (complete.length - list.children.length > BURST) list.setAttribute("aria-live", "off");
    const areAllDrawn = this.drawComplete(list, complete);
    while (list.children.length > complete.length) list.lastElementChild.remove(); // it began anew
    if (areAllDrawn && list.getAttribute("aria-live") === "off") {
      requestAnimationFrame(() => list.setAttribute("aria-live", "polite"));
    }
    this.setDraft(steps.slice(complete.length).map(({ text }) => text).join(""));
    return areAllDrawn;
  }

  drawComplete(list, complete) {
    const beganAt = performance.now();
    for (const [index, { text }] of complete.entries()) {
      if (list.children[index]?.drawnText === text) continue;
      this.drawStep(list, index, text);
      const isLong = performance.now() - beganAt > DRAWING_MS;
      // In the background nobody waits for the page, and no frame comes.
      if (isLong && !document.hidden) return false;
    }
    return true;
  }

  drawStep(list, index, text) {
    const entry = this.part("step").content.firstElementChild.cloneNode(true);
    entry.drawnText = text;
    if (list.children[index]) list.children[index].replaceWith(entry);
    else list.append(entry);
    entry.firstElementChild.dataset.step = index + 1;
    typeset(entry.firstElementChild, text);
  }

  drawChecks(state) {
    if (state.steps === this.drawn.steps && state.end === this.drawn.end) return;
    const checks = shownChecks(state);
    const marks = shownMarks(state);
    const list = this.part("steps");
    for (const [step, entry] of [...list.children].entries()) {
      const check = checks[step];
      if (entry.drawnCheck && !check) this.drawStep(list, step, state.steps[step].text);
      entry.querySelector("[data-part=checking]").hidden = Boolean(check || state.end);
      if (!check || (entry.drawnCheck === check && entry.drawnMark === marks[step])) continue;
      entry.drawnCheck = check;
      entry.drawnMark = marks[step];
      drawCheck(entry, check, marks[step], this.part("claim"), this.sentences);
    }
    this.drawTallies(isRefusal(state.end) ? null : tally(state), Boolean(state.end));
  }

  drawTallies(counts, isOver) {
    for (const name of ["tally", "tally-found"]) drawTally(this.part(name), counts);
    this.part("tally").hidden = !counts && isOver; // until then its place is kept
    this.part("tally-found").hidden = !counts;
    this.part("not-checked").hidden = Boolean(counts);
    show(this.panel, "refuted", counts?.refuted ? "yes" : "no");
  }

  setDraft(text) {
    const draft = this.part("draft");
    draft.hidden = !text;
    append(draft, showsCommas(draft) ? withCommasInProse(text) : text);
  }

  drawEnd(state) {
    const { solution, steps, end } = state;
    show(this.panel, "ending", ending(end));
    this.part("findings").hidden = isRefusal(end);
    this.part("steps").hidden = isRefusal(end);
    if (isRefusal(end)) this.part("reasoning").hidden = true;
    if (this.part("cancel").contains(document.activeElement)) this.part("verdict").focus();
    this.part("steps-found").hidden = !steps.length;
    const answer = this.part("answer");
    answer.hidden = !end.answer;
    typesetAnswer(answer.querySelector("dd"), end.answer);
    const rule = this.part("rule");
    rule.hidden = !end.rule;
    if (!show(rule, "rule", end.rule)) show(rule, "rule", "");
    const feedback = this.part("feedback");
    feedback.hidden = !end.feedback;
    setText(feedback.querySelector("dd"), end.feedback);
    if (this.part("details")) this.drawDetails(state);
    const isLast = this.askedAfter === solution;
    this.part("again").hidden = isLast || end.verdict === "correct";
    this.part("no-more").hidden = !isLast || isRefusal(end);
    this.part("no-help").hidden = gaveHelp(end);
    if (this.part("next-best")) this.part("next-best").hidden = gaveHelp(end);
  }

  /** Only on a teacher's page. */
  drawDetails({ end, tokens, reasoningTokens }) {
    this.part("details").hidden = false;
    this.part("origin").hidden = !end.model;
    setText(this.part("model"), end.model);
    this.part("seconds-line").hidden = !end.seconds;
    setText(this.part("seconds"), Number((end.seconds ?? 0).toFixed(1)));
    setText(this.part("tokens"), end.tokens ?? tokens);
    setText(this.part("reasoning-tokens"), reasoningTokens);
    this.part("rule-line").hidden = !end.rule;
    setText(this.part("rule-name"), end.rule);
  }
}

/** Set the element's text, by appending where that is enough. */
function append(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE && !node.nextSibling && text.startsWith(node.data)) {
    if (text.length > node.length) node.appendData(text.slice(node.length));
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}
