"""A student's help and answers, as teachers see them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_user
from tutor.assignments.models import HelpLevel
from tutor.attempts.help import give
from tutor.attempts.leak_check import withhold
from tutor.attempts.models import Practice
from tutor.courses.models import Enrollment
from tutor.grading import Grade, Verdict
from tutor.teaching.statistics import statistics_of


@pytest.fixture
def enrollment(alice, section):
    return Enrollment.objects.get(user=alice, section=section)


@pytest.fixture
def address(section, item):
    return reverse("help-transcript", args=[section.code, "alice", item.code])


@pytest.fixture
def helped(enrollment, item, alice, answered):
    """Alice takes a hint, answers wrong, asks, is refused a leak, takes an idea, and is right."""
    version = item.problem.current
    give(enrollment, item, version, HelpLevel.HINT, 1, "Count on.")
    answered(alice, "5", helped_by=HelpLevel.HINT)
    withhold(enrollment, item, version, HelpLevel.ANSWER_HINT, 1, "It is 4.", leak="4")
    give(enrollment, item, version, HelpLevel.ANSWER_HINT, 1, "Use your fingers.")
    return answered(alice, "4", Verdict.CORRECT, helped_by=HelpLevel.ANSWER_HINT)


def test_what_a_teacher_graded_is_marked(as_user, carol, alice, address, answered):
    attempt = answered(alice, "5")
    page = as_user(carol).get(address).content.decode()
    assert "graded by" not in page
    attempt.change_grade(Verdict.INCORRECT, 0.5, author=carol, reason="The way is right.")
    page = as_user(carol).get(address).content.decode()
    assert "Partly right" in page
    assert f"graded by {carol.isolated_name}" in page


def test_a_transcript_has_help_and_answers_in_their_order(as_user, carol, address, helped):
    page = as_user(carol).get(address)
    kinds = [
        "attempt" if event.attempt else "given" if event.given else "withheld"
        for event in page.context["events"]
    ]
    assert sorted(kinds) == ["attempt", "attempt", "given", "given", "withheld"]
    times = [event.at for event in page.context["events"]]
    assert times == sorted(times, reverse=True)
    text = page.content.decode()
    for words in (
        "Count on.",
        "Use your fingers.",
        "It is 4.",
        "it gives the answer away",
        "after help",
    ):
        assert words in text


def test_the_attempt_and_the_mark_link_to_the_transcript(
    as_user, carol, assignment, address, helped
):
    page = as_user(carol).get(helped.get_absolute_url()).content.decode()
    assert address in page
    assert "Help before this attempt: hint about a wrong answer." in page
    gradebook = reverse("gradebook-assignment", args=[assignment.code])
    book = as_user(carol).get(gradebook).content.decode()
    assert 'class="mark-of correct helped"' in book
    assert str(helped.code) in book


def test_a_student_sees_no_transcript(as_user, alice, bob, dan, address, helped):
    for user in (alice, bob, dan):
        assert as_user(user).get(address).status_code == 404
    assert address not in as_user(alice).get(helped.get_absolute_url()).content.decode()


def test_a_transcript_holds_one_student_of_the_section(as_user, carol, section, item, helped):
    other = reverse("help-transcript", args=[section.code, "bob", item.code])
    assert as_user(carol).get(other).context["events"] == []
    nobody = reverse("help-transcript", args=[section.code, "dan", item.code])
    assert as_user(carol).get(nobody).status_code == 404


def test_success_with_help_is_counted_apart(assignment, item, bob, answered, helped):
    answered(bob, "4", Verdict.CORRECT)
    [figures] = statistics_of(assignment, [item])
    assert (figures.right, figures.unhelped, figures.helped, figures.withheld) == (2, 1, 1, 1)


def test_a_transcript_takes_as_many_queries_for_any_length(
    as_user, carol, enrollment, item, address, helped, alice, answered
):
    client = as_user(carol)
    client.get(address)
    counts = []
    for number in (2, 12):
        for n in range(number):
            give(
                enrollment, item, item.problem.current, HelpLevel.STEP, 100 * number + n, "A step."
            )
            answered(alice, f"{n}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_help_withheld_in_another_section_is_not_counted(assignment, item, problem, helped):
    from tests.factories import make_assignment, make_section

    stranger = make_user("eve")
    section = make_section(teacher=make_user("tom"), students=[stranger], name="9z")
    make_assignment(section, [problem])
    enrollment = Enrollment.objects.get(user=stranger)
    withhold(enrollment, item, problem.current, HelpLevel.STEP, 1, "It is 4.", leak="4")
    [figures] = statistics_of(assignment, [item])
    assert figures.withheld == 1


def test_practice_is_counted_apart(as_user, carol, enrollment, assignment, item, helped, answered):
    address = reverse("statistics", args=[assignment.code])
    assert "Variants practised" not in as_user(carol).get(address).content.decode()
    version = item.problem.current
    for number, (verdict, level) in enumerate([("correct", ""), ("correct", "hint"), ("", "")], 1):
        practice = Practice.objects.create(
            enrollment=enrollment, item=item, version=version, number=number
        )
        attempt = practice.attempts.create(
            enrollment=enrollment,
            item=item,
            version=version,
            number=1,
            action=uuid4(),
            response="4",
            language="en",
            helped_by=level,
        )
        if verdict:
            attempt.record(Grade(Verdict.CORRECT, 1.0, "exact"))
    [figures] = statistics_of(assignment, [item])
    practised = figures.practised
    assert (practised.attempted, practised.unhelped, practised.helped) == (3, 1, 1)
    assert (figures.students, figures.right, figures.helped) == (1, 1, 1)
    page = as_user(carol).get(address).content.decode()
    assert "Variants practised" in page
    assert "for a skill or in the review of the week" in page
