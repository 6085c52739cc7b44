"""Boxes over an answer's field, by its kind. `static/js/answer_text.js` reads and writes them."""

import re
from enum import StrEnum

from tutor.attempts.fields.units import unit_choices
from tutor.grading import AnswerKey, Kind


class BoxShape(StrEnum):
    MATRIX = "matrix"
    TUPLE = "tuple"
    INTERVAL = "interval"
    SET = "set"
    RATIO = "ratio"
    QUANTITY = "quantity"
    DIVISION = "division"
    TRUTH = "truth"
    SOLUTIONS = "solutions"


_BY_KIND = {
    Kind.MATRIX: BoxShape.MATRIX,
    Kind.TUPLE: BoxShape.TUPLE,
    Kind.DIRECTION: BoxShape.TUPLE,
    Kind.INTERVAL: BoxShape.INTERVAL,
    Kind.SET: BoxShape.SET,
    Kind.RATIO: BoxShape.RATIO,
    Kind.QUANTITY: BoxShape.QUANTITY,
    Kind.DIVISION: BoxShape.DIVISION,
    Kind.TRUTH: BoxShape.TRUTH,
}
# An equation may have one solution, several or none: its problem looks the same in all cases.
_MAY_BE_SOLUTIONS = (Kind.NUMBER, Kind.EXPRESSION, Kind.EQUATION, Kind.LIST)
_ASKS_FOR_SOLUTIONS = re.compile(
    r"\b(?:solve|solutions?|zeros|roots of|lös|nullstelle|résou|racines de|resuelv|resolver|soluci"
    r"|raíces de)|解方程|方程的[解根]|的[解根]|零点",
    re.IGNORECASE,
)
_NAMES_SET = re.compile(r"\bset\b|\\\{|集|menge|ensemble|conjunto", re.IGNORECASE)


def shape_of(key: AnswerKey, statement: str) -> BoxShape | None:
    """None for one plain field. It tells no more than the kind and the statement do.

    The size and the number of entries are the student's, and whether there are several solutions.
    """
    asks = bool(_ASKS_FOR_SOLUTIONS.search(statement))
    if key.kind in _MAY_BE_SOLUTIONS:
        return BoxShape.SOLUTIONS if asks else None
    if key.kind == Kind.SET and asks and not _NAMES_SET.search(statement):
        return BoxShape.SOLUTIONS
    is_open = key.guessed and key.kind == Kind.TUPLE  # (1, 2) may be an interval, too
    has_no_list = key.kind == Kind.QUANTITY and not unit_choices(key.unit)
    return None if is_open or has_no_list else _BY_KIND.get(key.kind)
