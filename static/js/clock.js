/**
 * The clock of a sitting. How much time is left is the server's word: the page brings it, and it is
 * asked for again every half minute and whenever the page comes back, since the clock of a computer
 * is wrong, sleeps, and knows nothing of time that a teacher grants.
 *
 * Others hear of it by events on the document: `sitting:ending` shortly before the end, when what is
 * typed should be saved, `sitting:over`, and a moment later `sitting:settled`, after which the page
 * is loaded anew unless somebody prevents it and brings in what is new.
 */

import { faceOf, hasSlept, savesBetween, warningAt } from "./clock_state.js";

const ASK_EVERY_MS = 30_000;
const SETTLED_AFTER_MS = 8_000; // by then the server has submitted what was saved
const ASK_AGAIN_MS = 3_000; // where the network is away when the time is over

/** Where the page says that what is typed is not saved. */
const unsaved = () => document.querySelector("[data-saving]:not([hidden])");

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

class Clock {
  constructor(root) {
    this.root = root;
    // The page left the server some time after it was asked for: never later than that.
    const asked = performance.getEntriesByType("navigation")[0]?.requestStart ?? 0;
    this.endsAtMs = asked + Number(root.dataset.leftS) * 1_000;
    this.wholeS = Number(root.dataset.wholeS);
    this.leftS = Infinity;
    this.warning = null;
    this.looked = [performance.now(), Date.now()];
    part(root, "left-line").hidden = false;
    this.look();
    this.ticking = setInterval(() => this.look(), 250);
    this.asking = setInterval(() => this.ask(), ASK_EVERY_MS);
    addEventListener("pageshow", ({ persisted }) => persisted && this.ask());
    addEventListener("online", () => this.ask());
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    const isFromHistory = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (isFromHistory) this.ask();
  }

  look() {
    const now = [performance.now(), Date.now()];
    if (hasSlept(now[0] - this.looked[0], now[1] - this.looked[1])) this.ask();
    this.looked = now;
    const leftS = (this.endsAtMs - now[0]) / 1_000;
    if (savesBetween(this.leftS, leftS)) document.dispatchEvent(new Event("sitting:ending"));
    this.leftS = leftS;
    const face = faceOf(leftS);
    if (part(this.root, "left").textContent !== face) part(this.root, "left").textContent = face;
    this.warn(warningAt(leftS, this.wholeS));
  }

  /** A change is read out in a pause, and moves nothing: the keyboard stays where it is. */
  warn(warning) {
    if (warning === this.warning) return;
    if (this.warning === "over") location.reload(); // time was granted
    this.warning = warning;
    this.root.dataset.warning = warning;
    for (const line of ["left-line", "end-line"]) part(this.root, line).hidden = warning === "over"; // the sentence says so
    this.say(warning === "over" && unsaved() ? "offline" : warning);
    if (warning === "over") this.end();
  }

  say(which) {
    const sentence = this.root.querySelector(`template[data-clock="${which}"]`);
    const warning = sentence?.content.cloneNode(true);
    const savedAt = warning?.querySelector("time");
    if (savedAt) savedAt.textContent = unsaved()?.querySelector("time").textContent ?? "";
    part(this.root, "clock-sentence").textContent = warning?.textContent ?? "";
  }

  /** Both the clock and the sentence beside it follow from one answer. */
  set({ left_s: leftS, ends_at: endsAt, ends_at_text: text }, asked) {
    this.endsAtMs = asked + leftS * 1_000;
    const time = part(this.root, "ends-at");
    time.dateTime = endsAt;
    if (time.textContent !== text) time.textContent = text;
    this.look();
  }

  /** Whether the server was reached. */
  async ask() {
    const asked = performance.now();
    try {
      const answer = await fetch(this.root.dataset.url, { cache: "no-store" });
      // Signed out, or no longer ours: the next page says so.
      if (answer.ok && !answer.redirected) this.set(await answer.json(), asked);
      return true;
    } catch {
      return false; // offline: the clock goes on, and asks again
    }
  }

  end() {
    document.dispatchEvent(new Event("sitting:over"));
    setTimeout(() => this.goOn(), SETTLED_AFTER_MS);
  }

  /** Unless time was granted meanwhile, the page is asked for as it is now. */
  async goOn() {
    if (!(await this.ask())) {
      this.say("offline");
      setTimeout(() => this.goOn(), ASK_AGAIN_MS);
      return;
    }
    if (this.warning !== "over") return;
    clearInterval(this.ticking);
    clearInterval(this.asking);
    this.say(unsaved() ? "unsaved" : "settled");
    const isLeftToUs = document.dispatchEvent(new Event("sitting:settled", { cancelable: true }));
    if (isLeftToUs) location.reload();
  }
}

for (const root of document.querySelectorAll("[data-part=clock]")) new Clock(root);
