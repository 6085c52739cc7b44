import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cutFormulas,
  isHeavy,
  MAX_FORMULA_CHARACTERS,
  MAX_FORMULA_DEPTH,
  MAX_FORMULA_LENGTH,
  MAX_FORMULAS,
  restore,
} from "../../static/js/formulas.js";

const formulasIn = (text) =>
  cutFormulas(text)
    .formulas.filter(({ tex }) => tex !== undefined)
    .map(({ tex, display }) => (display ? `display ${tex}` : tex));

test("formulas in each delimiter are found, and only they", () => {
  const table = [
    ["a \\(x_1\\) b \\(x_2\\)", ["x_1", "x_2"]],
    ["\\[ a\n= b \\]", ["display  a\n= b "]],
    ["\\[\na\n\n- b\n\\]", ["display \na\n\n- b\n"]],
    ["$x$ and $$y$$.", ["x", "display y"]],
    ["$a\\$b$", ["a\\$b"]],
    ["It costs $5 and $6, or $7.", []],
    ["From $5 to 6$5", []],
    ["$ x $", []],
    ["$\\frac{1}{2}$, so", ["\\frac{1}{2}"]],
    ["\\$5 and \\(x\\)", ["x"]],
    ["so \\boxed{\\frac{1}{2}} it is", ["\\boxed{\\frac{1}{2}}"]],
    ["\\boxed{unclosed", []],
    ["so\n\\begin{align*}\na &= b \\\\\n\\end{align*}\nand", ["display \\begin{align*}\na &= b \\\\\n\\end{align*}"]],
    ["\\begin{document} no \\end{document}", []],
    ["`\\(code\\)` \\(x\\)", ["x"]],
    ["``a ` \\(code\\)`` $y$", ["y"]],
    ["```\n\\(code\\)\n```\n\\(x\\)", ["x"]],
    ["~~~ tex\n$code$\n~~~\n", []],
    ["```\n\\(unclosed fence\\)", []],
    ["\\\\(not this\\\\)", []],
    ["\\(across\n\nparagraphs\\)", []],
    ["\\(unclosed and \\(x\\)", ["unclosed and \\(x"]],
    ["\\[ unclosed", []],
    ["\\(\\)", []],
    ["没有公式，只有 $x$。", ["x"]],
  ];
  for (const [text, expected] of table) assert.deepEqual(formulasIn(text), expected, text);
});

test("an environment without an end is one piece, up to the end of its paragraph", () => {
  const { formulas } = cutFormulas("so \\begin{align*} a &= b\n&= c\n\nand \\begin{cases} d");
  assert.deepEqual(formulas, [{ source: "\\begin{align*} a &= b\n&= c" }, { source: "\\begin{cases} d" }]);
});

test("the marks give back the text, whatever it is", () => {
  const pieces = ["\\(", "\\)", "\\[", "\\]", "$", "$$", "\\", "`", "```\n", "\n\n", " ", "x_1", "{", "}", "\\boxed{", "5"];
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 3000; round += 1) {
    let text = "";
    for (let length = next() % 14; length >= 0; length -= 1) text += pieces[next() % pieces.length];
    const { text: marked, formulas } = cutFormulas(text);
    assert.equal(restore(marked, formulas), text);
  }
});

test("a text cannot forge a mark", () => {
  const { text, formulas } = cutFormulas("\uE0000\uE001 \\(x\\) \uE0005\uE001");
  assert.equal(text, "0 \uE0000\uE001 5");
  assert.equal(formulas.length, 1);
});

test("beyond the limits formulas stay source", () => {
  assert.equal(formulasIn("\\(x\\) ".repeat(MAX_FORMULAS + 50)).length, MAX_FORMULAS);
  const long = `\\(${"x".repeat(3_000)}\\) `;
  assert.equal(formulasIn(long.repeat(100)).length, Math.floor(MAX_FORMULA_CHARACTERS / 3_000));
});

test("hostile text is cut in time that grows with its length", () => {
  for (const piece of ["\\(", "\\[", "$", "$a ", "$$", "`", "```\n", "\\boxed{", "\\"]) {
    const text = piece.repeat(Math.floor(100_000 / piece.length));
    const begin = performance.now();
    cutFormulas(text);
    assert.ok(performance.now() - begin < 2_000, `${piece} took ${performance.now() - begin} ms`);
  }
});

test("a formula that is very long or nested very deeply is heavy", () => {
  const nested = (open, close, depth) => open.repeat(depth) + "2" + close.repeat(depth);
  for (const [open, close] of [
    ["\\sqrt{", "}"],
    ["\\left(", "\\right)"],
    ["\\begin{matrix}", "\\end{matrix}"],
  ]) {
    assert.ok(!isHeavy(nested(open, close, MAX_FORMULA_DEPTH - 1)), open);
    assert.ok(isHeavy(nested(open, close, 400)), open);
  }
  assert.ok(!isHeavy("\\{x\\}".repeat(100)));
  assert.ok(!isHeavy("\\frac{1}{2}".repeat(100)));
  assert.ok(isHeavy("x".repeat(MAX_FORMULA_LENGTH + 1)));
  assert.ok(isHeavy("x".repeat(19_000)));
});

test("a formula that defines names is shown as text", () => {
  for (const name of ["def", "gdef", "edef", "xdef", "let", "futurelet", "global", "long"]) {
    assert.ok(isHeavy(`\\${name}\\a{xxx}\\a\\a`), name);
  }
  for (const name of ["newcommand", "renewcommand", "providecommand"]) {
    assert.ok(isHeavy(`\\${name}{\\a}{xxx}\\a\\a`), name);
  }
  for (const tex of ["\\deg(f)", "\\left( x \\right)", "\\leq", "\\longrightarrow", "\\definecolor", "abc\\\\def"]) {
    assert.ok(!isHeavy(tex), tex);
  }
});
