"""Shares in a ratio: a part of the whole, and not of the other part."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

RANDS = (
    "R840 is shared between Sipho and Thandi in the ratio \\( 3 : 4 \\). How much does Sipho get?"
)
POUNDS = "Tom and Sara share £84 in the ratio 3 : 4. How much does each get?"
EUROS = "560 € werden unter Ali und Ben im Verhältnis 3 : 5 aufgeteilt. Wie viel bekommt Ali?"
DOUBLE = "Tom and Sara share £84 in the ratio 3 : 6. How much does each get?"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (RANDS, "Sipho gets 3/4 of R840"),
        (POUNDS, "Tom: 84 ÷ 3 = £28"),
        (POUNDS, "Sara: 84 ÷ 4 = £21"),
        (POUNDS, "Tom = 84/3 = 28"),
        (EUROS, "Ali bekommt 3/5 von 560 €"),
        (EUROS, "Ali: 560 : 5 = 112 €"),
    ],
)
def test_a_wrong_share_is_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) == "r"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (RANDS, "Sipho gets 3/7 of R840"),
        (POUNDS, "Tom: 84 ÷ 7 × 3 = £36"),
        (POUNDS, "one part: 84 ÷ 7 = £12"),
        (EUROS, "Ali bekommt 3/8 von 560 €"),
        (DOUBLE, "Tom: 84 ÷ 3 = £28"),
    ],
)
def test_a_right_share_is_proved(statement: str, line: str) -> None:
    assert marks([line], statement) == "p"
