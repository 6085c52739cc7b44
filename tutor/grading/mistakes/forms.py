"""The right value, written otherwise than the problem asks."""

from __future__ import annotations

import re
from fractions import Fraction

from flint import arb

from tutor.grading.answer_key import AnswerKey, Form, Grade, Verdict
from tutor.grading.feedback import FeedbackCode
from tutor.grading.grade import grade_response
from tutor.grading.mistakes.explanation import bare_term
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.real_values import decimal_places, half_unit, real_number
from tutor.grading.mistakes.wrong_response import GivenAnswer
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.intervals import BASE_BITS, ball, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Div,
    Listing,
    Matrix,
    Mul,
    Neg,
    Pow,
    Quantity,
    Root,
    Term,
    Value,
    free_names,
    has_part,
    walk,
)
from tutor.grading.solving.real_sets import EMPTY_SET, Undecidable, equal_sets, minus
from tutor.grading.solving.set_notation import real_set

_BY_FEEDBACK = {
    FeedbackCode.UNIT_MISSING: MistakeName.UNIT_MISSING,
    FeedbackCode.NOT_FACTORED: MistakeName.NOT_FACTORED,
    FeedbackCode.RATIO_NOT_IN_LOWEST_TERMS: MistakeName.FRACTION_NOT_REDUCED,
    FeedbackCode.NOT_WORKED_OUT: MistakeName.NOT_WORKED_OUT,
    FeedbackCode.COPIED_FORMULA: MistakeName.NOT_WORKED_OUT,
    FeedbackCode.NOT_A_PLAIN_DECIMAL: MistakeName.NOT_A_DECIMAL,
    FeedbackCode.NOT_A_PLAIN_FRACTION: MistakeName.NOT_A_FRACTION,
    FeedbackCode.NOT_A_MIXED_NUMBER: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_A_LOWEST_MIXED_NUMBER: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_PRIME_POWERS: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_SCIENTIFIC: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_SINGLE_FRACTION: MistakeName.NOT_A_SINGLE_FRACTION,
    FeedbackCode.NOT_COMPLETED_SQUARE: MistakeName.SQUARE_NOT_COMPLETED,
    FeedbackCode.NOT_PARTIAL_FRACTIONS: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_POLAR: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_CARTESIAN: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_THE_SUBJECT: MistakeName.NOT_SOLVED_FOR_THE_LETTER,
    FeedbackCode.NOT_A_LINE_OF_FORM: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.NOT_AN_EQUATION: MistakeName.OTHER_FORM_ASKED,
    FeedbackCode.UNSOLVED_INEQUALITY: MistakeName.ON_THE_WAY,
    FeedbackCode.INTEGRAL_NOT_WORKED_OUT: MistakeName.ON_THE_WAY,
    FeedbackCode.CONSTANT_MISSING: MistakeName.FORGOT_CONSTANT,
    FeedbackCode.DIFFERENTIATED: MistakeName.DIFFERENTIATED_FOR_INTEGRATED,
    FeedbackCode.REMAINDER_MISSING: MistakeName.REMAINDER_FORGOTTEN,
    FeedbackCode.FAMILY_PART: MistakeName.ONE_SOLUTION_MISSING,
    FeedbackCode.FAMILY_LETTER_MISSING: MistakeName.ONE_SOLUTION_MISSING,
    FeedbackCode.CHOICE_MISSING: MistakeName.ONE_SOLUTION_MISSING,
}
_OPEN = re.compile(
    r"\bopen\b|\boffene|\bouvert|\babiert|\bstrictly\b|\bstreng|\bstrictement|开区间", re.I
)
_ROUND = re.compile(
    r"\bround|decimal place|\bto the (?:nearest )?cent\b|\bto the nearest|\brund|gerundet"
    r"|Nachkomma|Dezimalstelle|\barrondi|\bredonde|decimales|四舍五入|保留.{0,6}位|精确到",
    re.I,
)
_COARSEST = arb("0.105")  # how far off a rounded value may be, as a share of it
_FLAT_POWER = re.compile(r"(?<=[A-Za-z)])(?=[2-9](?![\d.]))")  # 2x2 for 2x^2


