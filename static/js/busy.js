/**
 * On every page of teachers: a form that was sent says so until the next page comes, and is sent only
 * once. What its button, or the form, has in data-busy is told where that takes a while.
 */

const SOON_MS = 600; // a page that comes sooner needs no sentence
const usual = document.querySelector('meta[name="busy"]').content;
const notes = new Map(); // the forms that were sent, each with its sentence
let timer = 0;

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (notes.has(form)) return void event.preventDefault();
  const button = submitter ?? form.querySelector('[type="submit"]');
  button.ariaBusy = "true";
  const note = document.createElement("p");
  note.className = "busy-note";
  note.role = "status";
  (button.closest(".actions") ?? button).after(note);
  notes.set(form, note);
  const sentence = button.dataset.busy ?? form.dataset.busy ?? usual;
  timer = setTimeout(() => (note.textContent = sentence), SOON_MS);
});

// The page comes again as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  clearTimeout(timer);
  for (const note of notes.values()) note.remove();
  for (const button of document.querySelectorAll('[aria-busy="true"]')) button.ariaBusy = null;
  notes.clear();
});
