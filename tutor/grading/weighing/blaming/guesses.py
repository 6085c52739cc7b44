"""Which line of a working is likely wrong, where nothing is sure but that its answer is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import filterfalse

from tutor.grading.answer_key import Kind
from tutor.grading.comparison.keys import key_text
from tutor.grading.processes.once import cached_property
from tutor.grading.steps.claim_results import ClaimRelation, Slip, StepVerdict
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.innocence import (
    adds_results,
    counts_orders,
    goes_on_from,
    is_answer_open,
    is_evaluated,
    is_true_by_itself,
    lines_with_answer,
    restates,
    states_answer,
)
from tutor.grading.weighing.key_numbers import key_numbers, value_of
from tutor.grading.weighing.lacking_numbers import numerals
from tutor.grading.weighing.marks import WrongLine, wrong_claim
from tutor.grading.weighing.numbers import are_close, may_be_same
from tutor.grading.weighing.premises import counted
from tutor.grading.weighing.suspects import Suspect
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine, last_side

# What is only put in is rarely what was set up wrongly.
_PUT_IN = (ClaimRelation.SUBSTITUTE, ClaimRelation.EVALUATE)


@dataclass
class Guesses:
    evidence: Evidence
    suspects: list[Suspect]

    def wrong_line(self) -> WrongLine | None:
        """The likeliest ways first."""
        ways = (self.rounded, self.open, self.answering, self.result)
        return next((wrong for way in ways if (wrong := way()) is not None), None)

    def rounded(self) -> WrongLine | None:
        """x ≈ 1.152, where 1.151 is right: the first line that has the number which is close."""
        own, right = value_of(self.evidence.answer.text), key_numbers(self.evidence.key).values
        number = self.evidence.answer.line
        if own is None or number is None or len(right) != 1 or own == right[0]:
            return None
        if not may_be_same(own, right[0]):
            return None
        for line in self.evidence.lines[: number + 1]:
            claims = [c for c in line.claims if c.check and own in numerals(last_side(c))]
            if claims:
                return wrong_claim(line, claims[-1])
        return None

    def open(self) -> WrongLine | None:
        """The only line that nothing forces or, of several, the one that states the answer."""
        pool = self._pool
        if len(pool) > 1 or is_answer_open(self.evidence):
            answering = list(lines_with_answer(self.evidence))
            pool = [suspect for suspect in pool if suspect.line in answering] or self._sources
        if not pool:
            return None
        likeliest = pool[0].line, pool[0].claim
        source = counted(*likeliest, self.evidence)
        is_sum = source is not None and adds_results(source[1], source[0].number, self.evidence)
        return wrong_claim(*(likeliest if source is None or is_sum else source))

    @property
    def _sources(self) -> list[Suspect]:
        """The only one that the others go on from, if the final answer follows from them."""
        if is_answer_open(self.evidence):
            return []
        first = self._pool[:1]
        goes_on = all(
            any(goes_on_from(other.claim, before.claim, self.evidence) for before in self._pool[:n])
            for n, other in enumerate(self._pool)
            if n
        )
        return first if goes_on else []

    @cached_property
    def _pool(self) -> list[Suspect]:
        """The likeliest of those that are not true by themselves, each said once."""
        doubtful = list(filterfalse(self._is_true_by_itself, self.suspects))
        pool = list(filter(_may_be_blamed, doubtful))
        pool = pool or list(filter(self._is_bare_suspect, doubtful))
        for is_likelier in (self._is_apart, _is_used, _is_unchecked, _is_chosen, self._is_no_list):
            pool = list(filter(is_likelier, pool)) or pool
        return [
            suspect
            for number, suspect in enumerate(pool)
            if not any(restates(suspect.claim, other.claim) for other in pool[:number])
        ]

    def _is_true_by_itself(self, suspect: Suspect) -> bool:
        return is_true_by_itself(suspect.claim, suspect.line, self.evidence)

    def _is_apart(self, suspect: Suspect) -> bool:
        """Whether its value is no number of the right curve: r² = 25 for (x - 2)² + y² = 25."""
        value = value_of(last_side(suspect.claim))
        is_last = suspect.line.number == self.evidence.answer.line
        if self.evidence.key.kind != Kind.EQUATION or is_last or value is None:
            return True
        return not any(are_close(value, n) for n in numerals(key_text(self.evidence.key)))

    def _is_no_list(self, suspect: Suspect) -> bool:
        """Whether its line is more than the numbers of the problem with names: n = 10, k = 3."""
        claims = suspect.line.claims
        values = [value_of(last_side(claim)) for claim in claims if claim.only_gives_value]
        is_list = len(values) == len(claims) > 1 and all(value is not None for value in values)
        stated = numerals(self.evidence.statement)
        return not (
            is_list and any(are_close(v, n) for v in values if v is not None for n in stated)
        )

    def answering(self) -> WrongLine | None:
        """Where nothing else is open: the first line that states the final answer as such."""
        if self._pool and not is_answer_open(self.evidence):
            return None
        return self.first_statement(Slip.SET_UP)

    def result(self) -> WrongLine | None:
        """Where nothing speaks against any line: the one that ends with the wrong answer."""
        number = self.evidence.answer.line
        claims = self.evidence.lines[number].claims if number is not None else ()
        stated = list(filter(self._may_state, claims))
        if number is None or not self.evidence.answer.text:
            return None
        line = self.evidence.lines[number]
        is_whole = all(claim.check is None for claim in line.claims)
        if is_whole and line.check.verdict == StepVerdict.PROVED:
            return WrongLine(number, 0, Slip.SET_UP)  # a sentence, which was judged as a whole
        return wrong_claim(line, stated[-1]) if stated else None

    def _may_state(self, claim: WeighedClaim) -> bool:
        """Whether it is no condition that the right answer fulfils as well."""
        is_true = self.evidence.is_true_at_answer(claim)
        is_condition = self.evidence.is_condition_of_answer(claim, may_be_solved=True)
        return not (claim.check is None or claim.is_limited or is_true or is_condition)

    def first_statement(self, slip: Slip) -> WrongLine | None:
        """The first line that states the final answer."""
        for line in lines_with_answer(self.evidence):
            stating = [claim for claim in line.claims if self._states_answer(claim, line)]
            if stating:
                return wrong_claim(line, stating[-1], slip)
        return None

    def _states_answer(self, claim: WeighedClaim, line: WeighedLine) -> bool:
        is_condition = self.evidence.is_condition_of_answer(claim, may_be_solved=True)
        is_before = line.number != self.evidence.answer.line
        if is_before and counts_orders(line.text):
            return False
        return states_answer(claim, line, self.evidence) and not is_condition

    def _is_bare_suspect(self, suspect: Suspect) -> bool:
        """A value that nothing proves, such as that of a vertex."""
        return suspect.is_unchecked and self._tells(suspect)

    def _tells(self, suspect: Suspect) -> bool:
        """Whether it is an equation or a point, or a number that the problem does not have."""
        text = suspect.claim.statement.text
        stated = numerals(self.evidence.statement)
        return any(value not in stated for value in numerals(text)) or "=" in text or "(" in text


def _may_be_blamed(suspect: Suspect) -> bool:
    """Whether it is more than a number, and no quantity that comes out as it should."""
    return not suspect.is_bare and not is_evaluated(suspect.claim)


def _is_used(suspect: Suspect) -> bool:
    return suspect.is_used


def _is_unchecked(suspect: Suspect) -> bool:
    return suspect.is_unchecked


def _is_chosen(suspect: Suspect) -> bool:
    check = suspect.claim.check
    return check is not None and check.relation not in _PUT_IN
