/**
 * Sends what is typed to the server where the fields' own requests did not get through, or would
 * come too late: the page is closed, the network was away, the time of a sitting ends.
 */

const LOOK_EVERY_MS = 5_000;

export class Saver {
  /**
   * find: gives the form that is on the page now, if there is one.
   * changed: is called when the warning about unsaved changes may differ.
   */
  constructor(find, changed = () => {}, every = LOOK_EVERY_MS) {
    this.find = find;
    this.changed = changed;
    this.noted = 0; // changes so far, and those that the server has
    this.saved = 0;
    this.savedAt = Date.now(); // the page has just come from the server
    this.trouble = ""; // why the last try failed: offline, or failed
    setInterval(() => this.save(), every);
  }

  note() {
    this.noted += 1;
  }

  /** The server has what was typed up to a change. at: when that was; left out for a submitted answer. */
  heard(noted, at = this.savedAt) {
    this.saved = Math.max(this.saved, noted);
    this.savedAt = Math.max(this.savedAt, at);
    this.trouble = "";
    this.changed();
  }

  get isSaved() {
    return this.noted === this.saved;
  }

  failed(trouble) {
    this.trouble = trouble;
    this.changed();
  }

  /** The warning to show: offline, failed, or none. */
  says(isOnline) {
    if (!isOnline) return "offline";
    return this.isSaved ? "" : this.trouble;
  }

  async save() {
    const form = this.find();
    const { noted } = this;
    if (!form || this.isSaved) return;
    const at = Date.now();
    try {
      const body = new FormData(form);
      // Goes on when the page is gone; a browser refuses that for texts of more than 64 KB.
      const send = (keepalive) => fetch(form.dataset.save, { method: "POST", body, keepalive });
      const answer = await send(true).catch(() => send(false));
      if (answer.ok && !answer.redirected) this.heard(noted, at);
      else this.failed("failed");
    } catch {
      this.failed("offline"); // the next look tries again
    }
  }
}

/** The time of an instant with seconds, as 20:00:05 or, with half days, 8:00:05 pm */
export function timeOf(instant, { zone, hasHalfDays }, language) {
  const digits = { minute: "2-digit", second: "2-digit", timeZone: zone };
  const locale = language === "en" ? "en-AU" : language; // pm, as the server writes it
  if (hasHalfDays) return instant.toLocaleTimeString(locale, { ...digits, hour: "numeric", hourCycle: "h12" });
  return instant.toLocaleTimeString("en-GB", { ...digits, hour: "2-digit", hourCycle: "h23" });
}
