/**
 * A picture whose regions are chosen as an answer. The field below stays the one truth: what is chosen is
 * typed into it, and what is typed there is shown as the server reads it, as long as the picture can show it.
 */

import { toggled, write } from "./regions_text.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

export function arrive(root) {
  new Regions(root.closest("[data-part=answer]"), root);
}

class Regions {
  constructor(answer, root) {
    this.root = root;
    this.field = part(answer, "response");
    this.regions = [...root.querySelectorAll("[data-region]")];
    const { sets } = root.dataset;
    const texts = this.regions.map((region) => region.dataset.text).filter(Boolean);
    this.picture = { sets: sets ? sets.split(" ") : [], parts: this.regions.length, texts };
    this.listen(answer);
    if (this.field.value === this.field.defaultValue) this.show(root.dataset.chosen);
    else this.wait();
  }

  listen(answer) {
    this.field.addEventListener("kept", () => this.wait()); // restored
    this.field.addEventListener("input", ({ detail }) => detail !== this && this.wait());
    answer.addEventListener("htmx:afterSettle", ({ target }) => this.hear(target));
    const marks = part(this.root, "marks");
    marks.addEventListener("click", ({ target }) => this.toggle(target.closest("[data-region]")));
    marks.addEventListener("keydown", (event) => this.typed(event));
    // Not on the picture: an SVG element that hears of focus is a stop of Tab itself, without a name.
    this.root.addEventListener("focusin", ({ target }) => this.stopAt(target));
    part(this.root, "clear").addEventListener("click", () => this.clear());
  }

  get isLocked() {
    return this.field.readOnly || this.field.disabled;
  }

  /** Shows nothing until the server has read what was typed. */
  wait() {
    this.chosen = this.field.value.trim() ? undefined : 0;
    this.draw();
  }

  /** What was chosen here is known without an echo, which could be that of an earlier choice. */
  hear(echo) {
    const told = echo.matches(".echo") && part(echo, "chosen");
    if (told && this.field.value !== this.written) this.show(told.dataset.chosen);
  }

  /** read: the regions that the server read in the field's text; empty if the picture cannot show it. */
  show(read) {
    this.chosen = read || !this.field.value.trim() ? Number(read) : null;
    this.draw();
  }

  /** Shows another choice and types it. */
  go(chosen) {
    this.chosen = chosen;
    this.draw();
    this.field.value = this.written = write(this.picture, chosen);
    this.field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: this }));
  }

  draw() {
    for (const region of this.regions) {
      region.setAttribute("aria-checked", String(Boolean((this.chosen >> region.dataset.region) & 1)));
    }
    part(this.root, "clear").disabled = this.chosen === 0;
    part(this.root, "unshown").hidden = this.chosen !== null;
  }

  toggle(region) {
    if (region && !this.isLocked && Number.isInteger(this.chosen)) this.go(toggled(this.chosen, region.dataset.region, this.picture));
  }

  clear() {
    if (this.isLocked) return;
    this.go(0);
    this.regions.find((region) => region.tabIndex === 0).focus();
  }

  /** Tab comes back to the region that was last visited. */
  stopAt(region) {
    if (!this.regions.includes(region)) return;
    for (const other of this.regions) other.setAttribute("tabindex", other === region ? 0 : -1);
  }

  typed(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    const index = this.regions.indexOf(event.target);
    if (key === " " || key === "Enter") this.toggle(event.target);
    else if (key in STEPS) this.regions.at((index + STEPS[key]) % this.regions.length).focus();
    else return;
    event.preventDefault();
  }
}
