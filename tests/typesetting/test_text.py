"""Markdown with formulas in Typst's markup: everything is shown, and nothing is run."""

import re

import pytest
import typst

from tutor.problems.figures import svg_of
from tutor.problems.interchange.jsonl import read_records
from tutor.typesetting.formulas import MAX_LENGTH, Untypeset, to_typst
from tutor.typesetting.text import to_markup


def compiled(markup):
    return typst.compile(markup.encode(), format="pdf")


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\frac{1}{2}", "frac(1, 2)"),
        (r"\sqrt[3]{x}", "root(3, x)"),
        ("x^2", "attach(x, t: 2)"),
        ("f''(x)", r"attach(f, tr: primes(#2)) \( x \)"),
        ("|x|", 'class("opening", \\|) x class("closing", \\|)'),
        (r"\left(a\right)", r"lr(\( a \))"),
        (r"\text{如果 }x", '"如果 "x'),
        (r"5\ \text{cm}", '5 #h(0.25em)"cm"'),
        (r"9\,\mathrm{m/s}", r"9 #h(0.167em) upright(m) \/ upright(s)"),
        (r"12\text{\%}", '12"%"'),
        (r"\text{m}/\text{s}^2", r'"m"\/ attach("s", t: 2)'),
        (r"\dfrac{1}{2}", "display(frac(1, 2))"),
        (r"\cancel{x}", "cancel(x)"),
        (r"\xcancel{x}", "cancel(cross: #true, x)"),
        (
            r"\begin{pmatrix}1&2\end{pmatrix}",
            r"lr(\( mat(delim: #none, align: #center, row-gap: #0.5em, inline(1), inline(2)) \))",
        ),
        (
            r"\begin{pmatrix}1\end{pmatrix}\begin{pmatrix}2\end{pmatrix}",
            r"lr(\( mat(delim: #none, align: #center, row-gap: #0.5em, inline(1)) \))"
            r" lr(\( mat(delim: #none, align: #center, row-gap: #0.5em, inline(2)) \))",
        ),
        (
            r"\begin{pmatrix}1\end{pmatrix}^2",
            r"attach(lr(\( mat(delim: #none, align: #center, row-gap: #0.5em, inline(1)) \)),"
            r" t: 2)",
        ),
        (
            r"-\begin{vmatrix}1\end{vmatrix}x",
            r'\− lr(class("opening", \|)'
            r" mat(delim: #none, align: #center, row-gap: #0.5em, inline(1))"
            r' class("closing", \|)) x',
        ),
        (
            r"\binom{n}{k}\binom{m}{k}",
            r"lr(\( vec(delim: #none, n, k) \)) lr(\( vec(delim: #none, m, k) \))",
        ),
        (r"\left(a\right)\left(b\right)", r"lr(\( a \)) lr(\( b \))"),
        (
            r"\bigl(a\bigr)\bigl(b\bigr)",
            r"lr(size: #1.2em, \() a lr(size: #1.2em, \))"
            r" lr(size: #1.2em, \() b lr(size: #1.2em, \))",
        ),
        (r"\sum\limits_{k=1}^n", "attach(limits(\\∑), b: k \\= 1, t: n)"),
        (r"\sum\limits k", r"\∑ k"),  # with nothing below it
        (r"\lim\limits x", 'op("lim", limits: #true) x'),
        (r"\overline{AB}", "overline(A B)"),
        ("a,b;c:d", r"a \, b \; c \: d"),
    ],
)
def test_a_formula_in_typsts_notation(latex, written):
    assert to_typst(latex) == written


def test_a_bare_box_or_table_is_a_formula_as_on_the_pages():
    boxed = to_markup(r"\boxed{98000}")
    assert boxed.startswith("$#box(")
    assert "$display(98000)$" in boxed
    assert "frac(1, 2)" in to_markup(r"So **it is** \boxed{\frac{1}{2}}.")
    assert to_markup(r"\begin{pmatrix}1\end{pmatrix}").startswith("$ lr(")
    assert to_markup(r"`\boxed{1}`") == '#raw("\\\\boxed{1}")'
    assert "boxed" in to_markup(r"\boxed{1")


@pytest.mark.parametrize(
    "latex",
    [r"\foo", r"\left(", "x^", "{" * 200 + "x" + "}" * 200, "x" * (MAX_LENGTH + 1)],
)
def test_what_cannot_be_typeset_stands_as_it_was_written(latex):
    with pytest.raises(Untypeset):
        to_typst(latex)
    assert to_markup(rf"\({latex}\)").startswith("#raw(")


@pytest.mark.parametrize(
    "latex",
    [
        *(r"\sum\limits k", r"\sum\limits", r"\sum\limits^n_{k=1} k", r"\sum\nolimits_{k=1}^n k"),
        *(r"\int\limits_0^1", r"x\limits_1", r"\frac{1}", r"\frac{}{}", r"\sqrt{}", r"\boxed{}"),
        *(r"\begin{pmatrix} & 1 \\ 2 & \end{pmatrix}", r"\dfrac{}{}", r"_1", r"\cancel{}"),
    ],
)
def test_what_is_half_written_keeps_nobody_from_printing(latex):
    assert compiled(to_markup(rf"\({latex}\)")).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        '#panic("run")',
        '#import "@preview/x:1.0.0": *',
        r'\(#panic("run")\)',
        r'\(\text{"), #panic("run"), ("}\)',
        r'`#panic("x")` and `a"#panic()`',
        '```\n"#panic(1)\n```',
        "*a* #panic(1)]] [#panic(1)",
        r"\(x] #panic(1)\)",
        r"\(\boxed{] #panic(1)}\)",
        '#read("/etc/hostname") $ #read("x") $',
        "\\",
        "/* // */ // @x <y> = a\n= b\n+ c\n/ d: e ~ -- ...",
    ],
)
def test_no_text_is_run(text):
    """Typst fails at a `panic`, an import and a file: none of them is reached."""
    assert compiled(to_markup(text)).startswith(b"%PDF")


def test_blocks():
    markup = to_markup("a\nb\n\n- one\n- **two**\n\n|x|y|\n|-|-|\n|1|2|")
    assert "a#linebreak()b" in markup
    assert "#list([one" in markup
    assert "#strong[two]" in markup
    assert "#table(stroke: 0.5pt, columns: 2, " in markup
    assert compiled(markup)


def test_every_formula_of_the_starter_bank_is_typeset(settings):
    folder = settings.BASE_DIR / "tutor" / "problems" / "starter"
    lines = [line for file in folder.glob("*.jsonl") for line in file.read_bytes().splitlines()]
    contents = [record.content.variant(1) for record in read_records(lines)[0]]
    texts = [
        text
        for content in contents
        for text in (content.statement, content.solution, *content.choices, *content.hints)
    ]
    markup = "\n\n".join(to_markup(text, svg_of) for text in texts)
    assert "#raw(" not in markup
    assert compiled(markup)


def height_of(latex):
    """Of a page that is as high as the formula, in points."""
    page = "#set page(width: 10cm, height: auto, margin: 0pt)\n"
    drawn = typst.compile((page + to_markup(rf"\({latex}\)")).encode(), format="svg")
    return float(re.search(r'height="([\d.]+)pt"', drawn.decode())[1])


@pytest.mark.parametrize("tall", [r"\dfrac{3}{4}", r"\begin{pmatrix}1\\2\\3\end{pmatrix}"])
def test_a_box_is_around_all_of_what_stands_in_it(tall):
    assert height_of(rf"\boxed{{{tall}}}") > height_of(r"\boxed{x}") + 10