def form_of_unreadable(response: str, key: AnswerKey, grade: Grade) -> MistakeName | None:
    """What keeps an answer from being read that is right apart from it."""
    if grade.feedback and grade.feedback.code == FeedbackCode.OTHER_CASE:
        swapped = grade.feedback.params.get("text", "")
        if grade_response(str(swapped), key).verdict == Verdict.CORRECT:
            return MistakeName.OTHER_LETTER_CASE
    return _flat_power(response, key)


def _flat_power(response: str, key: AnswerKey) -> MistakeName | None:
    if not _FLAT_POWER.search(response):
        return None
    raised = _FLAT_POWER.sub("^", response)
    is_right = grade_response(raised, key).verdict == Verdict.CORRECT
    return MistakeName.EXPONENT_SIGN_MISSING if is_right else None


def form_by_feedback(given: GivenAnswer) -> MistakeName | None:
    """By what the grader says of the answer."""
    if given.grade.feedback is None:
        return None
    term = given.amount
    match given.grade.feedback.code:
        case FeedbackCode.NOT_IN_LOWEST_TERMS:
            return _not_in_lowest_terms(term)
        case FeedbackCode.NOT_EXPANDED:
            return _not_expanded(term)
        case FeedbackCode.ROOTS_NOT_SIMPLIFIED:
            return _surd_not_simplified(term)
        case (
            FeedbackCode.NOT_WITH_PLACES
            | FeedbackCode.OTHER_FIGURES
            | FeedbackCode.NOT_A_DECIMAL_WITH_FIGURES
        ):
            is_decimal = decimal_places(term) is not None
            return MistakeName.ROUNDED_TO_WRONG_PLACE if is_decimal else MistakeName.NOT_A_DECIMAL
        case FeedbackCode.NOT_A_WHOLE_NUMBER:
            return MistakeName.NOT_WORKED_OUT if isinstance(term, Add | Mul) else None
        case FeedbackCode.OTHER_ENDS:
            return None  # `form_by_value` says which
        case code:
            return _BY_FEEDBACK.get(code)


def _not_in_lowest_terms(term: Term | None) -> MistakeName:
    if term is None or not has_part(term, Div):
        return MistakeName.NOT_A_FRACTION
    is_sum = isinstance(term, Add | Mul) and sum(isinstance(part, Div) for part in walk(term)) > 1
    return MistakeName.NOT_WORKED_OUT if is_sum else MistakeName.FRACTION_NOT_REDUCED


def _not_expanded(term: Term | None) -> MistakeName:
    for part in walk(term) if term is not None else ():
        if isinstance(part, Mul) and any(isinstance(factor, Add) for factor in part.parts):
            return MistakeName.BRACKETS_NOT_EXPANDED
        if isinstance(part, Pow) and isinstance(part.base, Add):
            return MistakeName.BRACKETS_NOT_EXPANDED
        if isinstance(part, Neg) and isinstance(part.part, Add):
            return MistakeName.BRACKETS_NOT_EXPANDED
    return MistakeName.LIKE_TERMS_NOT_COLLECTED


def _surd_not_simplified(term: Term | None) -> MistakeName:
    if term is None:
        return MistakeName.ROOT_NOT_SIMPLIFIED
    parts = list(walk(term))
    roots = [part.inner for part in parts if isinstance(part, Root)]
    if isinstance(term, Add) and len(set(roots)) < len(roots):
        return MistakeName.LIKE_TERMS_NOT_COLLECTED
    if any(isinstance(part, Div) and _has_part(part.bottom, Root) for part in parts):
        return MistakeName.ROOT_NOT_SIMPLIFIED
    radicands = [rational_value(inner) for inner in roots]
    if all(value is not None and _is_square_free(value) for value in radicands):
        has_fraction = any(isinstance(part, Div) for part in parts)
        return MistakeName.FRACTION_NOT_REDUCED if has_fraction else MistakeName.NOT_WORKED_OUT
    return MistakeName.ROOT_NOT_SIMPLIFIED


