"""A rule of an assignment: whether an answer is right is told after the end for everybody."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor.assignments.copying import plan_copies
from tutor.assignments.models import CHECK, Assignment, ExerciseKind, HelpLevel, Override, Sitting
from tutor.attempts.access import access_for
from tutor.attempts.models import Attempt
from tutor.attempts.results.assignment_progress import progress_for_teacher, progress_of
from tutor.attempts.results.first_answers import first_answers_of
from tutor.attempts.running_tests import is_held
from tutor.attempts.sealing import sealed_sets, when_told
from tutor.attempts.submitting import Refusal
from tutor.courses.models import Enrollment
from tutor.grading import AnswerKey, Kind, Verdict
from tutor.teaching.gradebook.marks import Marks
from tutor.teaching.gradebook.totals import totals

HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


@pytest.fixture
def exam(assignment):
    """The answer to its problem is 4."""
    terms = {"verdict_policy": "after_end", "attempts_allowed": 3, "late_credit": 100}
    Assignment.objects.filter(pk=assignment.pk).update(**terms)
    assignment.refresh_from_db()
    return assignment


def end(exam, ago=HOUR):
    over = timezone.now() - ago
    dates = {"opens_at": over - 5 * HOUR, "due_at": over, "closes_at": None}
    Assignment.objects.filter(pk=exam.pk).update(**dates)


def submit(client, item, response, number):
    fields = {"action": str(uuid4()), "number": number, "version": item.problem.current.code}
    address = reverse("attempt-submit", args=[item.code])
    return client.post(address, fields | {"response": response}, headers=HTMX).content.decode()


@pytest.mark.parametrize("response", ["4", "5", "8/2"])
def test_a_student_reads_that_the_answer_is_in(exam, client, alice, item, response):
    client.force_login(alice)
    page = submit(client, item, response, 1)
    assert "Your answer is in" in page
    assert "Whether it is right shows after the assignment is over for everybody" in page
    assert "You may replace it while attempts are left: your last answer counts." in page
    assert "2 attempts left" in page
    assert "Points:" not in page
    assert Attempt.objects.get().verdict == (Verdict.INCORRECT if response == "5" else "correct")


def test_without_a_limit_of_attempts_an_answer_is_replaced_until_the_end(exam, client, alice, item):
    Assignment.objects.filter(pk=exam.pk).update(attempts_allowed=None)
    client.force_login(alice)
    for number, response in enumerate(("5", "6", "4"), start=1):
        page = submit(client, item, response, number)
        assert "You may replace it as often as you like until the end" in page
    assert Attempt.objects.order_by("number").last().verdict == Verdict.CORRECT
    assert 'id="response"' in page


@pytest.mark.parametrize("number", ["5", "7"])
def test_a_number_without_its_unit_is_asked_for_it_right_or_wrong(client, alice, section, number):
    terms = {"verdict_policy": "after_end", "attempts_allowed": 1}
    length = make_problem("length", key=AnswerKey("5", Kind.QUANTITY, unit="cm"))
    item = make_assignment(section, [length], **terms).problem_set.items.get()
    client.force_login(alice)
    page = submit(client, item, number, 1)
    assert "No unit yet" in page
    assert "Write the number with its unit." in page
    assert "1 attempt left" in page
    assert "Your answer is in" in submit(client, item, f"{number} cm", 2)


def test_what_could_not_be_read_is_said_and_costs_nothing(exam, client, alice, item):
    client.force_login(alice)
    page = submit(client, item, "4 +* (", 1)
    assert "Not understood" in page
    assert "3 attempts left" in page


def test_the_same_answer_again_costs_one_as_any_other(exam, alice, item, hand_in):
    """Else its cost would tell that it was wrong: only wrong answers are compared."""
    for text in ("5", "5", "5.0"):
        assert isinstance(hand_in(alice, text), Attempt)
    assert hand_in(alice, "4") == Refusal.NONE_LEFT


@pytest.mark.parametrize(
    ("texts", "points"), [(("4", "5"), 0), (("5", "4"), 1), (("5", "4", "6"), 0), (("4",), 1)]
)
def test_the_last_answer_counts_in_all_books(exam, alice, item, hand_in, texts, points):
    for text in texts:
        hand_in(alice, text)
    [(_, progress)] = progress_of(alice, [exam])[exam.pk].items
    assert (progress.is_sealed, progress.is_right) == (True, False)
    assert progress_for_teacher(alice, [exam])[exam.pk].points == points
    enrollment = exam.section.enrollments.get(user=alice)
    marks = Marks([exam], [item], [enrollment], {})
    assert marks.points(enrollment.pk, item.pk) == points
    sums = totals([exam], [item], [enrollment], {})
    assert sums[enrollment.pk, exam.pk] == points
    row = Assignment.objects.for_students(Enrollment.objects.filter(pk=enrollment.pk)).get()
    own = {(enrollment.pk, exam.pk): row.for_student()}
    assert Marks([exam], [item], [enrollment], own).points(enrollment.pk, item.pk) == points
    assert totals([exam], [item], [enrollment], own)[enrollment.pk, exam.pk] == points
    end(exam)
    assert progress_of(alice, [exam])[exam.pk].points == Decimal(points)


def test_it_is_told_after_the_end_for_the_last_student(exam, alice, bob, item, hand_in):
    hand_in(alice, "4")
    end(exam)
    assert not sealed_sets(alice.pk)
    late = exam.section.enrollments.get(user=bob)
    Override.objects.create(assignment=exam, enrollment=late, due_at=timezone.now() + HOUR)
    assert sealed_sets(alice.pk) == {exam.problem_set_id}
    assert when_told(access_for(alice, item).assignment) == (
        "after the assignment is over for everybody"
    )


def test_until_then_skills_and_home_know_nothing_of_it(exam, client, alice, hand_in):
    hand_in(alice, "4")
    client.force_login(alice)
    assert first_answers_of(alice) == []
    page = client.get(reverse("home"))
    assert page.context["results"] == []
    assert "1 of 1 answered" in page.content.decode()
    assert "of 1 right" not in page.content.decode()
    end(exam)
    assert len(first_answers_of(alice)) == 1
    page = client.get(reverse("home"))
    assert len(page.context["results"]) == 1
    assert "1 of 1 right" in page.content.decode()


def test_no_review_is_asked_for_before(exam, client, alice, hand_in):
    """It is offered for wrong answers alone, so a refusal would tell a right one."""
    attempt = hand_in(alice, "5")
    client.force_login(alice)
    address = reverse("attempt-review", args=[attempt.code])
    client.post(address, {"message": "Why?"})
    assert not hasattr(Attempt.objects.get(), "review")
    end(exam)
    client.post(address, {"message": "Why?"})
    assert Attempt.objects.get().review.message == "Why?"


def test_the_same_problem_elsewhere_stays_closed_until_it_is_told(exam, section, alice, hand_in):
    """Whoever is done with the test would learn there whether the answer was right."""
    homework = make_assignment(section, [exam.problem_set.items.get().problem])
    item = homework.problem_set.items.get()
    assert not is_held(alice, access_for(alice, item).assignment, item, in_practice=False)
    hand_in(alice, "5")
    assert is_held(alice, access_for(alice, item).assignment, item, in_practice=False)
    assert hand_in(alice, "4", item=item) == Refusal.IN_TEST
    own = exam.problem_set.items.get()
    assert not is_held(alice, access_for(alice, own).assignment, own, in_practice=False)
    end(exam)
    assert not is_held(alice, access_for(alice, item).assignment, item, in_practice=False)


def test_help_that_would_tell_waits_for_the_verdict_however_it_is_set(exam):
    policies = ("check_policy", "reply_policy", "step_policy", "help_policy", "hint_policy")
    Assignment.objects.update(**dict.fromkeys(policies, "always"), has_wrong_lines=True)
    exam.refresh_from_db()
    levels = (CHECK, HelpLevel.ANSWER_HINT, HelpLevel.LINE, HelpLevel.STEP, HelpLevel.SOLUTION)
    assert {exam.policy_on(level)[0] for level in levels} == {"after_due"}
    assert exam.policy_on(HelpLevel.HINT)[0] == "always"
    assert not exam.offers_exercise(ExerciseKind.WRONG_LINE)


def test_answers_to_other_sets_are_told_at_once(exam, alice, item, hand_in):
    other = make_assignment(alice.enrollments.get().section, [make_problem("other")])
    assert sealed_sets(alice.pk) == {exam.problem_set_id}
    hand_in(alice, "4")
    assert hand_in(alice, "4", item=other.problem_set.items.get()).is_right


def test_what_was_typed_when_the_time_was_over_takes_the_place_of_a_right_answer(
    exam, client, alice, item, hand_in, run_tasks
):
    Assignment.objects.update(time_limit_min=30)
    enrollment = exam.section.enrollments.get(user=alice)
    sitting = Sitting.objects.create(assignment=exam, enrollment=enrollment)
    hand_in(alice, "4")
    client.force_login(alice)
    client.post(reverse("draft", args=[item.code]), {"response": "5"})
    Sitting.objects.filter(pk=sitting.pk).update(begun_at=timezone.now() - HOUR)
    with run_tasks():
        client.get(reverse("home"))
    assert [row.response for row in Attempt.objects.order_by("number")] == ["4", "5"]


def test_the_rule_is_copied_with_the_assignment(exam, dan):
    target = dan.enrollments.get().section
    [copy] = plan_copies([exam], target, days=0)
    assert copy.assignment.withholds_verdicts
