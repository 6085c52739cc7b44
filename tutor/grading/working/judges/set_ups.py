"""Equations that put the words of the statement into a formula, with its numbers."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Mul,
    Num,
    Pow,
    Sym,
    free_names,
    walk,
)
from tutor.grading.solving.linear_systems import LinearSystem, rows_of
from tutor.grading.steps.multivariate import zero_sides
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.knowledge.triangles.angle_sums import ANGLES, angle_sum_in
from tutor.grading.working.progress import Progress
from tutor.grading.working.quantities.counting_words import is_in_order
from tutor.grading.working.task import Task, stated_in

_PRODUCT = words(r"product|produkt|produit|producto|multiply", "积|乘积")
_SIZES = ("perimeter", "area")
_SMALL = frozenset([Fraction(0), Fraction(1), Fraction(2)])
# Everybody knows how many legs a rabbit and how many wheels a car has.
_COUNTED_PARTS = words(
    r"legs?|feet|wheels?|beine?n?|füße?|räder|pattes|roues|patas|ruedas", "脚|腿|足|轮"
)
_MULTIPLES = (
    (
        Fraction(2),
        words(r"doubles?d?|verdoppelt?|doublée?|doubler|duplica\w{0,3}", "翻倍|翻一番|两倍"),
    ),
    (Fraction(3), words(r"triples?d?|verdreifacht?|triplée?|tripler|triplica\w{0,3}", "三倍")),
    (Fraction(1, 2), words(r"half|halved|halves|hälfte|halbiert|moitié|mitad", "一半")),
)
_PARTS = frozenset([Fraction(2), Fraction(3), Fraction(4)])


def sets_up(value: Comparison, progress: Progress) -> bool:
    """Whether it says nothing that is known already, with numbers that the statement tells."""
    task = progress.facts.task
    told = progress.told_numbers | progress.named_numbers
    if _COUNTED_PARTS.search(task.text):
        told |= _PARTS
    if (multiple := multiple_in(task.text)) is not None:
        told |= {multiple, *(multiple * number for number in told)}
    if ANGLES.search(task.text) and (total := angle_sum_in(task.text)) is not None:
        told |= {Fraction(total)}
    if task.equations or not free_names(value) or not told or _adds_cosine(value):
        return False
    if _is_half_perimeter(value, task) or _has_share_as_base(value, task, told):
        return False
    if _is_of_rectangle(value, task) or _is_told_product(value, task, told):
        return True
    numbers = {part.value for part in walk(value) if isinstance(part, Num)}
    is_told = bool(numbers & told) and numbers <= told | task.factors | _SMALL
    return is_told and (_is_of_new_name(value, progress) or _is_further_row(value, progress))


def multiple_in(text: str) -> Fraction | None:
    """2 where something has doubled, as in 2000·1.03^n = 4000 and in 1.03^n = 2."""
    grown = [factor for factor, pattern in _MULTIPLES if pattern.search(text)]
    return grown[0] if len(grown) == 1 else None


def _adds_cosine(value: Comparison) -> bool:
    """c² = 7² + 5² + 2·7·5·cos 60°, which is no rule."""
    sums = (part for part in walk(value) if isinstance(part, Add) and len(part.parts) > 2)
    return any(
        isinstance(part, Mul) and any(isinstance(p, Call) and p.name == "cos" for p in part.parts)
        for total in sums
        for part in total.parts
    )


def _has_share_as_base(value: Comparison, task: Task, told: frozenset[Fraction]) -> bool:
    """0.15^t < 0.5, where 15 % are lost each time and 85 % stay."""
    shares = {number / 100 for number in task.numbers} - told
    shares -= {1 - share for share in shares}
    return any(
        isinstance(part, Pow)
        and isinstance(part.base, Num)
        and part.base.value in shares
        and free_names(part.exponent)
        for part in walk(value)
    )


def _is_half_perimeter(value: Comparison, task: Task) -> bool:
    """x + (x + 4) = 36, two sides of a rectangle whose four sides make 36."""
    if not FIGURES["rectangle"].search(task.text):
        return False
    perimeters = {q.number for q in stated_in(task) if q.concept == "perimeter"}
    parts = list(walk(value.left))
    letters = sum(isinstance(part, Sym) for part in parts)
    is_doubled = any(isinstance(part, Mul | Pow) for part in parts)
    right = value.right
    is_whole = isinstance(right, Num) and right.value in perimeters
    return is_whole and isinstance(value.left, Add) and letters == 2 and not is_doubled


def _is_of_rectangle(value: Comparison, task: Task) -> bool:
    """a + b = 17, 2(a + b) = 34 or a·b = 60, where a rectangle has this perimeter and this area."""
    names = sorted(free_names(value))
    if len(names) != 2 or not FIGURES["rectangle"].search(task.text):
        return False
    told = {
        concept: {q.number for q in stated_in(task) if q.concept == concept} for concept in _SIZES
    }
    match value:
        case Comparison("=", Mul((Sym(), Sym())), Num(number)):
            return number in told["area"]
    rows = rows_of([value], names)
    if rows is None or not rows[0][0] or rows[0][0] != rows[0][1]:
        return False
    return 2 * rows[0][2] / rows[0][0] in told["perimeter"]


def _is_told_product(value: Comparison, task: Task, told: frozenset[Fraction]) -> bool:
    """xy = 96, where the product of two numbers is 96."""
    match value:
        case Comparison("=", Mul((Sym(), Sym())), Num(number)):
            return number in told and bool(_PRODUCT.search(task.text))
    return False


def _is_of_new_name(value: Comparison, progress: Progress) -> bool:
    """d² = e² + 9² after e² = 40."""
    known = frozenset[str]().union(*(fact.names for fact in progress.facts.facts))
    is_first = not any(fact.names & free_names(value) for fact in progress.facts.facts[:1])
    return is_first or not free_names(value) <= known


def _is_further_row(value: Comparison, progress: Progress) -> bool:
    """2m + 5a = 17.7 after 4m + 3a = 17.9, with its numbers in the order of the statement.

    Nothing that is known decides whether it holds.
    """
    names = free_names(value)
    sides = zero_sides(value)
    row = LinearSystem.of(sides, sorted(names)) if sides and value.op == "=" else None
    known = progress.facts.linear_system(names)
    if row is None or known is None or len(names) < 2 or names & known.fixed.keys():
        return False
    numbers = [part.value for part in walk(value.left) if isinstance(part, Num)]
    return is_in_order(numbers[::-1], progress.statement)
