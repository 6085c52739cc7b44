/** The boxes and grids of an answer, where a teacher tries a problem and nothing is kept. */

for (const piece of document.querySelectorAll("[data-part=boxes], [data-part=drawing]")) {
  const script = await import(piece.dataset.script).catch(() => null); // the field does without
  script?.arrive(piece);
}
