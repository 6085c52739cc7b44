"""Moves said in the reader's language."""

import pytest
from django.utils.translation import override

from tutor.attempts.working.moves import move_phrase, move_phrases, phrases
from tutor.grading.solver import Move, MoveName

SUBTRACT = Move(MoveName.SUBTRACT_FROM_BOTH, ("3x",))
EXPAND = Move(MoveName.EXPAND)


def test_phrase_begins_with_a_capital_letter():
    assert move_phrase(SUBTRACT) == "Subtract 3x from both sides"


def test_moves_of_a_step_are_said_in_one_sentence():
    moves = [EXPAND.to_dict(), SUBTRACT.to_dict(), {"name": "of a later version", "terms": []}]
    assert move_phrases(moves) == "Expand the brackets; subtract 3x from both sides"
    assert move_phrases("") == ""
    with override("zh-hans"):
        assert "；" in move_phrases(moves)


@pytest.mark.parametrize("name", MoveName)
def test_each_move_has_a_phrase_in_chinese(name):
    english = phrases()[name]
    with override("zh-hans"):
        chinese = phrases()[name]
    assert chinese != english
    assert chinese.count("{") == english.count("{")
