"""Does a right answer have the form that the key demands? Judged by the text as it was written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction

from flint import Ordering, fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from tutor.grading.answer_key import AnswerKey, Form
from tutor.grading.comparison.algebraic_forms import (
    is_cartesian,
    is_completed_square,
    is_partial_fractions,
    is_polar,
    is_single_fraction,
)
from tutor.grading.comparison.number_forms import (
    is_decimal,
    is_fraction,
    is_mixed_number,
    is_mixed_sum,
    is_scientific,
    unsigned,
    whole_number,
)
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Ratio,
    Root,
    Sym,
    Term,
    Value,
    children,
    free_names,
    has_part,
    is_term,
    walk,
)

MAX_DEGREE = 30
MAX_RADICAND = 10**12


def missing_form(term: Term | Ratio, key: AnswerKey) -> Feedback | None:
    """What the student is told about the form; None where nothing is missing."""
    if isinstance(term, Matrix):
        entries = [entry for row in term.rows for entry in row if is_term(entry)]
        return next(filter(None, (missing_form(entry, key) for entry in entries)), None)
    if isinstance(term, Ratio):
        if key.form != Form.LOWEST_TERMS or _ratio_in_lowest_terms(term):
            return None
        return Feedback(FeedbackCode.RATIO_NOT_IN_LOWEST_TERMS)
    match key.form:
        case Form.DECIMAL_PLACES:
            return _missing_places(term, key.places or 0)
        case Form.SIGNIFICANT_FIGURES:
            return _missing_figures(term, key.places or 1)
        case Form.ANY | Form.SUBJECT:
            return None
    has_form, code = _FORMS[key.form]
    return None if has_form(term) else Feedback(code)


# Fractions


def _in_lowest_terms(term: Term) -> bool:
    term = unsigned(term)
    if isinstance(term, Div) and any(isinstance(part, Neg) for part in (term.top, term.bottom)):
        # One sign above is as good as one in front; a sign below is not.
        return not isinstance(term.bottom, Neg) and _in_lowest_terms(
            Div(unsigned(term.top), term.bottom)
        )
    if isinstance(term, Add):
        return is_mixed_sum(term) and _in_lowest_terms(term.parts[1])
    if not isinstance(term, Div):
        return whole_number(term) is not None or bool(free_names(term))
    top, bottom = whole_number(term.top), whole_number(term.bottom)
    if top is not None and bottom is not None:
        return bottom > 1 and math.gcd(top, bottom) == 1
    return _has_no_common_factor(term)


def _is_lowest_mixed_number(term: Term) -> bool:
    return is_mixed_number(term) and _in_lowest_terms(term)


def _ratio_in_lowest_terms(ratio: Ratio) -> bool:
    parts = [whole_number(part) for part in ratio.parts]
    if all(part is not None for part in parts):
        return math.gcd(*(part for part in parts if part is not None)) == 1
    return any(free_names(part) for part in ratio.parts)


def _has_no_common_factor(term: Div) -> bool:
    names = free_names(term)
    if any(isinstance(part, Div) for half in (term.top, term.bottom) for part in walk(half)):
        return False
    reducible = _is_reducible(term)
    return not reducible if reducible is not None else bool(names) or _pi_fraction(term)


def _is_reducible(term: Div) -> bool | None:
    """Whether top and bottom have a common factor; None where they are no polynomials."""
    polynomials = _polynomials([term.top, term.bottom], sorted(free_names(term)))
    return None if polynomials is None else not polynomials[0].gcd(polynomials[1]).is_one()


def _pi_fraction(term: Div) -> bool:
    """2π/3: the numbers above and below have no common factor."""
    factors = term.top.parts if isinstance(term.top, Mul) else (term.top,)
    numbers = [n for factor in factors if (n := whole_number(factor)) is not None]
    others = [factor for factor in factors if whole_number(factor) is None]
    if len(numbers) > 1 or not others or any(rational_value(other) is not None for other in others):
        return False  # 3·1/4, 1.5/2
    bottom = whole_number(term.bottom)
    return bottom is not None and bottom > 1 and math.gcd(*numbers, bottom) == 1


# Numbers that are worked out


def _is_worked_out(term: Term) -> bool:
    """391 and 3/4, and neither 17·23 nor 2 + 3x + 4."""
    term = unsigned(term)
    if not free_names(term):
        return _is_written_number(term)
    numbers = [part for part in children(term) if is_term(part) and not free_names(part)]
    if isinstance(term, Add | Mul) and len(numbers) > 1:
        return False
    return all(_is_worked_out(part) for part in children(term) if is_term(part))


def _is_written_number(term: Term) -> bool:
    match term:
        case Num() | Const():
            return True
        case Call("percent" | "degrees", (part,)):
            return _is_written_number(part)
        case Div():
            return _in_lowest_terms(term)
        case Add():
            return is_mixed_sum(term) or _is_simple_surd(term)
        case Mul((Num(), Const())):
            return True
        case Mul((Num(), Pow(base, exponent))) if base == Num(Fraction(10)):
            return isinstance(unsigned(exponent), Num)
    return _is_simple_surd(term)


def is_subject(value: Value, name: Value) -> bool:
    """Whether an answer has the form name = …, or leaves out the name."""
    if isinstance(value, Logic | Listing):
        return all(is_subject(part, name) for part in value.parts)
    if not isinstance(value, Comparison):
        return name not in walk(value)
    sides = ((value.left, value.right), (value.right, value.left))
    return any(side == name and name not in walk(other) for side, other in sides)


# Polynomials


def _polynomials(terms: list[Term], names: list[str]) -> list[fmpz_mpoly] | None:
    """The terms as polynomials with whole coefficients; None where one of them is none."""
    if not names or len(names) > 6:
        return None
    context = fmpz_mpoly_ctx.get(names, Ordering.lex)
    variables = dict(zip(names, context.gens(), strict=True))
    polynomials = [_polynomial(term, variables, context) for term in terms]
    return [p for p in polynomials if p is not None] if None not in polynomials else None


def _polynomial(
    term: Term, variables: dict[str, fmpz_mpoly], context: fmpz_mpoly_ctx
) -> fmpz_mpoly | None:
    match term:
        case Num(value) if value.denominator == 1:
            return context.constant(value.numerator)
        case Sym(name):
            return variables.get(name)
        case Neg(part):
            inner = _polynomial(part, variables, context)
            return None if inner is None else -inner
        case Add(parts) | Mul(parts):
            polynomials = [_polynomial(part, variables, context) for part in parts]
            return _joined(polynomials, context, isinstance(term, Add))
        case Pow(base, Num(value)) if value.denominator == 1 and 0 <= value <= MAX_DEGREE:
            inner = _polynomial(base, variables, context)
            if inner is None or int(inner.total_degree()) * value > MAX_DEGREE or len(inner) > 60:
                return None
            return inner**value.numerator
    return None


def _joined(
    parts: list[fmpz_mpoly | None], context: fmpz_mpoly_ctx, adds: bool
) -> fmpz_mpoly | None:
    total = context.constant(0 if adds else 1)
    for part in parts:
        if part is None:
            return None
        total = total + part if adds else total * part
        if total.total_degree() > MAX_DEGREE or len(total) > 2_000:
            return None
    return total


def _factors(term: Term) -> list[Term]:
    match term:
        case Neg(part):
            return _factors(part)
        case Mul(parts):
            return [factor for part in parts for factor in _factors(part)]
        case Pow(base, Num(value)) if value.denominator == 1 and value > 0:
            return _factors(base)
        case Div(top, bottom) if not free_names(bottom):
            return _factors(top)
    return [term]


def _is_factored(term: Term) -> bool:
    names = sorted(free_names(term))
    if not names:
        is_divided = has_part(term, Div)
        return not is_divided and all(map(_is_prime_power, _plain_factors(term)))
    polynomials = _polynomials(_factors(term), names)
    return polynomials is not None and all(_is_prime(p) for p in polynomials)


def _is_prime_powers(term: Term) -> bool:
    """2^3 × 3^2 × 5, and neither 2 × 2 × 2 × 3^2 × 5 nor 8 × 9 × 5."""
    bases = [part.base if isinstance(part, Pow) else part for part in _plain_factors(term)]
    return not free_names(term) and _is_factored(term) and len(set(bases)) == len(bases)


def _is_prime_power(factor: Term) -> bool:
    """3, or 2^4 with its exponent written as a whole number."""
    base = factor
    if isinstance(factor, Pow):
        base, exponent = factor.base, _written_exponent(factor.exponent)
        if exponent is None or exponent.denominator != 1 or exponent < 1:
            return False
    if not isinstance(base, Num) or base.value.denominator != 1:
        return False
    return bool(fmpz(int(base.value)).is_prime())


def _is_prime(polynomial: fmpz_mpoly) -> bool:
    """A number, a variable, or a polynomial without factors, not even a number."""
    if polynomial.is_constant():
        return True
    content, factors = polynomial.factor()
    return abs(int(content)) == 1 and len(factors) == 1 and factors[0][1] == 1


def _is_expanded(term: Term) -> bool:
    parts = term.parts if isinstance(term, Add) else (term,)
    monomials = [_monomial(part) for part in parts]
    return None not in monomials and len(set(monomials)) == len(monomials)


def _monomial(term: Term) -> tuple[tuple[str, Fraction], ...] | None:
    """The variables of a product with their powers; None when it is no plain product."""
    powers: dict[str, Fraction] = {}
    numbers = 0
    for factor in _plain_factors(term):
        base: Term = factor
        exponent: Fraction | None = Fraction(1)
        if isinstance(factor, Pow):
            base, exponent = factor.base, _written_exponent(factor.exponent)
        if factor == ZERO:
            return None
        if isinstance(base, Sym) and exponent is not None and base.name not in powers:
            powers[base.name] = exponent
        elif free_names(factor) or isinstance(factor, Add):
            return None
        elif isinstance(factor, Pow) and rational_value(factor) is not None:
            return None  # 3^2 is to be worked out
        else:
            numbers += isinstance(factor, Num)
    return tuple(sorted(powers.items())) if numbers <= 1 else None


def is_simplified(term: Term) -> bool:
    """Not 2x + 6 - x + 1, (2x + 3) - (x - 5) nor (x - 2)(x + 2)/(x + 2)."""
    parts = term.parts if isinstance(term, Add) else (term,)
    if isinstance(term, Add) and any(isinstance(unsigned(part), Add) for part in parts):
        return False
    monomials = [monomial for part in parts if (monomial := _monomial(part)) is not None]
    divisions = (part for part in walk(term) if isinstance(part, Div))
    is_collected = len(set(monomials)) == len(monomials)
    return is_collected and not any(map(_is_reducible, divisions))


def _written_exponent(term: Term) -> Fraction | None:
    """The exponent 3, -2 or 1/2; None for one that is still to be worked out, as 1+1."""
    parts = (term.top, term.bottom) if isinstance(term, Div) else (term,)
    if not all(isinstance(unsigned(part), Num) for part in parts):
        return None
    return rational_value(term)


def _plain_factors(term: Term) -> list[Term]:
    match term:
        case Neg(part):
            return _plain_factors(part)
        case Mul(parts):
            return [factor for part in parts for factor in _plain_factors(part)]
        case Div(top, bottom) if not free_names(bottom):
            return _plain_factors(top)
    return [term]


# Roots


def _is_simple_surd(term: Term) -> bool:
    term = unsigned(term)
    if isinstance(term, Div):
        bottom = whole_number(term.bottom)
        return bottom is not None and bottom > 1 and _is_simple_sum(term.top, bottom)
    return _is_simple_sum(term, 1)


def _is_simple_sum(term: Term, bottom: int) -> bool:
    parts = term.parts if isinstance(term, Add) else (term,)
    surds = [_surd(unsigned(part)) for part in parts]
    pairs = [surd for surd in surds if surd is not None]
    if len(pairs) != len(surds):
        return False
    radicands = [radicand for _, radicand in pairs]
    common = math.gcd(bottom, *(count for count, _ in pairs))
    return len(set(radicands)) == len(radicands) and (bottom == 1 or common == 1)


def _surd(term: Term) -> tuple[int, tuple[int, int]] | None:
    """Count and (radicand, index) of 2√3; None when it could be simplified."""
    if isinstance(term, Div):
        above, below = _surd(unsigned(term.top)), whole_number(term.bottom)
        if above is None or below is None or below == 1 or math.gcd(above[0], below) != 1:
            return None
        return above
    factors = term.parts if isinstance(term, Mul) else (term,)
    count, radicand = 1, (1, 1)
    for factor in map(_as_root, factors):
        number = whole_number(factor)
        if number is not None and count == 1:
            count = number
        elif isinstance(factor, Root) and radicand == (1, 1) and (own := _radicand(factor)):
            radicand = own
        elif isinstance(factor, Div) and len(factors) > 1 and radicand == (1, 1):
            top, bottom = whole_number(factor.top), whole_number(factor.bottom)
            if top is None or bottom is None or math.gcd(top, bottom) != 1:
                return None
            count = top
        else:
            return None
    return count, radicand


def _as_root(factor: Term) -> Term:
    """√3 for 3^(1/2), other factors as they are."""
    power = factor.exponent if isinstance(factor, Pow) else None
    is_root = isinstance(power, Div) and whole_number(power.top) == 1
    if isinstance(factor, Pow) and isinstance(power, Div) and is_root:
        return Root(factor.base, power.bottom)
    return factor


def _radicand(root: Root) -> tuple[int, int] | None:
    inner, index = rational_value(root.inner), rational_value(root.index)
    if inner is None or index is None or inner.denominator != 1 or index.denominator != 1:
        return None
    number, power = abs(inner.numerator), index.numerator
    if not 2 <= number <= MAX_RADICAND or not 2 <= power <= 10:
        return None
    divisor = 2
    while divisor**power <= number and divisor <= 10_000:
        if number % divisor**power == 0:
            return None
        divisor += 1
    return inner.numerator, power


# Decimals


def _digits(term: Term) -> str | None:
    """The digits of a decimal, or of the first factor of 1.2 × 10³."""
    term = unsigned(term)
    if isinstance(term, Mul) and isinstance(term.parts[-1], Pow):
        base, first = term.parts[-1].base, term.parts[0]
        if base == Num(Fraction(10)) and len(term.parts) == 2:
            term = unsigned(first)
    if isinstance(term, Call) and term.name in ("percent", "degrees"):
        return _digits(term.args[0])
    if not isinstance(term, Num) or not re.fullmatch(
        r"\d*+(?:\.\d*+)?(e[+-]?\d++)?", term.text, re.I
    ):
        return None
    return re.split("e", term.text, flags=re.IGNORECASE)[0]


def _missing_places(term: Term, places: int) -> Feedback | None:
    digits = _digits(term)
    if digits is not None and len(digits.partition(".")[2]) == places:
        return None
    code = FeedbackCode.NOT_WITH_PLACES if places else FeedbackCode.NOT_A_WHOLE_NUMBER
    return Feedback(code, {"n": places} if places else {})


def _missing_figures(term: Term, figures: int) -> Feedback | None:
    digits = _digits(term)
    if digits is None:
        return Feedback(FeedbackCode.NOT_A_DECIMAL_WITH_FIGURES, {"n": figures})
    significant = digits.replace(".", "").lstrip("0")
    fewest = len(significant if "." in digits else significant.rstrip("0"))
    if fewest <= figures <= max(len(significant), 1):
        return None
    return Feedback(FeedbackCode.OTHER_FIGURES, {"n": figures})


_FORMS: dict[Form, tuple[Callable[[Term], bool], FeedbackCode]] = {
    Form.LOWEST_TERMS: (_in_lowest_terms, FeedbackCode.NOT_IN_LOWEST_TERMS),
    Form.FACTORED: (_is_factored, FeedbackCode.NOT_FACTORED),
    Form.EXPANDED: (_is_expanded, FeedbackCode.NOT_EXPANDED),
    Form.PARTIAL_FRACTIONS: (is_partial_fractions, FeedbackCode.NOT_PARTIAL_FRACTIONS),
    Form.SINGLE_FRACTION: (is_single_fraction, FeedbackCode.NOT_SINGLE_FRACTION),
    Form.COMPLETED_SQUARE: (is_completed_square, FeedbackCode.NOT_COMPLETED_SQUARE),
    Form.POLAR: (is_polar, FeedbackCode.NOT_POLAR),
    Form.CARTESIAN: (is_cartesian, FeedbackCode.NOT_CARTESIAN),
    Form.WORKED_OUT: (_is_worked_out, FeedbackCode.NOT_WORKED_OUT),
    Form.DECIMAL: (is_decimal, FeedbackCode.NOT_A_PLAIN_DECIMAL),
    Form.FRACTION: (is_fraction, FeedbackCode.NOT_A_PLAIN_FRACTION),
    Form.MIXED_NUMBER: (is_mixed_number, FeedbackCode.NOT_A_MIXED_NUMBER),
    Form.LOWEST_MIXED_NUMBER: (
        _is_lowest_mixed_number,
        FeedbackCode.NOT_A_LOWEST_MIXED_NUMBER,
    ),
    Form.PRIME_POWERS: (_is_prime_powers, FeedbackCode.NOT_PRIME_POWERS),
    Form.SCIENTIFIC: (is_scientific, FeedbackCode.NOT_SCIENTIFIC),
    Form.SIMPLIFIED_SURD: (_is_simple_surd, FeedbackCode.ROOTS_NOT_SIMPLIFIED),
}
