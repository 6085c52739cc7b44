/** The editor of problems: shows what is written as students will see it, while it is written. */

import { renderAnswer, typeset } from "./render.js";

const PAUSE_MS = 400; // in the writing, before the server is asked

const form = document.querySelector("[data-editor]");
const part = (name) => form.querySelector(`[data-part="${name}"]`);
const state = part("state");
let timer = 0;
let asking = new AbortController();
let isChanged = false;

form.addEventListener("input", () => {
  isChanged = true;
  showWhatApplies();
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE_MS);
});
form.addEventListener("submit", () => {
  isChanged = false;
});
addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
// The answer that is tried is no reason to save.
form.elements.try.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  clearTimeout(timer);
  look();
});
for (const button of form.querySelectorAll('[name="action"][value="look"]')) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    look();
  });
}
showWhatApplies();
document.querySelector("[data-focus]")?.focus();

async function look() {
  asking.abort();
  asking = new AbortController();
  const body = new FormData(form);
  body.set("action", "preview");
  state.textContent = state.dataset.waiting;
  try {
    const response = await fetch(location.pathname, { method: "POST", body, signal: asking.signal });
    if (!response.ok) throw new Error(response.statusText);
    show(await response.text());
    state.textContent = "";
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = state.dataset.failed;
  }
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const looked of page.querySelectorAll("[data-look]")) {
    const target = part(looked.dataset.look);
    target.replaceChildren(...looked.childNodes);
    for (const element of target.querySelectorAll("[data-markdown]")) typeset(element);
    for (const element of target.querySelectorAll("[data-answer]")) {
      element.replaceChildren(renderAnswer(element.textContent));
    }
  }
}

/** A field that says "kind=number quantity" is there for these kinds only. */
function showWhatApplies() {
  for (const field of form.querySelectorAll("[data-when]")) {
    const [, name, not, values] = /^(\w+)(!?)=(.*)$/.exec(field.dataset.when);
    const isOne = values.split(" ").includes(form.elements[name].value);
    const holdsErrors = field.querySelector(".errorlist") !== null;
    field.hidden = (not ? isOne : !isOne) && !holdsErrors;
  }
}
