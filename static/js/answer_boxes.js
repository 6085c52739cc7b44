/**
 * Boxes over the field of an answer. The field stays the one truth: what is in the boxes is typed
 * into it, and what it holds is shown in the boxes, as long as they can show it.
 */

import { neighbour, read, resized, split, trouble, without, write } from "./answer_text.js";

const TYPES = "lemma.types."; // whether this person would rather type, on this device

const SIGNS = {
  tuple: ["(", ",", ")"],
  set: ["{", ",", "}"],
  ratio: ["", ":", ""],
  interval: ["", ",", ""],
  division: ["", "R", ""],
};

const [NARROWEST, WIDEST] = [4, 40]; // letters that a box shows

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
const filled = (label, values) => label.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  if (tag === "button") element.type = "button";
  return element;
}

/** For browsers that do not do it by themselves (`field-sizing`). */
function widen(input) {
  input.size = Math.min(WIDEST, Math.max(NARROWEST, input.value.length));
}

export class Boxes {
  constructor(answer, root) {
    this.answer = answer;
    this.root = root;
    this.field = part(answer, "response");
    this.cells = part(root, "cells");
    this.problem = part(root, "box-trouble");
    this.shape = root.dataset.shape;
    this.separator = root.dataset.separator;
    this.preference = TYPES + root.dataset.person;
    this.unit = part(root, "unit");
    this.units = [...(this.unit?.options ?? [])].map(({ value }) => value);
    this.inputs = [];
    this.listen();
    this.show();
  }

  listen() {
    this.cells.addEventListener("input", (event) => this.typed(event));
    this.cells.addEventListener("change", ({ target }) => this.split(target));
    this.cells.addEventListener("keydown", (event) => this.pressed(event));
    this.cells.addEventListener("paste", (event) => this.pasted(event));
    this.cells.addEventListener("invalid", (event) => this.refused(event), { capture: true });
    this.root.addEventListener("click", ({ target }) => this.clicked(target.closest("button")));
    this.field.addEventListener("kept", () => this.show()); // restored
    this.field.addEventListener("input", ({ detail }) => {
      if (detail === this) return;
      if (this.root.hidden) this.turn(false);
      else this.show();
    });
    part(this.answer, "type-instead").addEventListener("click", () => {
      localStorage.setItem(this.preference, "typed");
      this.turn(false);
      this.field.focus();
    });
    part(this.answer, "use-boxes").addEventListener("click", () => {
      localStorage.removeItem(this.preference);
      this.show();
      this.inputs[0]?.focus();
    });
    part(this.answer, "add-solution")?.addEventListener("click", () => {
      this.state = this.read();
      this.turn(true);
      this.resize("columns", 1);
    });
    this.unit?.addEventListener("change", () => {
      this.state = { ...this.state, unit: this.unit.value };
      this.write();
    });
  }

  read(text = this.field.value) {
    return read(this.shape, text, this.separator, this.units);
  }

  /** The boxes, unless this person types or the boxes cannot show what the field has. */
  show() {
    const state = this.read();
    const isShown = this.isFor(state) && !localStorage.getItem(this.preference);
    if (isShown) this.draw(state);
    this.turn(isShown);
  }

  /** A single solution is typed into the field itself. */
  isFor(state) {
    return Boolean(state) && (this.shape !== "solutions" || state.rows[0].length > 1);
  }

  turn(isBoxes) {
    this.root.hidden = !isBoxes;
    this.field.hidden = isBoxes;
    for (const name of ["open-editor", "typing-help"]) {
      part(this.answer, name)?.toggleAttribute("hidden", isBoxes);
    }
    part(this.answer, "type-instead").hidden = !isBoxes;
    const isSingle = this.shape === "solutions" && !this.isFor(this.read());
    part(this.answer, "use-boxes").hidden = isBoxes || isSingle || !this.read();
    part(this.answer, "add-solution")?.toggleAttribute("hidden", isBoxes || !isSingle);
    this.look();
  }

