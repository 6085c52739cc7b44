"""Grades an attempt by the stored answer of its problem."""

import logging

from tutor.assignments.models import Assignment, VerdictPolicy
from tutor.attempts.judging.advice import advise
from tutor.attempts.judging.explaining import explain_mistakes
from tutor.attempts.judging.known_parts import with_known_parts
from tutor.attempts.judging.repeating import note_repetition
from tutor.attempts.models import Attempt
from tutor.grading import AnswerKey, Grade, Rule, Verdict, by_statement, grade_response
from tutor.grading.multipart import grade_parts
from tutor.grading.verdicts.asked_for_units import asking_for_unit, needs_unit
from tutor.grading.verdicts.asked_readings import asking_about_reading, may_be_asked_about
from tutor.problems.expected import parts_with_foreseen, with_foreseen
from tutor.problems.models import ProblemVersion

logger = logging.getLogger(__name__)

_DOUBTFUL = (Verdict.INCORRECT, Verdict.UNREADABLE)


def judge(attempt: Attempt, max_work_s: float) -> Grade:
    return judge_by(attempt.version, attempt, max_work_s)


def judge_by(version: ProblemVersion, attempt: Attempt, max_work_s: float) -> Grade:
    """Grade by the stored answer of `version`, which may be newer than what the student saw."""
    response, key = attempt.response, version.checked_key
    if not response:  # time ran out when the student had typed only working
        return Grade(Verdict.UNREADABLE, score=0, rule=Rule.EMPTY)
    if key.fault is not None:
        return Grade(Verdict.UNDECIDED, score=0, rule=key.fault)
    if key.parts:
        responses = attempt.part_responses
        grade = grade_parts(
            responses,
            key.parts,
            max_work_s,
            spares_unread=attempt.is_left_over,
            asks=not _is_question_closed(attempt),
            asks_for_units=_is_asked_for_units(version, attempt),
        )
        grade = parts_with_foreseen(grade, responses, key.parts, key.expected, max_work_s)
        return grade if _is_withheld(attempt) else with_known_parts(grade, attempt, key.parts)
    grade = grade_response(response, key.whole, max_work_s)
    if attempt.typed and grade.verdict in _DOUBTFUL:
        grade = _or_as_typed(grade, attempt.typed, key.whole, max_work_s)
    grade = by_statement(grade, response, key.whole, version.statement_without_figures)
    grade = with_foreseen(grade, response, key.whole, key.expected, max_work_s)
    if _is_asked_for_units(version, attempt):
        grade = asking_for_unit(grade, response, key.whole)
    if grade.rule == Rule.EXPECTED or _is_question_closed(attempt):
        return grade
    return asking_about_reading(grade, response, key.whole)


def _is_question_closed(attempt: Attempt) -> bool:
    """Whether nothing is asked about how this answer is read.

    A question costs no attempt: asked again and again, it would be a way to try out answers. It is
    asked of wrong answers alone, so it would tell a verdict that is withheld.
    """
    if not may_be_asked_about(attempt.response):
        return False
    if _is_withheld(attempt):
        return True
    of_person = Attempt.with_practice.of_person(attempt.enrollment, attempt.item, attempt.practice)
    unread = of_person.before(attempt).filter(grade__verdict=Verdict.UNREADABLE)
    responses = unread.filter(version=attempt.version_id).values_list("response", flat=True)
    return any(map(may_be_asked_about, responses))


def _is_asked_for_units(version: ProblemVersion, attempt: Attempt) -> bool:
    """Whether a bare number gets a question where a unit is needed, as nothing else says so.

    Not of what its student cannot write again.
    """
    key = version.checked_key
    keys = [part.key for part in key.parts] or [key.whole]
    return not attempt.is_left_over and any(map(needs_unit, keys)) and _is_withheld(attempt)


def _is_withheld(attempt: Attempt) -> bool:
    """Whether its student reads only after the end what it came to."""
    if attempt.practice_id is not None:
        return False
    given = Assignment.objects.filter(section=attempt.enrollment.section_id)
    withholding = given.filter(verdict_policy=VerdictPolicy.AFTER_END)
    return withholding.filter(problem_set=attempt.item.problem_set_id).exists()


def _or_as_typed(grade: Grade, typed: str, key: AnswerKey, max_work_s: float) -> Grade:
    """The grade of the response, which has its numbers as the class writes them.

    If only the typed text is right, with its numbers as the problem writes them, a teacher decides:
    of C(5,2) and 1.234 nobody can say for sure which numbers were meant.
    """
    as_typed = grade_response(typed, key, max_work_s)
    if as_typed.verdict != Verdict.CORRECT:
        return grade
    if grade.verdict == Verdict.UNREADABLE:
        return as_typed
    return Grade(Verdict.UNDECIDED, score=0, rule=Rule.NUMBERS, answer=grade.answer)


def record_grade(attempt: Attempt, grade: Grade) -> None:
    """Store the grade, advice and what went wrong, unless another process was faster."""
    if attempt.record(grade):
        advise(attempt)
        note_repetition(attempt)
        explain_mistakes(attempt)
        verdict, rule = grade.verdict, grade.rule
        logger.info("attempt graded pk=%s verdict=%s rule=%s", attempt.pk, verdict, rule)
