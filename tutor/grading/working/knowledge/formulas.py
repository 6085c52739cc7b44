"""Formulas, with values from the statement put in, and what usual mistakes make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Call,
    Const,
    Div,
    Mul,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formula_slips import formula_slips
from tutor.grading.working.quantities.measures import UnitsDisagree, measure_of
from tutor.grading.working.quantities.stated import StatedQuantity, asked_units
from tutor.grading.working.quantities.unit_marks import MARK
from tutor.grading.working.task import Task

MAX_ASSIGNMENTS = 6  # of quantities of one kind to the letters of a formula
MAX_SYSTEMS = 4  # of units in which a working may calculate
_SIZES: dict[tuple[tuple[str, int], ...], dict[Fraction, dict[str, Fraction]]] = {
    # of the base units of compound ones, by factor
    (("m", 1), ("s", -1)): {
        Fraction(5, 18): {"m": Fraction(1000), "s": Fraction(3600)},
        Fraction(1): {"m": Fraction(1), "s": Fraction(1)},
        Fraction(1000, 60): {"m": Fraction(1000), "s": Fraction(60)},
        Fraction(1, 60): {"m": Fraction(1), "s": Fraction(60)},
        Fraction(1, 100): {"m": Fraction(1, 100), "s": Fraction(1)},
        Fraction("0.44704"): {"m": Fraction("1609.344"), "s": Fraction(3600)},
    },
    (("kg", 1), ("m", -3)): {
        Fraction(1000): {"kg": Fraction(1, 1000), "m": Fraction(1, 100)},
        Fraction(1): {"kg": Fraction(1), "m": Fraction(1)},
    },
}


@dataclass(frozen=True)
class Formula:
    """names: what its value is called. letters: what each letter of the text stands for.

    wrong: other formulas that are taken instead. topic: words without which it is not meant.
    figure: the name of the figure that has it.
    """

    names: frozenset[str]
    text: str
    letters: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[tuple[Slip, str], ...] = ()
    topic: re.Pattern[str] | None = None
    figure: re.Pattern[str] | None = None


def words(latin: str, chinese: str = "") -> re.Pattern[str]:
    """A pattern for any of these words, in any case."""
    bounded = rf"(?<![a-zäöüßéèêáíóúñç])(?:{latin})(?![a-zäöüßéèêáíóúñç])"
    return re.compile(f"{bounded}|{chinese}" if chinese else bounded, re.IGNORECASE)


@lru_cache(maxsize=512)
def term_of(text: str) -> Term:
    """Of a text of our own."""
    term = read_expression(text)
    assert is_term(term)  # noqa: S101 - the texts are written by us
    return term


@lru_cache(maxsize=512)
def mistakes_in(text: str, wrong: tuple[tuple[Slip, str], ...]) -> tuple[Mistake, ...]:
    """Of a formula, in its letters."""
    formula = term_of(text)
    named = [(slip, term_of(other)) for slip, other in wrong]
    return tuple(
        Mistake(slip, term) for slip, term in (*named, *formula_slips(formula)) if term != formula
    )


def read_table(
    table: str, topics: Mapping[str, re.Pattern[str]], names: Mapping[str, frozenset[str]]
) -> Iterator[Formula]:
    """Rows of topic | what is sought | formula | letters | wrong formulas, of our own.

    A wrong one may have the name of its mistake before it, and is a wrong formula otherwise.
    """
    for row in table.strip().splitlines():
        topic, sought, text, letters, wrong = (cell.strip() for cell in row.split("|"))
        pairs = [pair.split() for pair in letters.split(",")]
        others = [other.split() for other in wrong.split(";") if other.strip()]
        yield Formula(
            names[sought],
            text,
            {letter: concept for letter, concept, *_ in pairs},
            tuple((Slip([Slip.WRONG_FORMULA, *slip][-1]), other) for *slip, other in others),
            topics.get(topic),
        )


def expected_by(
    formulas: Sequence[Formula], task: Task, quantities: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    asked = asked_units(task.text)
    for formula in formulas:
        if formula.topic is not None and not formula.topic.search(task.text):
            continue
        whole = ExpectedQuantity(
            formula.names, term_of(formula.text), None, mistakes_in(formula.text, formula.wrong)
        )
        for quantity in (whole, *_values(formula, quantities, asked)):
            yield replace(quantity, figure=formula.figure)


def _values(
    formula: Formula, quantities: Sequence[StatedQuantity], asked: Sequence[Unit]
) -> Iterator[ExpectedQuantity]:
    mistakes = mistakes_in(formula.text, formula.wrong)
    for assignment in _assignments(formula.letters, quantities):
        for sizes in _systems(tuple(assignment.values()), quantities, asked):
            numbers = {letter: _number(q, sizes) for letter, q in assignment.items()}
            yield ExpectedQuantity(
                formula.names,
                None,
                put_in(term_of(formula.text), numbers),
                (*_values_of(mistakes, numbers), *_in_radians(formula, assignment, sizes)),
                _unit_of(term_of(formula.text), assignment, sizes),
            )


def _values_of(mistakes: Sequence[Mistake], numbers: Mapping[str, Term]) -> Iterator[Mistake]:
    """Usual mistakes first: 2r for r² is told apart from a wrong formula by `ExpectationJudge`."""
    for mistake in mistakes:
        if mistake.formula is not None and free_names(mistake.formula) <= numbers.keys():
            yield Mistake(mistake.slip, None, put_in(mistake.formula, numbers))


def _in_radians(
    formula: Formula, assignment: Mapping[str, StatedQuantity], sizes: Mapping[str, Fraction]
) -> Iterator[Mistake]:
    """With the number of degrees in place of the angle."""
    plain = {
        letter: replace(q, sign="") if q.sign == "°" else q for letter, q in assignment.items()
    }
    if plain != assignment:
        numbers = {letter: _number(q, sizes) for letter, q in plain.items()}
        yield Mistake(Slip.DEGREES_RADIANS, None, put_in(term_of(formula.text), numbers))


def put_in(formula: Term, numbers: Mapping[str, Term]) -> Term:
    for letter, number in numbers.items():
        formula = substitute(formula, Sym(letter), number)
    return formula


def _assignments(
    letters: Mapping[str, str], quantities: Sequence[StatedQuantity]
) -> Iterator[dict[str, StatedQuantity]]:
    """Each way to take the quantities that the letters stand for."""
    choices: list[list[dict[str, StatedQuantity]]] = []
    for concept in dict.fromkeys(letters.values()):
        named = [letter for letter, other in letters.items() if other == concept]
        fitting = [q for q in quantities if q.concept == concept]
        if len(fitting) < len(named):
            return
        orders = list(permutations(fitting[:4], len(named)))[:MAX_ASSIGNMENTS]
        choices.append([dict(zip(named, order, strict=True)) for order in orders])
    if not choices:
        return
    for chosen, _ in zip(product(*choices), range(MAX_ASSIGNMENTS * 2), strict=False):
        yield {letter: q for part in chosen for letter, q in part.items()}


def _number(quantity: StatedQuantity, sizes: Mapping[str, Fraction]) -> Term:
    """In units of these sizes."""
    factor = quantity.unit.factor
    for base, power in quantity.unit.dimension:
        factor /= sizes.get(base, Fraction(1)) ** power
    number: Term = Num(quantity.number * factor)
    if quantity.pi:
        return Mul((number, Const("pi")))
    if quantity.sign == "°":
        return Mul((number, Div(Const("pi"), Num(Fraction(180)))))
    if quantity.sign:
        return Call("percent", (number,))
    return number


def _systems(
    used: Sequence[StatedQuantity],
    quantities: Sequence[StatedQuantity],
    asked: Sequence[Unit],
) -> list[dict[str, Fraction]]:
    """Sizes of the base units in which a working may calculate, those of the statement first."""
    bases = sorted({base for q in used for base, _ in q.unit.dimension})
    sizes: dict[str, list[Fraction]] = {base: [] for base in bases}
    for unit in (*(q.unit for q in (*used, *quantities)), *asked):
        for base, size in _base_sizes(unit).items():
            if base in sizes and size not in sizes[base]:
                sizes[base].append(size)
    choices = [sizes[base] or [Fraction(1)] for base in bases]
    systems = [dict(zip(bases, chosen, strict=True)) for chosen in product(*choices)]
    return systems[:MAX_SYSTEMS]


def _base_sizes(unit: Unit) -> dict[str, Fraction]:
    if len(unit.dimension) == 1:
        [(base, power)] = unit.dimension
        root = _root(unit.factor, abs(power))
        return {} if root is None else {base: root if power > 0 else 1 / root}
    return _SIZES.get(unit.dimension, {}).get(unit.factor, {})


def _root(number: Fraction, degree: int) -> Fraction | None:
    parts = [round(part ** (1 / degree)) for part in (number.numerator, number.denominator)]
    root = Fraction(*parts)
    return root if root**degree == number else None


def _unit_of(
    formula: Term, assignment: Mapping[str, StatedQuantity], sizes: Mapping[str, Fraction]
) -> Unit:
    units = [Unit(q.unit.dimension, _size(q.unit.dimension, sizes)) for q in assignment.values()]
    symbols = {
        letter: Mul((Num(Fraction(index + 2)), Sym(f"{MARK}_{index}")))
        for index, (letter, q) in enumerate(assignment.items())
        if q.unit.dimension
    }
    try:
        return measure_of(put_in(formula, symbols), units).unit
    except UnitsDisagree:
        return NO_UNIT


def _size(dimension: tuple[tuple[str, int], ...], sizes: Mapping[str, Fraction]) -> Fraction:
    size = Fraction(1)
    for base, power in dimension:
        size *= sizes.get(base, Fraction(1)) ** power
    return size


def as_concept(quantity: StatedQuantity, concept: str) -> StatedQuantity:
    return replace(quantity, concept=concept)
