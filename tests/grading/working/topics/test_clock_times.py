"""Spans between two times of day."""

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

TRIP = "A train leaves at 21:47 and arrives at 6:12. How long does it take?"


@pytest.mark.parametrize(
    "line",
    [
        "21:47 → 22:00   13 min",
        "22:00 -> 24:00: 2 h",
        "0:00 bis 6:12 = 6 h 12 min",
        "21:47 to 6:12 is 8 h 25 min",
        "从21:47到22:00：13分钟",
        "11:30 am - 1:15 pm: 1 h 45 min",
    ],
)
def test_a_right_span_is_proved(line):
    assert marks([line], TRIP) == "p"


def test_a_wrong_span_is_refuted():
    assert_marks(TRIP, [("21:47 → 22:00: 53 min", Slip.MINUTES_AS_DECIMALS)])
    assert marks(["22:00 → 24:00: 3 h"], TRIP) == "r"
