"""Checks the claims of a worked solution, each against what the solution has stated before.

The text of a model says much that algebra cannot judge. A claim is proved where it follows by
calculation, and refuted where it fails for values that can be written down; the rest is unchecked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import Comparison, Logic, Sym, Unreadable, Value, free_names
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.prose import cues
from tutor.grading.prose.claims import cut_claims
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.error_propagation import Tainted
from tutor.grading.steps.implication import implies
from tutor.grading.steps.known_facts import KnownFacts
from tutor.grading.steps.links import (
    MAX_PREMISES,
    WITHIN_S,
    Link,
    LinkChecker,
    check_congruence,
    contradiction,
)
from tutor.grading.steps.statements import is_solved

_MODULUS = re.compile(
    r"\\(?:pmod|mod|bmod|pod)\s*+(?:\{\s*+)?(\d{1,9})\s*+\}?|\(\s*+mod\s++(\d{1,9})\s*+\)"
    r"|(?<=[\d)}])\s*+(?:,\s*+)?mod(?:ulo)?\s++(\d{1,9})"
)


@dataclass
class SolutionChecker:
    """Takes the steps of one solution in order. step_number: of the latest step, from 0."""

    facts: KnownFacts = field(default_factory=KnownFacts)
    tainted: Tainted = field(default_factory=Tainted)
    step_number: int = -1

    def __post_init__(self) -> None:
        self._links = LinkChecker(self.facts)

    def add_statement(self, text: str) -> None:
        """Take what the problem states for granted."""
        self.facts.definitions.sought = cues.functions_sought(text)
        self.facts.learn_names(text)
        for chain in cut_claims(text):
            sides = [self.facts.side(side.text, is_typed=chain.is_typed) for side in chain.sides]
            for left, right, operator in zip(sides, sides[1:], chain.operators, strict=False):
                if left.term is not None and right.term is not None and operator == "=":
                    self.facts.add(left.term, right.term)

    def check_step(self, text: str) -> Iterator[ClaimCheck]:
        """Raises DeadlinePassed where a budget is open."""
        self.facts.latest_variable = ""
        self.step_number += 1
        self.tainted.rests_on = None
        self.facts.learn_names(text)
        for chain in cut_claims(text):
            yield from self._chain(chain, text)

    @property
    def rests_on(self) -> int | None:
        """The first refuted step on which the latest one rests."""
        return self.tainted.rests_on

    def _chain(self, chain: Chain, text: str) -> Iterator[ClaimCheck]:
        if chain.is_alternatives:
            yield self._alternatives(chain)
            return
        sides, modulus = self._read_sides(chain)
        if not chain.operators:
            self.facts.latest_side = sides[0]
            return
        if not chain.sides[0].text:
            if self.facts.latest_side is None or modulus:
                return
            sides[0] = self.facts.latest_side
        results: list[ClaimResult] = []
        for index, operator in enumerate(chain.operators):
            began_at = time.monotonic()
            link = Link(chain, index, sides[index], sides[index + 1], operator)
            try:
                result = check_congruence(link, modulus) if modulus else self._links.check(link)
            except (DeadlinePassed, RecursionError):
                result = unchecked(ClaimRelation.EQUAL)
            results.append(result)
            start, end = chain.sides[index].start, chain.sides[index + 1].end
            yield ClaimCheck.of(result, text[start:end], start, time.monotonic() - began_at)
        self.tainted.follow(self.step_number, [side.term for side in sides], results)
        self._learn(chain, sides, results)
        if modulus:
            self.facts.latest_side = None

    # Alternatives: x = 2 or x = 3

    def _alternatives(self, chain: Chain) -> ClaimCheck:
        began_at = time.monotonic()
        result = unchecked(ClaimRelation.SOLVE)
        try:
            claim = expand_plus_minus(read_expression(chain.sides[0].text))
            with Deadline.within(WITHIN_S) as deadline:
                result = self._solutions(chain, claim, deadline)
        except (Unreadable, DeadlinePassed, RecursionError):
            pass
        piece = chain.sides[0]
        return ClaimCheck.of(result, piece.text, piece.start, time.monotonic() - began_at)

    def _solutions(self, chain: Chain, claim: Value, deadline: Deadline) -> ClaimResult:
        names = free_names(claim)
        premises = self.facts.about(names)
        if not isinstance(claim, Logic) or len(names) != 1 or not premises:
            return unchecked(ClaimRelation.SOLVE)
        for count in range(len(premises), max(0, len(premises) - MAX_PREMISES), -1):
            result = implies(premises[:count], claim, deadline)
            if result.verdict == StepVerdict.PROVED:
                return replace(result, witness=None)
        if self._is_about_the_last(chain, claim, premises[-1]):
            return contradiction(premises[-1], claim, deadline)
        return unchecked(ClaimRelation.SOLVE)

    def _is_about_the_last(self, chain: Chain, claim: Value, equation: Comparison) -> bool:
        """Whether a list of solutions can only be that of the equation just before it."""
        if cues.is_supposed(chain) or cues.says_where(chain) or cues.continues_list(chain):
            return False
        if self.facts.equations[-1] != equation or is_solved(equation):
            return False
        return is_solved(claim)  # otherwise "or" may only rephrase the equation

    # Facts that later claims may use

    def _learn(self, chain: Chain, sides: list[EquationSide], results: list[ClaimResult]) -> None:
        self.facts.latest_side = sides[-1]
        if cues.is_supposed(chain) or chain.noted:
            return
        first = sides[0].term
        self.facts.latest_variable = first.name if isinstance(first, Sym) else ""
        for before, side, operator, result in zip(
            sides, sides[1:], chain.operators, results, strict=False
        ):
            self._learn_rounding(before, side, result)
            if operator != "=" or side.term is None:
                return
            if side.is_cut_off and not result.is_decided and not isinstance(first, Sym):
                return
            if result.verdict == StepVerdict.REFUTED and first is not None:
                self.facts.forget(free_names(first))
            if first is not None:
                self.facts.add(first, side.term)

    def _learn_rounding(
        self, before: EquationSide, side: EquationSide, result: ClaimResult
    ) -> None:
        is_approximate = result.relation == ClaimRelation.APPROXIMATE
        if not is_approximate or before.term is None or side.term is None:
            return
        value = rational_value(side.term)
        if value is not None and not free_names(before.term):
            self.facts.rounded[value] = before.term

    def _read_sides(self, chain: Chain) -> tuple[list[EquationSide], int]:
        """The sides, and the modulus of a congruence or 0."""
        match = _MODULUS.search(chain.sides[-1].text + chain.after[:20])
        if match is None:
            return [self.facts.side(side.text, is_typed=chain.is_typed) for side in chain.sides], 0
        texts = [_MODULUS.sub("", side.text).strip(" ()\\") for side in chain.sides]
        return [self.facts.side(text) for text in texts], int(match[1] or match[2] or match[3])
