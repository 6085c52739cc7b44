/**
 * On every page: sends what was typed while the network was away, forgets it at sign-out, lets the
 * browser keep Lemma's files and its page for times without a network, and shows the whole of a link
 * that the keyboard reaches in a row that scrolls.
 */

import { forgetForms, settleSent } from "./kept_forms.js";
import { forgetUnsent, unsentOf } from "./unsent.js";

const { user, worker } = document.body.dataset; // no user: nobody is signed in
const signOut = document.querySelector("[data-part=sign-out]");
const SEND_MS = 5_000;
const VISITED = "lemma.visited";
const OVER = [404, 409]; // the time is over, or the problem is gone

/** Whether nothing is left to be sent. open: the key of the form on this page, which sends its own. */
async function sendUnsent(open) {
  for (const draft of unsentOf(localStorage, user, Date.now())) {
    if (draft.key === open) continue;
    const answer = await send(draft).catch(() => null);
    if (!answer || answer.redirected) return false;
    if (answer.ok) tellSent();
    if (answer.ok || OVER.includes(answer.status)) forgetUnsent(localStorage, draft.key);
  }
  return true;
}

function tellSent() {
  const template = document.querySelector("template[data-part=sent]");
  template?.replaceWith(template.content);
}

function send({ url, fields, at }) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("csrfmiddlewaretoken", signOut.elements.csrfmiddlewaretoken.value);
  body.append("age_s", Math.max(0, Math.round((Date.now() - at) / 1000)));
  return fetch(url, { method: "POST", body, signal: AbortSignal.timeout(SEND_MS) });
}

const openKey = () => document.querySelector("[data-draft]")?.dataset.draft;

async function leave(event) {
  event.preventDefault();
  if (await sendUnsent()) sessionStorage.clear();
  forgetForms(localStorage, (writer) => writer === user);
  signOut.submit();
}

const [navigation] = performance.getEntriesByType("navigation");
if (navigation) settleSent(sessionStorage, localStorage, navigation, location.pathname);
if (user) {
  forgetForms(localStorage, (writer) => writer !== user);
  sendUnsent(openKey());
  addEventListener("online", () => sendUnsent(openKey()));
  signOut.addEventListener("submit", leave);
}

// Browsers leave a link where it is when a corner of it is in sight already.
document.querySelector(".site-links").addEventListener("focusin", ({ target }) => {
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

/** Not on the first page of a tab, for which a slow phone has enough to load. */
function registerWorker() {
  if (sessionStorage.getItem(VISITED)) {
    navigator.serviceWorker.register(worker, { updateViaCache: "all" }).catch(() => {});
  }
  sessionStorage.setItem(VISITED, "1");
}

if (worker && navigator.serviceWorker) {
  const whenIdle = window.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => whenIdle(registerWorker));
}
