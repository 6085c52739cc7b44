"""Weighs the checks of a working against the stored answer, as a teacher does who has it at hand.

The first pass (`working.checker`) knows the statement and the lines only. Here the final answer of
the working is compared with the stored one. If it is right, what leads to it is probably right; if
it is wrong, some line must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.comparison.keys import key_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.prose.final_answer import without_formula_signs
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.blaming.blame import Blame
from tutor.grading.weighing.blaming.contradictions import contradicted, without_false_givens
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.final_answer import AnswerOutcome, final_answer
from tutor.grading.weighing.innocence import is_evaluated, lines_with_answer
from tutor.grading.weighing.key_numbers import without_leading_word
from tutor.grading.weighing.marks import WrongLine, with_refuted, without_praise
from tutor.grading.weighing.slip_names import named, with_names
from tutor.grading.weighing.vouching import (
    confirmed_before_mistake,
    vouched,
    with_sure_refutations,
)
from tutor.grading.weighing.weighed_lines import weighed_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.reading.base_marks import with_decimal_numbers
from tutor.grading.working.reading.dashes import without_dashes
from tutor.grading.working.worded_lines.judge import BY_WORDS

MAX_WORK_S = 0.3
_YES_OR_NO = words(r"yes|no|ja|nein|oui|non|sí|never|not", "是|否|不")
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


def weigh(
    lines: Sequence[str],
    checks: Sequence[StepCheck],
    statement: str,
    key: AnswerKey,
    *,
    is_finished: bool,
) -> list[StepCheck]:
    """The checks, changed where the stored answer tells more. Never raises.

    lines, statement: with decimal points, whatever the key has.
    is_finished: whether the last value of the lines is what the student answers; otherwise a wrong
    one says nothing of them.
    """
    if key.condition:  # the stored answer is one of many right ones
        return list(checks)
    if with_decimal_numbers(lines, statement) != list(lines):
        return list(checks)  # the answer may be in any of several bases
    key = without_leading_word(_without_formula_signs(_with_decimal_points(key)))
    with suppress(*_UNDECIDED), WorkBudget(MAX_WORK_S) as budget:
        lines = without_dashes(lines)
        return _weighed(lines, checks, statement, key, budget, is_finished=is_finished)
    return list(checks)


def _weighed(
    lines: Sequence[str],
    checks: Sequence[StepCheck],
    statement: str,
    key: AnswerKey,
    budget: WorkBudget,
    *,
    is_finished: bool,
) -> list[StepCheck]:
    weighed = weighed_lines(lines, checks, statement)
    answer = final_answer(weighed, key)
    evidence = Evidence(weighed, key, answer, statement, budget)
    if answer.outcome == AnswerOutcome.RIGHT:
        is_certain = _ends_extraneous(checks) or _ends_changed(lines, checks, answer.text)
        if is_certain:
            return list(checks)
        wrong = contradicted(evidence)
        right = vouched(evidence)
        return with_refuted(right, named(wrong, evidence)) if wrong else right
    if answer.outcome == AnswerOutcome.LIKELY and not _is_by_words(checks):
        is_told = not (_YES_OR_NO.search(key_text(key)) or evidence.task.has_inequality)
        return vouched(evidence) if is_told else with_sure_refutations(evidence)
    is_wrong = answer.outcome == AnswerOutcome.WRONG and is_finished
    return confirmed_before_mistake(_judged(checks, evidence, is_wrong=is_wrong), evidence)


def _judged(checks: Sequence[StepCheck], evidence: Evidence, *, is_wrong: bool) -> list[StepCheck]:
    """The checks of a working whose final answer is not right. is_wrong: whether it is wrong."""
    blame = Blame(evidence)
    if _is_by_words(checks):
        wrong = blame.miscounted()
        return list(checks) if wrong is None else with_refuted(checks, named(wrong, evidence))
    is_wrong = is_wrong and not evidence.task.proves  # nobody repeats a stored sketch of a proof
    wrong = blame.wrong_line() if is_wrong else _before_answer(blame)
    if wrong is None:
        changed = (with_names if is_wrong else without_false_givens)(checks, evidence)
        return _without_praised_end(changed) if is_wrong else changed
    wrong = named(wrong, evidence)
    changed = with_refuted(checks, wrong)
    for number in _doubtful_lines(wrong, blame) if is_wrong else ():
        changed[number] = without_praise(changed[number])
    return changed


def _without_praised_end(checks: list[StepCheck]) -> list[StepCheck]:
    """No wrong answer is proved, though no line could be blamed for it."""
    last = next((n for n in range(len(checks))[::-1] if checks[n].claims), None)
    if last is None or any(check.refuted for check in checks):
        return checks
    return [without_praise(c) if n == last else c for n, c in enumerate(checks)]


def _before_answer(blame: Blame) -> WrongLine | None:
    return contradicted(blame.evidence) or blame.listed_later() or blame.origin_of_refuted()


def _is_by_words(checks: Sequence[StepCheck]) -> bool:
    return any(check.refuted and check.refuted.slip in BY_WORDS for check in checks)


def _doubtful_lines(wrong: WrongLine, blame: Blame) -> Iterator[int]:
    """Lines before the wrong one whose arithmetic is true, and which may be set up wrongly.

    If no usual mistake tells that the wrong line is this one, it may be any on the way to it.
    """
    evidence = blame.evidence
    calculating = {c.line for c in evidence.calculations if c.formula is not None}
    answering = {line.number for line in lines_with_answer(evidence)} & calculating
    if wrong.slip in (Slip.UNIT_CONVERSION, Slip.NOT_PUT_BACK):
        answering.clear()  # 240/3 = 80 before 80 m/s, of which the unit alone is wrong
    is_guess = wrong.slip == Slip.SET_UP
    set_up = {
        suspect.line.number
        for suspect in (blame.suspects if is_guess else ())
        if suspect.is_used and not is_evaluated(suspect.claim)
    }
    yield from (number for number in sorted(answering | set_up) if number < wrong.line)


def _ends_extraneous(checks: Sequence[StepCheck]) -> bool:
    """Whether the last line has, beside a right solution, one that is none."""
    last = checks[-1].refuted if checks else None
    return last is not None and last.slip == Slip.EXTRANEOUS_ROOT


def _ends_changed(lines: Sequence[str], checks: Sequence[StepCheck], answer: str) -> bool:
    """Whether the last line has 2 ≤ x ≤ 5 below x > 2 and x ≤ 5, which are right together."""
    last = checks[-1].refuted if checks else None
    is_changed = last is not None and last.slip == Slip.STRICT_CHANGED
    return is_changed and "".join(answer.split()) not in "".join(lines[-1].split())


def _with_decimal_points(key: AnswerKey) -> AnswerKey:
    if not key.decimal_comma:
        return key
    return replace(key, value=with_decimal_points(key_text(key)), decimal_comma=False)


def _without_formula_signs(key: AnswerKey) -> AnswerKey:
    return replace(key, value=without_formula_signs(key_text(key)))
