r"""Formulas between their delimiters, and statements within a formula."""

import time

import pytest

from tutor.grading.prose.formulas import (
    MAX_FORMULA,
    TextSpan,
    blank_formulas,
    find_formulas,
    parse_chain,
    separate_equations,
    split_statements,
)


def formulas(text):
    return [(formula.text, kind) for formula, kind in find_formulas(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"So \(x = 2\) and \[y = 3\].", [("x = 2", "round"), ("y = 3", "square")]),
        ("So $x = 2$ and $$y = 3$$.", [("x = 2", "single"), ("y = 3", "double")]),
        (r"\[a \\[2pt] b\] and \(c\)", [(r"a \\[2pt] b", "square"), ("c", "round")]),
        ("It is <<3*4=12>>12.", [("3*4=12", "noted")]),
        (
            r"\begin{align*}a &= b\end{align*}",
            [(r"\begin{align*}a &= b\end{align*}", "environment")],
        ),
        ("Thus\n\\frac{1}{2} x = 3\nholds.", [("\\frac{1}{2} x = 3", "line")]),
        ("She has $5 and gets $7 more.", []),
        (r"\( is never closed, $y$ is", [("y", "single")]),
        (r"\[ \[ x \]", [(r" \[ x ", "square")]),
        (r"\(" + "x" * (MAX_FORMULA + 1) + r"\) \(y\)", [("y", "round")]),
        (r"\[\] nothing", []),
    ],
)
def test_it_finds_formulas_by_their_delimiters(text, expected):
    assert formulas(text) == expected


@pytest.mark.parametrize("text", [r"a \(x\) b", "a $x$ b", "a $$x$$ b", "cost $5 and $6", r"\(x"])
def test_blanking_keeps_every_index(text):
    blanked = blank_formulas(text)
    assert len(blanked) == len(text)
    assert all(old == new or new == "\0" for old, new in zip(text, blanked, strict=True))


@pytest.mark.parametrize("opening", [r"\[a", r"\(a", "$$a", r"\begin{align}a", r"\\[a"])
def test_delimiters_that_never_close_take_linear_time(opening):
    before = time.thread_time()
    formulas(opening * 50_000 + r"\)" * (opening != r"\(a"))
    assert time.thread_time() - before < 3


def test_rows_and_words_separate_statements():
    formula = TextSpan(r"x = 1 \\ y = 2 \quad z = 3 \Rightarrow w = 4", 10)
    statements = [statement.stripped() for statement in split_statements(formula)]
    assert [statement.text for statement in statements] == ["x = 1", "y = 2", "z = 3", "w = 4"]
    assert [statement.start for statement in statements] == [10, 19, 31, 49]


def test_the_entries_of_a_matrix_stay_apart():
    matrix = r"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}"
    (statement,) = split_statements(TextSpan(rf"A &= {matrix}", 0))
    chain = parse_chain(statement)
    assert [side.text for side in chain.sides] == ["A", matrix]


def test_a_row_that_begins_with_a_relation_continues_the_chain():
    (statement,) = split_statements(TextSpan(r"a &= b \\ &= c", 0))
    chain = parse_chain(statement)
    assert [side.text for side in chain.sides] == ["a", "b", "c"]
    assert chain.operators == ("=", "=")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"1^2 = 1, 2^2 = 4", ["1^2 = 1", "2^2 = 4"]),
        (r"5! = 120,\ 6! = 720", ["5! = 120", "6! = 720"]),
        ("x = 2, x = 3", ["x = 2, x = 3"]),
        ("x = 1, 2, 3", ["x = 1, 2, 3"]),
        ("f(x) = 3x, x > 0", ["f(x) = 3x, x > 0"]),
        ("(x, y) = (1, 2)", ["(x, y) = (1, 2)"]),
        ("n = 1,200", ["n = 1,200"]),
    ],
)
def test_equations_of_several_things_are_separate(formula, expected):
    assert [part.text for part in separate_equations(TextSpan(formula, 0))] == expected
