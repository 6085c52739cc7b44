"""Set-ups that the stored answer does not fulfil, with right lines below them."""

import pytest

from tutor.grading import read_key
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working

AGES = (
    "Anna is 13 years old, her mother is 45. In how many years will the mother be 3 times as old "
    "as Anna?"
)
NUMBER = (
    "I think of a number, multiply it by 6, add 23 and divide by 5. I get 19. What is my number?"
)


def _marks(lines, statement, value, *, is_finished):
    key = read_key({"value": value, "kind": "number"})
    checks = check_working(lines, statement)
    return [c.mark for c in weigh(lines, checks, statement, key, is_finished=is_finished)]


@pytest.mark.parametrize("is_finished", [True, False])
@pytest.mark.parametrize(
    ("statement", "value", "lines"),
    [
        (NUMBER, "12", ["6x+23/5=19", "6x+23=95", "x=12"]),
        (AGES, "3", ["45+x=3(13-x)", "45+x=39+3x", "x=3"]),
        (AGES, "3", ["45+x=3(13-x)", "45+x=39-3x", "45+x=39+3x", "x=3"]),
    ],
)
def test_a_right_line_below_a_wrong_set_up_is_not_blamed_for_it(
    statement, value, lines, is_finished
):
    assert _marks(lines, statement, value, is_finished=is_finished)[0] == "refuted"


def test_a_right_working_stays_as_it_is():
    marks = _marks(["(6x+23)/5=19", "6x+23=95", "x=12"], NUMBER, "12", is_finished=True)
    assert marks == ["given", "proved", "proved"]


@pytest.mark.parametrize("line", ["3*13+x=45", "45-x=3(13+x)"])
def test_no_wrong_set_up_is_called_given(line):
    assert _marks([line], AGES, "3", is_finished=False) == ["unchecked"]
    assert _marks(["45+x=3(13+x)"], AGES, "3", is_finished=False) == ["given"]
