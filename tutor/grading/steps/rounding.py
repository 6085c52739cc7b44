"""Two numbers in prose: equal, equal as rounded, or different.

People write 7/3 = 2.33, 20% of 50 = 10 and (2/4) × 100 = 50%. A pair is refuted only where no
usual way of reading it makes it right, and proved only where that way is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.degrees import in_degrees
from tutor.grading.numeric.equivalence import same
from tutor.grading.numeric.intervals import BASE_BITS, Ball, precision
from tutor.grading.numeric.rationals import exact
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Term,
    Value,
    free_names,
    rebuild,
    walk,
)
from tutor.grading.parsing.units import Unit, read_unit
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.witnesses import value_at, written

_DECIMAL = re.compile(r"\d*\.(\d+)")
_CONVERTED = tuple(
    frozenset(words.split())
    for words in (
        "second minute hour day week month year decade century hr min sec",
        "inch foot feet yard mile meter metre cm mm km kilometer centimeter m ft in",
        "$ dollar cent penny pennie quarter dime nickel euro pound",
        "gram kilogram kg g mg ton ounce pound lb oz",
        "liter litre ml milliliter gallon quart pint cup ounce fluid",
        "dozen pair score item",
    )
)
CLOSE = Fraction(1, 100)  # of the value: so near, a decimal may have been rounded on the way
FEWEST_CUT = 2  # decimals that stay where a number was cut off instead of rounded
HUNDRED = Num(Fraction(100))


def compare_numbers(
    left: EquationSide,
    right: EquationSide,
    operator: str,
    deadline: Deadline,
    rounded: dict[Fraction, Term],
) -> ClaimResult:
    """Two sides without letters."""
    ours, theirs = left.term, right.term
    assert ours is not None  # noqa: S101 - asked of readable sides only
    assert theirs is not None  # noqa: S101
    if (converted := _converted(left, right)) is not None:
        return converted
    approximately = operator in ("≈", "~")
    relation = ClaimRelation.APPROXIMATE if approximately else ClaimRelation.EQUAL
    readings = list(_readings(left, right))
    if any(same(a, b, deadline).equal for a, b in readings):
        return unchecked(relation) if _are_units_mixed(left, right) else proved(relation)
    values = [value_at(term, {}, deadline) for term in (ours, theirs)]
    if any(not isinstance(value, arb) for value in values):
        return unchecked(relation)
    if not _units_agree(left, right):
        return unchecked(relation)
    for a, b in readings:
        one, other = value_at(a, {}, deadline), value_at(b, {}, deadline)
        if isinstance(one, arb) and isinstance(other, arb):
            places = _places_rounded_to(a, b, one, other)
            if places is not None:
                is_told = places > 0 or approximately  # sqrt(15) = 4 may be a mistake
                return (proved if is_told else unchecked)(ClaimRelation.APPROXIMATE)
    for a, b in _loose_readings(left, right):
        one, other = value_at(a, {}, deadline), value_at(b, {}, deadline)
        if isinstance(one, arb) and isinstance(other, arb):
            is_rounded = _places_rounded_to(a, b, one, other) is not None
            if is_rounded or same(a, b, deadline).equal:
                return unchecked(relation)
    if _may_be_rounded(ours, theirs, values, approximately, rounded, deadline):  # type: ignore[arg-type]
        return unchecked(ClaimRelation.APPROXIMATE)
    if _is_trivial(left) or _is_quotient(ours, theirs):
        return unchecked(relation)  # 5 = 6, 48 = 100% + 20%: nobody's calculation
    if same(ours, theirs, deadline).equal is not False:
        return unchecked(relation)
    texts = [_shown(term, value) for term, value in zip((ours, theirs), values, strict=True)]  # type: ignore[arg-type]
    return refuted(relation, Witness({}, *texts), "arithmetic")


def _converted(left: EquationSide, right: EquationSide) -> ClaimResult | None:
    """2 hours = 120 minutes; None where it is no conversion."""
    ours, theirs = exact(left.term or ONE), exact(right.term or ONE)
    units = [_unit_of(side) for side in (left, right)]
    one, other = units
    if one is None or other is None or one == other or one.dimension != other.dimension:
        return None
    if ours is None or theirs is None or not (_is_trivial(left) and _is_trivial(right)):
        return None
    if ours * one.factor == theirs * other.factor:
        return proved(ClaimRelation.EQUAL)
    if abs(ours * one.factor - theirs * other.factor) < ours * one.factor * CLOSE:
        return unchecked(ClaimRelation.APPROXIMATE)
    said = ours * one.factor / other.factor
    return refuted(ClaimRelation.EQUAL, Witness({}, written(said), written(theirs)), "arithmetic")


def _unit_of(side: EquationSide) -> Unit | None:
    word = next(iter(side.words)) if len(side.words) == 1 else ""
    unit = read_unit(word) if word and "/" not in side.text and "^" not in side.text else None
    known = unit is not None and unit.dimension and not unit.dimension[0][0].startswith("#")
    return unit if known else None


def _is_quotient(left: Term, right: Term) -> bool:
    """13 ÷ 4 = 3, the remainder being said elsewhere."""
    value, whole = exact(left), exact(right)
    return isinstance(left, Div) and value is not None and whole == value.__floor__()


def _shown(term: Term, value: Ball) -> str:
    rational = exact(term)
    return written(value if rational is None else rational)


def _is_trivial(side: EquationSide) -> bool:
    return isinstance(side.term, Num)


def _readings(left: EquationSide, right: EquationSide) -> Iterator[tuple[Term, Term]]:
    """As it stands, and with per cent signs taken for a unit where they can be nothing else."""
    ours, theirs = left.term, right.term
    assert ours is not None  # noqa: S101
    assert theirs is not None  # noqa: S101
    yield ours, theirs
    if left.percent and right.percent and isinstance(ours, Add):
        yield _bare(ours), _bare(theirs)  # 100% - 30 = 70%
    elif right.percent and not left.percent and (isinstance(ours, Add) or HUNDRED in walk(ours)):
        yield ours, _bare(theirs)  # 2/4 * 100 = 50%
    elif left.percent and not right.percent and all(map(_is_percentage, _summands(ours))):
        yield Mul((ours, HUNDRED)), theirs  # 100% - 20% = 80


def _loose_readings(left: EquationSide, right: EquationSide) -> Iterator[tuple[Term, Term]]:
    """Those which one cannot rely on."""
    ours, theirs = left.term, right.term
    assert ours is not None  # noqa: S101
    assert theirs is not None  # noqa: S101
    yield in_degrees(ours), in_degrees(theirs)
    if right.percent:
        yield ours, _bare(theirs)
    if left.percent:
        yield Mul((ours, HUNDRED)), _bare(theirs)
    if left.percent and isinstance(ours, Add):  # 200 + 10% = 220
        first, *others = ours.parts
        yield Mul((first, Add((ONE, *others)))), theirs


def _summands(term: Term) -> tuple[Term, ...]:
    parts = term.parts if isinstance(term, Add) else (term,)
    return tuple(part.part if isinstance(part, Neg) else part for part in parts)


def _is_percentage(term: Term) -> bool:
    """80%, or 0.8 * 100%."""
    if isinstance(term, Mul):
        return any(part == Call("percent", (HUNDRED,)) for part in term.parts)
    return isinstance(term, Call) and term.name == "percent"


def _are_units_mixed(left: EquationSide, right: EquationSide) -> bool:
    """2 hours + 30 minutes = 32 minutes, 3 dozen = 3 eggs: only the numbers are equal."""
    if isinstance(left.term, Add) and all(isinstance(part, Num) for part in left.term.parts):
        amounts = [left.words & kinds - {"$"} for kinds in _CONVERTED]
        return any(len({read_unit(word) or word for word in words}) > 1 for words in amounts)
    is_one_amount = _is_trivial(left) and _is_trivial(right)
    is_other_unit = bool(left.words and right.words) and left.words.isdisjoint(right.words)
    return is_one_amount and is_other_unit and any(left.words & kinds for kinds in _CONVERTED)


def _bare(term: Value) -> Term:
    if isinstance(term, Call) and term.name == "percent":
        return term.args[0]
    result: Term = rebuild(term, _bare)
    return result


def _units_agree(left: EquationSide, right: EquationSide) -> bool:
    """Whether a difference of the numbers cannot come from a conversion of units."""
    words = left.words | right.words
    if _is_trivial(left) and left.words and not left.words <= right.words:
        return False  # 2 dozen = 2 × 12
    for kinds in _CONVERTED:
        if len(words & kinds) > 1 and not (words & kinds) <= {"$", "dollar"}:
            return False
    known = {unit.dimension for word in words if (unit := read_unit(word)) is not None}
    return len(known) <= 1 or bool(right.words <= left.words)


def _places_rounded_to(ours: Term, theirs: Term, left: arb, right: arb) -> int | None:
    """The decimals of the side that is the other one rounded or cut off; None where neither is."""
    for term, value, other in ((theirs, right, left), (ours, left, right)):
        places = _places(term)
        if places is None or exact(ours) == exact(theirs):
            continue
        other_term = ours if term is theirs else theirs
        if places == 0 and _has_few_decimals(other_term):
            continue  # 7.5 is 8 only for those who say so
        unit = Fraction(1, 10**places)
        with precision(BASE_BITS):
            if (other < 0) != (value < 0):
                continue
            gap = abs(other) - abs(value)
            half = arb(str(float(unit))) / 2
            tolerance = half * (1 + arb("1e-9"))
            is_cut_off = places >= FEWEST_CUT and gap > 0 and gap < 2 * half
            if abs(gap) <= tolerance or is_cut_off:
                return places
    return None


def _has_few_decimals(term: Term) -> bool:
    value = exact(term)
    return value is not None and (value * 100).denominator == 1


def _places(term: Term) -> int | None:
    """The decimals of a bare number; None for anything else."""
    inner = term.args[0] if isinstance(term, Call) and term.name == "percent" else term
    inner = getattr(inner, "part", inner)
    if not isinstance(inner, Num) or not re.fullmatch(r"[\d,]*\.?\d*", inner.text):
        return None
    found = _DECIMAL.fullmatch(inner.text.replace(",", ""))
    return (len(found[1]) if found else 0) + (
        2 if inner is not term and term != inner and isinstance(term, Call) else 0
    )


def _may_be_rounded(
    ours: Term,
    theirs: Term,
    values: list[arb],
    approximately: bool,
    rounded: dict[Fraction, Term],
    deadline: Deadline,
) -> bool:
    """Whether the difference is of the size that rounded numbers bring."""
    left, right = values
    size = abs(left) + abs(right)
    near = bool(abs(left - right) < size * float(CLOSE) / 2)
    if approximately:
        return not bool(abs(left - right) > size / 20)
    decimals = [
        part.value
        for term in (ours, theirs)
        for part in walk(term)
        if isinstance(part, Num) and _DECIMAL.search(part.text)
    ]
    if any(value in rounded for value in decimals):
        return not bool(abs(left - right) > size / 20)
    irrational = exact(ours) is None or exact(theirs) is None
    long_ones = any(_looks_rounded(value) for value in decimals)
    return near and (irrational or long_ones)


def _looks_rounded(value: Fraction) -> bool:
    """0.33, 16.67 and 3.14 stand for something longer; 0.25 and 12.5 for themselves."""
    hundredths = value * 100
    if hundredths.denominator != 1:
        return True
    return (hundredths.numerator % 100) in (
        33,
        66,
        67,
        14,
        16,
        17,
        83,
        41,
        73,
        71,
        57,
        42,
        43,
        86,
        29,
        11,
        22,
        44,
        56,
        78,
        89,
    )


def letterless(side: EquationSide) -> bool:
    return side.term is not None and not free_names(side.term)
