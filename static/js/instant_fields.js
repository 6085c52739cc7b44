/**
 * Writes the day with its weekday under each field for a date: browsers show figures alone, in the
 * order of their own language, which need not be that of the page.
 */

import { dayInWords } from "./day_in_words.js";

function furnish(field) {
  const day = document.createElement("output");
  day.className = "help";
  day.htmlFor = field.id;
  const show = () => (day.textContent = dayInWords(field.value, field.dataset.language));
  field.addEventListener("input", show);
  field.after(day);
  show();
}

for (const field of document.querySelectorAll("input[type=datetime-local]")) furnish(field);
