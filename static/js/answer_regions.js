/**
 * A picture whose regions are chosen as an answer. The field below stays the one truth: what is chosen is
 * typed into it, and what it holds is shown, as long as the picture can show it.
 */

import { read, toggled, write } from "./regions_text.js";

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
    this.listen();
    root.hidden = false;
    this.show();
  }

  listen() {
    this.field.addEventListener("kept", () => this.show()); // restored
    this.field.addEventListener("input", ({ detail }) => detail !== this && this.show());
    const marks = part(this.root, "marks");
    marks.addEventListener("click", ({ target }) => this.toggle(target.closest("[data-region]")));
    marks.addEventListener("keydown", (event) => this.typed(event));
    marks.addEventListener("focusin", ({ target }) => this.stopAt(target));
    part(this.root, "clear").addEventListener("click", () => this.clear());
  }

  get isLocked() {
    return this.field.readOnly || this.field.disabled;
  }

  /** Shows what the field holds. */
  show() {
    this.chosen = read(this.picture, this.field.value, this.chosen ?? 0);
    this.draw();
  }

  /** Shows another choice and types it. */
  go(chosen) {
    this.chosen = chosen;
    this.draw();
    this.field.value = write(this.picture, chosen);
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
    if (region && !this.isLocked && this.chosen !== null) this.go(toggled(this.chosen, region.dataset.region, this.picture));
  }

  clear() {
    if (this.isLocked) return;
    this.go(0);
    this.regions.find((region) => region.tabIndex === 0).focus();
  }

  /** Tab comes back to the region that was last visited. */
  stopAt(region) {
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