  draw(state) {
    this.state = state;
    this.inputs = [];
    this.cells.style.setProperty("--columns", state.rows[0].length);
    if (this.unit) this.unit.value = state.unit;
    this.cells.replaceChildren(...state.rows.map((row, index) => this.rowOf(row, index)));
    for (const button of this.root.querySelectorAll("[data-by]")) {
      const { axis } = button.parentElement.dataset;
      button.disabled = resized(this.shape, state, axis, Number(button.dataset.by)) === state;
    }
  }

  rowOf(row, index) {
    const element = made("div", "row-of-boxes");
    const [open, between, close] = SIGNS[this.shape] ?? ["", this.root.dataset.between ?? "", ""];
    const sign = between === "," ? this.separator : between;
    const signClass = this.shape === "solutions" ? "word" : "between";
    if (open) element.append(made("span", "bracket", open));
    if (this.shape === "interval") element.append(this.endOf(index, 0));
    row.forEach((text, column) => {
      if (column && sign) element.append(made("span", signClass, sign));
      element.append(this.boxOf(text, index, column));
    });
    if (this.shape === "interval") element.append(this.endOf(index, 1));
    if (close) element.append(made("span", "bracket", close));
    return element;
  }

  boxOf(text, row, column) {
    if (this.shape === "truth") return this.pairOf(text, row);
    const input = made("input", "");
    Object.assign(input, { type: "text", value: text, maxLength: 500, autocomplete: "off" });
    Object.assign(input, { autocapitalize: "off", spellcheck: false, enterKeyHint: "send" });
    widen(input);
    const { label, labelTo } = this.root.dataset;
    const position = { row: row + 1, column: column + 1 };
    input.setAttribute("autocorrect", "off");
    input.setAttribute("aria-label", filled(column && labelTo ? labelTo : label, position));
    Object.assign(input.dataset, { row, column });
    this.inputs.push(input);
    if (this.shape !== "interval") return input;
    const bound = made("span", "bound");
    const infinite = made("button", "infinite", column ? "∞" : "−∞");
    const { labelInfinity, labelMinusInfinity } = this.root.dataset;
    infinite.setAttribute("aria-label", filled(column ? labelInfinity : labelMinusInfinity, position));
    bound.append(input, infinite);
    return bound;
  }

  /** True and false for one statement, of which one is chosen. */
  pairOf(text, row) {
    const pair = part(this.root, "pair").content.firstElementChild.cloneNode(true);
    part(pair, "statement").textContent = filled(this.root.dataset.label, { row: row + 1 });
    for (const radio of pair.querySelectorAll("input")) {
      radio.name = `box-${this.field.id}-${row}`;
      radio.checked = radio.value === text;
      Object.assign(radio.dataset, { row, column: 0 });
    }
    this.inputs.push(pair.querySelector("input"));
    return pair;
  }

  /** The bracket of an interval, which changes when it is pressed. */
  endOf(row, side) {
    const bracket = this.state.ends[row][side];
    const button = made("button", "end", bracket);
    const { labelStart, labelEnd } = this.root.dataset;
    button.setAttribute("aria-label", filled(side ? labelEnd : labelStart, { row: row + 1 }));
    button.setAttribute("aria-pressed", String("[]".includes(bracket)));
    Object.assign(button.dataset, { row, side });
    return button;
  }

  /** Draws another state and types it; the keyboard goes to a box, or stays on its button. */
  go(state, row, column) {
    if (state === this.state) return;
    this.draw(state);
    this.write();
    this.inputAt(row, column)?.focus();
    if (this.isFor(state)) return;
    this.turn(false);
    this.field.focus();
  }

  inputAt(row, column) {
    return this.inputs.find(({ dataset }) => dataset.row === `${row}` && dataset.column === `${column}`);
  }

