/** Adds pictures to texts: chosen, pasted or dropped, and stored before a text shows them. */

const TYPES = /^image\/(png|jpeg|webp|svg\+xml)$/;

/**
 * isText: whether pictures may stand in this field. insert: writes the Markdown of a stored picture
 * into a field, or into the one where the author last was if there is none.
 */
export function setUpPictures(form, isText, insert) {
  const dialog = document.querySelector("[data-picture-dialog]");
  const upload = dialog.querySelector("form");
  const preview = dialog.querySelector("[data-picture-preview]");
  const state = dialog.querySelector("[data-picture-state]");
  const { file, alt } = upload.elements;
  let target;

  form.querySelector("[data-picture-open]").addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  form.addEventListener("paste", (event) => take(event, event.clipboardData));
  form.addEventListener("dragover", (event) => {
    if (isText(event.target) && event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  form.addEventListener("drop", (event) => take(event, event.dataTransfer));
  file.addEventListener("change", () => show(file.files[0]));
  dialog.querySelector("[data-picture-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => upload.reset());
  upload.addEventListener("input", () => complain({}));
  upload.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  /** Whatever else was pasted or dropped stays the browser's to handle. */
  function take(event, data) {
    const picture = [...data.files].find(({ type }) => TYPES.test(type));
    if (!picture || !isText(event.target)) return;
    event.preventDefault();
    open(picture, event.target);
  }

  function open(picture, field) {
    target = field;
    complain({});
    show(picture);
    if (picture) {
      const files = new DataTransfer();
      files.items.add(picture);
      file.files = files.files;
    }
    dialog.showModal();
    (picture ? alt : file).focus();
  }

  function show(picture) {
    preview.hidden = true;
    if (!picture || !TYPES.test(picture.type)) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      preview.src = reader.result;
      preview.hidden = false;
    });
    reader.readAsDataURL(picture);
  }

  async function send() {
    const button = upload.querySelector("[type=submit]");
    button.disabled = true;
    state.textContent = state.dataset.waiting;
    try {
      const response = await fetch(upload.action, {
        method: "POST",
        body: new FormData(upload),
        headers: { Accept: "application/json" },
      });
      const answer = await response.json();
      state.textContent = "";
      if (answer.errors) complain(answer.errors);
      else store(answer);
    } catch {
      state.textContent = state.dataset.failed;
    } finally {
      button.disabled = false;
    }
  }

  function store({ markdown, remark }) {
    dialog.close();
    insert(markdown, target);
    form.querySelector("[data-picture-remark]").textContent = remark;
  }

  /** Each field says what is wrong with it; the first of them is where to go on. */
  function complain(errors) {
    for (const field of [file, alt]) {
      const [error] = errors[field.name] ?? [];
      const message = dialog.querySelector(`[data-error-of="${field.name}"]`);
      message.textContent = error?.message ?? "";
      field.toggleAttribute("aria-invalid", Boolean(error));
      if (error) field.setAttribute("aria-invalid", "true");
    }
    state.textContent = errors.__all__?.[0].message ?? "";
    dialog.querySelector("[aria-invalid]")?.focus();
  }
}
