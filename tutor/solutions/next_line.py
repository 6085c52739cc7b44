"""The next line of a student's own working, as the solver offers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tutor.assignments.models import Item
from tutor.attempts.leak_check import find_leak
from tutor.attempts.models import Attempt, Draft, Practice
from tutor.attempts.working.decimal_commas import has_decimal_comma, statement_and_lines
from tutor.attempts.working.moves import move_phrase
from tutor.courses.models import Enrollment
from tutor.grading import Verdict, grade_response
from tutor.grading.check_process.client import check_lines, is_solved, next_lines
from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.steps.checks import Mark
from tutor.grading.working.bare_values import before_bare_value
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.solver_solution import misreads

MAX_COMPARING_WORK_S = 0.05
MAX_GIVEN = 12  # lines, one after the other, without a line of the student's own


@dataclass(frozen=True)
class ToldLine:
    """text: Markdown: the move and the line that it leads to; only the move if the line says the
    answer. withheld: then the whole. leak: the piece of it that gives the answer away.
    """

    text: str
    withheld: str = ""
    leak: str = ""


def next_line(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    practice: Practice | None,
    given: Sequence[str],
    *,
    spares_values: bool,
) -> ToldLine | None:
    """The first line that is new. None where nothing is sure, or the solver misreads the problem.

    given: the texts of lines that the student has already. spares_values: whether the student's
    lines are left out from the first one on that only states a value, as in `check_visibility`;
    else what follows a guess would tell whether it is right.
    """
    if misreads(version):
        return None
    statement, *lines = statement_and_lines(
        _own_lines(enrollment, item, practice),
        version,
        decimal_comma=has_decimal_comma(version, enrollment.section),
    )
    if spares_values:
        lines = lines[: before_bare_value(lines, statement)]
    for _number in range(MAX_GIVEN):
        offered = next(iter(next_lines(statement, lines)), None)
        told = _told(offered, lines, version) if offered else None
        if offered is None or told is None or told.text not in given:
            return told
        lines.append(offered.line)
    return None


def is_finished(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    practice: Practice | None,
    *,
    spares_values: bool,
) -> bool:
    """Whether the student's lines end with what the problem asks for, and none of them is wrong.

    spares_values: as in `next_line`; then the stored answer is not asked either.
    """
    statement, *lines = statement_and_lines(
        _own_lines(enrollment, item, practice),
        version,
        decimal_comma=has_decimal_comma(version, enrollment.section),
    )
    if not lines or (spares_values and before_bare_value(lines, statement) < len(lines)):
        return False
    marks = [check.mark for check in check_lines(lines, statement)]
    if Mark.REFUTED in marks:
        return False
    if not spares_values and _gives_answer(lines[-1], version):
        return True
    is_proved = marks[-1] == Mark.PROVED and {*marks} <= {Mark.PROVED, Mark.GIVEN}
    return is_proved and not misreads(version) and is_solved(statement, lines)


def _gives_answer(line: str, version: ProblemVersion) -> bool:
    """line: with decimal points."""
    if version.parts or version.choices or not version.checked_key.is_usable:
        return False
    key = replace(version.checked_key.whole, decimal_comma=False)
    sides = (line, line.rpartition("=")[2].strip())
    grades = (grade_response(side, key, MAX_COMPARING_WORK_S) for side in sides)
    return any(grade.verdict == Verdict.CORRECT for grade in grades)


def _own_lines(enrollment: Enrollment, item: Item, practice: Practice | None) -> Sequence[str]:
    """What the student has typed, or else submitted last."""
    drafts = Draft.objects.filter(enrollment=enrollment, item=item, practice=practice)
    if (draft := drafts.first()) is not None:
        return [line for line in draft.working if line.strip()]
    latest = Attempt.with_practice.of(enrollment, item, practice).last()
    return latest.working if latest else ()


def _told(offered: OfferedLine, lines: Sequence[str], version: ProblemVersion) -> ToldLine | None:
    phrase = move_phrase(offered.move)
    text = _("%(move)s: \\(%(line)s\\)") % {"move": phrase, "line": offered.latex}
    leak = find_leak(text, version)
    if not leak:
        return ToldLine(text)
    if find_leak(phrase, version):
        return None
    term = offered.worked_out_of(lines[-1]) if lines else ""
    move = _("Work out \\(%(term)s\\)") % {"term": term} if term else phrase
    sentence = _("The next line is the answer itself. %(move)s.") % {"move": move}
    return ToldLine(sentence, text, leak)
