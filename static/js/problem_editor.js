/** The editor of problems: previews the problem while the teacher writes it. */

import { setUpPictures } from "./picture_dialog.js";
import { renderAnswer, typeset } from "./render.js";
import { staleErrors } from "./stale_errors.js";

const PAUSE_MS = 400; // without a key pressed, before a new preview is requested

const form = document.querySelector("[data-editor]");
const part = (name) => form.querySelector(`[data-part="${name}"]`);
const state = part("state");
let timer = 0;
let request = new AbortController();
let isChanged = false;
// These may have figures and pictures.
const TEXTS = /^(statement|solution|(?:hints|choices)-text|parts-(?:prompt|choices|hints)|expected-feedback)$/;
let text = form.elements.statement;

form.addEventListener("input", () => {
  isChanged = true;
  showWhatApplies();
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE_MS);
});
form.addEventListener("submit", () => {
  isChanged = false;
});
addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
// Enter in the field for a trial answer does not submit the form.
form.elements.try.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  ask("trial");
});
for (const button of form.querySelectorAll('[name="action"][value="look"]')) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    ask(button.closest(".trying") ? "trial" : "preview");
  });
}
form.addEventListener("focusin", ({ target }) => {
  if (target.localName === "textarea" && TEXTS.test(target.name)) text = target;
});
for (const button of form.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => insert(button.dataset.insert));
}
text.setSelectionRange(text.value.length, text.value.length); // where one goes on writing
setUpPictures(form, (target) => TEXTS.test(target.name), insertPicture);
showWhatApplies();
document.querySelector("[data-focus]")?.focus();

/** Writes a figure into the text where the author last was. */
function insert(figure) {
  if (!text.isConnected) text = form.elements.statement; // its row was removed
  const at = text.selectionEnd;
  const gap = at ? "\n\n" : "";
  text.setRangeText(`${gap}${figure}\n\n`, at, at, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Writes a picture into this text, or where the author last was. */
function insertPicture(markdown, target = text) {
  text = target;
  if (!text.isConnected) text = form.elements.statement;
  const before = text.value.slice(0, text.selectionStart);
  const gap = /(?:^|\n) *(?:`{3}|~{3})[^\n]*$/.test(before) ? "\n\n" : ""; // behind a figure
  text.setRangeText(gap + markdown, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Refreshes all, and shows the part that the author asked for. */
async function ask(name) {
  clearTimeout(timer);
  if (await refresh()) bringIntoSight(name);
}

/** On a phone the field with its verdict goes to the top, where no keyboard on the screen hides it. */
function bringIntoSight(name) {
  const isPhone = matchMedia("(max-width: 36rem)").matches;
  if (name === "trial" && !isPhone) return part("trial").scrollIntoView({ block: "nearest" });
  const block = isPhone ? "start" : "nearest";
  part(name).closest(".trying, aside").scrollIntoView({ block });
}

/** Whether the preview is up to date now. */
async function refresh() {
  request.abort();
  request = new AbortController();
  const body = new FormData(form);
  body.set("action", "preview");
  state.textContent = state.dataset.waiting;
  try {
    const response = await fetch(location.pathname, { method: "POST", body, signal: request.signal });
    if (response.redirected) {
      state.textContent = state.dataset.signedOut; // to where one signs in
      return false;
    }
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    show(page);
    forgetErrors(page);
    state.textContent = "";
    return true;
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = state.dataset.failed;
    return false;
  }
}

function show(page) {
  const { activeElement: focused } = document;
  for (const received of page.querySelectorAll("[data-preview]")) {
    const target = part(received.dataset.preview);
    target.replaceChildren(...received.childNodes);
    for (const element of target.querySelectorAll("[data-markdown]")) typeset(element);
    for (const element of target.querySelectorAll("[data-answer]")) {
      element.replaceChildren(renderAnswer(element.textContent));
    }
  }
  if (focused === form.elements.try) part("trial").scrollIntoView({ block: "nearest" });
  followWriter(focused.name ?? "");
}

/** Where the preview is longer than the screen and scrolls by itself, it shows what is being written. */
function followWriter(name) {
  const side = part("preview").closest("aside");
  const shown = side.querySelector(`[data-shows="${name.split("-")[0]}"]`);
  if (!shown || side.scrollHeight <= side.clientHeight) return;
  const { top, bottom } = side.getBoundingClientRect();
  const block = shown.getBoundingClientRect();
  if (block.bottom > bottom || block.top < top) side.scrollTop += block.top - top - 16;
}

/** Errors of the last saving go once the preview does not repeat them. */
function forgetErrors(page) {
  const remarks = [...page.querySelectorAll(".remarks li")].map((remark) => remark.textContent);
  const errors = [...document.querySelectorAll(".field > .errorlist > li, .errors.summary li")];
  const stale = new Set(staleErrors(errors.map(sentenceOf), remarks));
  for (const error of errors.filter((error) => stale.has(sentenceOf(error)))) {
    const list = error.parentElement;
    error.remove();
    if (!list.children.length) (list.closest(".errors.summary") ?? list).remove();
  }
}

function sentenceOf(error) {
  return error.lastChild.textContent;
}

/**
 * A field that says "kind=number quantity" is there for these kinds only. With parts, which have
 * theirs, the answer of the whole goes once nothing is written for it.
 */
function showWhatApplies() {
  for (const field of form.querySelectorAll("[data-when]")) {
    const [, name, not, values] = /^(\w+)(!?)=(.*)$/.exec(field.dataset.when);
    const isOne = values.split(" ").includes(form.elements[name].value);
    const holdsErrors = field.querySelector(".errorlist") !== null;
    field.hidden = (not ? isOne : !isOne) && !holdsErrors;
  }
  const hasParts = isWritten("textarea[name^=parts-]");
  for (const block of form.querySelectorAll("[data-without-parts]")) {
    block.hidden = hasParts && !isWritten("textarea", block) && !block.querySelector(".errorlist");
  }
}

function isWritten(texts, within = form) {
  return [...within.querySelectorAll(texts)].some(({ value }) => value.trim());
}
