/**
 * The answering part of an item's page: typesets what comes, keeps what is typed, says what went
 * wrong on the way. htmx sends the form and puts the answer of the server in its place.
 */

import { caretIn, putCaret } from "./caret.js";
import { fieldsOf, forgetOthers, keep, keepForNext, storedFields } from "./response_draft.js";
import { closeEditor, openEditor, showReading } from "./response_editor.js";
import { typesetInTurn } from "./render.js";
import { arrive as arriveWorking } from "./working.js";
import "./shortcuts.js";
import { Saver, timeOf } from "./saver.js";
import { isSignIn, renew, SessionState, shownTrouble, showTrouble } from "./session.js";
import { setText } from "./sentences.js";
import { forgetUnsent, keepUnsent, unsentFor } from "./unsent.js";
import { forgetRefusal, judge, stepBack } from "./verdict.js";

const REFRESH_AGAIN_MS = 3_000;
const FORBIDDEN = 403;

const formIn = (root) => root.querySelector("[data-part=response-form]");

function arrive(root) {
  typesetInTurn(root);
  const form = formIn(root);
  if (!form || form.dataset.arrived !== undefined) return;
  form.dataset.arrived = "";
  restore(form);
  stepBack(form);
  arriveWorking(form);
  for (const button of form.querySelectorAll("[data-part=open-editor]")) button.hidden = false;
  return furnish(form);
}

const scripts = new Map(); // by address; the next form has its pieces before another key comes

/** Boxes, grids to draw on, and keys for phones; each is loaded where it is needed. */
async function furnish(form) {
  const isPhone = matchMedia("(pointer: coarse)").matches;
  const always = "[data-part=boxes], [data-part=drawing]";
  const pieces = form.querySelectorAll(`${always}${isPhone ? ", [data-part=keys]" : ""}`);
  for (const piece of pieces) {
    const address = piece.dataset.script;
    if (!scripts.get(address)) scripts.set(address, await import(address).catch(() => null));
    const script = scripts.get(address);
    if (script) script.arrive(piece);
    else piece.hidden = true; // the field does without
  }
}

/** What belongs to one answer: that to a part of the problem, or the only one. */
const answerOf = (element) => element.closest("[data-part=answer]");

async function toggleEditor(button) {
  const form = button.closest("form");
  const answer = answerOf(button);
  const box = answer.querySelector("[data-part=editor]");
  const field = answer.querySelector("[data-part=response]");
  const isOpen = !box.hidden;
  button.setAttribute("aria-expanded", String(!isOpen));
  if (isOpen) {
    closeEditor(box);
    field.focus();
    return;
  }
  const reading = () => answer.querySelector(".echo [data-tex]")?.dataset.tex ?? "";
  await openEditor(box, { field, reading, enter: () => form.requestSubmit() });
}

/** The text that the page has asked about, in place of what was typed. */
/** The field of the part, or of the whole answer, about which a button is. */
const fieldBeside = (button) =>
  button.closest("[data-part=answer], [data-part=part], [data-part=response-form]").querySelector("[data-part=response]");

function retype(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function restore(form) {
  const key = form.dataset.draft;
  forgetOthers(sessionStorage, key);
  const { saved } = form.dataset;
  const unsent = unsentFor(localStorage, key, Date.now(), saved && Number(saved));
  const fields = storedFields(sessionStorage, key) ?? unsent;
  if (fields) fill(form, fields);
  if (typedSince) noteTyping(form);
  else if (unsent) saver.note();
  for (const field of form.querySelectorAll("[data-part=response]")) {
    if (field.value) field.dispatchEvent(new CustomEvent("kept"));
  }
}

function fill(form, fields) {
  for (const control of form.querySelectorAll("[name=response], [name^=part-]")) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.matches("textarea, [type=text]")) control.value = values[0] ?? control.value;
    else control.checked = values.includes(control.value);
  }
  const working = fields.find(([name]) => name === "working");
  if (working) form.querySelector("[name=working]").value = working[1];
}