  write() {
    this.field.value = write(this.shape, this.state, this.separator);
    this.field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: this }));
    this.look();
  }

  typed(event) {
    event.stopPropagation(); // the field says it, once it has it
    const { dataset, value, type } = event.target;
    if (type === "text") widen(event.target);
    const rows = this.state.rows.map((row) => [...row]);
    rows[dataset.row][dataset.column] = value;
    this.state = { ...this.state, rows };
    this.write();
  }

  /** Whether 5; -3 was in one box, and is in two of them now. */
  split(input) {
    if (input.type !== "text" || !this.inputs.includes(input)) return false;
    const { row, column } = input.dataset;
    const next = split(this.shape, this.state, Number(row), Number(column), this.separator);
    if (next === this.state) return false;
    this.draw(next);
    this.write();
    return true;
  }

  /** What is wrong keeps the answer from being sent; of a decimal comma the page asks at once. */
  look() {
    const texts = this.root.hidden ? [] : this.state.rows.flat();
    const troubles = texts.map((text) => this.troubleOf(text, texts));
    this.inputs.forEach((input, index) => input.setCustomValidity(troubles[index]?.code ?? ""));
    const isIncomplete = troubles.some((fault) => fault?.code === "empty");
    this.answer.classList.toggle("incomplete", isIncomplete);
    const asked = troubles.findIndex((fault) => fault?.code === "comma");
    this.say(this.inputs[asked], troubles[asked]);
  }

  troubleOf(text, texts = this.state.rows.flat()) {
    return trouble(this.shape, text, this.separator, texts);
  }

  say(input, fault) {
    this.problem.hidden = !fault;
    for (const box of this.inputs) {
      if (box === input) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
    for (const sentence of this.problem.querySelectorAll("[data-box]")) {
      sentence.hidden = sentence.dataset.box !== fault?.code;
    }
    part(this.problem, "meant").textContent = fault?.meant ?? "";
    this.asked = input;
  }

  refused(event) {
    event.preventDefault(); // the page says it, under the boxes
    const input = this.inputs.find(({ validity }) => !validity.valid);
    if (event.target !== input) return;
    this.say(input, this.troubleOf(this.state.rows.flat()[this.inputs.indexOf(input)]));
    input.focus();
  }

  clicked(button) {
    if (!button) return;
    const { by, row, side } = button.dataset;
    if (by) this.resize(button.parentElement.dataset.axis, Number(by));
    else if (side) this.turnEnd(Number(row), Number(side));
    else if (button.matches(".infinite")) this.set(button.previousSibling, button.textContent);
    else if (button.matches("[data-part=use-meant]")) {
      this.set(this.asked, part(this.problem, "meant").textContent);
    }
  }

  set(input, text) {
    input.value = text.replace("−", "-");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  }

  resize(axis, by) {
    const next = resized(this.shape, this.state, axis, by);
    const { rows } = next;
    if (by < 0) this.go(next);
    else if (axis === "rows") this.go(next, rows.length - 1, 0);
    else this.go(next, 0, rows[0].length - 1);
  }

  turnEnd(row, side) {
    const ends = this.state.ends.map((pair) => [...pair]);
    const isOpen = "()".includes(ends[row][side]);
    ends[row][side] = isOpen ? "[]"[side] : "()"[side];
    this.go({ ...this.state, ends });
    this.cells.querySelector(`[data-row="${row}"][data-side="${side}"]`).focus();
  }

  pressed(event) {
    const { target, key } = event;
    if (!target.matches("[type=text]") || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const [row, column] = [Number(target.dataset.row), Number(target.dataset.column)];
    if (key === "Backspace" && !target.value) {
      const next = without(this.shape, this.state, column);
      if (next !== this.state) event.preventDefault();
      this.go(next, row, Math.max(0, column - 1));
      return;
    }
    if (key === "Enter" && this.split(target)) {
      event.preventDefault(); // its box is gone
      this.inputs.at(-1).focus();
      this.field.form.requestSubmit();
      return;
    }
    const isAtStart = target.selectionEnd === 0;
    const isAtEnd = target.selectionStart === target.value.length;
    const cell = neighbour(this.state, row, column, key, isAtStart, isAtEnd);
    if (!cell) return;
    event.preventDefault();
    const box = this.inputAt(...cell);
    box.focus();
    box.select();
  }

  /** A whole answer that is pasted into a box goes into all of them. */
  pasted(event) {
    const text = event.clipboardData.getData("text/plain");
    const state = text.trim() && this.read(text);
    if (!state || event.target.value) return;
    event.preventDefault();
    this.go(state, 0, 0);
  }
}
