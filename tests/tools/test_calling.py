"""Calls as models write them, well and badly, and texts that break readers."""

import json
import time
from itertools import pairwise

import pytest

from tests.grading import hostile
from tutor.tools.calling import answering, tools

CALCULATE, ALGEBRA = tools()
# What SymPy itself would hang or grow on: each is asked only a few times.
GROWING = ["9^9^9^9^9", "(x+y+z+w)^{60}-1", "x^{x^{x^{x}}}", "(x+1)^{10^9}", "10^{10^{10}}"]
GROWING += [r"\int_0^1 x^{x} dx", r"\sum_{k=1}^{10^{12}} k", r"\binom{10^{9}}{10^8}"]
WITHIN_S = 10.0  # the longest question, and the start of a child after one that was killed


def algebra(operation: str, expression: str, **more: str) -> str:
    return ALGEBRA.call(json.dumps({"operation": operation, "expression": expression, **more}))


def test_a_call_is_answered():
    assert CALCULATE.call('{"expression": "17 * 24"}') == "408"
    assert algebra("factor", "x^2 - 1") == r"\left(x - 1\right) \left(x + 1\right)"
    assert algebra("solve", "x + y = 3; x - y = 1", variable="") == "x = 2, y = 1"
    assert algebra("differentiate", "x^2 y", variable="y") == "x^{2}"


def test_a_number_is_taken_for_its_text():
    assert CALCULATE.call('{"expression": 408}') == "408"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("17 * 24", "The arguments are not JSON; an object with expression is needed."),
        ('{"expression": "17', "The arguments are not JSON; an object with expression is needed."),
        ("[" * 1500, "The arguments are not JSON; an object with expression is needed."),
        ('["17"]', "The arguments are no JSON object; one with expression is needed."),
        ("", "The arguments are not JSON; an object with expression is needed."),
        ("{}", "The argument expression is missing, or is no text."),
        ('{"expression": null}', "The argument expression is missing, or is no text."),
        ('{"expression": {"a": 1}}', "The argument expression is missing, or is no text."),
        ('{"expression": "' + "1" * 3000 + '"}', "The arguments are longer than 2000 characters."),
        ('{"expression": "2 +* 3"}', "I cannot read '2 +* 3': it makes no sense at '*'."),
    ],
)
def test_a_bad_call_is_answered_by_a_sentence(arguments, reason):
    assert CALCULATE.call(arguments) == reason


def test_an_operation_that_does_not_exist_is_told():
    assert algebra("guess", "x").startswith("There is no such operation; there are simplify,")


@pytest.mark.parametrize(
    "text", [*hostile.SHORT[::3], *hostile.LONG], ids=lambda text: ascii(text)[1:30]
)
def test_whatever_it_is_the_calculator_answers_soon(text, tmp_path):
    marker = tmp_path / "ran"
    began = time.monotonic()
    result = CALCULATE.call(json.dumps({"expression": text.replace("{marker}", str(marker))}))
    assert 0 < len(result) < 700
    assert time.monotonic() - began < WITHIN_S
    assert not marker.exists()


@pytest.mark.parametrize("operation", ["simplify", "solve"])
@pytest.mark.parametrize(
    "texts",
    [hostile.RUNNING, hostile.NESTING, hostile.BROKEN, hostile.CHARACTERS, hostile.PATTERNS],
)
def test_whatever_it_is_algebra_answers_soon(operation, texts, tmp_path):
    marker = tmp_path / "ran"
    for text in texts:
        began = time.monotonic()
        result = algebra(operation, text.replace("{marker}", str(marker)))
        assert 0 < len(result) < 700, text
        assert time.monotonic() - began < WITHIN_S, text
    assert not marker.exists()


@pytest.mark.parametrize("text", GROWING)
def test_what_grows_without_end_is_stopped(text):
    began = time.monotonic()
    assert 0 < len(algebra("simplify", text)) < 700
    assert time.monotonic() - began < WITHIN_S
    assert algebra("expand", "(x+1)^2") == "x^{2} + 2 x + 1"


@pytest.mark.parametrize("operation", ["simplify", "expand", "evaluate", "solve", "differentiate"])
@pytest.mark.parametrize("text", ["M", "2 M", "M = x"])
def test_a_matrix_is_refused_in_a_sentence(operation, text):
    matrix = text.replace("M", r"\begin{pmatrix} x & 1 \\ 0 & 1 \end{pmatrix}")
    result = algebra(operation, matrix)
    assert result == "I work with numbers and letters; matrices and vectors I do not know."
    assert CALCULATE.call(json.dumps({"expression": matrix})) == result


def test_values_with_a_matrix_are_refused_too():
    values = r"x = \begin{pmatrix} 1 \\ 2 \end{pmatrix}"
    assert "matrices" in algebra("evaluate", "x + 1", at=values)


def test_a_tool_that_fails_is_logged_and_the_model_goes_on(caplog):
    call = answering(lambda given: str(1 // 0), {"expression"})
    assert call('{"expression": "1"}') == "That cannot be worked out here."
    assert "ZeroDivisionError" in caplog.text


def test_values_that_multiply_are_refused_before_they_have_grown():
    values = [f"{a} = {'+'.join(b * 15)}" for a, b in pairwise("uvwxy")]
    result = algebra("evaluate", "+".join("u" * 15), at=", ".join(values))
    assert result == "With these values the expression has more than 150 parts."