const saver = new Saver(() => formIn(document), showSaving);
const save = () => saver.save();

/** Up to when what is typed is saved, as long as it is not. */
function showSaving() {
  const line = formIn(document)?.querySelector("[data-part=saving]");
  if (!line) return;
  if (saver.isSaved) forgetUnsent(localStorage, line.closest("form").dataset.draft);
  const says = saver.says(navigator.onLine);
  const face = timeOf(new Date(saver.savedAt), line.dataset, document.documentElement.lang);
  for (const time of line.querySelectorAll("time")) setText(time, face);
  for (const sentence of line.children) sentence.hidden = sentence.dataset.saving !== says;
}

/** Whether the reader is signed in, perhaps again; else the page says why nothing is sent. */
async function isSignedIn(isPressed) {
  const sessionState = await renew();
  const form = formIn(document);
  if (form) showTrouble(form, sessionState === SessionState.SAME ? "" : sessionState, isPressed);
  return sessionState === SessionState.SAME;
}

const again = new WeakSet(); // what was refused once and is sent again

/** A token is refused once its session is over; there may be a new one. */
async function sendAgain(element, submitter) {
  again.add(element);
  const isForm = element.matches("form");
  if (!(await isSignedIn(isForm))) return;
  if (isForm) element.requestSubmit(submitter);
  else element.dispatchEvent(new CustomEvent("kept"));
}

/** The reader comes from another window, where they may have signed in. */
async function comeBack() {
  const form = formIn(document);
  const isRefused = form && (saver.trouble || [SessionState.SIGNED_OUT, SessionState.OTHER].includes(shownTrouble(form)));
  if (isRefused && (await isSignedIn(false))) save();
}

let submitted = []; // the fields of the form that was sent last
let typedSince = null; // the caret, where something was typed since then, until there is a form for it

/** Before the verdict, and mostly another form, come in place of this one. */
function keepTyped(form) {
  const isChanged = keepForNext(sessionStorage, form.dataset.draft, submitted, new FormData(form));
  typedSince = isChanged ? { caret: caretIn(form) } : null;
}

/** Whether the student was typing when the form was replaced; they go on where they were. */
function goOn(form) {
  if (!form || !typedSince) return false;
  const { caret } = typedSince;
  typedSince = null;
  if (caret) putCaret(form, caret);
  return true;
}

const submittedForm = ({ target }) => (target.matches?.("[data-part=response-form]") ? target : null);

function noteTyping(form) {
  const { draft: key, save: url } = form.dataset;
  const entries = [...new FormData(form)];
  keep(sessionStorage, key, entries);
  keepUnsent(localStorage, key, { url, fields: fieldsOf(entries), at: Date.now() });
  saver.note();
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-part=response-form]");
  if (!form) return;
  noteTyping(form);
  stepBack(form);
  forgetRefusal(form);
  if (!target.matches("[data-part=response]")) return;
  const echo = answerOf(target).querySelector(".echo");
  if (echo.dataset.of !== target.value) echo.replaceChildren();
});
// The page may be gone in a moment, the network was away, or a time limit ends.
addEventListener("pagehide", save);
addEventListener("online", () => {
  showSaving();
  const form = formIn(document);
  if (form && shownTrouble(form) === "offline") showTrouble(form, ""); // it can be sent again
  save();
});
addEventListener("offline", showSaving);
addEventListener("focus", comeBack);
document.addEventListener("visibilitychange", () => document.hidden && save());
document.addEventListener("sitting:ending", save);
document.addEventListener("sitting:over", () => {
  save();
  for (const field of formIn(document)?.elements ?? []) {
    if (field.type === "submit") field.disabled = true;
    else field.readOnly = true;
  }
});
document.addEventListener("sitting:settled", (event) => {
  if (!document.querySelector("#answer")) return;
  event.preventDefault();
  refresh();
});

