"""Help that waits for the end of a test waits for all who still sit it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor.assignments.models import HelpLevel, Override
from tutor.attempts.access import access_for
from tutor.attempts.help import is_offered, items_with_solutions_for, when_offered
from tutor.courses.clock import on_clock_of

HELP = ("hint_policy", "reply_policy", "step_policy", "help_policy")


@pytest.fixture
def over(section):
    """A function that makes an assignment that is over by the dates of the class, if not told."""

    def over(**terms):
        ended = timezone.now() - timedelta(hours=1)
        terms = {"due_at": ended, **dict.fromkeys(HELP, "after_due")} | terms
        return make_assignment(section, [make_problem("exam")], **terms)

    return over


def _extend(assignment, bob, how):
    """bob has two days more; returns the end that he has now."""
    enrollment = assignment.section.enrollments.get(user=bob)
    end = assignment.due_at + timedelta(days=2)
    if how == "accommodation":
        enrollment.extra_days = 2
        enrollment.save()
    else:
        Override.objects.create(assignment=assignment, enrollment=enrollment, due_at=end)
    return end


def _has_help(user, item):
    offered = is_offered(HelpLevel.STEP, access_for(user, item).assignment, [])
    assert items_with_solutions_for(user).contains(item) == offered
    return offered


@pytest.mark.parametrize("how", ["accommodation", "extension"])
@pytest.mark.parametrize("scarce", [{"attempts_allowed": 1}, {"time_limit_min": 20}])
def test_in_a_test_nobody_is_helped_while_somebody_may_still_answer(over, alice, bob, how, scarce):
    exam = over(**scarce)
    item = exam.problem_set.items.get()
    assert _has_help(alice, item)
    end = _extend(exam, bob, how)
    assert not _has_help(alice, item)
    assert not _has_help(bob, item)
    when = when_offered(HelpLevel.STEP, access_for(alice, item).assignment)
    assert when == "after the test is over for everybody"
    assert on_clock_of(exam.section, end) in when_offered(
        HelpLevel.STEP, access_for(bob, item).assignment
    )


@pytest.mark.parametrize("how", ["accommodation", "extension", None])
def test_nobody_reads_that_a_classmate_has_more_time(over, alice, bob, how):
    end = timezone.now() + timedelta(hours=2)
    exam = over(time_limit_min=20, due_at=end)
    item = exam.problem_set.items.get()
    if how:
        _extend(exam, bob, how)
    own = on_clock_of(exam.section, end)
    when = when_offered(HelpLevel.STEP, access_for(alice, item).assignment)
    assert when == f"after the test is over for everybody ({own} at the earliest)"


def test_homework_helps_each_student_after_their_own_end(over, alice, bob):
    homework = over()
    item = homework.problem_set.items.get()
    _extend(homework, bob, "extension")
    assert _has_help(alice, item)
    assert not _has_help(bob, item)
