"""What a step says of days, months and dozens."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("There are 30 days in March, and each of them costs 4 dollars.", REFUTED),
        ("Since there are 31 days in March, this takes a month.", PROVED),
        ("February has 29 days.", PROVED),
        ("There are 12 months in a year.", PROVED),
        ("An hour has 100 minutes.", REFUTED),
        ("Half a dozen plates means 6/2 = 3 plates.", REFUTED),
        ("A dozen eggs are 12 eggs.", PROVED),
        ("They pay quarterly, which means three times a year.", REFUTED),
        ("They pay quarterly, which means four times a year.", PROVED),
        # perhaps only the days of work; supposed; another noun; about a month
        ("There are 5 days in a week.", UNCHECKED),
        ("If there are 30 days in March, then", UNCHECKED),
        ("A dozen eggs are 3 dollars.", UNCHECKED),
        ("There are 4 weeks in a month.", UNCHECKED),
    ],
)
def test_calendars_and_dozens_are_known(step, verdict):
    assert check_last(step).verdict == verdict
