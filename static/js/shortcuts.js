/** Keys of the page of a problem: Ctrl+Enter hands in, ? lists them all. */

const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, math-field";

const formIn = (root) => root.querySelector("[data-part=response-form]");

/** From the working, without an answer in the field, the last line is what is handed in. */
function handIn(target) {
  const form = formIn(document);
  const field = form.querySelector("[data-part=response]");
  const lastLine = form.querySelector("[data-part=last-line]");
  const isFromWorking = target.closest("[data-part=working]") && field && !field.value.trim();
  if (isFromWorking && lastLine?.checkVisibility()) lastLine.click();
  else form.requestSubmit();
}

// Before anything in the form: there, Enter alone means something else.
document.addEventListener(
  "keydown",
  (event) => {
    const { key, target, ctrlKey, metaKey, isComposing } = event;
    if (key !== "Enter" || !(ctrlKey || metaKey) || isComposing) return;
    if (!target.closest?.("[data-part=response-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    handIn(target);
  },
  { capture: true },
);

const list = document.querySelector("#shortcuts");

document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (key !== "?" || ctrlKey || metaKey || altKey || target.closest?.(TYPED)) return;
  list?.showModal();
});
const opener = document.querySelector("[data-part=open-shortcuts]");
opener?.addEventListener("click", () => list.showModal());
if (opener) opener.hidden = false;
