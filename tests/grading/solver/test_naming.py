import pytest

from tutor.grading.solver import name_move


@pytest.mark.parametrize(
    ("before", "after", "phrase"),
    [
        ("x + 9 = 14", "x = 5", "subtract 9 from both sides"),
        ("x/5 = 8", "x = 40", "multiply both sides by 5"),
        ("-4x > 8", "x < -2", "divide both sides by -4 and turn the inequality sign round"),
        ("x + 9 = 14", "x = 4", None),
        ("x + ", "x = 4", None),
    ],
)
def test_it_names_the_move(before, after, phrase):
    move = name_move(before, after)
    assert (move.phrase if move else None) == phrase
