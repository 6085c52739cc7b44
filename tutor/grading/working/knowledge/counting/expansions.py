"""The one term of an expanded power that a problem asks for: that with x² of (1 + 2x)⁴."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Mul, Num, Pow, Sym, Term, free_names, substitute
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.task import Task

MAX_EXPONENT = 30
MAX_DEGREE = 60
MAX_BITS = 64  # of a coefficient of the power
_OF = (
    r"\s(?:the\s)?(?:of|in|von|vor|bei|mit|de|du|des|en|del)\s(?:the\s|le\s)?"
    r"(?:term\w{0,2}\s(?:in|en)\s)?"
)
_POWER = (
    r"\s{0,2}(?:\\\(|\$)?\s{0,2}([a-z])(?:\s?\^\s?\{?\s?(\d{1,2})\s?\}?|([²³⁴-⁹]))?"
    r"(?![A-Za-z\d^(]|\s?[-+−])"
)
_ASKED = re.compile(
    r"(?<!in )\b(?:coefficients?|koeffizient(?:en)?|coeficiente|terme?|término|glied(?:es)?)"
    rf"{_OF}{_POWER}"
    rf"|(?:含)?{_POWER}[\s\\)$]{{0,4}}(?:项)?的?(?:系数|项)",
    re.IGNORECASE,
)
_CONSTANT = re.compile(
    r"constant term|term independent of|konstante\w? (?:glied|term)|absolutglied|terme constant"
    r"|término independiente|常数项",
    re.IGNORECASE,
)
_SMALL = dict(zip("²³⁴⁵⁶⁷⁸⁹", range(2, 10), strict=True))
_TERM = frozenset(["term", "terme", "término", "glied", "该项"])
_COEFFICIENT = frozenset(["coefficient", "koeffizient", "coeficiente", "系数"])


@dataclass(frozen=True, slots=True)
class _Monomial:
    """coefficient · x^degree"""

    coefficient: Fraction
    degree: int

    def term(self, name: str) -> Term:
        power = Pow(Sym(name), Num(Fraction(self.degree)))
        number = number_term(self.coefficient)
        return Mul((number, power)) if self.degree else number


def asks_for_term(task: Task) -> bool:
    """Whether it asks for one term of what it gives, or for the coefficient of one."""
    asks = _ASKED.search(task.text) or _CONSTANT.search(task.text)
    return bool(asks) and any(map(_is_power, task.expressions))


def _is_power(term: Term) -> bool:
    """(1 + 2x)⁴, perhaps beside other factors."""
    parts = term.parts if isinstance(term, Mul) else (term,)
    return any(isinstance(part, Pow) and isinstance(part.base, Add) for part in parts)


def asked_term(task: Task) -> Term | None:
    """None where the power is not one of two terms, or has no such term."""
    read = _read(task)
    return read and _collected(*read).term(read[1])


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    """The term and its coefficient, and what comes of (2x)³ = 2x³."""
    if (read := _read(task)) is None:
        return
    right, name = _collected(*read), read[1]
    wrong = _collected(*read, raises_numbers=False)
    slips = [wrong] if wrong.coefficient != right.coefficient else []
    mistakes = [Mistake(Slip.POWER_OF_PRODUCT, value=slip.term(name)) for slip in slips]
    yield ExpectedQuantity(_TERM, value=right.term(name), mistakes=tuple(mistakes))
    mistakes = [Mistake(Slip.POWER_OF_PRODUCT, value=number_term(s.coefficient)) for s in slips]
    value = number_term(right.coefficient)
    yield ExpectedQuantity(_COEFFICIENT, value=value, mistakes=tuple(mistakes))


def _read(task: Task) -> tuple[tuple[_Monomial, _Monomial, int], str, int] | None:
    """The two terms and the exponent of the power, its variable, and the degree that is asked."""
    powers = [term for term in task.expressions if _is_power(term)]
    if not asks_for_term(task) or len(powers) != 1:
        return None
    match powers[0]:
        case Pow(Add((first, second)), Num(exponent)) if exponent.denominator == 1:
            names = free_names(powers[0])
            if len(names) != 1 or not 1 < exponent <= MAX_EXPONENT:
                return None
            [name] = names
            parts, degree = (_monomial(first, name), _monomial(second, name)), _degree(task, name)
            if None in parts or degree is None:
                return None
            read = ((parts[0], parts[1], int(exponent)), name, degree)
            return read if _collected(*read).coefficient else None  # type: ignore[arg-type,return-value]
    return None


def _degree(task: Task, name: str) -> int | None:
    if _CONSTANT.search(task.text):
        return 0
    match = _ASKED.search(task.text)
    if match is None:
        return None
    letter, digits, small = (match[n] or match[n + 3] for n in (1, 2, 3))
    exponent = int(digits) if digits else _SMALL.get(small or "", 1)
    return exponent if letter == name and exponent <= MAX_DEGREE else None


def _monomial(term: Term, name: str) -> _Monomial | None:
    """By its values at 1 and 2."""
    at_one, at_two = (
        rational_value(substitute(term, Sym(name), Num(Fraction(number)))) for number in (1, 2)
    )
    if not at_one or not at_two or at_one.numerator.bit_length() > MAX_BITS:
        return None
    ratio = at_two / at_one
    for degree in range(-6, 7):
        if ratio == Fraction(2) ** degree:
            return _Monomial(at_one, degree)
    return None


def _collected(
    power: tuple[_Monomial, _Monomial, int], name: str, degree: int, *, raises_numbers: bool = True
) -> _Monomial:
    """raises_numbers: whether the numbers before the variable are raised too, as they must be."""
    first, second, exponent = power
    total = Fraction(0)
    for k in range(exponent + 1):
        if first.degree * (exponent - k) + second.degree * k != degree:
            continue
        numbers = [
            part.coefficient ** (count if raises_numbers or not part.degree else min(count, 1))
            for part, count in ((first, exponent - k), (second, k))
        ]
        total += comb(exponent, k) * numbers[0] * numbers[1]
    return _Monomial(total, degree)
