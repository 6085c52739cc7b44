"""The total of a student over the assignments of a section."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from tests.teaching.gradebooks import (
    assignment_gradebook,
    make_due_assignment,
    results_of,
    section_gradebook,
)
from tutor.assignments.models import Override
from tutor.courses.models import SectionEvent
from tutor.grading import Verdict
from tutor.teaching.progress.class_progress import progress_in


def test_the_total_weighs_what_is_due(section, alice, answered):
    heavy, light = make_due_assignment(section, "a", weight=3), make_due_assignment(section, "b")
    soon = make_due_assignment(section, "c", due_at=timezone.now() + timedelta(days=1))
    early = timedelta(days=2)
    for item in heavy.problem_set.items.all():
        answered(alice, "4", Verdict.CORRECT, item=item, ago=early)
    answered(alice, "4", Verdict.CORRECT, item=light.problem_set.items.first(), ago=early)
    student = results_of(section, alice)
    by_assignment = {result.assignment: result for result in student.results}
    assert by_assignment[soon].is_counted is False
    assert by_assignment[light].percent == 50
    assert student.total == Decimal("87.5")  # (3 · 100 + 1 · 50) / 4
    light.weight = 0
    light.save()
    assert results_of(section, alice).total == 100


def test_the_lowest_are_left_out_but_never_all(section, alice, answered):
    best, worst = make_due_assignment(section, "a"), make_due_assignment(section, "b")
    answered(alice, "4", Verdict.CORRECT, item=best.problem_set.items.first(), ago=timedelta(2))
    assert results_of(section, alice).total == 25
    for dropped in (1, 7):
        section.lowest_dropped = dropped
        student = results_of(section, alice)
        assert student.total == 50
        assert {result.assignment for result in student.results if result.is_dropped} == {worst}


def test_extra_days_move_the_due_date_of_a_student(section, alice, bob, answered):
    """Alice is granted two days always, Bob four in this assignment alone."""
    assignment = make_due_assignment(section, "a", late_credit=0)
    first, _ = assignment.problem_set.items.all()
    enrollments = {
        enrollment.user: enrollment for enrollment in section.enrollments.filter(role="student")
    }
    enrollments[alice].extra_days = 2
    enrollments[alice].save()
    Override.objects.create(
        assignment=assignment,
        enrollment=enrollments[bob],
        due_at=assignment.due_at + timedelta(days=4),
    )
    for user in (alice, bob):
        answered(user, "4", Verdict.CORRECT, item=first, ago=timedelta(hours=1))
    assert [results_of(section, user).results[0].points for user in (alice, bob)] == [1, 1]
    assert [results_of(section, user).total for user in (alice, bob)] == [None, None]  # not due yet
    Override.objects.all().delete()
    enrollments[alice].extra_days = 0
    enrollments[alice].save()
    assert [results_of(section, user).total for user in (alice, bob)] == [0, 0]


def test_an_assignment_for_some_counts_for_them_alone(as_user, carol, section, alice, bob):
    assignment = make_due_assignment(section, "a", for_all=False)
    assignment.students.add(section.enrollments.get(user=alice))
    assert results_of(section, alice).total == 0
    assert results_of(section, bob).total is None
    page = as_user(carol).get(assignment_gradebook(assignment))
    assert [row.name for row, _ in page.context["rows"]] == ["alice"]


def test_what_was_due_before_a_student_came_does_not_count(
    as_user, carol, section, alice, answered
):
    assignment = make_due_assignment(section, "a")
    assert results_of(section, alice).total == 0
    section.note(SectionEvent.Act.ADDED, author=carol, about=alice)
    results = results_of(section, alice)
    assert (results.total, results.is_missing_one) == (None, False)
    assert progress_in(section)[0].students == 1  # bob
    for address in (section_gradebook(section), assignment_gradebook(assignment)):
        assert as_user(carol).get(address).content.count(b"joined later") == 1
    answered(alice, "4", Verdict.CORRECT, item=assignment.problem_set.items.first())
    assert results_of(section, alice).results[0].is_counted
    for address in (section_gradebook(section), assignment_gradebook(assignment)):
        assert b"joined later" not in as_user(carol).get(address).content


def test_who_came_before_the_own_date_of_an_assignment_has_to_do_it(section, carol, alice):
    assignment = make_due_assignment(section, "a")
    Override.objects.create(
        assignment=assignment,
        enrollment=section.enrollments.get(user=alice),
        due_at=timezone.now() + timedelta(hours=1),
    )
    section.note(SectionEvent.Act.JOINED, author=alice, about=alice)
    assert results_of(section, alice).results[0].is_before_arrival is False
    SectionEvent.objects.update(happened_at=assignment.due_at - timedelta(days=1))
    Override.objects.all().delete()
    section.note(SectionEvent.Act.ADDED, author=carol, about=alice)  # once more, after leaving
    assert results_of(section, alice).total == 0
