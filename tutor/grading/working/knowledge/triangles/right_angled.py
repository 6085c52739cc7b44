"""Pythagoras: legs and hypotenuses, also of ladders, diagonals and tangents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.parsing.tree import Call, Comparison, Value, free_names
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import (
    Formula,
    as_concept,
    expected_by,
    term_of,
    words,
)
from tutor.grading.working.knowledge.triangles.lettered_corners import (
    ratios_of_angles,
    right_corner,
    squares_of_sides,
)
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

RIGHT_ANGLED = words(
    r"right[- ](?:angled )?triangles?|right-angled|hypotenuse|rechtwinklig\w*|rectangle en"
    r"|triangle rectangle|hypoténuse|triángulos? rectángulos?|hipotenusa|ladder|leiter|échelle"
    r"|escalera|pythagor\w+",
    "直角三角形|斜边|梯子|勾股",
)
_WITH_DIAGONALS = words(
    r"diagonal\w*|cones?|kegels?|cônes?|conos?|pyramid\w*|pirámide", "对角线|圆锥|棱锥"
)
LADDER = words(r"ladder|leiter|échelle|escalera|rope|seil|string|kite|wire|plank|ramp", "梯子|绳")
_ASKS_SLANT = words(
    r"how long (?:is|must|should|does)|(?:find|calculate|what is) the length of the"
    r" (?:ladder|rope|wire|ramp|string|cable)|wie lang (?:ist|muss)|quelle est la longueur"
    r"|calculer la longueur|qué longitud tiene|cuánto mide",
    "梯子?(?:的?长|有多长)|多长",
)
_TANGENT = words(r"tangents?|tangenten?|tangentes", "切线")
_CIRCLE = words(
    r"circles?|radius|cent(?:re|er)|kreis\w*|mittelpunkt|cercle|rayon|círculo|circunferencia|radio",
    "圆|半径",
)
_SIDES = frozenset(
    ["c", "b", "a", "d", "x", "h", "hypotenuse", "l", "P_T", "A_B", "A_C", "B_C", "y"]
)
_LEGS = (
    Formula(_SIDES, "√(a^2+b^2)", {"a": "leg", "b": "leg"}, ((Slip.WRONG_FORMULA, "√(a^2-b^2)"),)),
    Formula(
        _SIDES,
        "√(c^2-a^2)",
        {"c": "hypotenuse", "a": "leg"},
        ((Slip.WRONG_FORMULA, "√(c^2+a^2)"), (Slip.SPLIT_ROOT, "c-a")),
    ),
)
_SQUARES = frozenset(f"{name}^2" for name in (*_SIDES, "s", "e", "f", "g", "D"))
_SQUARES_OF_SEGMENTS = frozenset(name for name in _SQUARES if "_" in name)
_LAWS = ("a^2+b^2", "c^2-a^2")
_SPLIT = (
    Mistake(Slip.SPLIT_SQUARE, term_of("(a+b)^2")),
    Mistake(Slip.SPLIT_SQUARE, term_of("a+b")),
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text, quantities = plain_text(task.text), stated_in(task)
    if not (_has_right_angle(task, text) or _WITH_DIAGONALS.search(text)):
        return
    yield from expected_by(_LEGS, task, right_angled_sides(text, quantities))
    squares = _SQUARES - _SQUARES_OF_SEGMENTS if right_corner(task.text) else _SQUARES
    yield from (ExpectedQuantity(squares, term_of(law), None, _SPLIT) for law in _LAWS)
    yield from squares_of_sides(task.text, quantities)
    yield from ratios_of_angles(task.text, quantities)


def _has_right_angle(task: Task, text: str) -> bool:
    """Also between a radius and a tangent; not in the tangent of a graph."""
    if RIGHT_ANGLED.search(text) or right_corner(task.text):
        return True
    has_graph = any({"x", "y"} <= free_names(e) or _is_function(e) for e in task.equations)
    return bool(_TANGENT.search(text) and _CIRCLE.search(text)) and not has_graph


def _is_function(equation: Value) -> bool:
    return isinstance(equation, Comparison) and isinstance(equation.left, Call)


def is_length(q: StatedQuantity) -> bool:
    return not q.sign and q.unit.dimension in ((), (("m", 1),))


def right_angled_sides(text: str, quantities: Sequence[StatedQuantity]) -> list[StatedQuantity]:
    """Legs and hypotenuses; the ladder is one, and so is the distance to a tangent's centre."""
    lengths = [q for q in quantities if is_length(q)]
    sides = [q for q in lengths if q.concept in ("leg", "hypotenuse")]
    if len(sides) == 2 and len({q.concept for q in sides}) + len(lengths) > 3:
        return sides
    if all(q.concept == "leg" for q in sides) and len(sides) == 2:
        return sides
    corner = right_corner(text)
    if corner and len(lengths) == 2 and all(len(q.name) == 2 for q in lengths):
        kinds = ["leg" if corner in q.name else "hypotenuse" for q in lengths]
        return [as_concept(q, kind) for q, kind in zip(lengths, kinds, strict=True)]
    named = {q.name: q for q in lengths}
    if {"a", "b", "c"} >= named.keys() and len(named) == 2 and len(lengths) == 2:
        return [as_concept(q, "hypotenuse" if n == "c" else "leg") for n, q in named.items()]
    if len(lengths) != 2:
        return sides
    longer = max(lengths, key=lambda q: q.number * q.unit.factor)
    shorter = next(q for q in lengths if q is not longer)
    if _ASKS_SLANT.search(text) and not corner:
        return [as_concept(q, "leg") for q in (shorter, longer)]
    is_slanted = any(q.concept == "hypotenuse" for q in lengths) or bool(
        LADDER.search(text) or _TANGENT.search(text)
    )
    if is_slanted:
        return [as_concept(longer, "hypotenuse"), as_concept(shorter, "leg")]
    return sides
