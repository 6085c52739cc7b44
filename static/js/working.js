/**
 * The student's working: each line of the one text field as a row of its own, with how it was read
 * and what the check says of it. The text field stays the truth, and is what is sent and kept.
 */

import { typesetNew } from "./render.js";
import { closeEditor, openEditor, showReading } from "./response_editor.js";
import {
  below,
  change,
  leadsDown,
  linesOf,
  moved,
  pasted,
  positions,
  removed,
  stillTrue,
  textOf,
  written,
} from "./working_rows.js";

/** Sentences that stay until the lines change, whatever the server answers to earlier lines. */
const OF_THE_LINES = ["lines", "many", "length"];

const loadChecks = () => import("./working_checks.js");

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** Turns the text field into rows; once for each form that comes into the page. */
export function arrive(form) {
  const root = part(form, "working");
  if (!root || root.dataset.arrived !== undefined) return;
  root.dataset.arrived = "";
  new Rows(root);
}

class Rows {
  constructor(root) {
    this.root = root;
    this.text = root.querySelector("textarea");
    this.list = part(root, "rows");
    this.trouble = part(root, "working-trouble");
    this.checker = part(root, "check-working"); // none where lines are not checked
    this.lastLine = part(root, "last-line");
    this.editor = part(root, "row-editor");
    this.editorButton = part(root, "open-row-editor");
    this.editorLine = part(root, "editor-line");
    this.maxLines = Number(root.dataset.maxLines);
    this.maxLineLength = Number(root.dataset.maxLineLength);
    this.isLong = (line) => line.length > this.maxLineLength;
    this.lines = [];
    this.checked = [];
    this.asked = ""; // the lines of the latest check, whether it has come or not
    this.isDue = false; // whether another check has to follow it
    this.unread = ""; // the last line, where the server could not read it
    this.sentence = ""; // which one of the trouble is shown
    this.row = 0;
    this.edited = -1; // the row that was typed into since the keyboard came to it
    this.count = 0; // of rows made so far
    const lines = linesOf(this.text.value);
    if (lines.length <= this.maxLines) this.begin(lines);
    else if (written(lines).length <= this.maxLines) this.begin(written(lines));
    else this.leaveAsText();
    root.addEventListener("htmx:afterSettle", ({ target }) => this.settled(target));
    for (const failure of ["htmx:sendError", "htmx:responseError"]) {
      root.addEventListener(failure, ({ target }) => {
        if (target === this.checker) this.failed();
      });
    }
    root.addEventListener("htmx:beforeRequest", ({ target }) => {
      // What was said of an earlier check is no answer to this one, nor why its button rests.
      if (target === this.checker) part(root, "check-refused")?.remove();
    });
    root.addEventListener("htmx:afterRequest", ({ target }) => {
      if (target === this.checker) setTimeout(() => this.isDue && this.check());
    });
    addEventListener("online", () => this.sendAgain());
    if (this.text.value) this.text.dispatchEvent(new CustomEvent("kept"));
  }

  /** Have the lines checked, unless these were; without a word where there is nothing to say. */
  check() {
    const asked = textOf(written(this.lines));
    if (!this.checker || !asked || asked === this.asked || this.lines.some(this.isLong)) return;
    this.isDue = this.checker.disabled; // one check at a time: this one follows
    if (this.isDue) return;
    this.asked = asked;
    loadChecks();
    this.checker.click();
  }

  failed() {
    this.asked = "";
    this.checker.hidden = false;
    this.say("failed");
  }

  /** What could not be sent while the network was away. */
  sendAgain() {
    if (!this.root.isConnected || this.sentence !== "failed") return;
    this.checker.hidden = true;
    this.say("");
    this.check();
  }

  begin(lines) {
    this.text.hidden = true;
    this.list.hidden = false;
    this.editorButton.hidden = false;
    this.show({ lines, row: lines.length - 1, caret: 0 });
    this.list.addEventListener("input", (event) => this.typed(event));
    this.list.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("paste", (event) => this.pasted(event));
    this.list.addEventListener("change", () => this.check());
    this.list.addEventListener("focusin", ({ target }) => {
      const row = this.rowOf(target);
      if (row >= 0) this.row = row;
      this.edited = -1;
      this.offer();
    });
    this.editorButton.addEventListener("click", () => this.toggleEditor());
    if (this.checker) {
      this.checker.hidden = true;
      // A line that is left because the form goes away must not send it once more.
      this.checker.addEventListener("click", (event) => event.preventDefault());
    }
    this.check();
  }

