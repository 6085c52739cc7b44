"""Letters that are a unit in the problem, and the name of a quantity in a line, or the reverse."""

from __future__ import annotations

from tests.grading.working.marking import marks

BRAKES = "A car at 20 m/s brakes with 4 m/s². How far does it travel before it stops?"


def test_a_named_length_with_a_factor_is_no_amount_of_seconds():
    assert marks(["0 = 20^2 - 2*4*s", "8s = 400", "s = 50 m"], BRAKES)[1:] == "pp"
    assert marks(["0 = 20^2 - 2*4*s", "8s = 300"], BRAKES)[1] == "r"


def test_a_time_in_seconds_stays_one_beside_a_named_length():
    statement = "A stone falls 45 m (g = 10 m/s²). How long does it fall?"
    assert marks(["s = 45", "45 = 5t²", "t = 3s"], statement)[2] == "p"


def test_the_unit_of_a_list_may_stand_before_it():
    statement = "Lea springt (in m) 3.10; 2.85; 3.40; 2.95; 3.30. Bestimme den Median."
    assert marks(["Median = 3.10 m"], statement) == "p"
    assert marks(["Median = 3.40 m"], statement) != "p"
