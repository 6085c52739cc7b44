"""What agrees with a right answer without working anything out: set-ups, values, and tables.

"Other side: 60 - 2x" is used in A = x(60 - 2x); N = 500·3^(t/4) comes to the number that the
statement names; 10 % -> 12 is in proportion to 100 % -> 120.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.once import cached_property
from tutor.grading.steps.checks import Mark
from tutor.grading.weighing.calculations import is_compound
from tutor.grading.weighing.confirmations import POINTS
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import key_numbers
from tutor.grading.weighing.numbers import (
    ELSEWHERE,
    EXACT,
    Values,
    are_close,
    has_unknown_function,
    is_name,
    number,
)
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine
from tutor.grading.working.knowledge.formulas import words

MAX_NAMES = 3
MAX_PARTS = 60  # of the other lines, that a term is compared with
MAX_PAIRS = 20
MIN_INVERSE = 1  # other pairs of an inverse proportion; more are needed
MAX_PLAIN = 4  # a number that a set-up may have though nobody told it
_DECIDED = (Mark.PROVED, Mark.GIVEN)
_Part = tuple[int, frozenset[str], tuple[float, ...], tuple[float, ...] | None]
_CALCULUS = words(
    r"differentiat\w{1,3}|derivatives?|ableit\w{1,4}|leite|dériv\w{1,4}|deriva\w{0,4}|integra\w{1,3}"
    r"|antiderivative|stammfunktion|primitiv\w|slope|steigung|tangente?|maximum|minimum|extrem\w{1,6}"
    r"|largest|greatest|smallest|least",
    "导数|求导|积分|极值|最[大小]|切线",
)
_EQUALITY = frozenset(["=", "≈"])
_NUMERAL = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_AMOUNT = r"(\d{1,9}/[1-9]\d{0,3}|\d{1,9}(?:\.\d{1,9})?)"
_OF_WHOLE = r"(?:\s?(?:of|von|vom|der|des|du|de|del)(?:\s[^\W\d_]{1,12}){1,2})?"  # of the tank
_PAIR = re.compile(
    rf"{_AMOUNT}\s?(?:%|[^\W\d_]{{1,12}}\.?)?{_OF_WHOLE}\s?(?:-{{1,2}}>|→|⟶|≙|=|:|\bis\b|\bare\b|\bsind\b|\bist\b|是)"
    rf"\s?[$€£]?{_AMOUNT}(?![\d.]|\s?[*·×/^:+-])"
)
_RESULT = re.compile(rf"=\s?[$€£]?{_AMOUNT}")
_CALCULATED = re.compile(r"(?:->|→|≙)[^=]{1,40}=")  # 8 painters → 60 : 8 = 7.5 days
_PIECE = re.compile(r"[,;，；]\s|\s\|\s")


def is_value_of_answer(claim: WeighedClaim, evidence: Evidence) -> bool:
    """x = 4 in "y = 3 → x = 4", and x = 8/2 = 4, where the answer has it."""
    terms = claim.claim.terms
    if not claim.claim.operators or not isinstance(terms[0], Sym):
        return False
    if not _EQUALITY.issuperset(claim.claim.operators) or evidence.is_false_between_numbers(claim):
        return False
    value = _bare_number(terms[-1], evidence)
    if value is None:
        return False
    solutions = [values for values in evidence.known.solutions if terms[0].name in values]
    right = [_bare_number(values[terms[0].name], evidence) for values in solutions]
    right = right or list(key_numbers(evidence.key).values)
    return any(other is not None and are_close(value, other) for other in right)


def _bare_number(term: Term | None, evidence: Evidence) -> float | None:
    """120 for 120°."""
    if isinstance(term, Call) and term.name == "degrees":
        term = term.args[0]
    return None if term is None else number(term, evidence.budget)


@dataclass
class KnownTerms:
    """Terms with letters, of the statement and of lines that are decided or true at the answer."""

    evidence: Evidence

    def has(self, claim: WeighedClaim, line: int) -> bool:
        """Whether each side with letters is part of another line, or a derivative of one."""
        terms = list(_sides_with_letters(claim))
        return bool(terms) and all(self._has(term, line) for term in terms)

    def _has(self, term: Term, line: int) -> bool:
        names = free_names(term)
        own = self._values(term)
        if own is None:
            return False
        slopes = self._slopes(term) if len(names) == 1 else None
        for other, part_names, values, derived in self._parts:
            if other == line:
                continue
            if part_names == names and _are_close(values, own):
                return True
            if slopes is not None and part_names <= names and _are_close(values, slopes):
                return True
            if derived is not None and part_names >= names and _are_close(derived, own):
                return True
        return False

    @cached_property
    def _is_calculus(self) -> bool:
        text = self.evidence.task.text
        has_integral = any(
            isinstance(part, BigOperator)
            for term in self.evidence.task.expressions
            for part in walk(term)
        )
        return has_integral or "'" in text or bool(_CALCULUS.search(text))

    @cached_property
    def _parts(self) -> list[_Part]:
        parts = []
        for line, part in list(self._all_parts())[:MAX_PARTS]:
            values = self._values(part)
            if values is not None:
                derived = self._slopes(part) if len(free_names(part)) == 1 else None
                parts.append((line, free_names(part), values, derived))
        return parts

    def _all_parts(self) -> Iterator[tuple[int, Term]]:
        task = self.evidence.task
        functions = [function.body for function in task.definitions.functions.values()]
        stated = [*task.expressions, *task.equations, *functions]
        values: list[tuple[int, Value]] = [(-1, value) for value in stated]
        for line in self.evidence.lines:
            is_decided = line.check.mark in _DECIDED
            for claim in line.claims:
                if is_decided or self.evidence.is_true_at_answer(claim):
                    values += [(line.number, term) for term in claim.terms]
        seen = set()
        for number_of_line, value in values:
            for part in walk(value):
                if is_term(part) and _has_letters(part) and (number_of_line, part) not in seen:
                    seen.add((number_of_line, part))
                    yield number_of_line, part

    def _values(self, term: Term) -> tuple[float, ...] | None:
        names = sorted(free_names(term))
        values = [
            number(term, self.evidence.budget, dict(zip(names, point, strict=False)))
            for point in POINTS
        ]
        return None if None in values else tuple(values)  # type: ignore[arg-type]

    def _slopes(self, term: Term) -> tuple[float, ...] | None:
        if not self._is_calculus:
            return None
        with suppress(NotDifferentiable):
            [name] = free_names(term)
            derived = differentiate(term, name)
            values = [number(derived, self.evidence.budget, {name: point[0]}) for point in POINTS]
            return None if None in values else tuple(values)  # type: ignore[arg-type]
        return None


def _sides_with_letters(claim: WeighedClaim) -> Iterator[Term]:
    """Of a term, or of a chain of equal terms with a name in front; nothing for another claim."""
    value = claim.claim.value
    sides = claim.claim.terms or ((value,) if value is not None and is_term(value) else ())
    if claim.claim.operators and set(claim.claim.operators) != {"="}:
        return
    if len(sides) > 1 and (sides[0] is None or is_name(sides[0])):
        sides = sides[1:]
    terms = [side for side in sides if side is not None and _has_letters(side)]
    if len(terms) == len(sides):
        yield from terms


def _has_letters(term: Term) -> bool:
    is_small = 0 < len(free_names(term)) <= MAX_NAMES
    return is_small and is_compound(term) and not has_unknown_function(term)


def _are_close(values: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return all(are_close(a, b, EXACT) for a, b in zip(values, others, strict=True))


def comes_to_known_number(
    claim: WeighedClaim, assignments: Sequence[Values], evidence: Evidence
) -> bool:
    """N = 500·3^(t/4), which at the answer is the 40 000 of the statement."""
    equation = claim.equation
    if equation is None or not is_name(equation.left) or not is_term(equation.right):
        return False
    right = equation.right
    names = free_names(right)
    if not names or names & free_names(equation.left) or not _has_told_numbers(claim, evidence):
        return False
    told = [*map(float, evidence.task.numbers), *key_numbers(evidence.key).values]
    told = [value for value in told if value > MAX_PLAIN]
    other = number(right, evidence.budget, dict.fromkeys(names, ELSEWHERE))
    for values in assignments:
        value = number(right, evidence.budget, values) if names <= values.keys() else None
        if value is not None and other is not None and not are_close(value, other):
            return any(are_close(value, right) for right in told)
    return False


def _has_told_numbers(claim: WeighedClaim, evidence: Evidence) -> bool:
    """Whether the statement has each number, or the percentage that makes it a factor."""
    told = evidence.task.numbers
    for numeral in map(Fraction, _NUMERAL.findall(claim.statement.text)):
        percents = {numeral, 100 * numeral, 100 * (numeral - 1), 100 * (1 - numeral)}
        if numeral > MAX_PLAIN and not told & percents:
            return False
    return True


def repeats_answer(line: WeighedLine, evidence: Evidence) -> bool:
    """ "Width 7 m, length 12 m" at the end, where both are the answer."""
    numerals = [float(numeral) for numeral in _NUMERAL.findall(line.text)]
    right = [abs(value) for value in key_numbers(evidence.key).values]
    is_end = line.number + 1 == len(evidence.lines)
    return (
        is_end
        and len(numerals) >= len(right) > 0
        and all(any(are_close(value, other, EXACT) for other in right) for value in numerals)
    )


def is_in_proportion(line: WeighedLine, evidence: Evidence) -> bool:
    """Whether each amount stands to its number as in another pair: 70 % -> 84, 10 % -> 12."""
    own = list(_pairs(line.text))
    if not own or len(own) != len(_PIECE.split(line.text)):
        return False
    others = [pair for other in evidence.lines for pair in _pairs(other.text)][:MAX_PAIRS]
    pairs = list(dict.fromkeys([*own, *others]))
    is_direct = all(any(_agree(pair, other) for other in pairs if other != pair) for pair in own)
    return is_direct or all(sum(_have_same_product(p, o) for o in pairs) > MIN_INVERSE for p in own)


def _have_same_product(pair: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool:
    """5 painters -> 12 days, 8 painters -> 7.5 days"""
    return pair != other and pair[0] * pair[1] == other[0] * other[1] != 0


def _pairs(text: str) -> Iterator[tuple[Fraction, Fraction]]:
    for piece in _PIECE.split(text):
        match = None if _CALCULATED.search(piece) else _PAIR.search(piece)
        if match is not None:
            yield Fraction(match[1]), Fraction(match[2])
        elif (parts := re.split(r"->|→|≙|:", piece, maxsplit=1))[1:]:
            amount, result = re.search(_AMOUNT, parts[0]), _RESULT.findall(parts[1])
            if amount is not None and result:
                yield Fraction(amount[1]), Fraction(result[-1])


def _agree(pair: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool:
    return pair[0] != other[0] and pair[0] * other[1] == pair[1] * other[0] != 0
