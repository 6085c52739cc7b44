import assert from "node:assert/strict";
import { test } from "node:test";

import { unnumbered } from "../../static/js/step_text.js";

test("only the number that the page says too is left out", () => {
  const table = [
    ["3. \\(x = 2\\)", 3, "\\(x = 2\\)"],
    ["\n3) So \\(x = 2\\)\n   at last.", 3, "So \\(x = 2\\)\n   at last."],
    ["3. \\(x = 2\\)", "3", "\\(x = 2\\)"],
    ["3. \\(x = 2\\)", 4, "3. \\(x = 2\\)"],
    ["3. \\(x = 2\\)", undefined, "3. \\(x = 2\\)"],
    ["3.5 is the mean.", 3, "3.5 is the mean."],
    ["1. First\n2. Second", 1, "1. First\n2. Second"],
    ["1.", 1, "1."],
    ["**Step 2.** So \\(x = 2\\)", 2, "So \\(x = 2\\)"],
    ["**Step 2.** So \\(x = 2\\)", 3, "**Step 2.** So \\(x = 2\\)"],
    ["**第 2 步。**因此 \\(x = 2\\)", 2, "因此 \\(x = 2\\)"],
    ["**Step 2.**", 2, "**Step 2.**"],
    ["So \\(x = 2\\)", 1, "So \\(x = 2\\)"],
  ];
  for (const [text, step, expected] of table) assert.equal(unnumbered(text, step), expected);
});
