"""Sums of the angles in triangles and other polygons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Add, Call, Num, Term, Unreadable, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudgetSpent
from tutor.grading.prose.formulas import find_formulas, split_statements
from tutor.grading.solving.linear_systems import linear_row
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

ANGLES = words(r"angles?|winkel\w*|innenwinkel\w*|ángulos?", "角")
_QUADRILATERAL = words(
    r"quadrilateral|viereck\w*|quadrilatère|cuadrilátero|parallelogram\w*", "四边形"
)
_PENTAGON = words(r"pentagon|fünfeck\w*|pentagone|pentágono", "五边形")
_LISTED = re.compile(
    r"(?:\bare|\bsind|\bsont|\bson|\bmiden|\bmesurent|为|是)\s*([^.;。；?]{3,60})(?=[.;。；?]|$)"
)
_SEPARATORS = re.compile(r",|、|，|\band\b|\bund\b|\bet\b|\by\b|和")
ANGLE_NAMES = frozenset(["alpha", "beta", "gamma", "theta", "x", "A", "B", "C", "phi", "angle"])
_GREEK = frozenset(["α", "β", "γ", "alpha", "beta", "gamma"])
_POLYGONS = {
    number: words(latin, chinese)
    for number, latin, chinese in (
        (5, r"pentagon|fünfeck\w*|pentagone|pentágono", "五边形"),
        (6, r"hexagon|sechseck\w*|hexagone|hexágono", "六边形"),
        (7, r"heptagon|siebeneck\w*|heptagone|heptágono", "七边形"),
        (8, r"octagon|achteck\w*|octogone|octógono", "八边形"),
        (9, r"nonagon|neuneck\w*|ennéagone|eneágono", "九边形"),
        (10, r"decagon|zehneck\w*|décagone|decágono", "十边形"),
    )
}
ANGLE_SUMS = frozenset(
    name
    for names in (
        "angle sum|sum|sum of the angles|sum of the interior angles|winkelsumme|summe",
        "summe der innenwinkel|somme|somme des angles|suma|suma de los ángulos|内角和|内角",
    )
    for name in names.split("|")
)
_DIAGONALS = frozenset(["diagonals", "diagonalen", "diagonales", "对角线"])


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = plain_text(task.text)
    quantities = stated_in(task)
    named = [q for q in quantities if q.sign == "°" and q.name in _GREEK]
    if ANGLES.search(text) or len(named) > 1:
        yield from _angle_sums(task, text, quantities)
    yield from _polygon_sums(text)


def _angle_sums(
    task: Task, text: str, quantities: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    total = angle_sum_in(text)
    if total is not None:
        yield from _unknown_of_terms(total, angle_terms_in(task))
        yield from _last_angle(total, [q.number for q in quantities if q.sign == "°"])


def _unknown_of_terms(total: int, terms: Sequence[Term]) -> Iterator[ExpectedQuantity]:
    """The x of angles x, 2x and 3x."""
    if terms and terms[-1] in terms[:-1]:
        terms = terms[:-1]  # find x
    names = frozenset[str]().union(*map(free_names, terms))
    if len(names) != 1 or len(terms) != total // 180 + 2:
        return
    row = linear_row(Add(tuple(terms)), [*names])
    if row is not None and row[0]:
        others = (other for other in (180, 360, 540, 90) if other != total)
        right, *wrong = (Num((other + row[1]) / row[0]) for other in (total, *others))
        yield from _with_and_without_sign(names, right, wrong)


def _last_angle(total: int, angles: Sequence[Fraction]) -> Iterator[ExpectedQuantity]:
    """The one that is sought, where all others are told."""
    if len(angles) == total // 180 + 1:
        known = sum(angles, Fraction(0))
        wrong_total = 360 if total == 180 else 180
        wrong = Num(abs(wrong_total - known))
        yield from _with_and_without_sign(ANGLE_NAMES, Num(total - known), [wrong])


def _with_and_without_sign(
    names: frozenset[str], right: Num, wrong: Sequence[Num]
) -> Iterator[ExpectedQuantity]:
    """65° and 65."""
    for written in (_in_degrees, _plain):
        mistakes = (Mistake(Slip.WRONG_FORMULA, None, written(value)) for value in wrong)
        yield ExpectedQuantity(names, None, written(right), tuple(mistakes))


def _in_degrees(number: Num) -> Term:
    return Call("degrees", (number,))


def _plain(number: Num) -> Term:
    return number


def _polygon_sums(text: str) -> Iterator[ExpectedQuantity]:
    """(n - 2)·180° for the angles of a polygon, and n(n - 3)/2 for its diagonals."""
    sides = [number for number, pattern in _POLYGONS.items() if pattern.search(text)]
    if len(sides) != 1:
        return
    right = Num(Fraction(180 * (sides[0] - 2)))
    yield ExpectedQuantity(ANGLE_SUMS, None, right)
    yield ExpectedQuantity(ANGLE_SUMS, None, _in_degrees(right))
    twice = Fraction(sides[0] * (sides[0] - 3))
    mistake = Mistake(Slip.HALF_FORGOTTEN, value=Num(twice))
    yield ExpectedQuantity(_DIAGONALS, None, Num(twice / 2), (mistake,))


def angle_sum_in(text: str) -> int | None:
    if _QUADRILATERAL.search(text):
        return 360
    if _PENTAGON.search(text):
        return 540
    return 180 if FIGURES["triangle"].search(text) else None


def angle_terms_in(task: Task) -> list[Term]:
    """x, 2x and 3x, or x, x + 20° and 40°, as the statement lists them."""
    terms: list[Term] = []
    texts = [s.text for formula, _ in find_formulas(task.text) for s in split_statements(formula)]
    if not texts and (listed := _LISTED.search(task.text)):
        texts = _SEPARATORS.split(listed[1])
    for text in texts:
        try:
            value = read_expression(re.sub(r"\^\s?\{?\s?\\circ\s?\}?|°", "", text))
        except (Unreadable, RecursionError, WorkBudgetSpent):
            continue
        if is_term(value):
            terms.append(value)
    return terms


def sides_of_polygon(text: str) -> int | None:
    """8 of an octagon; None where the statement has no such figure, or several."""
    told = [number for number, pattern in _POLYGONS.items() if pattern.search(text)]
    return told[0] if len(told) == 1 else None
