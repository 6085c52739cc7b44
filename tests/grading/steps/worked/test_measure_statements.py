"""What a step says of hours, coins and conversions."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("From 8:00 AM until 11:00 PM is 11 + 8 = 19 hours.", REFUTED),
        ("So the time from 8:00 AM to 5:30 PM is 9.5 hours.", PROVED),
        ("From 10 p.m. to 6 a.m. is 8 hours.", PROVED),
        ("11:00 PM is 11 hours past midnight.", REFUTED),
        ("2 PM is 14 hours past midnight.", PROVED),
        ("Two nickels are worth $0.10 (10 cents) each, so he has these.", REFUTED),
        ("Two nickels are worth $0.10 in total.", PROVED),
        ("A quarter is worth 25 cents.", PROVED),
        ("It takes 90 minutes (2 hours).", REFUTED),
        ("It takes 90 minutes (1.5 hours).", PROVED),
        ("The speed is 0.0056 kb/s (or 5.6 kb/s).", REFUTED),
        ("So, the cost of one bus trip is: 2 trips × $2.20/trip = $4.40.", REFUTED),
        ("However, 54 is not divisible evenly by 9 when we form groups.", REFUTED),
        ("7.5 pounds is half a pound more than 15 pounds.", REFUTED),
        ("So 18 pounds is 3 pounds more than 15 pounds.", PROVED),
        ("Time = Total pages * Pages per minute = 18 * 0.3 = 5.4 minutes.", REFUTED),
        ("Time = Total pages * Minutes per page = 18 * 0.3 = 5.4 minutes.", PROVED),
        # two amounts; only a part of the time; two parts; several days
        ("He pays 5 dollars (or 6 dollars).", UNCHECKED),
        ("It takes 1 hour 30 minutes (90 minutes).", UNCHECKED),
        ("It takes 2 × 30 minutes (1 hour).", UNCHECKED),
        ("He works 5 days (40 hours).", UNCHECKED),
    ],
)
def test_hours_coins_and_conversions_are_known(step, verdict):
    assert check_last(step).verdict == verdict
