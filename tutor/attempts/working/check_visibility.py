"""How much of a check a student may see: nothing that reveals an answer they still have to find.

The assignment decides whether there is a check at all, as for any help. In a test there usually is
none: a student who writes down `x = 3` would learn from the mark, without an attempt, whether that
is right. There is none elsewhere during the test, either: a check of another problem would accept
the same line.

A line that does not follow fails for some values, and these may be the answer itself: the root that
was lost, the number that should stand on the right. So a value that equals the stored answer, or a
part of it, is withheld. That alone would make the check an oracle: a student could write lines that
fail for 7, see whether 7 is shown, and so learn whether 7 is right, as often as they like. Where
attempts are limited and the answer may be a number, therefore, no values are shown at all. Where
they are not limited, submitting a guess tells as much. For the same reason the check then skips
lines that only state a value, in whatever disguise. Their form alone decides which lines these are,
before anything is judged. A step that is an equation can still be written so that its mark gives
the answer away; every check is recorded, and teachers read it. What a page does not show, the
export of a student's own data does not contain either.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.assignments.models import CHECK, Assignment
from tutor.attempts.access import (
    ItemAccess,
    access_for,
    access_from_practice,
    access_of_author,
)
from tutor.attempts.help import is_offered, when_offered
from tutor.attempts.models import Attempt, Practice, Terms, WorkingCheck
from tutor.attempts.running_tests import running_tests
from tutor.attempts.working.checking import weigh_checks
from tutor.attempts.working.decimal_commas import has_decimal_comma_in, statement_and_lines
from tutor.grading.leaks.values import gives_away, may_be_numbers
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import StepCheck, Witness
from tutor.grading.working.bare_values import before_value
from tutor.problems.models import ProblemVersion

MAX_PAGE_WORK_S = 1.0  # values not compared by then are not shown


Shows = Callable[[Witness], bool]  # whether a reader may see these values


@dataclass(frozen=True)
class CheckVisibility:
    """What a reader may see of a check.

    shows: which witnesses. marks: whether any marks; if not, `when` tells the student from when on,
    empty for never. bare_values: whether also the marks of lines that only state a value, which
    would reveal a right answer. waits_for_test: whether marks are hidden only while another test
    runs.
    """

    shows: Shows
    marks: bool = True
    when: str = ""
    bare_values: bool = True
    waits_for_test: bool = False


def everything(witness: Witness) -> bool:
    return True


def nothing(witness: Witness) -> bool:
    return False


EVERYTHING, NOTHING = CheckVisibility(everything), CheckVisibility(nothing, marks=False)


def is_answered_elsewhere(terms: Terms) -> bool:
    return isinstance(terms, Assignment) and terms.is_answered_elsewhere


def visibility_for(access: ItemAccess, attempts: Sequence[Attempt]) -> CheckVisibility:
    """What the student may see at an item. attempts: their attempts at it, with grades."""
    assignment, terms = access.assignment, access.terms
    shows = shown_to_student(terms, attempts, access.version)
    if not is_offered(CHECK, assignment, attempts):
        return CheckVisibility(shows, marks=False, when=when_offered(CHECK, assignment))
    if access.is_held:
        return CheckVisibility(shows, marks=False)
    if sits_elsewhere(access.enrollment.user, assignment):
        return CheckVisibility(shows, marks=False, when=_("after your test"), waits_for_test=True)
    is_limited = terms.attempts_allowed is not None and is_asked(terms, attempts)
    return CheckVisibility(shows, bare_values=not is_limited)


def checks_weighed(attempt: Attempt, checks: Sequence[StepCheck]) -> list[StepCheck]:
    """The checks of a submitted working, weighed if its author may know whether it is right."""
    access = access_of_author(attempt)
    is_limited = access is None or access.terms.attempts_allowed is not None
    if is_limited and not attempt.is_right:
        return list(checks)
    is_finished = not attempt.is_right
    return weigh_checks(
        attempt.working,
        checks,
        attempt.version,
        is_finished=is_finished,
        decimal_comma=has_decimal_comma_in(attempt),
    )


def is_asked(terms: Terms, attempts: Iterable[Attempt]) -> bool:
    """Whether this student still has to find the answer."""
    if any(attempt.is_right for attempt in attempts):
        return False
    return terms.takes_answers_at(timezone.now()) or is_answered_elsewhere(terms)


def sits_elsewhere(user: User, assignment: Assignment) -> bool:
    """Whether they are sitting another test, in which nothing is checked."""
    tests = (test for test in running_tests(user) if test.pk != assignment.pk)
    always = Assignment.HelpPolicy.ALWAYS
    return any(test.policy_on(CHECK)[0] != always for test in tests)


def shown_to_student(terms: Terms, attempts: Iterable[Attempt], version: ProblemVersion) -> Shows:
    """Which witnesses the student may see. attempts: the student's, with grades.

    Students who have used up all attempts may be granted more, so they still have to find the
    answer.
    """
    if not is_asked(terms, attempts):
        return everything
    if not version.checked_key.is_usable:
        return nothing
    answers = list(version.checked_key.answers())
    if terms.attempts_allowed is not None:
        return nothing if any(map(may_be_numbers, answers)) else everything
    budget = WorkBudget(MAX_PAGE_WORK_S)

    def tells_nothing(witness: Witness) -> bool:
        shown = [*witness.values.values(), witness.left, witness.right]
        texts = [text for text in shown if text]
        return not any(gives_away(texts, key, budget.left_s) for key in answers)

    return tells_nothing


def visibility_for_author(attempt: Attempt) -> CheckVisibility:
    """Decided by what the author works on now, perhaps a newer version than the attempt's."""
    access = access_of_author(attempt)
    if access is None or attempt.item.version is None:
        return NOTHING  # a student who left the class may still have friends in it
    return visibility_for(access, list(access.attempts))


def sees_mistake(user: User, attempt: Attempt) -> bool:
    """Whether `user` may read what probably went wrong: a student where working is checked."""
    is_own = attempt.enrollment.user_id == user.pk
    return not is_own or visibility_for_author(attempt).marks


def visible_mark_count(
    working: Sequence[str],
    version: ProblemVersion,
    visibility: CheckVisibility,
    *,
    decimal_comma: bool,
) -> int:
    """How many lines, from the first, have marks that the reader may see.

    Decided before anything is checked, so that the number reveals nothing about what is true.
    """
    if not visibility.marks:
        return 0
    if visibility.bare_values:
        return len(working)
    statement, *lines = statement_and_lines(working, version, decimal_comma=decimal_comma)
    return before_value(lines, statement)


def checks_seen_by_author(attempt: Attempt) -> list[dict[str, Any]]:
    """The stored checks of an attempt's lines, as far as its page shows them to its author."""
    visibility = visibility_for_author(attempt)
    count = visible_mark_count(
        attempt.working,
        attempt.version,
        visibility,
        decimal_comma=has_decimal_comma_in(attempt),
    )
    return list(attempt.checks[:count])


def failing_seen_by_author(check: WorkingCheck) -> int | None:
    """The first line that did not follow; None if the check may have shown less than that."""
    practices = Practice.objects.of(check.enrollment, check.item).filter(version=check.version_id)
    practice = practices.select_related("enrollment__user", "item", "version").first()
    if practice:
        access = access_from_practice(practice)
    else:
        access = access_for(check.enrollment.user, check.item)
    if access is None or check.item.version is None:
        return None
    visibility = visibility_for(access, list(access.attempts))
    return check.failing if visibility.marks and visibility.bare_values else None
