"""The true calculations of a working that have no name, and the results that lines give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Root,
    Term,
    Unreadable,
    free_names,
)
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, ClaimRelation, StepVerdict
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.progress import Progress
from tutor.grading.working.reading import ReadLine, Statement
from tutor.grading.working.side_names import name_of

OF_NUMBERS = (ClaimRelation.EQUAL, ClaimRelation.APPROXIMATE)


@dataclass(frozen=True, slots=True)
class LineResult:
    """line: its number. claim: the number among the claims of its check.

    formula: what the value, which may be rounded, was worked out from. name: of the quantity, in
    small letters where it is a word.
    """

    line: int
    claim: int
    value: Term
    formula: Term
    name: str = ""


def calculations(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> Iterator[LineResult]:
    """8·5 = 40, but neither "second component: 8·5 = 40" nor A = 8·5 = 40."""
    for number, own, statement, claim in _claims(checks, lines, progress):
        is_true = own.verdict == StepVerdict.PROVED and own.relation in OF_NUMBERS
        terms = claim.terms
        if not is_true or statement.words or statement.supposed or claim.names:
            continue
        first, last = terms[:1], terms[-1:]
        if len(terms) > 1 and None not in terms and not isinstance(first[0], Num):
            yield LineResult(number, checks[number].claims.index(own), *last, *first)  # type: ignore[arg-type]


def bare_results(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> Iterator[LineResult]:
    """The 40 of "area: 40" and A = 40."""
    for number, own, statement, claim in _claims(checks, lines, progress):
        sides = claim.sides
        is_named = len(sides) == 1 or (len(sides) == 2 and (sides[0].term is None or claim.names))
        if is_named and (value := sides[-1].term) is not None and _is_worked_out(value):
            name = statement.words.casefold() or name_of(sides[0].term)
            yield LineResult(number, checks[number].claims.index(own), value, value, name)


def without_praise(checks: Sequence[StepCheck], line: int, claim: int) -> list[StepCheck]:
    """The checks, with this claim unchecked."""
    check = checks[line]
    claims = list(check.claims)
    claims[claim] = replace(
        claims[claim], verdict=StepVerdict.UNCHECKED, relation=ClaimRelation.IMPLIES
    )
    changed = replace(check, verdict=StepVerdict.UNCHECKED, claims=tuple(claims))
    return [*checks[:line], changed, *checks[line + 1 :]]


def _claims(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> Iterator[tuple[int, ClaimCheck, Statement, Claim]]:
    """The number of each line, the check of a claim, and what the claim says."""
    for number, (check, line) in enumerate(zip(checks, lines, strict=False)):
        by_start = {statement.start: statement for statement in line.statements}
        for own in check.claims:
            statement = by_start.get(own.start)
            with suppress(Unreadable, RecursionError):
                if statement is not None:
                    yield number, own, statement, progress.read_statement(statement)


def _is_worked_out(term: Term) -> bool:
    """40, -1/3, 144π, 5√2, 720°."""
    match term:
        case Call("degrees", (Num(),)):
            return True
        case Neg(part):
            return _is_worked_out(part)
        case Div(top, bottom):
            return _is_worked_out(top) and isinstance(bottom, Num)
        case Mul((Num(), *others)):
            return all(isinstance(part, Const | Root) for part in others)
    is_root = isinstance(term, Root) and rational_value(term) is None and not free_names(term)
    return is_root or isinstance(term, Num | Const)