  /** As many rows as there may be are too few: the text field stays until some lines are gone. */
  leaveAsText() {
    const look = () => this.say(written(linesOf(this.text.value)).length > this.maxLines ? "many" : "");
    this.text.addEventListener("input", look);
    look();
  }

  rowOf(element) {
    return [...this.list.children].indexOf(element.closest("li"));
  }

  field(row) {
    return this.list.children[row].querySelector("input");
  }

  state(input) {
    const row = this.rowOf(input);
    return { lines: this.lines, row, caret: input.selectionStart };
  }

  /** Make the rows match the state; rows that stay keep their reading and mark. */
  show({ lines, row }) {
    const { start, gone, come } = change(this.lines, lines);
    for (let count = 0; count < gone; count++) this.list.children[start].remove();
    const next = this.list.children[start] ?? null;
    for (const line of come) this.list.insertBefore(this.made(line), next);
    this.lines = lines;
    this.row = row;
    [...this.list.children].forEach((item, index) => {
      part(item, "number").textContent = index + 1;
    });
    this.offer();
  }

  /** What can be done with the lines there are. */
  offer() {
    this.editorLine.textContent = this.row + 1;
    const isEmpty = !written(this.lines).length;
    if (this.lastLine) this.lastLine.hidden = isEmpty || !this.isAnswer(written(this.lines).at(-1));
  }

  /** Whether the line may be the answer: not where it is too long, or was not read. */
  isAnswer(line) {
    return !this.isLong(line) && line !== this.unread;
  }

  made(line) {
    const item = part(this.root, "row").content.firstElementChild.cloneNode(true);
    const input = item.querySelector("input");
    input.value = line;
    input.id = `line-${++this.count}`;
    item.querySelector("label").htmlFor = input.id;
    for (const name of ["reading", "check"]) part(item, name).id = `${input.id}-${name}`;
    input.setAttribute("aria-describedby", `${input.id}-reading ${input.id}-check`);
    return item;
  }

  /** The next state, unless it is the same: shown, kept, and the keyboard where it says. */
  go(from, next) {
    if (next === from) return false;
    const isChanged = next.lines !== from.lines;
    this.show(next);
    if (isChanged) this.keep();
    const input = this.field(next.row);
    input.focus();
    input.setSelectionRange(next.caret, next.caret);
    return true;
  }

  keep() {
    this.text.value = textOf(this.lines);
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.forgetReadings();
    this.forgetChecks();
    if (textOf(written(this.lines)) !== this.asked) this.asked = "";
    const long = this.lines.findIndex(this.isLong);
    part(this.trouble, "long").textContent = long + 1;
    this.say(long < 0 ? "" : "length");
    this.lines.forEach((line, row) => {
      if (this.isLong(line)) this.field(row).setAttribute("aria-invalid", "true");
      else this.field(row).removeAttribute("aria-invalid");
    });
  }

  typed(event) {
    const { target } = event;
    const row = target.matches("input") ? this.rowOf(target) : -1;
    if (row < 0) return;
    event.stopPropagation(); // the text field says it, once it has it
    this.lines = this.lines.map((line, index) => (index === row ? target.value : line));
    this.edited = row;
    this.offer();
    this.keep();
  }

