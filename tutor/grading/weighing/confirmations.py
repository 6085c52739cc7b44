"""What a working with a right final answer is believed: true calculations and known numbers.

The answer says that nothing on the way to it was set up wrongly. What is left to look at is
whether the claim itself is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import sqrt

from tutor.grading.comparison.keys import key_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Listing,
    Logic,
    Neg,
    Num,
    Quantity,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.weighing.calculations import constants, is_compound
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.final_answer import AnswerOutcome
from tutor.grading.weighing.key_numbers import gives_each, key_numbers
from tutor.grading.weighing.numbers import (
    ELSEWHERE,
    EXACT,
    ROUNDED,
    Values,
    are_close,
    has_decimals,
    has_unknown_function,
    holds,
    number,
    numbers,
)
from tutor.grading.weighing.weighed_lines import WeighedClaim

MAX_NAMES = 3
_MENTIONED = (Num, Neg, Listing, Logic, Quantity)
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_NAMED = re.compile(r"[^\W\d_]{2,20}\s?(?:²|\^2)?\s?=")  # half² = 169, in words
COMPLEMENT = re.compile(r"\s?[Pp]\s?\([^()]{1,40}\)\s?=\s?1\s?[-−]\s?[Pp]\s?\([^()]{1,40}\)\s?")
_TURNS = frozenset(map(Fraction, (90, 180, 360)))
_EQUALITY = frozenset(["=", "≈"])
POINTS = tuple(  # two for each of three names, at which two terms are equal by chance in no case
    tuple(Num(Fraction(n, d)) for n, d in row)
    for row in (((7919, 97), (104, 37), (61, 53)), ((211, 89), (17, 13), (433, 29)))
)


def is_true_calculation(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """169 - 25 = 144 in AH² = OA² - OH² = 169 - 25 = 144, whose root a later line works with."""
    values = _numeric_end(claim, evidence.budget)
    if values is None:
        return False
    is_named = len(values) < len(claim.claim.terms)
    return (
        not is_named
        or _is_worked_with(values[-1], line, evidence)
        or _is_of_known(claim, line, evidence)
    )


def _is_of_known(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """Whether each number of the calculation was told, or came out before."""
    calculation = re.split("[=≈]", claim.statement.text)[-2]
    known = evidence.task.numbers | frozenset(_numerals(claim, line, evidence))
    known |= _TURNS if "°" in claim.statement.text else frozenset()
    return all(Fraction(numeral) in known for numeral in _NUMERAL.findall(calculation))


def is_complement_of_answer(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """P(at least one red) = 1 - P(no red), where the other chance comes out below."""
    right = key_numbers(evidence.key).values
    if not right or not COMPLEMENT.fullmatch(claim.statement.text):
        return False
    results = [c.result for c in evidence.calculations if c.line > line]
    return 0 < right[0] < 1 and any(are_close(1 - right[0], result) for result in results)


def _numeric_end(claim: WeighedClaim, budget: WorkBudget) -> list[float] | None:
    """The values of the sides that are numbers, where they are equal and at the end of a chain."""
    if not claim.claim.operators or not _EQUALITY.issuperset(claim.claim.operators):
        return None
    sides = list(claim.claim.terms)
    if _NAMED.match(claim.statement.text):
        del sides[0]
    while sides and (sides[0] is None or free_names(sides[0]) or has_unknown_function(sides[0])):
        del sides[0]
    terms = [side for side in sides if side is not None]
    if len(terms) < 2 or len(terms) < len(sides) or not any(map(is_compound, terms)):
        return None
    values = [numbers(term, budget) for term in terms]
    if not all(values):
        return None
    for (left, right), (term, other) in zip(pairwise(values), pairwise(terms), strict=True):
        relative = ROUNDED if has_decimals(term) or has_decimals(other) else EXACT
        if not any(are_close(a, b, relative) for a in left for b in right):
            return None
    return [side[0] for side in values]


def _is_worked_with(value: float, line: int, evidence: Evidence) -> bool:
    """Whether a later line has the value, its root, or its sum with an earlier value."""
    later = [c for other in evidence.lines[line + 1 :] for c in other.claims]
    if not later:
        return True
    wanted = [value, *([sqrt(value)] if value > 0 else [])]
    wanted += [value + c.result for c in evidence.calculations if c.line != line]
    used = [abs(c) for other in later for term in other.terms for c in constants(term)]
    return any(are_close(abs(a), b) for a in wanted for b in used)


def is_true_algebra(claim: WeighedClaim, budget: WorkBudget) -> bool:
    """Whether the terms of P = (24 - y)y² = 24y² - y³ are the same, whatever the letters are."""
    if not claim.claim.operators or set(claim.claim.operators) != {"="}:
        return False
    sides = claim.claim.terms
    if sides[0] is None or isinstance(sides[0], Sym) or has_unknown_function(sides[0]):
        sides = sides[1:]
    terms = [side for side in sides if side is not None and is_compound(side)]
    names = sorted(frozenset[str]().union(*map(free_names, terms)))
    if len(terms) < 2 or len(terms) < len(sides) or not 0 < len(names) <= MAX_NAMES:
        return False
    return all(
        _are_equal(term, other, dict(zip(names, point, strict=False)), budget)
        for term, other in pairwise(terms)
        for point in POINTS
    )


def _are_equal(term: Term, other: Term, values: Values, budget: WorkBudget) -> bool:
    first, second = number(term, budget, values), number(other, budget, values)
    return first is not None and second is not None and are_close(first, second, EXACT)


def holds_as_chain(claim: WeighedClaim, values: Values, budget: WorkBudget) -> bool:
    """1 = -1/3 · 6 + p = -2 + p at p = 3, and at no other value."""
    sides = claim.claim.terms
    if len(sides) < 3 or set(claim.claim.operators) != {"="}:
        return False
    if sides[0] is None or has_unknown_function(sides[0]):
        sides = sides[1:]
    terms = [side for side in sides if side is not None]
    names = frozenset[str]().union(*map(free_names, terms))
    if len(terms) < len(sides) or not names or not names <= values.keys():
        return False
    links = [Comparison("=", *pair) for pair in pairwise(terms)]
    elsewhere = dict.fromkeys(names, ELSEWHERE)
    return all(holds(link, values, budget) is True for link in links) and any(
        holds(link, elsewhere, budget) is False for link in links
    )


def is_answer_rearranged(claim: WeighedClaim, evidence: Evidence) -> bool:
    """y - 6 = -1/2 (x - 3), where the answer is y = -1/2 x + 15/2."""
    own, right = claim.equation, key_value(evidence.key)
    if own is None or not isinstance(right, Comparison) or right.op != "=":
        return False
    names = sorted(free_names(own))
    if len(names) != 2 or frozenset(names) != free_names(right):
        return False
    points = [(a, b) for a, b, _ in POINTS] + [(b, c) for _, b, c in POINTS]
    gaps = [
        _gaps((own, right), dict(zip(names, point, strict=True)), evidence.budget)
        for point in points
    ]
    shares = [pair[0] / pair[1] for pair in gaps if pair is not None and pair[1]]
    return len(shares) == len(points) and all(
        abs(share) > EXACT and are_close(share, shares[0], EXACT) for share in shares
    )


def _gaps(
    equations: Sequence[Comparison], values: Values, budget: WorkBudget
) -> tuple[float, float] | None:
    """How far apart the sides of both are."""
    gaps = []
    for equation in equations:
        if not is_term(equation.left) or not is_term(equation.right):
            return None
        left, right = (number(s, budget, values) for s in (equation.left, equation.right))
        if left is None or right is None:
            return None
        gaps.append(left - right)
    return gaps[0], gaps[1]


def mentions_known_numbers(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """8 and 6 in "a triangle with legs 8 and 6", where both came out before.

    So does the 1 of 1 part -> 640/8 = 80 g, and P(red) before an arrow has no number at all.
    """
    value = claim.claim.value
    if claim.claim.operators or value is None:
        return False
    if not _is_mention(value) and not _is_name_alone(value):
        return False
    own = [part.value for part in walk(value) if isinstance(part, Num)]
    is_head = _is_head(claim, line, evidence)
    if is_head and not own:
        return True
    known = evidence.task.numbers | frozenset(_numerals(claim, line, evidence))
    known |= {Fraction(1)} if is_head else set()
    stored = key_numbers(evidence.key)
    right = [abs(part) for part in stored.values]
    is_right = evidence.answer.outcome == AnswerOutcome.RIGHT or stored.are_same
    if not is_right and len(right) > len(own):
        if line + 1 == len(evidence.lines) and not gives_each(evidence.lines[line:], stored):
            return False  # a solution may be missing
        right = []
    return bool(own) and all(
        abs(number) in known or any(are_close(float(abs(number)), part, EXACT) for part in right)
        for number in own
    )


def _is_head(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """Whether a calculation stands on the line that is right, of which this tells what it is."""
    return any(
        other.check is not None and other.check.verdict == StepVerdict.PROVED
        for other in evidence.lines[line].claims
        if other is not claim and other.terms[1:]
    )


def _is_name_alone(value: Value) -> bool:
    """P(same colour)"""
    return isinstance(value, Call) and not any(isinstance(part, Num) for part in walk(value))


def _is_mention(value: Value) -> bool:
    """8, and 20 %"""
    parts = value.args if isinstance(value, Call) and value.name == "percent" else (value,)
    return all(isinstance(part, _MENTIONED) for part in parts for part in walk(part))


def _numerals(claim: WeighedClaim, line: int, evidence: Evidence) -> Iterator[Fraction]:
    """Of the lines before, and of the formulas beside the claim."""
    beside = (
        c.statement.text for c in evidence.lines[line].claims if c is not claim and c.terms[1:]
    )
    for text in (*(other.text for other in evidence.lines[:line]), *beside):
        yield from map(Fraction, _NUMERAL.findall(text[:1000]))
