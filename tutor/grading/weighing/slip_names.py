"""What a line that only the stored answer shows to be wrong is called, where its terms tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tutor.grading.answer_key import Kind
from tutor.grading.comparison.keys import key_value
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Mul,
    Neg,
    Num,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solving.equations import same_equation
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.rule_slips import LOST_SIGN
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.weighing.calculations import regrouped
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.final_answer import lacks_constant
from tutor.grading.weighing.key_numbers import key_numbers
from tutor.grading.weighing.marks import WrongLine
from tutor.grading.weighing.numbers import are_close, number
from tutor.grading.weighing.slip_evidence.by_answer import slips_by_answer
from tutor.grading.weighing.slip_evidence.by_quantities import takes_diameter_for_radius
from tutor.grading.weighing.slip_evidence.by_words import slips_by_words
from tutor.grading.weighing.weighed_lines import WeighedClaim, last_side
from tutor.grading.working.judges.contradiction_judge import agrees
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.slip_names.namer import name_of_mistake
from tutor.grading.working.slip_names.scene import Scene

_VAGUE = (
    *(Slip.NONE, Slip.SET_UP, Slip.ARITHMETIC, Slip.OFF_BY_ONE, Slip.HALF_FORGOTTEN),
    *(Slip.INVERSE_RATIO, Slip.SUM_FOR_PRODUCT, Slip.SQUARE_FORGOTTEN, Slip.ROOT_FORGOTTEN),
    Slip.LOST_SIGN,
)
# By one of these, half a diameter comes out of a square or a cube as well.
_OF_ONE_FACTOR = (Slip.DOUBLED_FOR_SQUARED, Slip.UNIT_CONVERSION, Slip.POWER_AS_PRODUCT)
_OF_LENGTHS = (Slip.SQUARE_FORGOTTEN, Slip.ROOT_FORGOTTEN)
_OF_MONEY = re.compile(r"[€£¥￥元%％]|\\?\$\s?\d|euros?\b|dollars?\b")
_ROUNDED = 0.001
_CHANCE = words(r"probability|chances?|wahrscheinlichkeit|probabilité|probabilidad", "概率|可能性")


def named(wrong: WrongLine, evidence: Evidence) -> WrongLine:
    """The wrong line with the name of its mistake, where it has none of its own."""
    if wrong.slip not in (*_VAGUE, *_OF_ONE_FACTOR, Slip.WITH_REPLACEMENT):
        return wrong
    line = evidence.lines[wrong.line]
    check = line.check.claims[wrong.claim]
    claims = [claim for claim in line.claims if claim.check is check]
    if wrong.slip in _OF_ONE_FACTOR:
        is_diameter = any(_takes_diameter(claim, evidence) for claim in claims)
        return replace(wrong, slip=Slip.DIAMETER_FOR_RADIUS) if is_diameter else wrong
    if wrong.slip == Slip.WITH_REPLACEMENT:
        is_order = any(Slip.ORDER_FORGOTTEN in slips_by_answer(c, evidence) for c in claims)
        return replace(wrong, slip=Slip.ORDER_FORGOTTEN) if is_order else wrong
    if _is_by_chance(wrong.slip, claims, evidence):
        wrong = replace(wrong, slip=Slip.SET_UP)
    slips = (slip for claim in claims for slip in _slips(claim, wrong.line, evidence))
    if (slip := next(slips, Slip.NONE)) != Slip.NONE:
        return replace(wrong, slip=slip)
    others = [claim for claim in line.claims if claim not in claims]
    scenes = (scene_of(claim, wrong, evidence) for claim in (*claims, *others))
    names = (name_of_mistake(scene) for scene in scenes)
    return replace(wrong, slip=next((n for n in names if n != wrong.slip), wrong.slip))


def with_names(checks: Sequence[StepCheck], evidence: Evidence) -> list[StepCheck]:
    """The checks, where the answer names the mistake that the first pass only found."""
    number = next((n for n, check in enumerate(checks) if check.refuted), None)
    if number is None:
        return list(checks)
    refuted = checks[number].refuted
    claims = [claim for claim in evidence.lines[number].claims if claim.check is refuted]
    if refuted is None or refuted.slip != Slip.NONE:
        return list(checks)
    slips = (slip for claim in claims for slip in _by_evidence(claim, number, evidence))
    slip = next(slips, Slip.NONE) or _by_scene(claims, number, evidence)
    named_claims = tuple(
        replace(claim, slip=slip) if claim is refuted else claim for claim in checks[number].claims
    )
    return [*checks[:number], replace(checks[number], claims=named_claims), *checks[number + 1 :]]


def _by_scene(claims: Sequence[WeighedClaim], line: int, evidence: Evidence) -> Slip:
    """By all lines before, also those that the first pass had done with, and by each case."""
    wrong = WrongLine(line, 0, Slip.NONE)
    scenes = [scene_of(claim, wrong, evidence) for claim in claims]
    scenes += [
        replace(scene, claim=case)
        for scene, claim in zip(scenes, claims, strict=True)
        for case in claim.alternatives
    ]
    names = map(name_of_mistake, scenes)
    return next((name for name in names if name != Slip.NONE), Slip.NONE)


def _by_evidence(claim: WeighedClaim, line: int, evidence: Evidence) -> Iterator[Slip]:
    yield from slips_by_words(claim, line, evidence)
    yield from slips_by_answer(claim, evidence)


def _takes_diameter(claim: WeighedClaim, evidence: Evidence) -> bool:
    right = key_numbers(evidence.key)
    if len(right.values) != 1 and not right.are_same:
        return False
    terms = [term for term in claim.terms if not free_names(term)]
    return any(takes_diameter_for_radius(term, right.values[0], evidence) for term in terms)


def _is_by_chance(slip: Slip, claims: Sequence[WeighedClaim], evidence: Evidence) -> bool:
    """Whether the change that makes the answer right explains nothing: a square of money."""
    if slip in _OF_LENGTHS:
        return bool(_OF_MONEY.search(evidence.statement))
    return slip == Slip.ARITHMETIC and any(_is_rounded(claim, evidence) for claim in claims)


def _is_rounded(claim: WeighedClaim, evidence: Evidence) -> bool:
    """π·30² = 2827: what is wrong is something else."""
    values = [number(term, evidence.budget) for term in claim.terms if not free_names(term)]
    known = [value for value in values if value is not None]
    return len(known) > 1 and are_close(known[0], known[-1], _ROUNDED) and known[0] != known[-1]


def scene_of(claim: WeighedClaim, wrong: WrongLine, evidence: Evidence) -> Scene:
    """The claim of the wrong line beside what came before it."""
    line = evidence.lines[wrong.line]
    before = [other for earlier in evidence.lines[: wrong.line] for other in earlier.claims]
    before += line.claims[: line.claims.index(claim)]
    values = [value for other in reversed(before) if (value := _value(other)) is not None]
    task = evidence.task
    return Scene(
        evidence.statement,
        line.text,
        claim.claim,
        (*values, *task.equations),
        (*(term for other in reversed(before) for term in other.terms[-1:]), *task.expressions),
        wrong.slip,
        task.definitions,
        evidence.budget,
    )


def _value(claim: WeighedClaim) -> Value | None:
    value = claim.equation or claim.claim.value
    match claim.claim.terms, claim.claim.operators:
        case (left, right), (operator,) if value is None and left is not None and right is not None:
            return Comparison(operator, left, right)
    return None if value is None or is_term(value) else value


def _slips(claim: WeighedClaim, line: int, evidence: Evidence) -> Iterator[Slip]:
    text = evidence.statement
    if lacks_constant(last_side(claim), evidence.key):
        yield Slip.CONSTANT_FORGOTTEN
    if any(map(_adds_percentages, claim.terms)):
        yield Slip.PERCENT_BASE
    if _CHANCE.search(text) and any(
        _adds_equal_chances(regrouped(term), evidence) for term in claim.terms
    ):
        yield Slip.ADDED_PROBABILITIES
    yield from slips_by_words(claim, line, evidence)
    if _has_lost_sign(claim, evidence) or _is_opposite_of_part(claim, evidence):
        yield Slip.LOST_SIGN
    if _is_extraneous(claim, line, evidence):
        yield Slip.EXTRANEOUS_ROOT
    if _is_half_distributed(claim, evidence):
        yield Slip.HALF_DISTRIBUTED
    yield from slips_by_answer(claim, evidence)


def _adds_percentages(term: Term) -> bool:
    """10 % + 20 %"""
    parts = term.parts if isinstance(term, Add) else ()
    bare = [part.part if isinstance(part, Neg) else part for part in parts]
    return len(bare) > 1 and all(isinstance(p, Call) and p.name == "percent" for p in bare)


def _adds_equal_chances(term: Term, evidence: Evidence) -> bool:
    """3 · 1/6, and 1/6 + 1/6 + 1/6"""
    parts = term.parts if isinstance(term, Add | Mul) else ()
    values = [number(part, evidence.budget) for part in parts]
    chances = [value for value in values if value is not None and 0 < value < 1]
    if isinstance(term, Add):
        return len(chances) == len(parts) > 1 and are_close(min(chances), max(chances))
    counts = [part for part in parts if isinstance(part, Num) and part.value > 1]
    return len(parts) == 2 and len(chances) == len(counts) == 1


def _has_lost_sign(claim: WeighedClaim, evidence: Evidence) -> bool:
    """y = 2(x - 3) + 3 for y = 2(x - 3) - 3, which is the stored answer."""
    right, equation = key_value(evidence.key), claim.equation
    if is_term(right) and free_names(right):
        return any(_is_with_sign(term, right, evidence) for term in claim.terms[-1:])
    if evidence.key.kind != Kind.EQUATION or equation is None:
        return False
    if free_names(equation) != free_names(right):
        return False
    return any(
        same_equation(changed, right, evidence.budget).equal is True
        for changed in _with_sign_changed(equation)
    )


def _is_with_sign(term: Term, right: Term, evidence: Evidence) -> bool:
    """1 + 1/(n + 1) for 1 - 1/(n + 1)"""
    return free_names(term) == free_names(right) and any(
        same_value(changed, right, evidence.budget).equal is True for changed in LOST_SIGN(term)
    )


def _is_opposite_of_part(claim: WeighedClaim, evidence: Evidence) -> bool:
    """1·3 - 0·0 = 3 where the stored answer is (6, -3, 1)."""
    right = key_value(evidence.key)
    if not isinstance(right, Bracketed) or not claim.terms:
        return False
    parts = [number(part, evidence.budget) for part in right.parts if is_term(part)]
    own = number(claim.terms[-1], evidence.budget)
    if not own or None in parts:
        return False
    is_part = [any(p is not None and are_close(p, v) for p in parts) for v in (own, -own)]
    return is_part == [False, True]


def _with_sign_changed(equation: Comparison) -> Iterator[Value]:
    left, right = equation.left, equation.right
    if is_term(left) and is_term(right):
        yield from (replace(equation, left=changed) for changed in LOST_SIGN(left))
        yield from (replace(equation, right=changed) for changed in LOST_SIGN(right))


def _is_half_distributed(claim: WeighedClaim, evidence: Evidence) -> bool:
    """y - 9 = 6x - 3 for y - 9 = 6(x - 3), which is the stored line."""
    equation, right = claim.equation, key_value(evidence.key)
    if evidence.key.kind != Kind.EQUATION or equation is None:
        return False
    changed = (
        replace(equation, right=Mul((Num(factor), Add((letter, constant)))))
        for factor, letter, constant in _linear_parts(equation.right)
    )
    return any(same_equation(e, right, evidence.budget).equal is True for e in changed)


def _linear_parts(side: Value) -> Iterator[tuple[Fraction, Term, Term]]:
    match side:
        case Add((Mul((Num(factor), letter)), constant)) if not free_names(constant):
            yield factor, letter, constant


def _is_extraneous(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """x = 4 or x = -2 after (x - 4)(x + 2) = 0, from logarithms."""
    value = claim.claim.value or claim.equation
    if value is None or not is_solved(value) or len(free_names(value)) != 1:
        return False
    sources = (
        other.equation
        for earlier in reversed(evidence.lines[:line])
        for other in earlier.claims
        if other.equation is not None and free_names(other.equation) == free_names(value)
    )
    source = next(sources, None)
    if source is None or is_solved(source):
        return False
    if not all(agrees(part, source, evidence.budget) for part in comparisons(value)):
        return False
    right = [values.get(name) for name in free_names(value) for values in evidence.known.solutions]
    return not all(_is_among(part, right, evidence) for part in comparisons(value))


def _is_among(solution: Comparison, right: Sequence[Term | None], evidence: Evidence) -> bool:
    value = solution.right if free_names(solution.left) else solution.left
    own = number(value, evidence.budget) if is_term(value) else None
    numbers = [number(term, evidence.budget) for term in right if term is not None]
    return own is not None and any(n is not None and are_close(own, n) for n in numbers)
