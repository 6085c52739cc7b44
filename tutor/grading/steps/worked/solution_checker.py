"""Checks the claims of a worked solution, each against what the solution has stated before.

The text of a model says much that algebra cannot judge. A claim is proved where it follows by
calculation, and refuted where it fails for values that can be written down; the rest is unchecked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Comparison,
    Sym,
    Unreadable,
    Value,
    free_names,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.prose import cues
from tutor.grading.prose.claims import cut_claims
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.worked.alternatives_checker import AlternativesChecker, with_both_signs
from tutor.grading.steps.worked.asked_expression import AskedExpression
from tutor.grading.steps.worked.error_propagation import Tainted
from tutor.grading.steps.worked.inequality_checker import as_inequality
from tutor.grading.steps.worked.known_facts import KnownFacts
from tutor.grading.steps.worked.link import Link, check_congruence
from tutor.grading.steps.worked.link_checker import MAX_CLAIM_WORK_S, LinkChecker
from tutor.grading.steps.worked.matrix_checker import MatrixChecker
from tutor.grading.steps.worked.number_statements import number_statements, whole_span
from tutor.grading.steps.worked.restatements import (
    Results,
    is_solution_set,
    repeated_results,
    restated_answers,
)
from tutor.grading.steps.worked.retold_values import RetoldValues

_MODULUS = re.compile(
    r"\\(?:pmod|mod|bmod|pod)\s*+(?:\{\s*+)?(\d{1,9})\s*+\}?|\(\s*+mod\s++(\d{1,9})\s*+\)"
    r"|(?<=[\d)}])\s*+(?:,\s*+)?mod(?:ulo)?\s++(\d{1,9})"
)
_NOT_READ = (Unreadable, WorkBudgetSpent, RecursionError)


@dataclass
class SolutionChecker:
    """Takes the steps of one solution in order. step_number: of the latest step, from 0."""

    facts: KnownFacts = field(default_factory=KnownFacts)
    tainted: Tainted = field(default_factory=Tainted)
    results: Results = field(default_factory=Results)
    told: RetoldValues = field(default_factory=RetoldValues)
    step_number: int = -1

    def __post_init__(self) -> None:
        self._links = LinkChecker(self.facts)
        self._alternatives = AlternativesChecker(self.facts)
        self._matrices = MatrixChecker()
        self._asked = AskedExpression(self.facts)

    def add_statement(self, text: str) -> None:
        """Take what the problem states for granted."""
        self.facts.definitions.sought = cues.functions_sought(text)
        self.facts.learn_names(text)
        self.told.learn(text)
        self._asked.learn(text)
        self._links.formulary.learn(text)
        for chain in cut_claims(text):
            sides = [self.facts.side(side.text, is_typed=chain.is_typed) for side in chain.sides]
            if chain.may_be_part:
                sides[0] = self.facts.side("\x00")
            self._note_integrals(sides)
            if not chain.operators and sides[0].term is not None:
                self.facts.expressions.append(sides[0].term)
            self._learn_inequality(chain, sides, is_sure=True)
            for left, right, operator in zip(sides, sides[1:], chain.operators, strict=False):
                if left.term is not None and right.term is not None and operator == "=":
                    is_general = not cues.is_restricted(chain)
                    self.facts.add(left.term, right.term, is_sure=True, is_general=is_general)
            self._assume_function(sides)
        self.facts.given_functions = frozenset(self.facts.definitions.functions)

    def _assume_function(self, sides: list[EquationSide]) -> None:
        """y = x^2 in the problem, or x^2 alone, may be called f(x) in the solution."""
        body = sides[-1].term
        is_alone = len(sides) == 1 and not isinstance(body, Sym)
        is_named = is_alone or (len(sides) == 2 and isinstance(sides[0].term, Sym))
        if is_named and body is not None and "f" not in self.facts.assumed.functions:
            self.facts.assumed.add_variable("f", body)

    def check_step(self, text: str) -> Iterator[ClaimCheck]:
        """Raises WorkBudgetSpent where a budget is open."""
        self.facts.latest_variable = ""
        self.step_number += 1
        self.tainted.rests_on = None
        self.facts.learn_names(text)
        statements = [
            *number_statements(text),
            *self.told.contradictions(text),
            *self._asked.answers(text),
        ]
        only_definitions = not statements
        for chain in cut_claims(text):
            for check in self._chain(chain, text):
                if any(statement.covers(check) for statement in statements):
                    continue
                only_definitions = only_definitions and check.is_definition
                yield check
        for statement in statements:
            yield ClaimCheck.of(statement.result, statement.text, statement.start, 0.0)
        if only_definitions:
            yield from self._restatement(text)

    @property
    def rests_on(self) -> int | None:
        """The first refuted step on which the latest one rests."""
        return self.tainted.rests_on

    def _chain(self, chain: Chain, text: str) -> Iterator[ClaimCheck]:
        if chain.is_alternatives:
            yield self._check_alternatives(chain)
            return
        sides, modulus = self._read_sides(chain)
        if not chain.operators:
            yield from self._single_side(chain, sides[0])
            return
        if not chain.sides[0].text:
            if self.facts.latest_side is None or modulus:
                return
            sides[0] = self.facts.latest_side
        results: list[ClaimResult] = []
        for index in range(len(chain.operators)):
            began_at = time.monotonic()
            result = self._check_link(chain, sides, results, modulus)
            if index == 0 and chain.may_be_part and result.verdict != StepVerdict.PROVED:
                sides[0], result = self.facts.side("\x00"), unchecked(ClaimRelation.EQUAL)
            results.append(result)
            span = chain.sides[index].start, chain.sides[index + 1].end
            start, end = whole_span(text, *span)
            yield ClaimCheck.of(result, text[start:end], start, time.monotonic() - began_at)
        self.facts.latest_equation = self._equation(chain, sides)
        self.tainted.follow(self.step_number, [side.term for side in sides], results)
        self._note_results(sides, results)
        self._learn(chain, sides, results)
        if modulus:
            self.facts.latest_side = None

    def _check_link(
        self,
        chain: Chain,
        sides: list[EquationSide],
        before: list[ClaimResult],
        modulus: int,
    ) -> ClaimResult:
        """The one after those whose results are known."""
        index = len(before)
        are_identities = all(result == proved(ClaimRelation.EQUAL) for result in before)
        operator = chain.operators[index]
        link = Link(chain, index, sides[index], sides[index + 1], operator, are_identities)
        try:
            result = check_congruence(link, modulus) if modulus else self._checked(link)
        except (WorkBudgetSpent, RecursionError):
            return unchecked(ClaimRelation.EQUAL)
        is_tried = _gives_value(link) and cues.is_only_tried(chain)
        return unchecked(ClaimRelation.DEFINE) if is_tried and not result.is_decided else result

    def _checked(self, link: Link) -> ClaimResult:
        with WorkBudget(MAX_CLAIM_WORK_S) as budget:
            compared = self._matrices.check(link, budget)
        return self._links.check(link) if compared is None else compared

    def _equation(self, chain: Chain, sides: list[EquationSide]) -> Comparison | None:
        """The first and the last side of a chain without other relations."""
        left, right = sides[0].term, sides[-1].term
        if left is None or right is None or set(chain.operators) != {"="}:
            return None
        try:
            equation = self.facts.definitions.resolved(Comparison("=", left, right))
        except Unresolved:
            return None
        return equation if isinstance(equation, Comparison) and free_names(equation) else None

    def _single_side(self, chain: Chain, side: EquationSide) -> Iterator[ClaimCheck]:
        r"""A formula without = or <: an expression, or x \in (2, 5)."""
        began_at = time.monotonic()
        with suppress(*_NOT_READ):
            if (rewritten := self._links.check_rewritten(chain, side)) is not None:
                took_s = time.monotonic() - began_at
                yield ClaimCheck.of(rewritten, side.text, chain.start, took_s)
        self.facts.latest_side = side
        if side.term is None or free_names(side.term):
            self.facts.latest_equation = None
        if r"\in" not in side.text and "∈" not in side.text:
            return
        began_at = time.monotonic()
        try:
            claim = read_answer(side.text)
            if not isinstance(claim, Comparison) or claim.op != "in":
                return
            with WorkBudget(MAX_CLAIM_WORK_S) as budget:
                result = self._links.inequalities.check(chain, claim, budget)
        except _NOT_READ:
            return
        self.facts.add_inequality(claim, is_sure=result.verdict == StepVerdict.PROVED)
        yield ClaimCheck.of(result, side.text, chain.start, time.monotonic() - began_at)

    def _check_alternatives(self, chain: Chain) -> ClaimCheck:
        """x = 2 or x = 3"""
        began_at = time.monotonic()
        result = unchecked(ClaimRelation.SOLVE)
        try:
            with WorkBudget(MAX_CLAIM_WORK_S) as budget:
                result, values = self._alternatives.check(chain, budget)
            is_proved = result.verdict == StepVerdict.PROVED
            for value in values:
                self.results.add(value, is_proved, self.step_number)
            if is_proved and result.relation == ClaimRelation.EVALUATE:
                self.facts.function_values += values
        except _NOT_READ:
            pass
        piece = chain.sides[0]
        return ClaimCheck.of(result, piece.text, piece.start, time.monotonic() - began_at)

    # Results, and lines that repeat them

    def _note_results(self, sides: list[EquationSide], results: list[ClaimResult]) -> None:
        """A side is proved when a claim up to it is, and the other claims only give names."""
        is_whole, is_proved = True, False
        for side, result in zip(sides[1:], results, strict=False):
            is_proved = is_proved or result.verdict == StepVerdict.PROVED
            is_defined = result.relation == ClaimRelation.DEFINE
            is_whole = is_whole and (result.verdict == StepVerdict.PROVED or is_defined)
            for value in [] if side.term is None else with_both_signs(side.term):
                self.results.add(value, is_whole and is_proved, self.step_number)

    def _restatement(self, text: str) -> list[ClaimCheck]:
        """A line such as "Answer: 42", whose value came out above."""
        began_at = time.monotonic()
        try:
            with WorkBudget(MAX_CLAIM_WORK_S) as budget:
                results = (self._restated(answer, budget) for answer in restated_answers(text))
                result = next((result for result in results if result is not None), None)
        except _NOT_READ:
            return []
        if result is None:
            return []
        start = len(text) - len(text.lstrip())
        return [ClaimCheck.of(result, text.strip(), start, time.monotonic() - began_at)]

    def _restated(self, answer: Value, budget: WorkBudget) -> ClaimResult | None:
        repeated = repeated_results(answer, self.results, budget)
        if repeated:
            self.tainted.follow(self.step_number, [result.value for result in repeated], [])
            is_proved = all(result.is_proved for result in repeated)
            return (proved if is_proved else unchecked)(ClaimRelation.RESTATE)
        latest = self.facts.inequalities[-1:]
        if latest and is_solution_set(answer, latest[0], budget):
            is_proved = latest[0] in self.facts.sure
            return (proved if is_proved else unchecked)(ClaimRelation.RESTATE)
        return None

    # Facts that later claims may use

    def _learn(self, chain: Chain, sides: list[EquationSide], results: list[ClaimResult]) -> None:
        self.facts.latest_side = sides[-1]
        if cues.is_supposed(chain) or chain.noted:
            return
        verdicts = {result.verdict for result in results}
        self._learn_inequality(chain, sides, is_sure=verdicts == {StepVerdict.PROVED})
        first = sides[0].term
        self.facts.latest_variable = first.name if isinstance(first, Sym) else ""
        self._learn_values(chain, sides, results)

    def _learn_values(
        self, chain: Chain, sides: list[EquationSide], results: list[ClaimResult]
    ) -> None:
        """Of the first side, which the others are equal to up to the first that is not."""
        first = sides[0].term
        is_whole, is_sure = True, False  # nothing unchecked so far, and something proved
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
            is_proved = result.verdict == StepVerdict.PROVED
            is_whole = is_whole and (is_proved or result.relation == ClaimRelation.DEFINE)
            is_sure = is_sure or is_proved
            if first is not None:
                is_general = not cues.is_restricted(chain)
                is_proved_from_left = is_whole and is_sure
                self.facts.add(first, side.term, is_sure=is_proved_from_left, is_general=is_general)
            if isinstance(first, Call) and is_proved and not free_names(side.term):
                self.facts.function_values.append(side.term)

    def _learn_inequality(self, chain: Chain, sides: list[EquationSide], *, is_sure: bool) -> None:
        if "=" in chain.operators or "≈" in chain.operators:
            return
        values: list[Value | None] = [side.term for side in sides]
        inequality = as_inequality(values, list(chain.operators))
        if inequality is not None and free_names(inequality):
            self.facts.add_inequality(inequality, is_sure=is_sure)

    def _note_integrals(self, sides: list[EquationSide]) -> None:
        for side in sides:
            if side.term is not None:
                self._links.formulary.integrals += [
                    part for part in walk(side.term) if isinstance(part, BigOperator)
                ]

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
        texts = [_MODULUS.sub("", side.text).strip(" ()").rstrip("\\") for side in chain.sides]
        return [self.facts.side(text) for text in texts], int(match[1] or match[2] or match[3])


def _gives_value(link: Link) -> bool:
    """x = 3, and nothing more."""
    value = link.right.term
    is_alone = len(link.chain.operators) == 1 and link.operator == "="
    return (
        is_alone and isinstance(link.left.term, Sym) and value is not None and not free_names(value)
    )
