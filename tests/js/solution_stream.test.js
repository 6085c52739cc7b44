import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import * as stream from "../../static/js/solution_stream.js";

const CODE = "0b6f2f52-3c55-4b7e-9d0c-3f6a5e2d7f01";
const ITEM = "5d3a1c52-0000-4b7e-9d0c-3f6a5e2d7f01";
const END = { outcome: "finished", verdict: "correct", rule: "exact", feedback: "", answer: "7", tokens: 4, seconds: 1, model: "m" };

/** What the browser's WebSocket looks like from outside, with the network in a test's hands. */
class FakeSocket {
  readyState = 0;
  sent = [];
  closed = null;

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.closed = code;
    this.readyState = 3;
  }

  // The network's side

  accept() {
    this.readyState = 1;
    this.onopen();
  }

  say(...messages) {
    this.onmessage({ data: messages.map((message) => JSON.stringify(message)).join("\n") });
  }

  cut(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

let sockets;
let seen;
let live;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  sockets = [];
  seen = [];
  live = new stream.SolutionStream({
    url: "ws://school/ws/solutions/",
    item: ITEM,
    onChange: (state, connection) => seen.push({ state, connection }),
    open: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    },
    random: () => 1, // the longest wait
  });
});

const socket = () => sockets.at(-1);
const status = (state = "streaming", waiting_for = null) => ({ type: "solution.status", solution: CODE, state, waiting_for });
const step = (index, text = "x") => ({ type: "step.delta", id: `1-${index}`, step: 0, text, tokens: 1 });

function begin() {
  live.start();
  socket().accept();
  socket().say(status());
}

test("it asks for the item, then follows what the server named", () => {
  begin();
  assert.deepEqual(socket().sent, [{ type: "solution.start", item: ITEM }]);
  socket().say(step(1, "Hi"));
  assert.equal(live.state.solution, CODE);
  assert.equal(seen.at(-1).state.steps[0].text, "Hi");
  assert.equal(seen.at(-1).connection, "live");
});

test("a frame may hold several messages, and after the end there is none", () => {
  begin();
  socket().say(step(1, "a"), step(2, "b\u2028\n"));
  assert.equal(live.state.steps[0].text, "ab\u2028\n");
  assert.equal(live.state.lastId, "1-2");
  const last = socket();
  last.say({ type: "solution.end", id: "1-3", ...END }, step(4, "c"));
  assert.deepEqual([live.state.end, live.state.lastId], [END, "1-3"]);
});

test("for every point of interruption it comes back with the id of the last entry", () => {
  const entries = [step(1, "a"), step(2, "b"), step(3, "c"), { type: "solution.end", id: "1-4", ...END }];
  for (let cut = 0; cut < entries.length; cut += 1) {
    begin();
    for (const entry of entries.slice(0, cut)) socket().say(entry);
    socket().cut();
    mock.timers.tick(stream.FIRST_WAIT_MS);
    socket().accept();
    assert.deepEqual(socket().sent[0], { type: "solution.watch", solution: CODE, after: cut ? `1-${cut}` : "" });
    socket().say(status());
    for (const entry of entries.slice(cut)) socket().say(entry);
    assert.equal(live.state.steps[0].text, "abc");
    assert.deepEqual(live.state.end, END);
  }
});

test("a start that was never answered is sent again, a known solution is watched", () => {
  live.start();
  socket().cut();
  mock.timers.tick(stream.FIRST_WAIT_MS);
  socket().accept();
  assert.deepEqual(socket().sent, [{ type: "solution.start", item: ITEM }]);
});

test("it waits longer each time, never longer than the longest wait, and starts anew when steady", () => {
  begin();
  for (let attempt = 0; attempt < 8; attempt += 1) {
    socket().cut();
    const wait = Math.min(stream.FIRST_WAIT_MS * 2 ** attempt, stream.MAX_WAIT_MS);
    const count = sockets.length;
    mock.timers.tick(wait - 1);
    assert.equal(sockets.length, count, `attempt ${attempt} came too early`);
    mock.timers.tick(1);
    assert.equal(sockets.length, count + 1, `attempt ${attempt} did not come`);
    socket().accept();
  }
  mock.timers.tick(stream.STEADY_MS + 1);
  socket().cut();
  mock.timers.tick(stream.FIRST_WAIT_MS);
  assert.equal(sockets.length, 10);
});

test("chance halves the wait at most", () => {
  live.random = () => 0;
  begin();
  socket().cut();
  mock.timers.tick(stream.FIRST_WAIT_MS / 2 - 1);
  assert.equal(sockets.length, 1);
  mock.timers.tick(1);
  assert.equal(sockets.length, 2);
});

test("after the end it closes and stays closed", () => {
  begin();
  socket().say({ type: "solution.end", id: "1-1", ...END });
  assert.equal(socket().closed, 1000);
  assert.equal(seen.at(-1).connection, "closed");
  mock.timers.tick(10 * stream.QUIET_MS);
  assert.equal(sockets.length, 1);
});

