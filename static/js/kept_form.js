/**
 * A long form: keeps on this device what is written, offers it after a page that was lost, and asks
 * before it is sent whether its writer is still signed in.
 */

import { forgetForm, keepForm, keptForm, noteSent } from "./kept_forms.js";
import { dateAndTime } from "./kept_time.js";
import { renew, SessionState, showTrouble } from "./session.js";

const PAUSE_MS = 500; // without a key pressed
const form = document.querySelector("[data-kept]");
const key = `${document.body.dataset.user}/${form.dataset.kept}`;
const offer = form.querySelector("[data-part=kept]");
const entries = () => [...new FormData(form)];
const keep = () => keepForm(localStorage, key, entries(), Date.now());
let timer = 0;
let isAsked = false; // whether the next submit goes to the server

const stored = keptForm(localStorage, key, entries(), Date.now());
// A form that was just posted from here is newer.
if (form.dataset.bound !== undefined) keep();
else if (stored) show(stored);

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE_MS);
});
offer.querySelector("[data-part=bring-back]").addEventListener("click", () => {
  offer.hidden = true;
  bringBack();
});
offer.querySelector("[data-part=forget]").addEventListener("click", () => {
  offer.hidden = true;
  forgetForm(localStorage, key);
});

/** Which text it is, and of when. */
function show({ fields, at }) {
  const part = (name) => offer.querySelector(`[data-part=kept-${name}]`);
  const title = fields.find(([name]) => name === "title")?.[1] ?? "";
  part("title").textContent = title;
  part("title").hidden = !title;
  part("at").textContent = dateAndTime(new Date(at), part("at").dataset);
  offer.hidden = false;
}

/** The server shows a form with rows, which are more than its fields here; others are filled. */
function bringBack() {
  if (form.dataset.look) return sendBack(form.dataset.look);
  for (const control of form.elements) {
    const values = stored.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.matches("textarea, select, input:not([type=hidden])")) control.value = values[0] ?? control.value;
  }
}

function sendBack(action) {
  const copy = document.createElement("form");
  copy.method = "post";
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const [name, value] of [...stored.fields, ["csrfmiddlewaretoken", token], ["action", action]]) {
    const field = document.createElement("textarea"); // which keeps the ends of lines
    Object.assign(field, { name, value });
    copy.append(field);
  }
  copy.hidden = true;
  document.body.append(copy);
  copy.requestSubmit();
}

/** A page of an older session would be sent to the sign-in page, and what it says be lost. */
async function ask(submitter) {
  const sessionState = await renew();
  showTrouble(form, sessionState === SessionState.SAME ? "" : sessionState, true);
  if (sessionState !== SessionState.SAME) return;
  isAsked = true;
  noteSent(sessionStorage, key);
  form.requestSubmit(submitter);
}

form.addEventListener(
  "submit",
  (event) => {
    keep();
    if (isAsked) return void (isAsked = false);
    event.preventDefault();
    event.stopImmediatePropagation(); // nothing is sent yet
    ask(event.submitter);
  },
  { capture: true },
);
