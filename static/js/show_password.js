/** Shows what is typed into the fields for passwords. What is sent was hidden again, for the browser. */

const choice = document.querySelector("[data-part=show-password]");
const { form } = choice.querySelector("input");
const fields = form.querySelectorAll("input[type=password]");

function show(isShown) {
  for (const field of fields) field.type = isShown ? "text" : "password";
}

[...fields].at(-1)?.closest(".field")?.after(choice); // not behind what has nothing to do with it
choice.hidden = false;
choice.addEventListener("change", ({ target }) => show(target.checked));
form.addEventListener("submit", () => show(false));
