"""Right lines before a wrong one that answers another quantity, or counts too little."""

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip

_DILUTED = (
    "How many litres of water must be added to 15 litres of a 40% acid solution to make it a "
    "30% solution?"
)
_LIMIT = "Evaluate \\(\\lim_{x\\to\\infty}\\left(1+\\frac4x\\right)^x\\)."
_QUEUE = "7人站成一排，甲、乙两人必须相邻，有多少种站法？"
_STREAM = "船在静水中的速度为14 km/h，水流速度为2 km/h。船从A顺水到B用了3小时，原路返回要几小时？"


@pytest.mark.parametrize(
    "lines",
    [
        ("0.4·15 = 6 l of acid", "total at the end: 6:0.3 = 20 l", "answer: 20 litres"),
        (
            "0.4*15 = 6",
            "x = litres at the end, 0.3x = 6",
            "x = 6/0.3 = 20",
            "answer 20 litres",
        ),
    ],
)
def test_the_whole_is_answered_for_a_part(lines: tuple[str, ...]) -> None:
    assert refuted(weighed(_DILUTED, "5 litres", *lines)) == (len(lines) - 1, Slip.NOT_PUT_BACK)


def test_a_place_is_answered_for_the_greatest_value() -> None:
    statement = "Find the maximum value of \\(8x-x^2\\)."
    checks = weighed(statement, "16", "8 - 2x = 0", "x = 4", "maximum value = 4")
    assert refuted(checks) == (2, Slip.NOT_PUT_BACK)
    right = marks(statement, "16", "8 - 2x = 0", "x = 4", "maximum value = 32 - 16 = 16")
    assert Mark.REFUTED not in right


@pytest.mark.parametrize(
    "line", ["1 to the power of infinity is 1", "1^∞ = 1", "1 elevado a lo que sea es 1"]
)
def test_one_to_infinity_is_wrong_and_the_base_is_right(line: str) -> None:
    checks = weighed(_LIMIT, "e^4", "4/x tends to 0", "the base tends to 1", line, "limit = 1")
    assert refuted(checks) == (2, Slip.ONE_TO_INFINITY)


def test_the_base_is_right_before_a_wrong_limit() -> None:
    checks = weighed(_LIMIT, "e^4", "the base tends to 1", "limit = 1")
    assert refuted(checks) == (1, Slip.ONE_TO_INFINITY)


def test_a_power_of_one_without_a_limit() -> None:
    statement = "Evaluate \\(1^{20}+3\\)."
    assert Mark.REFUTED not in marks(statement, "4", "1^20 = 1", "1 + 3 = 4")


def test_orders_of_some_things_are_right() -> None:
    lines = ("把甲乙看成一个整体", "6个元素全排列6!=720", "所以共有720种站法")
    assert refuted(weighed(_QUEUE, "1440", *lines)) == (2, Slip.HALF_FORGOTTEN)


def test_orders_of_another_number_of_things_are_not() -> None:
    assert refuted(weighed(_QUEUE, "1440", "6个元素全排列5!=120", "120×2=240")) is not None


def test_the_way_of_a_trip_is_right() -> None:
    lines = ("顺水速度14+2=16", "AB=16×3=48 km", "返回速度是14", "t=48÷14=24/7")
    number, _ = refuted(weighed(_STREAM, "4小时", *lines)) or (None, None)
    assert number in (2, 3)
    right = ("顺水速度14+2=16", "AB=16×3=48 km", "返回速度是14-2=12", "t=48÷12=4")
    assert Mark.REFUTED not in marks(_STREAM, "4小时", *right)


def test_interest_in_francs_that_is_not_of_so_many_months() -> None:
    statement = "Ein Guthaben von Fr. 9000 wird zu 2 % verzinst. Berechne den Zins für 4 Monate."
    lines = ("Jahreszins: 9000·0.02 = 180 Fr.", "Zins für 4 Mte.: 180 : 4 = 45 Fr.", "Fr. 45 Zins")
    number, _ = refuted(weighed(statement, "Fr. 60", *lines)) or (None, None)
    assert number == 1
