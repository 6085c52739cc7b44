/**
 * Sends what is typed to the server where the fields' own requests did not get through, or would
 * come too late: the page is closed, the network was away, the time of a sitting ends.
 */

const LOOK_EVERY_MS = 5_000;

export class Saver {
  /** find: gives the form that is on the page now, if there is one. */
  constructor(find, every = LOOK_EVERY_MS) {
    this.find = find;
    this.noted = 0; // changes so far, and those that the server has
    this.saved = 0;
    setInterval(() => this.save(), every);
  }

  note() {
    this.noted += 1;
  }

  /** The server has what was typed up to a change. */
  heard(noted) {
    this.saved = Math.max(this.saved, noted);
  }

  async save() {
    const form = this.find();
    const { noted } = this;
    if (!form || noted === this.saved) return;
    try {
      const body = new FormData(form);
      // Goes on when the page is gone; a browser refuses that for texts of more than 64 KB.
      const send = (keepalive) => fetch(form.dataset.save, { method: "POST", body, keepalive });
      const answer = await send(true).catch(() => send(false));
      if (answer.ok && !answer.redirected) this.heard(noted);
    } catch {
      // Offline: the next look tries again.
    }
  }
}