def _has_part(term: Value, kind: type) -> bool:
    return has_part(term, kind)


def _is_square_free(value: Fraction) -> bool:
    if value.denominator != 1 or not 1 < value < 100_000:
        return False
    return all(value.numerator % (n * n) for n in range(2, int(float(value) ** 0.5) + 1))


def form_by_value(given: GivenAnswer) -> MistakeName | None:
    """By comparing it with the right value; the grader calls these wrong."""
    if name := _flat_power(given.text, given.question.key):
        return name
    if given.grade.feedback and given.grade.feedback.code == FeedbackCode.OTHER_ENDS:
        return _other_ends(given)
    if name := _other_unit(given):
        return name
    if given.amount is not None:
        return _otherwise_rounded(given)
    return _rounded_entries(given)


def _other_ends(given: GivenAnswer) -> MistakeName | None:
    try:
        right = real_set(given.question.right, given.budget)
        own = real_set(given.value, given.budget)
        has_more = not equal_sets(minus(own, right, given.budget), EMPTY_SET, given.budget)
        has_less = not equal_sets(minus(right, own, given.budget), EMPTY_SET, given.budget)
    except Undecidable:
        return None
    if has_more and given.question.mentions(_OPEN):
        return MistakeName.OPEN_INTERVAL_ASKED
    if has_more:
        return MistakeName.ENDPOINT_INCLUDED
    return MistakeName.ENDPOINT_EXCLUDED if has_less else None


def _other_unit(given: GivenAnswer) -> MistakeName | None:
    """20 km/h for 20 m/s, 20 cm for 20 cm², 20 % for 20"""
    right, own = given.question.amount, given.amount
    if right is None or own is None or not isinstance(given.value, Quantity):
        return None
    if not (given.question.key.unit or given.is_percentage):
        return None
    is_same = same_value(right, own, given.budget).equal is True
    return MistakeName.OTHER_UNIT if is_same else None


def _otherwise_rounded(given: GivenAnswer) -> MistakeName | None:
    right, own = given.question.amount, given.amount
    if right is None or own is None or free_names(right) or free_names(own):
        return None
    key = given.question.key
    if key.tolerance is not None:
        return None
    if key.form in (Form.DECIMAL_PLACES, Form.SIGNIFICANT_FIGURES) or _asks_to_round(given):
        return _rounded_otherwise(given)
    return _rounded_for_exact(given, right)


def _rounded_otherwise(given: GivenAnswer) -> MistakeName | None:
    """Where the key asks for a rounded number."""
    right = real_number(given.question.amount, given.budget)
    own, places = given.number, given.places
    if right is None or own is None:
        return None
    asked = _places_asked(given.question.key, given.question.amount)
    with precision(BASE_BITS):
        gap = abs(own - right)
        if places is None:
            is_near = gap <= half_unit(asked)
            return MistakeName.NOT_A_DECIMAL if is_near and given.amount != right else None
        if places < asked and gap <= half_unit(places):
            return MistakeName.ROUNDED_TO_WRONG_PLACE
        if places > asked and gap <= half_unit(asked):
            return MistakeName.ROUNDED_TO_WRONG_PLACE
        if places == asked > 0 and abs(gap * 10**asked - 1) < arb("0.6"):
            is_smaller = abs(own) < abs(right)
            return MistakeName.TRUNCATED if is_smaller else MistakeName.ROUNDED_THE_WRONG_WAY
    return None


def _asks_to_round(given: GivenAnswer) -> bool:
    """Whether the statement asks for a rounded number and the key is one."""
    places = decimal_places(given.question.amount)
    return bool(places) and given.question.mentions(_ROUND)


