"""The line that a refuted one goes on from: P = 2/36 after "2 outcomes that count"."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from tutor.grading.comparison.keys import key_value
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import Add, Div, Neg, Num, Term, free_names, rebuild, walk
from tutor.grading.steps.claim_results import Slip, StepVerdict
from tutor.grading.weighing.calculations import is_compound
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import value_of
from tutor.grading.weighing.known_answer import bare_term
from tutor.grading.weighing.lacking_numbers import numerals
from tutor.grading.weighing.numbers import APART, are_close, is_name, number
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine
from tutor.grading.working.slip_names.set_up_rules import DIGITS

Source = tuple[WeighedLine, WeighedClaim]
_OF_SET_UP = (Slip.NONE, Slip.SET_UP, Slip.WRONG_RATIO, Slip.INVERSE_RATIO, Slip.WRONG_FORMULA)
_NEAR = 1e-6
_COMPOSED = re.compile(r"(?<!\w)([a-zA-Z])\s?\(([a-zA-Z])\s?\(([-−]?\d{1,6})\)\s?\)")
_DIGITS = re.compile(r"\d{1,9}")


def premise(refuted: WeighedLine, evidence: Evidence) -> Source | None:
    """The last open claim before a refuted line that this one only works out further."""
    claim = next(filter(_is_refuted, refuted.claims), None)
    if claim is None or any(map(evidence.is_false_between_numbers, refuted.claims)):
        return None
    for line in reversed(evidence.lines[: refuted.number]):
        for other in filter(_is_open, line.claims):
            if (
                _gives_count(line, other, claim, evidence)
                or _gives_solution(other, claim, evidence)
                or _gives_top(other, claim, evidence)
                or _gives_complement(line, other, claim, evidence)
            ):
                return line, other
    return None


def outer_first(evidence: Evidence) -> Source | None:
    """g(5) = 25 after f(4) = 5, where f(g(4)) is asked: the outer function was put first.

    Both are true; wrong is only that f(g(4)) = 25, if it is written.
    """
    composed = _COMPOSED.findall(evidence.statement)
    if len(composed) != 1 or composed[0][0] == composed[0][1]:
        return None
    [(outer, inner, value)] = composed
    first = re.compile(rf"(?<![\w(]){outer}\s?\(\s?{re.escape(value)}\s?\)\s?=")
    then = re.compile(rf"(?<![\w(]){inner}\s?\([^()]{{1,20}}\)\s?=")
    lines = [line for line in evidence.lines if line.claims]
    begun = next((n for n, line in enumerate(lines) if first.search(line.text)), len(lines))
    rest = lines[begun + 1 :]
    if not any(then.search(line.text) and not _COMPOSED.search(line.text) for line in rest):
        return None
    wrong = next((line for line in rest if _COMPOSED.search(line.text)), rest[-1])
    return wrong, wrong.claims[0]


def counted(line: WeighedLine, claim: WeighedClaim, evidence: Evidence) -> Source | None:
    """The open claim before a line that tells a number of it, which should be another one."""
    for earlier in reversed(evidence.lines[: line.number]):
        for other in filter(_is_open, earlier.claims):
            if _gives_count(earlier, other, claim, evidence):
                return earlier, other
    return None


def _is_refuted(claim: WeighedClaim) -> bool:
    return claim.check is not None and claim.check.verdict == StepVerdict.REFUTED


def _is_open(claim: WeighedClaim) -> bool:
    check = claim.check
    return check is not None and check.verdict == StepVerdict.UNCHECKED and not claim.is_limited


def _gives_count(
    line: WeighedLine, claim: WeighedClaim, refuted: WeighedClaim, evidence: Evidence
) -> bool:
    """Whether a number comes from there, and another count there would make the answer right."""
    known = [Fraction(text) for text in _DIGITS.findall(evidence.statement)]
    known += [Fraction(v) for other in evidence.lines[: line.number] for v in numerals(other.text)]
    if DIGITS.search(evidence.statement):
        known.append(Fraction(10))  # there are as many, whatever can be made of them
    results = [c.result for c in evidence.calculations if c.line == line.number and c.formula]
    counts = {Fraction(value) for value in numerals(line.text) if value not in results}
    return claim in line.claims and any(
        _would_be_right(formula, count, evidence)
        for formula in filter(is_compound, refuted.terms)
        for count in counts.difference(known)
        if count > 0 and count.denominator == 1
    )


def _would_be_right(formula: Term, count: Fraction, evidence: Evidence) -> bool:
    """Of 2/36 with 4 for 2, and of 3(2^7 - 1) with 8 for 7."""
    right = bare_term(key_value(evidence.key))
    goal = None if right is None else number(right, evidence.budget)
    own = value_of(evidence.answer.text)
    at = _with_count(formula, count, count, evidence)
    if goal is None or own is None or at is None or not are_close(at, own, APART):
        return False
    others = [count - 1, count + 1]
    if isinstance(formula, Div) and formula.top == Num(count) and at:
        others.append(Fraction(round(count * Fraction(goal / at))))
    values = (_with_count(formula, count, other, evidence) for other in others if other > 0)
    return any(value is not None and are_close(value, goal, _NEAR) for value in values)


def _with_count(
    formula: Term, count: Fraction, other: Fraction, evidence: Evidence
) -> float | None:
    places = [part for part in walk(formula) if isinstance(part, Num) and part.value == count]
    if len(places) != 1:
        return None
    return number(_put_in(formula, count, Num(other)), evidence.budget)


def _put_in(formula: Term, count: Fraction, other: Num) -> Term:
    if isinstance(formula, Num):
        return other if formula.value == count else formula
    return rebuild(formula, lambda part: _put_in(part, count, other))  # type: ignore[no-any-return]


def _gives_solution(claim: WeighedClaim, refuted: WeighedClaim, evidence: Evidence) -> bool:
    """Whether the refuted x = 45 solves the equation that was set up there."""
    equation = claim.equation
    slip = refuted.check.slip if refuted.check else Slip.NONE
    if equation is None or slip not in _OF_SET_UP or equation in evidence.task.equations:
        return False
    if free_names(equation) != {refuted.name} or free_names(refuted.terms[-1]):
        return False
    is_worked_out = not is_name(equation.left)
    return is_worked_out and evidence.truth(claim, {refuted.name: refuted.terms[-1]}) is True


def _gives_complement(
    line: WeighedLine, claim: WeighedClaim, refuted: WeighedClaim, evidence: Evidence
) -> bool:
    """Whether it worked out the 0.0081 of P(at least one) = 1 - 0.0081, another chance."""
    calculation = evidence.calculation_of(line.number, line.claims.index(claim))
    if calculation is None or calculation.formula is None or not is_compound(calculation.formula):
        return False
    sums = [term.parts for term in refuted.terms if isinstance(term, Add)]
    return any(
        whole == Num(Fraction(1)) and calculation.gives(float(taken.value))
        for parts in sums
        for whole, part in pairwise(parts)
        if isinstance(part, Neg) and isinstance(taken := part.part, Num)
    )


def _gives_top(claim: WeighedClaim, refuted: WeighedClaim, evidence: Evidence) -> bool:
    """Whether it is the numerator of a side."""
    tops = [side.top for side in refuted.terms if isinstance(side, Div) and free_names(side.top)]
    return any(
        free_names(term) == free_names(top)
        and is_compound(term)
        and same_value(term, top, evidence.budget).equal is True
        for term in claim.terms
        for top in tops
    )
