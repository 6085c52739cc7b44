"""Cases in which the right answer does not lie, fractions in stored answers, similar figures."""

from __future__ import annotations

from tests.grading.weighing.weighing import refuted, weighed
from tutor.grading.answer_key import Kind
from tutor.grading.steps.claim_results import Slip


def test_a_case_given_by_a_range_is_not_blamed_where_the_answer_lies_outside():
    lines = ["Case 1: x - 4 >= 0, so x >= 4", "x-4 = 2x+1 => x = -5, not in this case"]
    lines += ["Case 2: x < 4", "-x-4 = 2x+1", "-5 = 3x", "x = -5/3"]
    checks = weighed(r"Solve \(|x-4|=2x+1\).", "x = 1", *lines)
    assert refuted(checks) == (3, Slip.LOST_SIGN)


def test_a_fraction_with_a_noun_is_read_whole():
    statement = "How many litres of 60 % acid must be mixed with 4 litres of 20 % to get 30 %?"
    lines = ["x = litres of the 60 % acid", "0.6x + 0.2*4 = 0.3(x+4)"]
    lines += ["0.6x + 0.8 = 0.3x + 1.2", "0.3x = 2", "x = 20/3"]
    checks = weighed(statement, "4/3 litres", *lines, kind=Kind.QUANTITY)
    assert refuted(checks) == (3, Slip.MOVED_SIGN)


def test_the_factor_of_similar_figures_is_right_and_its_square_forgotten():
    statement = "Two similar kites have corresponding sides 3 cm and 5 cm. The smaller has area "
    statement += "27 cm². Find the area of the larger."
    checks = weighed(statement, "75 cm²", "scale factor = 5/3", "area of larger = 27 x 5/3 = 45")
    assert refuted(checks) == (1, Slip.SQUARE_FORGOTTEN)


def test_a_piece_of_a_function_tells_nothing_of_the_others():
    lines = ["p(t) = 3t for 0 <= t <= 2", "p(t) = 6 + 1.5(t-2) for t > 2", "p(5) = 6 + 1.5*3"]
    statement = "Parking costs 3 € an hour for 2 hours, then 1.50 €. Find p(t) and p(5)."
    assert refuted(weighed(statement, "10.50", *lines, is_finished=False)) is None
