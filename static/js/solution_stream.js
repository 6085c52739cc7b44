/** The websocket of one live solution. It reconnects by itself and continues after the last entry. */

import { apply, NOTHING } from "./solution_state.js";

export const FIRST_WAIT_MS = 500;
export const MAX_WAIT_MS = 8_000; // how long after the server or its Redis a viewer may come back
export const STEADY_MS = 10_000; // after a connection that lasted so long, waits are short again
export const ACKNOWLEDGE_MS = 250;
export const ACKNOWLEDGE_ENTRIES = 128; // or sooner: half of what the server sends without acknowledgement
export const QUIET_MS = 20_000; // after such a silence the server is asked whether it is still there
export const ANSWER_MS = 10_000; // the time it has to answer
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

  /** The view shows everything up to this entry. */
  shown(id) {
    if (!id || id === this.acknowledged) return;
    this.shownId = id;
    if (this.unacknowledged >= ACKNOWLEDGE_ENTRIES) this.acknowledge();
    else this.timers.acknowledge ??= setTimeout(() => this.acknowledge(), ACKNOWLEDGE_MS);
  }

  wentOffline() {
    if (this.connection === "closed" || this.connection === "signed_out") return;
    this.drop();
    this.setConnection("offline");
  }

  /** Reconnect without waiting: the browser is online again, or the page is looked at again. */
  reconnectNow() {
    if (this.connection !== "offline" && this.connection !== "reconnecting") return;
    if (this.socket) return;
    this.attempts = 0;
    this.connect();
    this.setConnection("reconnecting");
  }

  stop(connection = "closed") {
    this.drop();
    this.connection = connection;
  }

  // Inside

  forget() {
    this.drop();
    this.request = null; // what to send until the server has named the solution
    this.cancelling = false;
    this.acknowledged = "";
    this.shownId = "";
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
      this.setConnection("live");
    };
    socket.onmessage = ({ data }) => {
      for (const message of data.split("\n")) {
        if (this.socket === socket) this.receive(JSON.parse(message));
      }
    };
    socket.onclose = ({ code }) => this.lost(code);
    this.watchSilence();
  }

  /** Drop the socket without waiting for it to close, which it may never do on a dead network. */
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
    // 1 is WebSocket.OPEN. The next connection asks again for what cannot be sent now.
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
    if (code === SIGNED_OUT) this.setConnection("signed_out");
    else if (TOO_LARGE.has(code)) this.refused({ type: "request.refused", reason: "too_large", message: "" });
    else this.comeBack();
  }

  comeBack() {
    if (this.openedAt && Date.now() - this.openedAt > STEADY_MS) this.attempts = 0;
    this.openedAt = 0;
    // Half of the wait is random, so that a class does not come back in the same instant.
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.attempts, MAX_WAIT_MS);
    this.attempts += 1;
    this.timers.connect = setTimeout(() => this.connect(), (wait * (1 + this.random())) / 2);
    this.setConnection("reconnecting");
  }

  /** A network that vanished gives no sign: ask the server, and reconnect if it does not answer. */
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
    this.acknowledged = this.shownId;
    this.send({ type: "solution.shown", solution: this.state.solution, id: this.shownId });
  }

  setConnection(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    this.onChange(this.state, connection);
  }
}
