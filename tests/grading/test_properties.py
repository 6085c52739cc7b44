"""What holds for every answer, whatever it says."""

import contextlib
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tutor.grading import (
    ANSWER_KINDS,
    FeedbackCode,
    Grade,
    InvalidKey,
    Kind,
    Verdict,
    grade_completion,
    grade_response,
    infer_key,
)

numbers = st.one_of(
    st.integers(-50, 50).map(str),
    st.decimals(-99, 99, places=2).map(str),
    st.tuples(st.integers(-20, 20), st.integers(1, 20)).map(
        lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"
    ),
    st.integers(2, 30).map(lambda n: rf"\sqrt{{{n}}}"),
    st.just(r"\pi"),
)
expressions = st.recursive(
    numbers | st.sampled_from(["x", "y", "n", "a_1"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]})+({p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]})*({p[1]})"),
        st.tuples(inner, inner).map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"({part})^2"),
        inner.map(lambda part: rf"\sin({part})"),
        inner.map(lambda part: f"|{part}|"),
    ),
    max_leaves=6,
)
answers = st.one_of(
    expressions,
    st.lists(numbers, min_size=2, max_size=4).map(", ".join),
    st.lists(numbers, min_size=1, max_size=4).map(lambda parts: r"\{" + ",".join(parts) + r"\}"),
    st.tuples(numbers, numbers).map(lambda p: f"({p[0]}, {p[1]})"),
    st.tuples(expressions, expressions).map(lambda p: f"{p[0]} = {p[1]}"),
    st.tuples(st.sampled_from(["<", ">", r"\le", r"\ge", r"\ne"]), numbers).map(
        lambda p: f"x {p[0]} {p[1]}"
    ),
)
LETTERS = re.compile(r"\b[xyn]\b|a_1")
symbols = r"\frac{}()[]^_$,.;:|<>=+-*/!%'&~°√π½²×·≤∞∪∈三分之一负点万亿无解或且０１２ａｂ"
pieces = [
    *(r"\frac", r"\sqrt", r"\begin{pmatrix}", r"\end{pmatrix}", r"\text{", "}", "{", "|", "!"),
    *("(", ")", r"\left", r"\right", r"\sum_", "^", "_", "1", "x", "&", r"\\", r"\int", "dx"),
    *("9^9", r"\cup", r"\pm", "=", "<", ",", "and", "or", r"\boxed{", "5 cm", "三"),
]
hostile = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=symbols + "0123456789xyzein ", max_size=60),
    st.lists(st.sampled_from(pieces), max_size=30).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(answers)
def test_an_answer_equals_itself(answer):
    grade = grade_response(answer, infer_key(answer))
    assert grade.verdict == Verdict.CORRECT, grade


@settings(max_examples=300, deadline=None)
@given(answers, answers)
def test_the_sides_may_be_swapped(first, second):
    forth, back = (
        grade_response(response, infer_key(key))
        for key, response in ((first, second), (second, first))
    )
    assume("deadline" not in (forth.rule, back.rule))
    # 7 + 5 = 12 is an answer that shows its calculation, but a key of its own.
    assume(not any("=" in side and not LETTERS.search(side) for side in (first, second)))
    assume(first.count(",") == second.count(","))  # only a key says how often a value counts
    # A key without a value, such as 1/0, is accepted; a response without one is not read.
    codes = {grade.feedback.code for grade in (forth, back) if grade.feedback}
    assume(FeedbackCode.DIVISION_BY_ZERO not in codes)
    assert forth.verdict == back.verdict


@settings(max_examples=150, deadline=None)
@given(answers, answers)
def test_the_same_twice(gold, response):
    key = infer_key(gold)
    assert grade_response(response, key) == grade_response(response, key)


def has_no_value(answer):
    return grade_response(f"0+({answer})", infer_key(f"({answer})+0")).verdict == Verdict.UNDECIDED


@settings(max_examples=150, deadline=None)
@given(expressions)
def test_writing_it_differently_changes_nothing(answer):
    key = infer_key(answer)
    for other in (f"-(-({answer}))", f"({answer})+0", rf"\frac{{2({answer})}}{{2}}"):
        grade = grade_response(other, key)
        # Of what has no value, such as 1/0, nothing is said.
        assert grade.verdict == Verdict.CORRECT or has_no_value(answer), other


@settings(max_examples=150, deadline=None)
@given(expressions)
def test_one_more_is_never_right(answer):
    assert grade_response(f"({answer})+1", infer_key(answer)).verdict != Verdict.CORRECT


KEYS = [
    infer_key(gold)
    for gold in ("5", "x^2+1", "(1,2)", r"\{1,2\}", "x>1", "y=2x", r"5\text{ cm}", "B", "odd")
]


@settings(max_examples=500, deadline=None)
@given(hostile, st.sampled_from(KEYS))
def test_no_text_makes_it_raise(text, key):
    for grader in (grade_response, grade_completion):
        grade = grader(text, key)
        assert isinstance(grade, Grade)
        assert 0 <= grade.score <= 1
        assert (grade.score == 1) == (grade.verdict == Verdict.CORRECT)


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_any_text_is_refused_or_a_key_that_equals_itself(text):
    with contextlib.suppress(InvalidKey):
        key = infer_key(text)
        assert grade_response(key.value, key).verdict != Verdict.INCORRECT


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ANSWER_KINDS])
def test_every_kind_has_a_key_that_equals_itself(kind):
    values = {
        Kind.NUMBER: "3/4", Kind.EXPRESSION: "x+1", Kind.EQUATION: "y=x", Kind.INEQUALITY: "x<1",
        Kind.LIST: "1, 2", Kind.SET: r"\{1,2\}", Kind.INTERVAL: "(1,2]", Kind.TUPLE: "(1,2)",
        Kind.MATRIX: "[[1,2],[3,4]]", Kind.RATIO: "1:2", Kind.CHOICE: "B",
        Kind.QUANTITY: "5 cm", Kind.TEXT: "odd",
    }  # fmt: skip
    assert infer_key(values[kind]).kind == kind or kind == Kind.INTERVAL
    assert grade_response(values[kind], infer_key(values[kind])).verdict == Verdict.CORRECT
