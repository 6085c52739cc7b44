"""Points and percentages, as a gradebook shows them."""

from decimal import Decimal
from functools import lru_cache

NOTHING = Decimal(0)
_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


@lru_cache(maxsize=4096)
def plain(number: Decimal) -> str:
    """2.50 as 2.5, and 3.00 as 3."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(points: Decimal, max_points: Decimal) -> Decimal | None:
    """With one decimal; None if there are no points to reach."""
    return (_HUNDRED * points / max_points).quantize(_TENTH) if max_points else None
