"""Which line of a working is the wrong one, where its final answer is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.parsing.tree import Div, Num, Sym, Term, Value
from tutor.grading.processes.once import cached_property
from tutor.grading.steps.claim_results import Slip, StepVerdict
from tutor.grading.weighing.blaming.guesses import Guesses
from tutor.grading.weighing.calculations import Calculation
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.final_answer import has_swapped_unit
from tutor.grading.weighing.innocence import (
    adds_results,
    counts_orders,
    is_evaluated,
    lines_with_answer,
)
from tutor.grading.weighing.key_numbers import key_numbers, value_of
from tutor.grading.weighing.lacking_numbers import numerals
from tutor.grading.weighing.marks import WrongLine, wrong_claim
from tutor.grading.weighing.numbers import are_close
from tutor.grading.weighing.order_of_operations import where_order_was_broken
from tutor.grading.weighing.origins import is_undecided, origin, shares_term
from tutor.grading.weighing.premises import outer_first, premise
from tutor.grading.weighing.repairing.named_quantities import answers_other_quantity
from tutor.grading.weighing.repairing.search import cheapest_repair
from tutor.grading.weighing.repeated_changes import (
    where_share_came_again,
    where_share_was_multiplied,
)
from tutor.grading.weighing.slip_names import scene_of
from tutor.grading.weighing.solution_sets import (
    where_component_went_wrong,
    where_list_went_wrong,
    where_solution_was_lost,
    where_surplus_entered,
)
from tutor.grading.weighing.suspects import Suspect, suspects
from tutor.grading.weighing.tracing.asked_arguments import where_value_was_put_in
from tutor.grading.weighing.tracing.dead_cases import lines_in_dead_cases
from tutor.grading.weighing.tracing.first_sources import first_source
from tutor.grading.weighing.tracing.repeated_answers import where_calculated
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine
from tutor.grading.working.knowledge.chances.balls import is_without_replacement
from tutor.grading.working.slip_names.set_up_rules import DIGITS
from tutor.grading.working.slip_names.topic_rules import (
    FORMLESS,
    counted_twice,
    says_power_of_one,
)
from tutor.grading.working.worded_lines.shares import is_of_told_whole

# Mistakes that may have been made in the line before.
_OF_EARLIER_LINES = (Slip.NONE, Slip.SET_UP, Slip.WRONG_FORMULA, Slip.WRONG_COUNT)
# What is worked out is right, and something had to be done with it still.
_LACKS_STEP = (Slip.HALF_FORGOTTEN, Slip.ROOT_FORGOTTEN, Slip.SQUARE_FORGOTTEN)
_COUNTS = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]|C\s?[(_]")  # in words, or C(10, 2)
_ARCSINE = re.compile(r"(?:arc|a)sin|sin\s?(?:\^\s?\(?\{?\s?-\s?1|⁻¹)", re.IGNORECASE)
_RIGHT_ANGLE = 90
# What a line itself does to the one before; that the base tends to 1 is right before 1^∞ = 1.
_OF_LINE_ITSELF = frozenset(
    (
        *(Slip.ORDER_OF_OPERATIONS, Slip.ARITHMETIC, Slip.UNIT_CONVERSION),
        *(Slip.ONE_TO_INFINITY, Slip.INDETERMINATE),
    )
)
_OF_COUNTS = (Slip.SET_UP, Slip.REPETITION_FORGOTTEN, Slip.ORDER_COUNTED, Slip.LEADING_ZERO)


@dataclass
class Blame:
    """Searches for the wrong line, the surest ways first."""

    evidence: Evidence

    @cached_property
    def refuted(self) -> WeighedLine | None:
        """The first line that the first pass refuted, and that is not true at the right answer."""
        return next(filter(self._is_refuted, self.evidence.lines), None)

    @cached_property
    def suspects(self) -> list[Suspect]:
        return [s for s in suspects(self.evidence) if not self._counts_digits(s)]

    def _counts_digits(self, suspect: Suspect) -> bool:
        """There are 10 digits, whatever numbers may be made of them."""
        is_of_digits = DIGITS.search(self.evidence.statement)
        return bool(is_of_digits) and suspect.claim.terms == (Num(Fraction(10)),)

    @cached_property
    def guesses(self) -> Guesses:
        return Guesses(self.evidence, self.suspects)

    def wrong_line(self) -> WrongLine | None:
        """None where the first pass has found it, or nothing is likely enough."""
        ways: tuple[Callable[[], WrongLine | None], ...] = (
            self.indeterminate,
            self.swapped_unit,
            self.other_quantity,
            self.put_in,
            self.false_arithmetic,
            self.order_of_operations,
            self.false_at_answer,
            self.wrong_solution,
            self.listed_later,
            self.second_draw,
            self.simple_interest,
            self.same_share,
            self.share_of_whole,
            self.counted_twice,
            self.outer_first,
            self.acute_for_obtuse,
            self.miscounted,
        )
        ways += (self.origin_of_refuted,) if self.refuted else (self.repaired,)
        wrong = next((wrong for way in ways if (wrong := way()) is not None), None)
        if wrong is not None or self.refuted:
            return wrong and where_calculated(wrong, self.evidence)
        guess = self.guesses.wrong_line()
        source = None if guess is None else first_source(guess.line, self.evidence)
        if guess is None or source is None:
            return guess and where_calculated(guess, self.evidence)
        return wrong_claim(*source, guess.slip)

    def origin_of_refuted(self) -> WrongLine | None:
        """The line that a refuted one repeats, or works out further. Needs no right answer."""
        if self.refuted is None:
            return None
        claim = next(filter(_is_refuted_claim, self.refuted.claims), None)
        check = claim.check if claim and claim.check else self.refuted.check.refuted
        slip = check.slip if check else Slip.NONE
        if slip in _OF_LINE_ITSELF:
            return None
        is_of_quantity = claim is not None and is_evaluated(claim, StepVerdict.REFUTED)
        if (source := origin(self.refuted, self.evidence)) is not None:
            return wrong_claim(*source, (is_of_quantity and slip) or Slip.SET_UP)
        is_named = is_of_quantity and slip not in _OF_EARLIER_LINES
        if not is_named and (before := premise(self.refuted, self.evidence)) is not None:
            return wrong_claim(*before, slip or Slip.SET_UP)
        if self.refuted.check.rests_on is None or claim is None:
            return None
        return wrong_claim(self.refuted, claim, slip)

    def miscounted(self) -> WrongLine | None:
        """The line "there are 5! = 120 ways" before the answer 120, which counts some twice."""
        refuted = self.refuted
        slip = refuted.check.refuted.slip if refuted and refuted.check.refuted else Slip.NONE
        if refuted is None or slip not in _OF_COUNTS:
            return None
        counts = [v for c in refuted.claims for v in numerals(c.statement.text.split("=")[-1])]
        for line in self.evidence.lines[: refuted.number]:
            for index, claim in enumerate(line.claims):
                own = self.evidence.calculation_of(line.number, index)
                if own is None or own.formula is None or not _COUNTS.search(line.text):
                    continue
                if own.result in counts:
                    return wrong_claim(line, claim, slip)
        return None

    def indeterminate(self) -> WrongLine | None:
        """∞ - ∞ = 0, and 1 to the power of infinity is 1"""
        before = self.refuted.number if self.refuted else len(self.evidence.lines)
        for line in self.evidence.lines[:before]:
            is_of_limit = self.evidence.task.asks_for_limit and line.claims
            if is_of_limit and says_power_of_one(line.text):
                return wrong_claim(line, line.claims[-1], Slip.ONE_TO_INFINITY)
            for claim in line.claims:
                sides = claim.statement.text.split("=")
                if claim.check and FORMLESS.search(sides[0]) and _is_number(sides[1:]):
                    return wrong_claim(line, claim, Slip.INDETERMINATE)
        return None

    def swapped_unit(self) -> WrongLine | None:
        """80 m/s for 80 km/h: everything before it may be right."""
        answer = self.evidence.answer
        if answer.line is None or not has_swapped_unit(answer.text, self.evidence.key):
            return None
        line = self.evidence.lines[answer.line]
        if self.refuted or not line.claims:
            return None
        return wrong_claim(line, line.claims[-1], Slip.UNIT_CONVERSION)

    def other_quantity(self) -> WrongLine | None:
        """The garden is 5 m long, where that is its width."""
        line = None if self.refuted else answers_other_quantity(self.evidence)
        return wrong_claim(line, line.claims[-1], Slip.NOT_PUT_BACK) if line else None

    def put_in(self) -> WrongLine | None:
        """f(5) for the x with f(x) = 5"""
        source = where_value_was_put_in(self.evidence)
        is_early = source and (self.refuted is None or source[0].number < self.refuted.number)
        return wrong_claim(*source, Slip.IMAGE_FOR_PREIMAGE) if source and is_early else None

    def false_arithmetic(self) -> WrongLine | None:
        for line, claim in self._claims_before_refuted():
            if is_undecided(claim) and self.evidence.is_false_between_numbers(claim):
                return wrong_claim(line, claim, Slip.ARITHMETIC)
        return None

    def order_of_operations(self) -> WrongLine | None:
        source = where_order_was_broken(self.evidence)
        is_early = source and (self.refuted is None or source[0].number < self.refuted.number)
        return wrong_claim(*source, Slip.ORDER_OF_OPERATIONS) if source and is_early else None

    def false_at_answer(self) -> WrongLine | None:
        """An equation in the asked unknown that the right answer does not fulfil."""
        dead = lines_in_dead_cases(self.evidence)
        for line, claim in self._claims_before_refuted():
            if not self.evidence.is_false_at_answer(claim) or is_evaluated(claim):
                continue
            if line.number in dead:
                continue
            if len(self.evidence.known.solutions) > 1 or not claim.only_gives_value:
                return wrong_claim(*(self._earlier(line, claim) or (line, claim)))
        return None

    def wrong_solution(self) -> WrongLine | None:
        ways = (where_solution_was_lost, where_surplus_entered, where_component_went_wrong)
        sources = (source for way in ways if (source := way(self.evidence)) is not None)
        source = next(sources, None)
        is_early = source and (self.refuted is None or source[0].number < self.refuted.number)
        if source is None or not is_early:
            return None
        is_kept = source == where_surplus_entered(self.evidence) and self._is_settled(source[0])
        return wrong_claim(*source, Slip.EXTRANEOUS_ROOT if is_kept else Slip.SET_UP)

    def listed_later(self) -> WrongLine | None:
        """The wrong solution behind a right one that the first pass took for the whole list."""
        claims = self.refuted.claims if self.refuted else ()
        claim = next(filter(_is_refuted_claim, claims), None)
        if self.refuted is None or claim is None or not claim.check:
            return None
        is_lost = claim.check.slip == Slip.LOST_ROOT
        source = where_list_went_wrong(self.refuted, claim, self.evidence) if is_lost else None
        return wrong_claim(*source) if source else None

    def _is_settled(self, line: WeighedLine) -> bool:
        """Whether all lines before it follow, so that only a test was left to be made."""
        claims = [c for earlier in self.evidence.lines[: line.number] for c in earlier.claims]
        return bool(claims) and all(
            c.check and c.check.verdict == StepVerdict.PROVED for c in claims
        )

    def repaired(self) -> WrongLine | None:
        """The line whose smallest change makes the final answer right."""
        doubtful = [
            suspect
            for suspect in self.suspects
            if not adds_results(suspect.claim, suspect.line.number, self.evidence)
        ]
        repair = cheapest_repair(doubtful, self.evidence)
        if repair is None:
            return None
        suspect = repair.suspect
        is_answer = suspect.line in lines_with_answer(self.evidence)
        is_right = suspect.is_proved or counts_orders(suspect.line.text)
        if is_right and is_answer and repair.slip in _LACKS_STEP:
            return self.guesses.first_statement(repair.slip)
        return wrong_claim(suspect.line, suspect.claim, repair.slip)

    def outer_first(self) -> WrongLine | None:
        source = outer_first(self.evidence)
        return wrong_claim(*source, Slip.COMPOSITION_ORDER) if source else None

    def acute_for_obtuse(self) -> WrongLine | None:
        """α = arcsin(0.86) = 59.3°, where 120.7° is right. Without its name, it is true."""
        right, own = key_numbers(self.evidence.key).values, value_of(self.evidence.answer.text)
        if self.refuted or own is None or len(right) != 1 or not 0 < own < _RIGHT_ANGLE:
            return None
        if not are_close(own + right[0], 2 * _RIGHT_ANGLE):
            return None
        for line in self.evidence.lines:
            named = [claim for claim in line.claims if isinstance(claim.terms[0], Sym)]
            if named and _ARCSINE.search(line.text):
                return wrong_claim(line, named[-1], Slip.WRONG_BRANCH)
        return None

    def second_draw(self) -> WrongLine | None:
        """second: 7/10 after first: 7/10, though what was drawn stays out."""
        if not is_without_replacement(self.evidence.statement):
            return None
        before: set[Term] = set()
        for line in self.evidence.lines:
            told = [set(filter(_is_chance, claim.terms)) for claim in line.claims]
            chances = set[Term]().union(*told)
            if chances & before and line.claims:
                return wrong_claim(line, line.claims[0], Slip.WITH_REPLACEMENT)
            before |= chances if sum(map(bool, told)) == 1 else set()
        return None

    def counted_twice(self) -> WrongLine | None:
        """13/52 + 4/52 for a heart or a king"""
        for line, claim in self._claims_before_refuted():
            wrong = wrong_claim(line, claim, Slip.COUNTED_TWICE)
            if not _is_refuted_claim(claim) and counted_twice(
                scene_of(claim, wrong, self.evidence)
            ):
                return wrong
        return None

    def simple_interest(self) -> WrongLine | None:
        """4 · 60 for the interest of four years, where interest bears interest."""
        source = where_share_was_multiplied(self.evidence)
        return self._calculated(*source) if source else None

    def same_share(self) -> WrongLine | None:
        """220 - 20 for 10 % less than 220, where 20 was added to 200."""
        calculation = where_share_came_again(self.evidence)
        return self._calculated(calculation, Slip.PERCENT_BASE) if calculation else None

    def share_of_whole(self) -> WrongLine | None:
        """1/3 of the rest = 360 : 3, where 360 is the whole that the problem tells."""
        end = self.refuted.number if self.refuted else None
        for line in self.evidence.lines[:end]:
            for claim in filter(is_undecided, line.claims):
                told = claim.statement.words
                if claim.terms and is_of_told_whole(told, claim.terms[-1], self.evidence.task):
                    return wrong_claim(line, claim, Slip.PERCENT_BASE)
        return None

    def _calculated(self, calculation: Calculation, slip: Slip) -> WrongLine:
        line = self.evidence.lines[calculation.line]
        return wrong_claim(line, line.claims[calculation.claim], slip)

    def _is_refuted(self, line: WeighedLine) -> bool:
        claims = list(filter(_is_refuted_claim, line.claims))
        is_true = bool(claims) and all(map(self.evidence.is_true_at_answer, claims))
        return line.is_refuted and not is_true

    def _claims_before_refuted(self) -> Iterator[tuple[WeighedLine, WeighedClaim]]:
        for line in self.evidence.lines:
            if line is self.refuted:
                return
            for claim in line.claims:
                if claim.check is not None and not claim.is_limited:
                    yield line, claim

    def _earlier(
        self, line: WeighedLine, claim: WeighedClaim
    ) -> tuple[WeighedLine, WeighedClaim] | None:
        """The undecided claim that a side comes from: nth term = 7 + 5n before 7 + 5n = 302."""
        for earlier in self.evidence.lines[: line.number]:
            for other in earlier.claims:
                is_open = is_undecided(other) and not self.evidence.is_true_at_answer(other)
                if is_open and shares_term(other, claim, self.evidence):
                    return earlier, other
        return None


def _is_number(sides: Sequence[str]) -> bool:
    return len(sides) == 1 and value_of(sides[0]) is not None


def _is_refuted_claim(claim: WeighedClaim) -> bool:
    return claim.check is not None and claim.check.verdict == StepVerdict.REFUTED


def _is_chance(term: Value | None) -> bool:
    """7/10, of a draw."""
    match term:
        case Div(Num(top), Num(bottom)):
            return 0 < top < bottom
    return False