def _places_asked(key: AnswerKey, right: Term | None) -> int:
    if key.form == Form.DECIMAL_PLACES:
        return key.places or 0
    return decimal_places(right) or 0


def _rounded_for_exact(given: GivenAnswer, right: Term) -> MistakeName | None:
    """0.667 for 2/3 and 3.46 for 2√3"""
    exact = rational_value(right)
    factor = Fraction(1)
    if isinstance(given.amount, Call) and given.amount.name == "percent":
        factor = Fraction(100)
    value = real_number(right, given.budget)
    own = given.amount.args[0] if isinstance(given.amount, Call) and factor > 1 else given.amount
    places = decimal_places(own)
    number = real_number(own, given.budget)
    if value is None or number is None or not _may_be_rounding(exact, places, factor):
        return None
    if not _is_rounding(value * ball(factor), number, places or 0):
        return None
    is_fraction = exact is not None and given.question.key.form == Form.LOWEST_TERMS
    return MistakeName.NOT_A_FRACTION if is_fraction else MistakeName.ROUNDED_INSTEAD_OF_EXACT


def _may_be_rounding(exact: Fraction | None, places: int | None, factor: Fraction) -> bool:
    """Whether the exact value has more decimals than the response."""
    if places is None:
        return False
    if exact is None:
        return places > 0
    scaled = exact * factor * 10**places
    is_periodic = not _terminates(exact)
    return scaled.denominator != 1 and (is_periodic or places > 0)


def _terminates(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _is_rounding(value: arb, number: arb, places: int) -> bool:
    """Rounded, or cut off after at least two decimals."""
    with precision(BASE_BITS):
        gap = abs(value) - abs(number)
        if (value > 0) != (number > 0) or abs(gap) > abs(value) * _COARSEST:
            return False
        if abs(gap) <= half_unit(places):
            return True
        return places >= 2 and bool(gap > 0) and bool(gap < 2 * half_unit(places))


def _rounded_entries(given: GivenAnswer) -> MistakeName | None:
    """{0.27, 3.73} for {2 - √3, 2 + √3}"""
    pairs = _entries(given.question.right), _entries(given.value)
    if given.question.key.places is not None or not pairs[0] or len(pairs[0]) != len(pairs[1]):
        return None
    rights = [real_number(term, given.budget) for term in pairs[0]]
    owns = [(real_number(term, given.budget), decimal_places(term)) for term in pairs[1]]
    if any(value is None for value in rights) or any(number is None for number, _ in owns):
        return None
    has_rounding = False
    remaining = list(zip(pairs[0], rights, strict=True))
    for number, places in owns:
        assert number is not None  # noqa: S101 - asked above
        match = next((pair for pair in remaining if _agrees(number, places, pair)), None)
        if match is None:
            return None
        remaining.remove(match)
        has_rounding = has_rounding or _may_be_rounding(
            rational_value(match[0]), places, Fraction(1)
        )
    return MistakeName.ROUNDED_INSTEAD_OF_EXACT if has_rounding else None


def _agrees(number: arb, places: int | None, pair: tuple[Term, arb | None]) -> bool:
    term, value = pair
    assert value is not None  # noqa: S101 - `_rounded_entries` asks
    if _may_be_rounding(rational_value(term), places, Fraction(1)):
        return _is_rounding(value, number, places or 0)
    with precision(BASE_BITS):
        return bool(abs(value - number) < half_unit(12))


def _entries(value: Value) -> list[Term]:
    """The numbers of a list, a set, a point or a matrix; empty where others are among them."""
    match value:
        case Listing(parts) | Bracketed(_, parts, _):
            terms = [bare_term(part) for part in parts]
        case Matrix(rows):
            terms = [bare_term(entry) for row in rows for entry in row]
        case _:
            return []
    numbers = [term for term in terms if term is not None and not free_names(term)]
    return numbers if len(numbers) == len(terms) else []
