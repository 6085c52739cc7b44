"""The largest area with a given fence: a condition, a function of one letter, its maximum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Mul,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import difference, number, polynomial, product, total
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import StatedQuantity
from tutor.grading.working.task import stated_in

_LARGEST = words(
    r"largest|greatest|biggest|maximum|maximal\w{0,3}|maximi[sz]e\w?|größt\w{0,5}|möglichst groß"
    r"|maximale?|plus grande|máxim[ao]",
    "最大",
)
_AREA = words(r"areas?|flächeninhalt\w{0,2}|flächen?|aires?|superficies?|áreas?", "面积")
_RECTANGLE = words(
    r"rectang(?:le|ular)\w?|rechteck\w{0,5}|rectangulaire|rectángul\w{1,4}|field|garden|pen"
    r"|enclosure|gehege|garten|enclos|jardín",
    "长方形|矩形",
)
_FENCE = words(
    r"fenc\w{1,4}|perimeter|wire|rope|zaun\w{0,4}|umfang|draht|seil|clôtur\w{1,3}|périmètre|grillage"
    r"|cerca\w{0,3}|valla\w?|perímetro",
    "篱笆|围栏|栅栏|周长|铁丝",
)
_AGAINST_WALL = words(
    r"river|wall|three sides|house|fluss\w{0,2}|mauer|wand|hauswand|drei seiten|rivière|mur"
    r"|trois côtés|río|pared|tres lados",
    "靠墙|墙|河|三面",
)
_LETTER = re.compile(r"\\\(\s{0,2}([a-z])\s{0,2}\\\)")  # that the statement gives to a length


def enclose_most(position: Position) -> Iterator[Step]:
    """y = 30 - x, then A(x) = x·(30 - x); its derivative is taken by others."""
    task = position.goal.task
    text = task.text
    lengths = [q for q in stated_in(task) if not q.sign and _is_length(q)]
    is_meant = all(pattern.search(text) for pattern in (_LARGEST, _AREA, _RECTANGLE, _FENCE))
    if not is_meant or len(lengths) != 1 or len(stated_in(task)) != 1:
        return
    sides = 1 if _AGAINST_WALL.search(text) else 2
    yield from _enclosed(position, lengths[0].number, sides)


def _is_length(q: StatedQuantity) -> bool:
    return q.unit.dimension in ((), (("m", 1),))


def _enclosed(position: Position, fence: Fraction, sides: int) -> Iterator[Step]:
    """sides: how many have the length y; the others are two of length x."""
    lines = written_lines(position)
    other = _other_side(fence, sides)
    area = Mul((Sym("x"), other))
    if _has_area(lines):
        yield from _expanded(lines[-1])
        return
    condition = Comparison("=", Sym("y"), other)
    has_condition = any({"x", "y"} <= free_names(line) for line in lines)
    has_solved = any(isinstance(line, Comparison) and line.left == Sym("y") for line in lines)
    if lines and not has_solved and has_condition:
        yield Step(condition, Move(MoveName.SOLVE_FOR, ("y",)))
        return
    if "x" in _LETTER.findall(position.goal.task.text) or has_condition:
        if not lines or lines[-1] == condition:
            line = Comparison("=", Call("A", (Sym("x"),)), area)
            yield Step(line, Move(MoveName.WRITE_AREA_WITH_ONE_LETTER))
    elif not lines:
        whole = total([product(number(2), Sym("x")), product(number(sides), Sym("y"))])
        line = Comparison("=", whole, number(fence))
        yield Step(line, Move(MoveName.SET_UP_EQUATION))


def _expanded(line: Value) -> Iterator[Step]:
    """A(x) = 20x - x² for A(x) = x·(20 - x)."""
    match line:
        case Comparison("=", title, Mul() as body) if free_names(body) == {"x"}:
            rational = rational_function(body, "x")
            if rational is not None and rational.bottom.degree() == 0:
                whole = polynomial(rational.top / rational.bottom[0], "x")
                yield Step(Comparison("=", title, whole), Move(MoveName.EXPAND))


def _other_side(fence: Fraction, sides: int) -> Term:
    return difference(number(fence / sides), product(number(Fraction(2, sides)), Sym("x")))


def _has_area(lines: Sequence[Value]) -> bool:
    return any(
        isinstance(line, Comparison)
        and is_term(line.right)
        and free_names(line.right) == {"x"}
        and line.left in (Sym("A"), Call("A", (Sym("x"),)), Sym("S"), Sym("F"))
        for line in lines
    )
