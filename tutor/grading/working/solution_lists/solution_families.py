"""Judges families of solutions, by the equation or the families that they come from.

Right families have all solutions and no other numbers; several lines may give them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.kinds.progressions import Progression, contains, overlap_of
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_term
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Add, Call, Mul, Num, Sym, Term, Unreadable
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.working.congruences import Congruence
from tutor.grading.working.facts import Facts
from tutor.grading.working.solution_lists.claimed_families import (
    ClaimedFamilies,
    claimed_families,
    declares_integers,
    have_same_members,
    may_be_family,
)
from tutor.grading.working.solution_lists.known_families import (
    Members,
    is_far_from,
    known_families,
    neat,
    solves_all,
)
from tutor.grading.working.solution_lists.periodic_solutions import interval_of

MAX_TRIED = 12  # members of a family, to find one that is no solution
MIN_TURN = 30  # a smaller distance is none in degrees
_FACTORS = (2, 3, 4, 6)
_GIVEN = unchecked(ClaimRelation.DEFINE)
_UNDECIDED = unchecked(ClaimRelation.SOLVE)


@dataclass
class SolutionFamilies:
    """told: families of lines before, which others complete.

    refuted: the variable and the members of a wrong line, by which later ones are judged.
    factor: of the variable in the line before: 2 of 2x = π/3 + 2kπ.
    """

    told: Members = ()
    refuted: tuple[str, Members] | None = None
    factor: Fraction = Fraction(1)

    def judge(
        self,
        text: str,
        facts: Facts,
        congruences: Sequence[Congruence],
        following: Sequence[str],
        budget: WorkBudget,
    ) -> ClaimResult | None:
        """None for anything else than families, and where nothing is known of their variable.

        following: the formulas after this one. Raises WorkBudgetSpent.
        """
        if declared := declares_integers(text):
            return None if declared & facts.task.names else _GIVEN
        claim = claimed_families(text, budget)
        if claim is None:
            return None
        with suppress(Undecidable):
            known = known_families(claim.name, facts, congruences, budget)
            if self.refuted is not None and self.refuted[0] == claim.name:
                known = [self.refuted[1], *known]
            members = _in_degrees(claim, known[0]) if known else ()
            if members:
                following = [text for text in following if claim.name in text]
                result = self._judged(claim.name, members, known, facts, following, budget)
                self.factor = claim.factor
                return result
        return None

    def _judged(
        self,
        name: str,
        members: Members,
        known: Sequence[Members],
        facts: Facts,
        following: Sequence[str],
        budget: WorkBudget,
    ) -> ClaimResult:
        overlap = overlap_of(known[0], members, budget)
        if overlap is None or overlap.extra:
            if any(have_same_members(other, members, budget) for other in known[1:]):
                return proved(ClaimRelation.SOLVE)
            if overlap and not overlap.missing and not _are_angles(known[0]):
                return _UNDECIDED  # each of several congruences may have more solutions
            if any(_covers(other, members, budget) for other in known[1:]):
                return _UNDECIDED  # those of another case
            return self._with_others(name, members, known, budget)
        self.told, whole = (), (*self.told, *members)
        if not overlap.missing or _covers(whole, known[0], budget):
            return proved(ClaimRelation.SOLVE)
        rest = tuple(_families_of(name, following, known[0], budget))
        is_later = bool(rest) and not _covers(
            known[0], rest, budget
        )  # the mistake, if there is one
        if is_later or _covers((*whole, *rest), known[0], budget):
            self.told = whole
            return proved(ClaimRelation.SOLVE)
        if interval_of([fact.value for fact in facts.facts], name) is not None:
            return _UNDECIDED  # the others may lie outside of it
        others = (text for text in following if claimed_families(text, budget) is None)
        if any(_may_go_on(text, name, known[0], whole, budget) for text in others):
            return _UNDECIDED
        lost = _outside(known[0], whole, budget)
        if lost is None or not solves_all(lost, name, facts, budget):
            return _UNDECIDED
        self.refuted = name, whole
        slip = self._slip_of_period(members, known[0], budget) or Slip.LOST_ROOT
        return refuted(ClaimRelation.SOLVE, Witness({name: latex(lost)}, "", ""), slip)

    def _with_others(
        self, name: str, members: Members, known: Sequence[Members], budget: WorkBudget
    ) -> ClaimResult:
        """The result for families with numbers that do not solve the equation."""
        other = _outside(members, known[0], budget)
        if other is None or any(not is_far_from(parts, other, budget) for parts in known):
            return _UNDECIDED
        whole = (*self.told, *members)
        slip = self._slip_of_period(members, known[0], budget)
        if not slip and any(contains(known[0], p.offset, budget) for p in whole):
            slip = Slip.WRONG_BRANCH
        self.refuted = name, whole
        witness = Witness({name: latex(other)}, "", "", FailingStatement.PREMISE)
        return refuted(ClaimRelation.SOLVE, witness, slip)

    def _slip_of_period(self, members: Members, known: Members, budget: WorkBudget) -> Slip:
        """x = π/6 + 2kπ after 2x = π/3 + 2kπ."""
        for factor in map(Fraction, _FACTORS if self.factor != 1 else ()):
            for times in (factor, 1 / factor):
                changed = tuple(
                    Progression(part.offset, part.step and Mul((part.step, Num(times))))
                    for part in members
                )
                if have_same_members(known, changed, budget):
                    return Slip.DIVIDED_WRONGLY
        return Slip.NONE


def _are_angles(parts: Members) -> bool:
    return all(part.step is None or rational_value(part.step) is None for part in parts)


def _in_degrees(claim: ClaimedFamilies, known: Members) -> Members:
    """30° + 360°k for 30 + 360k; nothing for other plain numbers, which may be rounded."""
    if not claim.is_of_plain_numbers or not _are_angles(known):
        return claim.members
    members: list[Progression] = []
    for part in claim.members:
        step = rational_value(part.step) if part.step is not None else None
        if step is None or abs(step) < MIN_TURN:
            return ()
        members.append(Progression(_degrees(part.offset), _degrees(Num(step))))
    return tuple(members)


def _degrees(term: Term) -> Term:
    return Call("degrees", (term,))


def _covers(parts: Members, others: Members, budget: WorkBudget) -> bool:
    """Whether `parts` has all of the others."""
    overlap = overlap_of(others, parts, budget)
    return overlap is not None and not overlap.missing


def _outside(parts: Members, others: Members, budget: WorkBudget) -> Term | None:
    """A number of `parts` that the others do not have."""
    for part in parts:
        for count in range(MAX_TRIED if part.step is not None else 1):
            step = part.step if part.step is not None else part.offset
            number = Add((part.offset, Mul((Num(Fraction(count)), step))))
            if not contains(others, number, budget):
                return neat(number, budget)
    return None


def _families_of(
    name: str, texts: Sequence[str], known: Members, budget: WorkBudget
) -> Iterator[Progression]:
    for text in texts:
        claim = claimed_families(text, budget)
        if claim is not None and claim.name == name:
            yield from _in_degrees(claim, known)


def _may_go_on(text: str, name: str, known: Members, told: Members, budget: WorkBudget) -> bool:
    """Whether a later line gives solutions that the families do not have: x = 5π/6."""
    if may_be_family(text, name):
        return True
    value = read_term(text.rpartition("=")[2])
    if value is None or isinstance(value, Sym):
        return False
    with suppress(Undecidable, Unreadable):
        return contains(known, value, budget) and not contains(told, value, budget)
    return False
