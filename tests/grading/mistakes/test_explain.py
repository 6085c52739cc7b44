"""What the explanation of a wrong answer promises."""

import pytest

from tests.grading.hostile import BROKEN, CHARACTERS, LONG, NESTING
from tutor.grading.comparison.keys import read_key
from tutor.grading.mistakes import MistakeFamily, MistakeName
from tutor.grading.mistakes.explain import explain

STATEMENT = r"Solve \(3x - 7 = 11\)."


@pytest.mark.parametrize("response", ["6", "x = 6", "18/3", "6.0"])
def test_a_right_answer_needs_no_explanation(response):
    assert explain(response, read_key({"kind": "number", "value": "6"}), STATEMENT) is None


@pytest.mark.parametrize("response", ["8", "25", "1/9", "", "I do not know", "x", "(1, 2)"])
def test_an_arbitrary_answer_gets_none(response):
    assert explain(response, read_key({"kind": "number", "value": "6"}), STATEMENT) is None


def test_every_name_has_a_family():
    assert {name.family for name in MistakeName} == set(MistakeFamily)
    assert MistakeName.SIGN_LOST_WHEN_DIVIDING.family == MistakeFamily.SIGN
    assert MistakeName.EXTERIOR_ANGLE.family == MistakeFamily.OTHER_QUESTION


@pytest.mark.parametrize("text", [*NESTING, *LONG, *CHARACTERS, *BROKEN])
def test_no_text_makes_it_raise(text):
    explain(text, read_key({"kind": "number", "value": "6"}), STATEMENT)
    explain("7", read_key({"kind": "number", "value": "6"}), text)
