"""A working as the weighing sees it: each claim as terms, beside its check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.parsing.tree import (
    Comparison,
    Num,
    Sym,
    Term,
    Unreadable,
    Words,
    free_names,
    is_term,
    walk,
)
from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, StepVerdict
from tutor.grading.working.certainty.half_read import is_cut
from tutor.grading.working.certainty.line_scope import LineScope
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.notation import with_turns
from tutor.grading.working.progress import Progress
from tutor.grading.working.reading import ReadLine, Role, Statement, read_line

_RELATION = re.compile(r"[=≈~]|\\approx")
_ORDERS = ("<", "<=", ">", ">=", "!=")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """A statement of a line as it is read, and what the first pass says of it.

    is_cut: whether it is cut out of a longer one, so that nothing can be told from it.
    is_limited: whether words say that it is tried, denied or true in one case only.
    alternatives: of x = 16/2 = 8 or x = -10/2 = -5, each read alone.
    """

    statement: Statement
    claim: Claim
    check: ClaimCheck | None
    is_cut: bool = False
    is_limited: bool = False
    alternatives: tuple[Claim, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The sides that could be read."""
        value = self.claim.value
        sides = self.claim.terms or ((value,) if value is not None and is_term(value) else ())
        return tuple(term for term in sides if term is not None)

    @property
    def only_gives_value(self) -> bool:
        """x = 5 and p = 2/36: not true in any working with a wrong answer."""
        return bool(self.name) and not free_names(self.terms[-1])

    @property
    def equation(self) -> Comparison | None:
        """The whole claim, if it has two sides that could be read."""
        terms = self.claim.terms
        if self.claim.operators not in (("=",), ("≈",)) or None in terms:
            return None
        left, right = terms
        return Comparison("=", left, right)  # type: ignore[arg-type]

    @property
    def end(self) -> Comparison | None:
        """x = 150 of x = 180 - 30 = 150."""
        terms, operators = self.claim.terms, self.claim.operators
        if len(operators) < 2 or set(operators) - {"=", "≈"} or not isinstance(terms[0], Sym):
            return None
        return None if terms[-1] is None else Comparison("=", terms[0], terms[-1])

    @property
    def inequality(self) -> Comparison | None:
        """The whole claim, if it is one of two sides that could be read."""
        terms, operators = self.claim.terms, self.claim.operators
        if len(operators) != 1 or operators[0] not in _ORDERS or None in terms:
            return None
        left, right = terms
        return Comparison(operators[0], left, right)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """Of what the claim gives: h in h = 625 + 49."""
        first = next(iter(self.terms), None)
        return first.name if isinstance(first, Sym) and len(self.terms) > 1 else ""


@dataclass(frozen=True, slots=True)
class WeighedLine:
    """text: as it was written, read or not."""

    number: int
    text: str
    read: ReadLine
    claims: tuple[WeighedClaim, ...]
    check: StepCheck

    @property
    def has_digits(self) -> bool:
        return bool(_DIGIT.search(self.text))

    @property
    def has_denial(self) -> bool:
        return LineScope.of(self.text).has_denial

    @property
    def is_refuted(self) -> bool:
        return self.check.verdict == StepVerdict.REFUTED

    @property
    def is_unchecked(self) -> bool:
        return self.check.mark == Mark.UNCHECKED

    @property
    def is_check(self) -> bool:
        """Whether it only checks what came out."""
        return any(statement.role == Role.CHECK for statement in self.read.statements)

    @property
    def results(self) -> tuple[WeighedClaim, ...]:
        """The claims that do more than to check what came out."""
        return tuple(claim for claim in self.claims if claim.statement.role != Role.CHECK)

    @property
    def is_of_numbers(self) -> bool:
        """Whether it has something that can be wrong, and not words alone."""
        return any(isinstance(part, Num) for claim in self.claims for part in _parts(claim))


def last_side(claim: WeighedClaim) -> str:
    return _RELATION.split(claim.statement.text)[-1].strip()


def weighed_lines(
    lines: Sequence[str], checks: Sequence[StepCheck], statement: str
) -> list[WeighedLine]:
    """Raises WorkBudgetSpent where the budget that is open has no work left."""
    progress = Progress(statement)
    pairs = zip(lines, checks, strict=True)
    return [_weighed(number, *pair, progress) for number, pair in enumerate(pairs)]


def _weighed(number: int, text: str, check: StepCheck, progress: Progress) -> WeighedLine:
    line = read_line(text)
    claims = tuple(_claims(text, line, check, progress))
    return WeighedLine(number, text, line, claims, check)


def _claims(
    text: str, line: ReadLine, check: StepCheck, progress: Progress
) -> Iterator[WeighedClaim]:
    scope = LineScope.of(text)
    by_start = {claim.start: claim for claim in check.claims}
    for statement in line.statements:
        claim = _read(statement, progress)
        if statement.role != Role.SUPPOSE or claim.operators:
            yield WeighedClaim(
                replace(statement, text=with_turns(statement.text)),
                claim,
                by_start.get(statement.start),
                is_cut(text, statement),
                statement.rejected or scope.limits(statement, is_of_numbers=False),
                tuple(_alternatives(statement, progress)),
            )


def _alternatives(statement: Statement, progress: Progress) -> Iterator[Claim]:
    parts = statement.text.split(" or ")
    for part in parts if parts[1:] else ():
        with suppress(Unreadable, RecursionError):
            yield progress.read(part)


def _read(statement: Statement, progress: Progress) -> Claim:
    """Without terms, where it cannot be read."""
    claim = Claim(statement.text)
    with suppress(Unreadable, RecursionError):
        progress.learn_calls(statement)
        claim = progress.read_statement(statement)
        progress.learn(claim, statement)
    if claim.operators or not isinstance(claim.value, Comparison | Words | None):
        return claim
    return _without_name(statement, progress) or claim


def _without_name(statement: Statement, progress: Progress) -> Claim | None:
    """= 3/8 for P(both red) = 3/8, whose name is no term."""
    name, sign, value = statement.text.partition("=")
    with suppress(Unreadable, RecursionError):
        if name and sign and value:
            claim = progress.read(sign + value)
            return claim if claim.terms[1:] and None not in claim.terms[1:] else None
    return None


def _parts(claim: WeighedClaim) -> Iterator[object]:
    for term in claim.terms:
        yield from walk(term)
    if claim.claim.value is not None:
        yield from walk(claim.claim.value)
