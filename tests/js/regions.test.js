import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { toggled, write } from "../../static/js/regions_text.js";

const TEXTS = JSON.parse(readFileSync(new URL("../data/region_texts.json", import.meta.url)));

/** The picture of a drawing, whose fields are written in the table. */
function pictureOf(drawing, { written }) {
  const [name, ...pieces] = drawing.split(", ");
  return {
    sets: name === "venn" ? pieces : [], parts: Number.parseInt(pieces[0]), texts: name === "fields" ? Object.keys(written) : [],
  };
}

const bits = (regions) => regions.reduce((chosen, number) => toggled(chosen, number), 0);

test("regions are written in few words, as the server reads them", () => {
  for (const [drawing, rows] of Object.entries(TEXTS)) {
    const picture = pictureOf(drawing, rows);
    for (const [text, regions] of Object.entries(rows.written)) assert.equal(write(picture, bits(regions)), text);
    assert.equal(write(picture, 0), "");
  }
});

test("each choice of sets has a text of its own", () => {
  for (const sets of ["AB", "ABC"].map((letters) => [...letters])) {
    const count = 2 ** 2 ** sets.length;
    const texts = new Set(Array.from({ length: count }, (_, chosen) => write({ sets, parts: 2 ** sets.length }, chosen)));
    assert.equal(texts.size, count);
  }
});

test("of equal parts their number is written", () => {
  assert.equal(write({ sets: [], parts: 8 }, bits([1, 4, 6])), "3/8");
});

test("of fields one is chosen", () => {
  const fields = { sets: [], parts: 4, texts: ["y > 1", "y < 1"] };
  assert.equal(toggled(1, 2, fields), 4);
  assert.equal(toggled(4, 2, fields), 0);
});
