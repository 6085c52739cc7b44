/**
 * A grid on which an answer is drawn. The field below stays the one truth: what is drawn is typed
 * into it, and what it holds is drawn, as long as the grid can show it.
 */

import {
  curve, endsOf, freePoint, moved, placed, removed, shade, sideOf, snapped, stepped, toggledEnd, toggledOutside,
  toggledRay, toggledThrough, toggledWithout,
} from "./drawing_state.js";
import { blank, missing, numbersOf, read, readAxis, recalled, room, say, write } from "./drawing_text.js";

const SVG = "http://www.w3.org/2000/svg";
const REACH = { mouse: 12, pen: 16, touch: 25 }; // pixels of the grid around a point
const BEYOND = 14; // pixels that an arrow goes on behind the last number
const LEAP = 5; // steps of an arrow key with Shift

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
const filled = (label, values) => label.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const through = (points) => (points.length ? `M${points.map((point) => point.join(" ")).join("L")}` : "");

function made(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function arrive(root) {
  new Drawing(root.closest("[data-part=answer]"), root);
}

class Drawing {
  constructor(answer, root) {
    this.root = root;
    this.field = part(answer, "response");
    this.svg = part(root, "marks");
    const { shape, x, y, frame, decimal, separator } = root.dataset;
    this.grid = { shape, x: readAxis(x), y: readAxis(y), isDecimal: decimal !== undefined, comma: separator };
    [this.left, this.top, this.right, this.bottom] = frame.split(" ").map(Number);
    this.memory = `lemma.drawn/${location.pathname}#${this.field.id}`;
    this.selected = 0;
    this.prepare();
    this.listen();
    this.show();
  }

  prepare() {
    const clip = `clip-${this.field.id}`;
    const box = { x: this.left, y: this.top, width: this.right - this.left, height: this.bottom - this.top };
    this.area = made("path", { class: "drawn-area" });
    this.line = made("path", { class: "drawn-line" });
    this.tip = made("path", { class: "drawn-tip" });
    this.handles = made("g", {});
    const isClipped = this.grid.shape === "interval" ? {} : { "clip-path": `url(#${clip})` };
    this.svg.append(
      made("clipPath", { id: clip }, made("rect", box)),
      made("g", isClipped, this.area, this.line),
      this.tip,
      this.handles,
    );
  }

  listen() {
    this.field.addEventListener("kept", () => this.show()); // restored
    this.field.addEventListener("input", ({ detail }) => detail !== this && this.show());
    this.root.addEventListener("click", ({ target }) => this.pressed(target.closest("[data-draw]")));
    this.svg.addEventListener("pointerdown", (event) => this.grab(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.svg.addEventListener(end, () => this.svg.classList.remove("dragging"));
    }
    this.svg.addEventListener("click", (event) => this.touched(event));
    this.handles.addEventListener("keydown", (event) => this.typed(event));
    // Not on the picture: an SVG element that hears of focus is a stop of Tab itself, without a name.
    this.root.addEventListener("focusin", ({ target }) => {
      const index = [...this.handles.children].indexOf(target);
      if (index >= 0) this.selected = index;
    });
  }

  get isLocked() {
    return this.field.readOnly || this.field.disabled || this.state === null;
  }

  /** Draws what the field holds. */
  show() {
    const { value } = this.field;
    const drawn = recalled(this.grid, sessionStorage.getItem(this.memory), value);
    this.state = drawn ?? read(this.grid, value, this.state?.isThrough);
    this.draw();
  }

  /** Draws another state and types it. */
  go(state) {
    if (state === this.state) return;
    this.state = state;
    this.draw();
    this.field.value = write(this.grid, state);
    sessionStorage.setItem(this.memory, JSON.stringify(state));
    this.field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: this }));
  }

  pixel([i, j]) {
    const { x, y } = this.grid;
    const across = this.left + (i / x.count) * (this.right - this.left);
    if (this.grid.shape === "interval") return [across, this.bottom];
    return [across, this.bottom - (j / y.count) * (this.bottom - this.top)];
  }

  /** Where on the picture an event is, in its pixels. */
  position({ clientX, clientY }) {
    const { left, top, width } = this.svg.getBoundingClientRect();
    const scale = this.svg.viewBox.baseVal.width / width;
    return [(clientX - left) * scale, (clientY - top) * scale];
  }

  /** The same in steps of the grid. */
  steps(event) {
    const [x, y] = this.position(event);
    const across = ((x - this.left) / (this.right - this.left)) * this.grid.x.count;
    return [across, ((this.bottom - y) / (this.bottom - this.top)) * this.grid.y.count];
  }

  draw() {
    const state = this.state ?? blank();
    this.area.setAttribute("d", through(shade(this.grid, state).map((point) => this.pixel(point))));
    this.drawLine(state);
    this.drawHandles(state);
    this.drawTools(state);
    const code = this.state === null ? "unshown" : missing(this.grid, state);
    for (const sentence of part(this.root, "drawing-says").children) {
      sentence.hidden = sentence.dataset.missing !== code;
    }
  }

  drawLine(state) {
    const isInterval = this.grid.shape === "interval";
    const isCurve = !isInterval && this.grid.shape !== "points";
    const points = isCurve ? curve(this.grid, state).map((point) => this.pixel(point)) : [];
    const stretches = isInterval && !missing(this.grid, state) ? this.stretches(state) : [];
    this.line.setAttribute("d", through(points) + stretches.map(([from, to]) => `M${from} ${this.bottom}H${to}`).join(""));
    this.line.classList.toggle("dashed", this.grid.shape === "half-plane" && !state.isSolid);
    this.tip.setAttribute("d", stretches.flatMap((stretch) => this.tips(stretch)).join(""));
  }

  /** From where to where the parts of an interval go, in pixels. */
  stretches(state) {
    const [from, to] = endsOf(state).map((index) => (index === null ? null : this.pixel(state.points[index])[0]));
    const [left, right] = [this.left - BEYOND, this.right + BEYOND];
    const [gap] = state.isWithout ? this.pixel(state.points[0]) : [];
    if (gap !== undefined) return [[left, gap], [gap, right]];
    return state.isOutside ? [[left, from], [to, right]] : [[from ?? left, to ?? right]];
  }

  /** Arrows at the ends of a stretch that goes on. */
  tips([from, to]) {
    const arrow = (end, way) => `M${end + 9 * way} ${this.bottom}l${-9 * way} -6v12z`;
    return [...(from < this.left ? [arrow(from, -1)] : []), ...(to > this.right ? [arrow(to, 1)] : [])];
  }

  drawHandles({ points, closed }) {
    while (this.handles.children.length > points.length) this.handles.lastChild.remove();
    while (this.handles.children.length < points.length) this.handles.append(this.handle());
    points.forEach((point, index) => {
      const handle = this.handles.children[index];
      const [x, y] = this.pixel(point);
      handle.setAttribute("transform", `translate(${x} ${y})`);
      handle.classList.toggle("open", this.grid.shape === "interval" && !closed[index]);
      this.describe(handle, index);
    });
  }

  handle() {
    return made(
      "g",
      { class: "drawn-point", tabindex: 0, role: "slider" },
      made("circle", { class: "reach", r: REACH.touch }),
      made("circle", { class: "halo", r: 12 }),
      made("circle", { class: "dot", r: 6 }),
    );
  }

  describe(handle, index) {
    const [i, j] = this.state.points[index];
    handle.setAttribute("aria-label", this.name(index));
    handle.setAttribute("aria-valuemin", 0);
    handle.setAttribute("aria-valuemax", this.grid.x.count);
    handle.setAttribute("aria-valuenow", i);
    handle.setAttribute("aria-valuetext", this.spoken([i, j], index));
  }

  name(index) {
    const { label, labelVertex, labelWithout } = this.root.dataset;
    const isVertex = this.grid.shape === "parabola" && !this.state.isThrough && index === 0;
    if (this.state.isWithout) return labelWithout;
    return isVertex ? labelVertex : filled(label, { n: index + 1 });
  }

  spoken(point, index) {
    const { spoken, spokenOpen } = this.root.dataset;
    const [x, y] = numbersOf(this.grid, point).map((value) => say(this.grid, value));
    const isOpen = this.grid.shape === "interval" && !this.state.closed[index];
    return filled(isOpen ? spokenOpen : spoken, { x, y });
  }

  drawTools(state) {
    const { points, closed, ray } = state;
    const [left, right] = endsOf(state);
    const isComplete = points.length === 2;
    const isLocked = this.state === null;
    this.tool("place", isLocked || room(this.grid, state) < 1);
    this.tool("remove", !points.length);
    this.tool("clear", !points.length && !isLocked);
    this.tool("end-left", left === null, closed[left]);
    this.tool("end-right", right === null, closed[right]);
    this.tool("ray-left", isLocked, ray < 0);
    this.tool("ray-right", isLocked, ray > 0);
    this.tool("outside", isLocked, state.isOutside);
    this.tool("without", isLocked, state.isWithout);
    this.tool("through", isLocked, state.isThrough);
    this.tool("solid", isLocked, state.isSolid);
    this.tool("side", !isComplete);
  }

  tool(name, isDisabled, isOn) {
    const button = this.root.querySelector(`[data-draw="${name}"]`);
    if (!button) return;
    button.disabled = isDisabled;
    if (isOn !== undefined || isDisabled) {
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(Boolean(isOn)));
    }
  }

  pressed(button) {
    if (!button || this.field.readOnly || this.field.disabled) return;
    const { draw } = button.dataset;
    if (draw === "clear") this.clear();
    else if (!this.isLocked) this.press(draw);
    if (button.disabled && document.activeElement !== button) this.focusOn(this.selected);
  }

  clear() {
    this.go(blank(this.state?.isThrough));
    this.root.querySelector("[data-draw=place]").focus();
  }

  press(name) {
    const { state, grid } = this;
    const [left, right] = endsOf(state);
    if (name === "place") this.place(freePoint(grid, state));
    else if (name === "remove") this.remove(Math.min(this.selected, state.points.length - 1));
    else if (name === "end-left") this.go(toggledEnd(state, left));
    else if (name === "end-right") this.go(toggledEnd(state, right));
    else if (name === "ray-left") this.go(toggledRay(state, -1));
    else if (name === "ray-right") this.go(toggledRay(state, 1));
    else if (name === "outside") this.go(toggledOutside(state));
    else if (name === "without") this.go(toggledWithout(state));
    else if (name === "through") this.go(toggledThrough(state));
    else if (name === "solid") this.go({ ...state, isSolid: !state.isSolid });
    else if (name === "side") this.go({ ...state, side: -state.side || 1 });
  }

  place(point) {
    const count = this.state.points.length;
    this.go(placed(this.grid, this.state, point));
    if (this.state.points.length > count) this.focusOn(count);
  }

  remove(index) {
    this.go(removed(this.state, index));
    if (this.state.points.length) this.focusOn(0);
    else this.root.querySelector("[data-draw=place]").focus();
  }

  focusOn(index) {
    (this.handles.children[index] ?? this.handles.firstChild)?.focus({ preventScroll: true });
  }

  /** The point under a finger or the mouse; -1 for none. */
  under(event) {
    const [x, y] = this.position(event);
    const distances = this.state.points.map((point) => {
      const [left, top] = this.pixel(point);
      return Math.hypot(left - x, top - y);
    });
    const least = Math.min(...distances);
    return least <= (REACH[event.pointerType] ?? REACH.touch) ? distances.indexOf(least) : -1;
  }

  grab(event) {
    this.grabbed = this.isLocked || event.button ? -1 : this.under(event);
    if (this.grabbed < 0) return;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    this.svg.classList.add("dragging");
    this.focusOn(this.grabbed);
  }

  drag(event) {
    if (!this.svg.classList.contains("dragging")) return;
    this.go(moved(this.state, this.grabbed, snapped(this.grid, this.steps(event))));
  }

  /** A press where no point is: places one, shades a side, or moves the selected point there. */
  touched(event) {
    if (this.isLocked || this.grabbed >= 0) return;
    const steps = this.steps(event);
    const point = snapped(this.grid, steps);
    if (room(this.grid, this.state) > 0) this.place(point);
    else if (this.grid.shape === "half-plane") {
      this.go({ ...this.state, side: sideOf(this.state, steps) || this.state.side });
    } else {
      const index = Math.min(this.selected, this.state.points.length - 1);
      this.go(moved(this.state, index, point));
      this.focusOn(index);
    }
  }

  typed(event) {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (this.isLocked || altKey || ctrlKey || metaKey) return;
    const index = [...this.handles.children].indexOf(event.target);
    const next = this.after(key, index, shiftKey ? LEAP : 1);
    if (next === null) return;
    event.preventDefault();
    if (next === "removed") return this.remove(index);
    this.go(next);
    event.target.scrollIntoView({ block: "nearest" });
  }

  after(key, index, by) {
    if (key === "Delete" || key === "Backspace") return "removed";
    const turns = this.grid.shape === "interval" && (key === " " || key === "Enter");
    return turns ? toggledEnd(this.state, index) : stepped(this.grid, this.state, index, key, by);
  }
}
