"""What the statement of a problem says of an answer that its key takes as right."""

from __future__ import annotations

from tutor.grading.answer_key import AnswerKey, Grade
from tutor.grading.verdicts.asked_lines import unless_other_line_form
from tutor.grading.verdicts.asked_percent import with_asked_percent
from tutor.grading.verdicts.asked_units import unless_other_unit
from tutor.grading.verdicts.unfinished_answers import unless_unfinished
from tutor.grading.verdicts.unsolved_equations import unless_unsolved


def by_statement(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; not correct any more where the answer is unfinished, or in another unit.

    And correct where only the percent sign is too much that the statement asks for.
    """
    grade = with_asked_percent(grade, response, key, statement)
    grade = unless_other_unit(grade, response, key, statement)
    grade = unless_unsolved(grade, response, key, statement)
    grade = unless_other_line_form(grade, response, key, statement)
    return unless_unfinished(grade, response, key, statement)