function refresh() {
  const section = document.querySelector("#answer");
  if (!section) return;
  htmx.ajax("GET", section.dataset.url, { target: section, swap: "outerHTML settle:0s" }).then(() => {
    document.body.dispatchEvent(new Event("answered")); // more help may be offered now
  });
}

// What the page asks for by itself, and did not get, it asks for again.
document.addEventListener("htmx:sendError", ({ detail }) => {
  const { target, requestConfig } = detail;
  if (target?.id === "answer" && requestConfig?.verb === "get") setTimeout(refresh, REFRESH_AGAIN_MS);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-part=open-editor]");
  if (button) toggleEditor(button);
  const meant = target.closest?.("[data-part=type-meant]");
  if (meant) retype(fieldBeside(meant), meant.dataset.text);
});
const sent = new WeakMap(); // what was typed so far, by the request that brings it to the server
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = submittedForm(event);
  if (form) submitted = fieldsOf(new FormData(form));
  if (form) showTrouble(form, "");
  if (form) saver.heard(saver.noted); // what is submitted is no draft any more
  else if (event.target.closest?.("[data-part=response-form]")) {
    sent.set(event.detail.xhr, { noted: saver.noted, at: Date.now() });
    const { elt, target } = event.detail;
    if (!target?.matches(".echo")) return;
    target.dataset.of = elt.value;
    target.replaceChildren(); // how this text is read may never come
  }
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  again.delete(detail.elt);
  const change = !isSignIn(detail.xhr) && sent.get(detail.xhr);
  if (change) saver.heard(change.noted, change.at);
});
for (const [failure, trouble] of [["htmx:sendError", "offline"], ["htmx:responseError", "failed"]]) {
  document.addEventListener(failure, (event) => {
    const { elt, requestConfig, xhr } = event.detail;
    if (sent.has(xhr)) saver.failed(trouble);
    const form = submittedForm(event);
    if (form) noteTyping(form);
    if (xhr.status === FORBIDDEN && !again.has(elt)) sendAgain(elt, requestConfig.triggeringEvent?.submitter);
    else if (form) showTrouble(form, trouble, true);
  });
}
// A sign-in page that comes instead of a piece of this one must not be put into it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, shouldSwap, xhr } = event.detail;
  const form = formIn(document);
  if (!isSignIn(xhr)) {
    if (shouldSwap && requestConfig.elt === form) keepTyped(form);
    return;
  }
  event.detail.shouldSwap = false;
  if (!form) return;
  if (requestConfig.elt === form) noteTyping(form);
  showTrouble(form, SessionState.SIGNED_OUT, requestConfig.elt.matches("form"));
});
document.addEventListener("htmx:afterSettle", async ({ target, detail }) => {
  const section = document.querySelector("#answer");
  if (!section?.contains(target)) return;
  const furnished = arrive(section);
  const { noted } = saver;
  await furnished;
  if (target.matches(".echo")) showReading(answerOf(target).querySelector("[data-part=editor]"));
  if (target.id !== "answer") return;
  const isTyping = goOn(formIn(section)) || saver.noted !== noted;
  judge(section, detail.requestConfig?.verb === "post", isTyping);
});

// What help was given is read out, and the keyboard goes on from there.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "help") return;
  typesetInTurn(target);
  target.querySelector("[data-focus]")?.focus();
});

// On a first visit nothing was typed, and there is enough to load.
const loadDevice = () => import("./device.js").catch(() => {});
if (localStorage.length || sessionStorage.getItem("lemma.visited")) loadDevice(); // htmx notes its path
else addEventListener("input", loadDevice, { once: true });
sessionStorage.setItem("lemma.visited", "1");

const section = document.querySelector("#answer");
// The page typesets itself; this only brings back what was typed. htmx listens once it is there.
if (section) document.addEventListener("htmx:load", () => arrive(section), { once: true });
