/**
 * What was judged: it is read out once, and the keyboard goes where the student goes on, which is
 * the field with the old answer, or else the verdict itself.
 */

let known = document.querySelector("#answer")?.dataset.result;

/**
 * isSent: whether the student has just sent something, so that they hear of it in any case.
 * isTyping: whether they are at another answer already, from which the keyboard is not taken.
 */
export function judge(section, isSent, isTyping) {
  const isNews = section.dataset.result !== known;
  known = section.dataset.result;
  if (!isNews && !isSent) return;
  announcement().replaceChildren(); // of another verdict
  if (isTyping) return announce(section);
  const refusal = section.querySelector("[role=alert][data-focus]");
  if (refusal && isEmpty(section) && begin(section)) ask(refusal);
  else if (refusal) refusal.focus();
  else if (begin(section)) announce(section);
  else section.querySelector("[data-focus]")?.focus(); // which reads it out
}

/** The keyboard into the field, with the old answer selected; false where no answer is taken. */
function begin(section) {
  const fields = section.querySelectorAll("#answer-field :is(input, textarea, select, math-field)");
  const shown = [...fields].filter((field) => field.offsetParent);
  const wrongPart = section.querySelector(":is(#answer-field, #answer-field ~ .attempt .part-results) [data-letter]:not([data-right])");
  const field = shown.find((field) => isOf(field, wrongPart)) ?? shown.find((field) => field.checked) ?? shown[0];
  if (!field) return false;
  field.focus({ preventScroll: true });
  field.select?.();
  showBoth(section, wrongPart);
  return true;
}

/** Whether the field takes the answer to a part of the problem. */
const isOf = (field, part) =>
  part && field.getAttribute("aria-describedby")?.split(" ").includes(`asks-${part.dataset.letter}`);

/** Field and verdict, above the keyboard of a phone; of several parts, the wrong one. */
function showBoth(section, wrongPart) {
  const { top } = section.querySelector(".answer-bar").getBoundingClientRect();
  const verdict = section.querySelector("#answer-field ~ .attempt") ?? section;
  const { height } = visualViewport;
  if (top >= 0 && verdict.getBoundingClientRect().bottom <= height) return;
  if (wrongPart) return wrongPart.scrollIntoView({ block: "center" });
  section.querySelector(".answer-bar").scrollIntoView({ block: "start" });
  // Below a grid for drawing there is no room for both.
  if (verdict.getBoundingClientRect().top > 0.7 * height) verdict.scrollIntoView({ block: "center" });
}

const announcement = () => document.querySelector("[data-part=announcement]");

function announce(section) {
  const words = [...section.querySelectorAll("#answer-field ~ .attempt [data-said], .answer-bar [data-said]")];
  announcement().replaceChildren(...words.map(spoken));
}

/** Without the second writing of a formula, which is for the eye. */
function spoken(element) {
  const copy = element.cloneNode(true);
  for (const hidden of copy.querySelectorAll(".katex-html, annotation")) hidden.remove();
  const sentence = document.createElement("p");
  sentence.textContent = copy.textContent.trim();
  return sentence;
}

/** Without what boxes write otherwise: spaces beside commas and brackets. */
const text = (value) => value.replace(/\s+/g, " ").replace(/ ?([,;(){}[\]]) ?/g, "$1").trim();

/** What the fields hold, one text for each part of the problem. */
function answers(form) {
  const names = [...form.querySelectorAll("[name=response], [name^=part-]")].map(({ name }) => name);
  const data = new FormData(form);
  return [...new Set(names)].map((name) => text(data.getAll(name).join(", ")));
}

function isEmpty(section) {
  const form = section.querySelector("[data-part=response-form]");
  return Boolean(form) && answers(form).every((answer) => !answer.replace(/,/g, ""));
}

/** For an answer, at its field, until something is typed there. */
function ask(refusal) {
  refusal.dataset.untilTyped = "";
  const field = document.activeElement;
  if (field.matches("[data-part=response], .boxes input")) field.setAttribute("aria-invalid", "true");
}

/** What asked for an answer has been heard. */
export function forgetRefusal(form) {
  const refusal = form.querySelector("[data-until-typed]");
  if (!refusal) return;
  refusal.remove();
  form.querySelector("#answer-field [aria-invalid]")?.removeAttribute("aria-invalid");
}

/** A verdict steps back, and says of which answer it is, as soon as the fields hold another one. */
export function stepBack(form) {
  const attempt = form.querySelector(".attempt[data-judged]");
  if (!attempt) return;
  const judged = JSON.parse(attempt.dataset.judged).map(text);
  const isOld = answers(form).join("\n") !== judged.join("\n");
  attempt.toggleAttribute("data-old", isOld);
  attempt.querySelector("[data-part=judged-answer]").hidden = !isOld;
  const parts = form.querySelectorAll("#answer-field .part-judged");
  for (const [index, part] of parts.entries()) part.toggleAttribute("data-old", answers(form)[index] !== judged[index]);
}
