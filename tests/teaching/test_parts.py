"""Teachers' pages for problems with parts."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_assignment, make_parts, make_problem, make_problem_with_parts
from tutor.attempts import submitting
from tutor.attempts.models import Advice, Attempt
from tutor.attempts.responses import Submission, in_one
from tutor.attempts.submitting import submit_response
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.problems.models import Problem
from tutor.teaching.answer_groups import answer_groups
from tutor.teaching.regrading import Effect, Regrader, attempts_at, dry_run, outcome_of
from tutor.teaching.statistics import part_statistics


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """A busy machine may need longer than a student waits."""
    monkeypatch.setattr(submitting, "AT_ONCE_WORK_S", 30.0)


@pytest.fixture
def problem(db):
    return make_problem_with_parts()


@pytest.fixture
def hand_in(item):
    """Hands in responses to all parts, as the page does."""

    def hand_in(user, *responses):
        enrollment = Enrollment.objects.get(user=user)
        number = Attempt.objects.of(enrollment, item).count() + 1
        version = Problem.objects.get().current
        return submit_response(
            enrollment,
            item,
            Submission(uuid4(), number, version.code, in_one(responses), parts=responses),
        )

    return hand_in


@pytest.fixture
def pupils(section):
    users = [make_user(f"pupil{n}") for n in range(4)]
    for user in users:
        Enrollment.objects.create(section=section, user=user)
    return users


def decide(client, attempt, **fields):
    address = reverse("attempt-decision", args=[attempt.code])
    client.post(address, {"reason": "I looked.", "decision": "partly"} | fields)
    return Attempt.objects.get(pk=attempt.pk)


def test_a_teacher_decides_each_part(client, carol, alice, hand_in):
    attempt = hand_in(alice, "8", "50", "A")
    client.force_login(carol)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert 'name="part_b" value="0"' in page
    assert 'name="part_c" value="100"' in page
    decided = decide(client, attempt, part_a="0", part_b="50", part_c="100")
    assert (decided.verdict, decided.score) == (Verdict.INCORRECT, 0.5)
    assert [row["score"] for row in decided.grade.parts] == [0, 0.5, 1]
    client.force_login(alice)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "50% of the points" in page


def test_all_parts_right_is_right_and_one_word_decides_all(client, carol, alice, bob, hand_in):
    client.force_login(carol)
    all_of_it = decide(client, hand_in(alice, "8", "50", "A"), part_a=100, part_b=100, part_c=100)
    assert (all_of_it.verdict, all_of_it.score) == (Verdict.CORRECT, 1)
    wrong = decide(client, hand_in(bob, "7", "50", "A"), decision="wrong")
    assert (wrong.score, [row["score"] for row in wrong.grade.parts]) == (0, [0, 0, 0])


@pytest.mark.parametrize("percent", ["", "101", "-1", "much"])
def test_a_part_without_a_share_is_not_decided(client, carol, alice, hand_in, percent):
    attempt = hand_in(alice, "8", "50", "A")
    client.force_login(carol)
    decided = decide(client, attempt, part_a="0", part_b=percent, part_c="100")
    assert decided.grade.source == "grader"


def test_a_part_that_gives_no_value_waits_for_a_teacher(client, carol, alice, section, hand_in):
    assert hand_in(alice, "10^400", "50", "A").verdict == Verdict.UNDECIDED
    client.force_login(carol)
    page = client.get(reverse("waiting", args=[section.code])).content.decode()
    assert "How large is the area?" in page
    assert 'name="part_b"' in page


def test_wrong_answers_are_grouped_part_by_part(client, carol, assignment, item, pupils, hand_in):
    for user, responses in zip(
        pupils,
        [("8", "50", "A"), ("16/2", "64", "B"), ("7", "50", ""), ("7", "100/2", "A")],
        strict=True,
    ):
        hand_in(user, *responses)
    groups = answer_groups(assignment, item)
    assert [(group.letter, group.students, dict(group.written)) for group in groups.groups] == [
        ("a", 2, {"8": 1, "16/2": 1}),
        ("b", 3, {"50": 2, "100/2": 1}),
        ("c", 1, {"B": 1}),
    ]
    client.force_login(carol)
    page = client.get(reverse("answers", args=[assignment.code, item.code])).content.decode()
    assert "Part by part" in page
    assert page.count("Send") == 3


def test_statistics_of_each_part(assignment, item, pupils, hand_in):
    hand_in(pupils[0], "8", "64", "A")
    hand_in(pupils[1], "8", "64", "")
    hand_in(pupils[1], "7", "49", "A")
    hand_in(pupils[2], "7", "5/", "A")  # nothing of it was judged
    figures = part_statistics(assignment, item)
    assert [(part.letter, part.students, part.right, part.carried) for part in figures] == [
        ("a", 2, 1, 0),
        ("b", 2, 2, 1),
        ("c", 2, 2, 0),
    ]


def test_as_many_queries_for_many_students(client, carol, assignment, item, pupils, hand_in):
    client.force_login(carol)
    address = reverse("answers", args=[assignment.code, item.code])

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    hand_in(pupils[0], "8", "50", "A")
    few = queries()
    for user in pupils[1:]:
        hand_in(user, "8", "50", "B")
    assert queries() == few


def test_a_repaired_part_is_regraded(alice, bob, section, item, hand_in):
    hand_in(alice, "7", "50", "A")
    hand_in(bob, "7", "49", "A")
    first, area, last = make_parts().parts
    version = item.problem.revise(make_parts(parts=(first, replaced(area, "50"), last)))
    regrader = Regrader(version)
    outcomes = {
        attempt.enrollment.user.username: outcome_of(attempt, regrader, never_lower=False)
        for attempt in attempts_at(item.problem, [section])
    }
    assert [outcomes[name].grade.score for name in ("alice", "bob")] == [1, 0.5]
    run = dry_run(attempts_at(item.problem, [section]), regrader, never_lower=True)
    assert (run.counts[Effect.CHANGED], run.counts[Effect.LOWER]) == (1, 1)
    changed = outcomes["alice"]
    assert changed.attempt.regrade(changed.grade, author=None, reason="A slip.")
    attempt = Attempt.objects.get(enrollment__user=alice)
    assert [row["verdict"] for row in attempt.grade.parts] == ["correct"] * 3


def test_a_regrade_also_keeps_an_equal_sum(alice, item, hand_in):
    attempt = hand_in(alice, "7", "50", "")
    first, area, last = make_parts().parts
    parts = (replaced(first, "5", share=2), replaced(area, "50", share=1, carried=""), last)
    version = item.problem.revise(make_parts(parts=parts))
    grade = Regrader(version, other_wordings=True).grade(attempt)
    assert grade.score == attempt.score
    assert attempt.regrade(grade, author=None, reason="The parts were mixed up.")


def test_an_attempt_with_other_parts_is_not_regraded(alice, item, hand_in):
    attempt = hand_in(alice, "7", "50", "A")
    version = item.problem.revise(make_parts(parts=make_parts().parts[:2]))
    assert Regrader(version, other_wordings=True).grade(attempt) is None


def replaced(part, value, **fields):
    return replace(part, key=replace(part.key, value=value), **({"carried": ""} | fields))


def speak(client, assignment, item, **fields):
    address = reverse("advise", args=[assignment.code, item.code])
    data = {"version": item.problem.current.code, "part": "b", "answer": "50", "text": "Square it."}
    return client.post(address, data | fields)


def test_advice_on_a_part_reaches_all_equal_answers(
    client, carol, assignment, item, pupils, hand_in
):
    before = [hand_in(pupils[0], "8", "100/2", "A"), hand_in(pupils[1], "50", "49", "B")]
    client.force_login(carol)
    assert speak(client, assignment, item, answer="100/2").status_code == 302
    speak(client, assignment, item, part="a", answer="8", text="Four sides.")
    after = hand_in(pupils[2], "7", "50", "A")
    attempts = [Attempt.objects.get(pk=attempt.pk) for attempt in [*before, after]]
    advice_shown = [
        [part.shown_advice.text if part.shown_advice else "" for part in attempt.parts_shown]
        for attempt in attempts
    ]
    assert advice_shown == [["Four sides.", "Square it.", ""], ["", "", ""], ["", "Square it.", ""]]
    assert [attempt.has_news for attempt in attempts] == [True, False, False]
    page = client.get(reverse("answers", args=[assignment.code, item.code]))
    assert [group.advice and group.advice.text for group in page.context["answers"].groups] == [
        None, "Four sides.", "Square it.", None,
    ]  # fmt: skip
    client.force_login(pupils[0])
    assert "a comment on your answer" in client.get(reverse("home")).content.decode()
    assert "Square it." in client.get(attempts[0].get_absolute_url()).content.decode()


def test_advice_on_a_part_is_replaced_and_removed(client, carol, assignment, item, alice, hand_in):
    attempt = hand_in(alice, "8", "50", "A")
    client.force_login(carol)
    for text, left in (("First.", ["First."]), ("Second.", ["Second."]), (" ", [])):
        speak(client, assignment, item, text=text)
        shown = Attempt.objects.get(pk=attempt.pk).parts_shown[1].shown_advice
        assert [advice.text for advice in Advice.objects.all()] == left
        assert [shown.text] == left if left else shown is None


@pytest.mark.parametrize(
    "change", [{"part": ""}, {"part": "d"}, {"part": "ab"}, {"part": "a"}, {"answer": "64"}]
)
def test_advice_needs_an_answer_that_was_given(
    client, carol, assignment, item, alice, hand_in, change
):
    hand_in(alice, "8", "50", "A")
    client.force_login(carol)
    assert speak(client, assignment, item, **change).status_code in (302, 404)
    assert not Advice.objects.exists()


def test_a_problem_without_parts_has_no_letter(client, carol, section, alice):
    item = make_assignment(section, [make_problem()]).problem_set.items.get()
    client.force_login(carol)
    assert speak(client, item.problem_set.assignments.get(), item, part="a").status_code == 404