test("it acknowledges what was shown, at most every quarter of a second", () => {
  begin();
  socket().say(step(1));
  live.shown("1-1");
  socket().say(step(2));
  live.shown("1-2");
  assert.equal(socket().sent.length, 1);
  mock.timers.tick(stream.ACKNOWLEDGE_MS);
  assert.deepEqual(socket().sent.slice(1), [{ type: "solution.shown", solution: CODE, id: "1-2" }]);
  live.shown("1-2");
  mock.timers.tick(stream.ACKNOWLEDGE_MS);
  assert.equal(socket().sent.length, 2);
});

test("it acknowledges at once when much was shown", () => {
  begin();
  for (let index = 1; index <= stream.ACKNOWLEDGE_ENTRIES; index += 1) socket().say(step(index));
  live.shown(live.state.lastId);
  assert.deepEqual(socket().sent.at(-1), { type: "solution.shown", solution: CODE, id: live.state.lastId });
});

test("a cancel is sent, and again by the next connection", () => {
  begin();
  live.cancel();
  const cancel = { type: "solution.cancel", solution: CODE };
  assert.deepEqual(socket().sent.at(-1), cancel);
  socket().cut();
  mock.timers.tick(stream.FIRST_WAIT_MS);
  socket().accept();
  assert.deepEqual(socket().sent, [{ type: "solution.watch", solution: CODE, after: "" }, cancel]);
});

test("a cancel before the server has named the solution waits for its name", () => {
  live.start();
  live.cancel();
  socket().accept();
  assert.equal(socket().sent.length, 1);
  socket().say(status("queued", "turn"));
  assert.deepEqual(socket().sent.at(-1), { type: "solution.cancel", solution: CODE });
});

test("offline it waits for the network, online it comes back at once", () => {
  begin();
  live.wentOffline();
  assert.equal(seen.at(-1).connection, "offline");
  mock.timers.tick(10 * stream.MAX_WAIT_MS);
  assert.equal(sockets.length, 1);
  live.reconnectNow();
  assert.equal(sockets.length, 2);
  socket().accept();
  assert.equal(seen.at(-1).connection, "live");
});

test("somebody who looks again need not sit out the wait", () => {
  begin();
  socket().cut();
  live.reconnectNow();
  assert.equal(sockets.length, 2);
  mock.timers.tick(stream.MAX_WAIT_MS);
  assert.equal(sockets.length, 2);
});

test("a network that vanished is found out", () => {
  begin();
  socket().say(step(1));
  mock.timers.tick(stream.QUIET_MS);
  assert.deepEqual(socket().sent.at(-1), { type: "solution.watch", solution: CODE, after: "1-1" });
  mock.timers.tick(stream.ANSWER_MS);
  assert.equal(seen.at(-1).connection, "reconnecting");
  assert.equal(sockets[0].closed, 1000);
});

test("a quiet server that answers is left in peace", () => {
  begin();
  for (let round = 0; round < 5; round += 1) {
    mock.timers.tick(stream.QUIET_MS);
    socket().say(status());
  }
  assert.equal(sockets.length, 1);
});

test("signed out, it does not come back", () => {
  begin();
  socket().cut(4401);
  assert.equal(seen.at(-1).connection, "signed_out");
  mock.timers.tick(10 * stream.MAX_WAIT_MS);
  live.reconnectNow();
  assert.equal(sockets.length, 1);
});

test("a refusal is shown and final", () => {
  live.start();
  socket().accept();
  socket().say({ type: "request.refused", reason: "not_allowed", message: "Later.", solution: null });
  assert.deepEqual(seen.at(-1).state.refused, { reason: "not_allowed", message: "Later." });
  mock.timers.tick(10 * stream.MAX_WAIT_MS);
  assert.equal(sockets.length, 1);
});

test("too many requests are asked again later, without a word to the student", () => {
  live.start();
  socket().accept();
  socket().say({ type: "request.refused", reason: "too_many", message: "Wait.", solution: null });
  assert.equal(live.state.refused, null);
  mock.timers.tick(stream.TOO_MANY_MS);
  assert.deepEqual(socket().sent.at(-1), { type: "solution.start", item: ITEM });
});

test("it comes back to a server that restarts", () => {
  begin();
  socket().onclose({ code: 1012 });
  assert.equal(live.connection, "reconnecting");
  mock.timers.tick(stream.FIRST_WAIT_MS);
  socket().accept();
  assert.equal(live.connection, "live");
});

test("another start forgets the solution before", () => {
  begin();
  socket().say({ type: "solution.end", id: "1-1", ...END });
  live.start();
  socket().accept();
  assert.deepEqual(socket().sent, [{ type: "solution.start", item: ITEM }]);
  assert.equal(live.state.end, null);
});

test("a socket that was left cannot speak any more", () => {
  begin();
  const left = socket();
  live.wentOffline();
  assert.equal(left.onmessage, null);
  assert.equal(left.onclose, null);
});