  pressed(event) {
    const { target, key } = event;
    if (!target.matches("input") || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const from = this.state(target);
    if (key === "Enter") {
      event.preventDefault(); // never submits the form
      this.finish(from);
    } else if (key === "Backspace" && this.go(from, removed(from))) event.preventDefault();
    else if (key === "ArrowUp" && this.go(from, moved(from, -1))) event.preventDefault();
    else if (key === "ArrowDown" && this.go(from, moved(from, 1))) event.preventDefault();
  }

  /** Enter: the line is checked, and the next one begins; behind a mended one it is there. */
  finish(from) {
    if (leadsDown(from, this.edited === from.row)) this.go(from, moved(from, 1));
    else if (!this.go(from, below(from, this.maxLines))) this.say("lines");
    this.check();
  }

  pasted(event) {
    const { target } = event;
    const text = event.clipboardData.getData("text/plain");
    if (!target.matches("input") || linesOf(text).length < 2) return;
    event.preventDefault();
    const from = this.state(target);
    const next = pasted(from, text, target.selectionStart, target.selectionEnd, this.maxLines);
    if (!this.go(from, next)) this.say("lines");
    this.check();
  }

  async toggleEditor() {
    const item = this.list.children[this.row];
    const isHere = !this.editor.hidden && item.contains(this.editor);
    closeEditor(this.editor);
    this.editorButton.setAttribute("aria-expanded", String(!isHere));
    if (isHere) {
      this.field(this.row).focus();
      this.check();
      return;
    }
    item.append(this.editor);
    await openEditor(this.editor, {
      field: item.querySelector("input"),
      reading: () => item.querySelector("[data-tex]")?.dataset.tex ?? "",
      enter: () => {
        const count = this.lines.length;
        this.finish({ lines: this.lines, row: this.rowOf(item), caret: 0 });
        if (this.lines.length > count) this.toggleEditor();
      },
    });
  }

  async settled(target) {
    const checks = target.id === "working-checked" && (await loadChecks());
    const { activeElement: typedIn } = document;
    const { top } = typedIn.getBoundingClientRect();
    if (target.id === "working-readings") this.read(target);
    if (checks) checks.mark(this, target);
    // What is said of the lines moves nothing under somebody's hands.
    scrollBy(0, typedIn.getBoundingClientRect().top - top);
  }

  read(answer) {
    const problem = part(answer, "problem");
    this.sayProblem(problem?.textContent ?? "");
    this.unread = answer.querySelector("li:last-child[data-unread]")?.dataset.text ?? "";
    this.offer();
    this.forEachMatch(answer, (item, reading) => {
      item.dataset.read = reading.dataset.text;
      part(item, "reading").replaceChildren(...reading.childNodes);
    });
    for (const [row, position] of positions(this.lines).entries()) {
      if (position < 0) part(this.list.children[row], "reading").replaceChildren();
    }
    showReading(this.editor);
  }

  /** How another text was read stands under no line. */
  forgetReadings() {
    if (this.list.hidden) return;
    for (const [row, line] of this.lines.entries()) {
      const item = this.list.children[row];
      if (item.dataset.read !== line) part(item, "reading").replaceChildren();
    }
  }

  /** Of the trouble, only what is about the lines themselves stays. */
  keepTroubleOfLines() {
    if (!OF_THE_LINES.includes(this.sentence)) this.say("");
  }

  /** Act on each row whose line is still the one in the server's answer. */
  forEachMatch(answer, act) {
    const answered = answer.querySelectorAll("[data-text]");
    for (const [row, position] of positions(this.lines).entries()) {
      const item = answered[position];
      if (item?.dataset.text !== this.lines[row]) continue;
      typesetNew(item);
      act(this.list.children[row], item);
    }
  }

  /** A mark is about its line and those before it: once one is changed, it is gone. */
  forgetChecks() {
    const count = stillTrue(this.lines, this.checked);
    if (count === this.checked.length && count === written(this.lines).length) return;
    this.forgetMarks(count);
    part(this.root, "summary")?.remove();
  }

  forgetMarks(from) {
    for (const [row, position] of positions(this.lines).entries()) {
      if (position >= 0 && position < from) continue;
      const item = this.list.children[row];
      item.classList.remove("failing");
      part(item, "check").replaceChildren();
    }
  }

  say(which) {
    this.sentence = which;
    this.trouble.hidden = !which;
    part(this.trouble, "problem").hidden = true;
    for (const sentence of this.trouble.querySelectorAll("[data-trouble]")) {
      sentence.hidden = sentence.dataset.trouble !== which;
    }
  }

  /** What the server says of the lines that it read last, if anything. */
  sayProblem(text) {
    if (OF_THE_LINES.includes(this.sentence) || (!text && this.sentence !== "problem")) return;
    this.say(text && "problem");
    const sentence = part(this.trouble, "problem");
    sentence.hidden = !text;
    sentence.textContent = text;
  }
}
