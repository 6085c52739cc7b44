/** The websocket of one live solution: it comes back by itself, to the very entry where it was. */

import { apply, NOTHING } from "./solution_state.js";

export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 8_000; // and so much later at most than the server or its Redis is back
export const STEADY_MS = 10_000; // a connection that lasted so long starts the waits anew
export const ACKNOWLEDGE_MS = 250;
export const ACKNOWLEDGE_ENTRIES = 128; // or sooner: half of what the server sends unasked
export const QUIET_MS = 20_000; // without a word, the server is asked whether it is still there
export const ANSWER_MS = 10_000; // within which it must answer that
export const TOO_MANY_MS = 5_000;

const SIGNED_OUT = 4401;
const TOO_LARGE = new Set([1009, 4413]);
const DONE = 1000;

export class SolutionStream {
  /**
   * `onChange(state, connection)` is called after every change; connection is one of closed,
   * connecting, live, reconnecting, offline, signed_out.
   */
  constructor({ url, item, onChange, open = (address) => new WebSocket(address), random = Math.random }) {
    Object.assign(this, { url, item, onChange, open, random });
    this.state = NOTHING;
    this.connection = "closed";
    this.socket = null;
    this.attempts = 0;
    this.timers = {};
    this.forget();
  }

  /** Ask for a solution of the item, or for another one after an ended one. */
  start() {
    this.forget();
    this.request = { type: "solution.start", item: this.item };
    this.state = NOTHING;
    this.begin();
  }

  /** Watch a known solution from its beginning. */
  watch(solution) {
    this.forget();
    this.state = { ...NOTHING, solution };
    this.begin();
  }

  cancel() {
    this.cancelling = true;
    this.sendCancel();
  }

  /** The view has drawn everything up to this entry. */
  drawn(id) {
    if (!id || id === this.acknowledged) return;
    this.drawnId = id;
    if (this.unacknowledged >= ACKNOWLEDGE_ENTRIES) this.acknowledge();
    else this.timers.acknowledge ??= setTimeout(() => this.acknowledge(), ACKNOWLEDGE_MS);
  }

  wentOffline() {
    if (this.connection === "closed" || this.connection === "signed_out") return;
    this.drop();
    this.tell("offline");
  }

  /** Back online, or looked at again: no reason to sit out the wait. */
  hurry() {
    if (this.connection !== "offline" && this.connection !== "reconnecting") return;
    if (this.socket) return;
    this.attempts = 0;
    this.connect();
    this.tell("reconnecting");
  }

  stop(connection = "closed") {
    this.drop();
    this.connection = connection;
  }

  // Inside

  forget() {
    this.drop();
    this.request = null; // what to send once, until the server has named the solution
    this.cancelling = false;
    this.acknowledged = "";
    this.drawnId = "";
    this.unacknowledged = 0;
  }

  begin() {
    this.attempts = 0;
    this.connection = "connecting";
    this.connect();
    this.onChange(this.state, this.connection);
  }

  connect() {
    this.drop();
    const socket = this.open(this.url);
    this.socket = socket;
    socket.onopen = () => {
      this.openedAt = Date.now();
      this.ask();
      this.tell("live");
    };
    socket.onmessage = ({ data }) => {
      for (const message of data.split("\n")) {
        if (this.socket === socket) this.receive(JSON.parse(message));
      }
    };
    socket.onclose = ({ code }) => this.lost(code);
    this.watchSilence();
  }

  /** Forget the socket without waiting for its goodbye, which a dead network may never bring. */
  drop() {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.timers = {};
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close(DONE);
    this.socket = null;
    this.unacknowledged = 0;
  }

  send(message) {
    // 1 is WebSocket.OPEN. What cannot be sent now is asked for again by the next connection.
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  ask() {
    this.send(
      this.request ?? {
        type: "solution.watch",
        solution: this.state.solution,
        after: this.state.lastId,
      },
    );
    this.sendCancel();
  }

  sendCancel() {
    if (this.cancelling && this.state.solution && !this.request) {
      this.send({ type: "solution.cancel", solution: this.state.solution });
    }
  }

  receive(message) {
    this.watchSilence();
    if (message.type === "request.refused") {
      this.refused(message);
      return;
    }
    const before = this.state;
    this.state = apply(before, message);
    if (message.type === "solution.status" && this.request) {
      this.request = null;
      this.sendCancel();
    }
    if (this.state.lastId !== before.lastId) this.unacknowledged += 1;
    if (this.state.end) this.stop();
    if (this.state !== before) this.onChange(this.state, this.connection);
  }

  refused(message) {
    if (message.reason === "too_many") {
      this.timers.again ??= setTimeout(() => {
        delete this.timers.again;
        this.ask();
      }, TOO_MANY_MS);
      return;
    }
    this.state = apply(this.state, message);
    this.stop();
    this.onChange(this.state, this.connection);
  }

  lost(code) {
    this.drop();
    if (code === SIGNED_OUT) this.tell("signed_out");
    else if (TOO_LARGE.has(code)) this.refused({ type: "request.refused", reason: "too_large", message: "" });
    else this.comeBack();
  }

  comeBack() {
    if (this.openedAt && Date.now() - this.openedAt > STEADY_MS) this.attempts = 0;
    this.openedAt = 0;
    // Half of the wait is drawn by chance, or a whole class would come back in the same instant.
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.attempts, LONGEST_WAIT_MS);
    this.attempts += 1;
    this.timers.connect = setTimeout(() => this.connect(), (wait * (1 + this.random())) / 2);
    this.tell("reconnecting");
  }

  /** A network that vanished says nothing: ask from where we are, and leave if nobody answers. */
  watchSilence() {
    clearTimeout(this.timers.quiet);
    this.timers.quiet = setTimeout(() => {
      this.ask();
      this.timers.quiet = setTimeout(() => this.lost(), ANSWER_MS);
    }, QUIET_MS);
  }

  acknowledge() {
    clearTimeout(this.timers.acknowledge);
    delete this.timers.acknowledge;
    this.unacknowledged = 0;
    this.acknowledged = this.drawnId;
    this.send({ type: "solution.drawn", solution: this.state.solution, id: this.drawnId });
  }

  tell(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    this.onChange(this.state, connection);
  }
}
