"""Marks and totals by the database agree with those of single attempts."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from tutor.attempts.models import Attempt
from tutor.attempts.results.item_progress import progress_on_item
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.teaching.gradebook.assignment_table import AssignmentTable
from tutor.teaching.gradebook.marks import Marks
from tutor.teaching.gradebook.terms import own_terms
from tutor.teaching.gradebook.totals import totals


def test_the_marks_agree_with_what_a_student_is_told(alice, bob, section, two_items, answered):
    """Compares with `progress_on_item`, over every mixture of verdicts and dates."""
    assignment, first, second = two_items
    assignment.due_at = timezone.now() - timedelta(days=1)
    assignment.opens_at = assignment.due_at - timedelta(days=9)
    assignment.late_credit = 40
    assignment.save()
    cases = ["", *Verdict]
    late, early = timedelta(hours=1), timedelta(days=2)
    for user in (alice, bob):
        for item in (first, second):
            for number in range(1 + (item == second) + 2 * (user == bob)):
                verdict = cases[(number + item.pk + user.pk) % len(cases)]
                score = (number % 3) / 2 if verdict == Verdict.INCORRECT else None
                ago = early if number % 2 else late
                answered(user, "5", verdict, score, item=item, ago=ago)
    enrollments = list(Enrollment.objects.filter(role="student"))
    terms = own_terms(section)
    marks = Marks([assignment], [first, second], enrollments, terms)
    sums = totals([assignment], [first, second], enrollments, terms)
    for enrollment in enrollments:
        reached = 0
        for item in (first, second):
            attempts = Attempt.objects.of(enrollment, item).select_related("grade")
            standing = progress_on_item(attempts, item, assignment)
            reached += standing.points
            mark = marks.get(enrollment.pk, item.pk)
            shown = (
                ("new", 0, 0, False)
                if mark is None
                else (mark.state, mark.points, mark.tries, bool(mark.is_late))
            )
            assert shown == (standing.state, standing.points, standing.tries, standing.is_late)
            assert mark is None or mark.attempt == standing.best.pk
        assert sums[enrollment.pk, assignment.pk] == reached


def test_cents_are_rounded_as_in_each_mark(section, alice, two_items, answered):
    """0.125 is half a cent, which a database rounds up; late it is a third of two thirds."""
    assignment, first, second = two_items
    assignment.late_credit = 33
    assignment.save()
    first.points = Decimal("0.5")
    first.save()
    answered(alice, "5", Verdict.INCORRECT, 0.25, item=first)
    answered(alice, "5", Verdict.INCORRECT, 2 / 3, item=second)
    enrollment = section.enrollments.get(user=alice)
    for due_in_days, points in ((1, "2.12"), (-1, "0.70")):
        assignment.due_at = timezone.now() + timedelta(days=due_in_days)
        assignment.save()
        [row] = AssignmentTable(assignment).rows([enrollment])
        assert AssignmentTable(assignment).points([enrollment]) == {enrollment.pk: row.points}
        assert row.points == Decimal(points)
