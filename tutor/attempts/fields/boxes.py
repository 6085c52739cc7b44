"""Boxes over an answer's field, by its kind. `static/js/answer_text.js` reads and writes them."""

from enum import StrEnum

from tutor.grading import AnswerKey, Kind


class BoxShape(StrEnum):
    MATRIX = "matrix"
    TUPLE = "tuple"
    INTERVAL = "interval"
    SET = "set"
    RATIO = "ratio"


_BY_KIND = {
    Kind.MATRIX: BoxShape.MATRIX,
    Kind.TUPLE: BoxShape.TUPLE,
    Kind.DIRECTION: BoxShape.TUPLE,
    Kind.INTERVAL: BoxShape.INTERVAL,
    Kind.SET: BoxShape.SET,
    Kind.RATIO: BoxShape.RATIO,
}


def shape_of(key: AnswerKey) -> BoxShape | None:
    """None for one plain field. Depends on the kind alone: boxes tell no size and no number."""
    is_open = key.guessed and key.kind == Kind.TUPLE  # (1, 2) may be an interval, too
    return None if is_open else _BY_KIND.get(key.kind)
