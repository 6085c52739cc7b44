/** Loads what shows a live solution once it is needed: most who open a problem ask for none. */

const IS_LIVE = ["queued", "streaming"];

/** `panel`: templates/solutions/_solution.html, which does without scripts as well. */
export function attend(panel) {
  let view;
  const load = () => (view ??= viewOf(panel));
  if (IS_LIVE.includes(panel.dataset.state)) load();
  panel.addEventListener("submit", (event) => {
    if (view || !["ask", "again"].includes(event.target.dataset.part)) return;
    event.preventDefault();
    const { target } = event;
    load().then(
      () => target.requestSubmit(),
      () => HTMLFormElement.prototype.submit.call(target),
    );
  });
  const readLater = () => load().then((loaded) => loaded.typesetReasoning());
  panel.addEventListener("toggle", readLater, { capture: true, once: true });
}

async function viewOf(panel) {
  const [{ SolutionView }, response] = await Promise.all([
    import("./solution_view.js"),
    fetch(panel.dataset.sentences),
  ]);
  return new SolutionView(panel, await response.json());
}
