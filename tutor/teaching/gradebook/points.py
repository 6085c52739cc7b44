"""Points and percentages, as a gradebook shows them."""

from decimal import Decimal
from functools import lru_cache

from tutor.courses.conventions import has_class_comma

NOTHING = Decimal(0)
_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


def plain(number: Decimal) -> str:
    """2.50 as 2.5, or as 2,5 where the class writes so, and 3.00 as 3."""
    text = _without_zeros(number)
    return text.replace(".", ",") if has_class_comma() else text


@lru_cache(maxsize=4096)
def _without_zeros(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(points: Decimal, max_points: Decimal) -> Decimal | None:
    """With one decimal; None if there are no points to reach."""
    return (_HUNDRED * points / max_points).quantize(_TENTH) if max_points else None
