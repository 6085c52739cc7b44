/** A button copies the text of a field. Without a safe connection there is no `clipboard`. */

const button = document.querySelector("[data-copies]");
const field = document.getElementById(button.dataset.copies);
const status = button.parentElement.querySelector("[data-part=copied]");

async function copied() {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

button.hidden = false;
button.addEventListener("click", async () => {
  const isCopied = await copied();
  status.textContent = isCopied ? status.dataset.text : "";
  if (isCopied) button.focus(); // otherwise the text stays selected, to be copied by hand
});
