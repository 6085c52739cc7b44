"""Heights and slopes: a ladder or a kite, a tower that is seen from afar, a road that rises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.parsing.tree import Call, Num, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import (
    Formula,
    as_concept,
    expected_by,
    put_in,
    term_of,
    words,
)
from tutor.grading.working.knowledge.triangles.angle_sums import ANGLE_NAMES
from tutor.grading.working.knowledge.triangles.right_angled import LADDER, is_length
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

_HEIGHT_SEEN = words(
    r"tree|tower|building|cliff|pole|flagpole|church|baum|turm|gebäude|haus|kirche|mast|arbre|tour"
    r"|immeuble|árbol|torre|edificio",
    "树|塔|楼|旗杆|建筑",
)
_AWAY = words(
    r"away|from|horizontal\w*|distance|entfern\w*|entfernung|abstand|distante?|mètres de|distancia"
    r"|waagrecht\w*|waagerecht\w*",
    "距|离|远|水平",
)
_SLOPE = words(
    r"slope|hang|gradient|ramp|rises?|steigt|steigung\w*|steigungswinkel|pente|pendiente|sube|road",
    "坡|倾斜",
)
_UP = words(r"rises?|up|high|steigt|hoch|höhe|monte|hauteur|sube|altura|vertical\w*|um", "高|上升")
_SEEN = (
    Formula(
        frozenset(["h", "x", "y", "H", "height", "höhe", "hauteur", "altura", "高"]),
        "d*tan(α)",
        {"d": "away", "alpha": "angle"},
        (
            (Slip.DIVIDED_WRONGLY, "d/tan(α)"),
            (Slip.WRONG_FORMULA, "d*sin(α)"),
            (Slip.WRONG_FORMULA, "d*cos(α)"),
            (Slip.WRONG_FORMULA, "d/cos(α)"),
            (Slip.WRONG_FORMULA, "d/sin(α)"),
        ),
    ),
)
_STRING = (
    replace(
        _SEEN[0],
        names=_SEEN[0].names - {"x", "y"},  # which may be the other leg
        text="d*sin(α)",
        wrong=tuple((Slip.WRONG_FORMULA, other) for other in ("d*cos(α)", "d*tan(α)", "d/sin(α)")),
    ),
)
_FROM_GROUND = re.compile(
    r"(?:angle|winkel|ángulo|°|circ)[^.?]{0,40}?(?:ground|horizontal|boden|sol\b|suelo|地面|水平)"
    r"|(?:地面|水平面?)[^。]{0,6}(?:成|夹角)",
    re.IGNORECASE,
)
_ASKS_HEIGHT = words(
    r"how high|height|how far up|wie hoch|höhe|quelle hauteur|hauteur|altura|qué altura",
    "多高|高度",
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text, quantities = plain_text(task.text), stated_in(task)
    lengths = [q for q in quantities if is_length(q)]
    angles = [q for q in quantities if q.sign == "°"]
    if LADDER.search(text) and _FROM_GROUND.search(text) and _ASKS_HEIGHT.search(text):
        angles_to_ground = [as_concept(angle, "angle") for angle in angles]
        yield from _by_length_and_angle(_STRING, task, lengths, angles_to_ground)
    if _HEIGHT_SEEN.search(text) and _AWAY.search(text):
        away = [length for length in lengths if length.concept != "height"]
        yield from _by_length_and_angle(_SEEN, task, away, angles)
    if _SLOPE.search(text) and not angles:
        yield from _slope(text, lengths)


def _by_length_and_angle(
    formulas: Sequence[Formula],
    task: Task,
    lengths: Sequence[StatedQuantity],
    angles: Sequence[StatedQuantity],
) -> Iterator[ExpectedQuantity]:
    """Where there is one of each."""
    if len(lengths) == len(angles) == 1:
        away = [as_concept(length, "away") for length in lengths]
        yield from expected_by(formulas, task, [*away, *angles])


def _slope(text: str, lengths: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """The angle of a slope that rises 3 m on 4 m."""
    mentions = [match.start() for match in _UP.finditer(text)]
    if len(lengths) != 2 or not mentions:
        return
    is_horizontal = bool(_AWAY.search(text))
    rise = min(lengths, key=lambda q: min(abs(q.start - at) for at in mentions))
    run = next(q for q in lengths if q is not rise)
    height, width = (Num(q.number * q.unit.factor) for q in (rise, run))
    right = _inverse("arctan", height, width)
    if run.concept == "length" and not is_horizontal:
        right = _inverse("arcsin", height, width)
    elif not is_horizontal:
        return
    mistakes = (
        Mistake(Slip.DEGREES_RADIANS, None, Call("degrees", (right,))),
        Mistake(Slip.INVERSE_RATIO, None, _inverse("arctan", width, height)),
        Mistake(Slip.WRONG_FORMULA, None, _inverse("arcsin", height, width)),
        Mistake(Slip.WRONG_FORMULA, None, _inverse("arctan", height, width)),
    )
    yield ExpectedQuantity(ANGLE_NAMES, None, right, mistakes)


def _inverse(function: str, top: Term, bottom: Term) -> Term:
    return put_in(term_of(f"{function}(p/q)"), {"p": top, "q": bottom})
