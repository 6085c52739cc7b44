"""Decisions by teachers, requests for a review, and the grading queue."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem_with_parts, make_section
from tutor.attempts.models import Attempt, ReviewRequest
from tutor.attempts.results.item_progress import points_of
from tutor.courses.models import Enrollment
from tutor.grading import Verdict

WHY = "The sign was lost in copying, the rest is right."


def decision(attempt):
    return reverse("attempt-decision", args=[attempt.code])


def review(attempt):
    return reverse("attempt-review", args=[attempt.code])


def waiting(section, **query):
    return reverse("waiting", args=[section.code], query=query)


@pytest.mark.parametrize(
    ("sent", "verdict", "score"),
    [
        ({"decision": "right"}, "correct", 1),
        ({"decision": "partly", "percent": "60"}, "incorrect", 0.6),
        ({"decision": "wrong"}, "incorrect", 0),
    ],
)
def test_a_teacher_decides_and_the_student_reads_who_and_why(
    as_user, carol, alice, item, assignment, answered, sent, verdict, score
):
    carol.first_name = "Carol"
    carol.save()
    attempt = answered(alice, "x=", Verdict.UNDECIDED)
    as_user(carol).post(decision(attempt), sent | {"reason": WHY})
    attempt.refresh_from_db()
    assert (attempt.verdict, attempt.score) == (verdict, score)
    assert (attempt.grade.author, attempt.grade.reason) == (carol, WHY)
    assert (
        points_of(attempt, item, assignment) == item.points * attempt.changes.last().percent / 100
    )

    student = as_user(alice)
    home = student.get(reverse("home")).content.decode()
    assert "News about your answers" in home
    assert attempt.get_absolute_url() in home
    page = student.get(attempt.get_absolute_url()).content.decode()
    assert WHY in page
    assert "Carol" in page
    assert decision(attempt) not in page
    assert "News about your answers" not in student.get(reverse("home")).content.decode()


def test_every_decision_is_kept(as_user, carol, admin, alice, answered):
    attempt = answered(alice, "5")
    as_user(carol).post(decision(attempt), {"decision": "right", "reason": "First thought."})
    as_user(admin).post(decision(attempt), {"decision": "wrong", "reason": "Second thought."})
    assert [(change.number, change.source, change.verdict) for change in attempt.changes.all()] == [
        (1, "grader", "incorrect"),
        (2, "teacher", "correct"),
        (3, "teacher", "incorrect"),
    ]
    page = as_user(carol).get(attempt.get_absolute_url()).content.decode()
    assert "First thought." in page
    assert "Second thought." in page


@pytest.mark.parametrize(
    "sent",
    [
        {"decision": "right"},
        {"decision": "right", "reason": "   "},
        {"decision": "right", "reason": "\x00"},
        {"decision": "right", "reason": "x" * 2_000},
        {"decision": "kept", "reason": WHY},
        {"decision": "partly", "reason": WHY},
        {"decision": "partly", "percent": "100", "reason": WHY},
        {"decision": "partly", "percent": "1e3", "reason": WHY},
        {"decision": "'", "reason": WHY},
        {},
    ],
)
def test_a_decision_needs_its_reason_and_its_share(as_user, carol, alice, answered, sent):
    attempt = answered(alice, "5")
    answer = as_user(carol).post(decision(attempt), sent, follow=True)
    assert 'class="error"' in answer.content.decode()
    assert attempt.changes.count() == 1


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_only_teachers_of_the_section_decide(as_user, request, alice, answered, who):
    attempt = answered(alice, "5")
    client = as_user(request.getfixturevalue(who))
    answer = client.post(decision(attempt), {"decision": "right", "reason": WHY})
    assert answer.status_code == 404
    assert attempt.changes.count() == 1


def test_a_student_asks_once_and_is_answered(as_user, carol, alice, section, answered):
    attempt = answered(alice, "5")
    student = as_user(alice)
    assert review(attempt) in student.get(attempt.get_absolute_url()).content.decode()
    for message in ("I meant 4.", "Again!"):
        student.post(review(attempt), {"message": message})
    assert ReviewRequest.objects.get().message == "I meant 4."
    assert review(attempt) not in student.get(attempt.get_absolute_url()).content.decode()

    teacher = as_user(carol)
    page = teacher.get(waiting(section))
    assert page.context["attempt"] == attempt
    assert "I meant 4." in page.content.decode()
    assert "not right (as now)" in page.content.decode()
    assert "the student gets your answer and the grade stays" in page.content.decode()
    sent = {"decision": "wrong", "reason": "It says 5.", "waiting": "1"}
    saved = teacher.post(decision(attempt), sent, follow=True).content.decode()
    name = attempt.enrollment.user.get_full_name() or attempt.enrollment.user.username
    link = f'<a href="{attempt.get_absolute_url()}"><bdi>{name}</bdi></a>'
    assert f"Saved. {link} will see it." in saved
    assert attempt.changes.count() == 1
    assert teacher.get(waiting(section)).context["attempt"] is None
    student = as_user(alice)
    assert attempt.get_absolute_url() in student.get(reverse("home")).content.decode()
    assert "It says 5." in student.get(attempt.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("percent", "changes"), [("33", 1), ("40", 2)])
def test_a_share_that_stays_answers_the_request_alone(
    as_user, carol, alice, answered, percent, changes
):
    attempt = answered(alice, "5", score=1 / 3)
    as_user(alice).post(review(attempt), {"message": "Please"})
    sent = {"decision": "partly", "percent": percent, "reason": WHY}
    as_user(carol).post(decision(attempt), sent)
    assert attempt.changes.count() == changes
    assert ReviewRequest.objects.get().answer == WHY


def test_an_answer_is_not_said_to_have_cost_nothing(as_user, carol, alice, section, answered):
    as_user(alice).post(review(answered(alice, "5")), {"message": "Please"})
    page = as_user(carol).get(waiting(section)).content.decode()
    assert "cost no attempt" not in page


def test_a_graded_answer_is_marked_among_the_wrong_ones(
    as_user, carol, alice, bob, assignment, item, answered
):
    attempt = answered(alice, "5")
    answered(bob, "5")
    address = reverse("answers", args=[assignment.code, item.code])
    assert "graded by a teacher" not in as_user(carol).get(address).content.decode()
    sent = {"decision": "partly", "percent": "50", "reason": WHY}
    as_user(carol).post(decision(attempt), sent)
    assert "1 graded by a teacher" in as_user(carol).get(address).content.decode()


def test_a_changed_grade_answers_the_request(as_user, carol, alice, answered):
    attempt = answered(alice, "5")
    as_user(alice).post(review(attempt), {"message": "Please"})
    as_user(carol).post(decision(attempt), {"decision": "right", "reason": WHY})
    request = ReviewRequest.objects.get()
    assert (request.answer, request.answered_by) == (WHY, carol)
    assert request.answered_at is not None


@pytest.mark.parametrize("message", ["", "  ", "\x00", "x" * 501])
def test_a_request_needs_a_sentence(as_user, alice, answered, message):
    attempt = answered(alice, "5")
    as_user(alice).post(review(attempt), {"message": message})
    assert not ReviewRequest.objects.exists()


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "admin"])
def test_only_its_student_asks(as_user, request, alice, answered, who):
    attempt = answered(alice, "5")
    as_user(request.getfixturevalue(who)).post(review(attempt), {"message": "Please"})
    assert not ReviewRequest.objects.exists()


@pytest.mark.parametrize("verdict", ["", Verdict.CORRECT])
def test_a_right_or_ungraded_answer_cannot_be_reviewed(as_user, alice, answered, verdict):
    attempt = answered(alice, "4", verdict)
    as_user(alice).post(review(attempt), {"message": "Please"})
    assert not ReviewRequest.objects.exists()


def test_waiting_answers_come_in_order_one_form_after_another(
    as_user, carol, alice, bob, section, answered
):
    answered(alice, "5")
    first, second = answered(bob, "a", Verdict.UNDECIDED), answered(alice, "b", Verdict.UNDECIDED)
    teacher = as_user(carol)
    page = teacher.get(waiting(section))
    assert [attempt for attempt, _ in page.context["attempts"]] == [first, second]
    assert page.context["attempt"] == first
    assert teacher.get(waiting(section, attempt=second.code)).context["attempt"] == second
    assert teacher.get(waiting(section, attempt="'\x00")).context["attempt"] == first
    sent = {"decision": "wrong", "reason": WHY, "waiting": "1"}
    page = teacher.post(decision(first), sent, follow=True)
    assert page.context["attempt"] == second
    page = teacher.post(decision(second), {"decision": "wrong", "waiting": "1"}, follow=True)
    assert page.context["attempt"] is None  # a first decision needs no reason


def test_the_working_is_shown_beside_the_decision(as_user, carol, alice, section, answered):
    answered(alice, "a", Verdict.UNDECIDED, working=["2x = 4", "x = 2"])
    page = as_user(carol).get(waiting(section)).content.decode()
    assert "<code>2x = 4</code>" in page
    assert r"\(x = 2\)" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 404), ("bob", 404), ("dan", 404), ("carol", 200), ("admin", 200)],
)
def test_only_teachers_of_the_section_open_the_list(as_user, request, section, who, status):
    client = as_user(request.getfixturevalue(who))
    assert client.get(waiting(section)).status_code == status


def test_the_list_holds_nothing_of_other_sections(as_user, dan, carol, alice, section, answered):
    answered(alice, "a", Verdict.UNDECIDED)
    elsewhere = make_section(teacher=carol, students=[])
    assert as_user(carol).get(waiting(elsewhere)).context["attempts"] == []


def test_queries_do_not_grow_with_what_waits(as_user, carol, section, item, answered):
    client = as_user(carol)
    counts = []
    for count in (1, 12):
        for number in range(count):
            pupil = make_user(f"pupil-{count}-{number}")
            Enrollment.objects.create(section=section, user=pupil)
            answered(pupil, "a", Verdict.UNDECIDED)
        with CaptureQueriesContext(connection) as queries:
            client.get(waiting(section))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_attempt_lists_the_others_beside_it(as_user, carol, alice, bob, answered):
    first, second = answered(alice, "5"), answered(alice, "6")
    bobs = answered(bob, "7")
    page = as_user(carol).get(second.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    assert bobs.get_absolute_url() not in page
    assert Attempt.objects.count() == 3


def test_no_stored_answer_is_beside_a_decision(
    as_user, carol, alice, section, make_secret_problem, answered
):
    item = make_assignment(section, [make_secret_problem("31415")]).problem_set.items.get()
    attempt = answered(alice, "5", Verdict.UNDECIDED, item=item)
    for user in (alice, carol):
        assert "31415" not in as_user(user).get(attempt.get_absolute_url()).content.decode()


def test_answers_with_one_meaning_are_decided_at_once(
    as_user, alice, bob, carol, section, item, assignment, answered
):
    eve = make_user("eve")
    Enrollment.objects.create(section=section, user=eve)
    attempt, same, other = (
        answered(user, response, Verdict.UNDECIDED)
        for user, response in ((alice, "1/2"), (bob, "0.5"), (eve, "7"))
    )
    teacher = as_user(carol)
    page = teacher.get(waiting(section, attempt=attempt.code)).content.decode()
    assert (f'value="{same.code}"' in page, f'value="{other.code}"' in page) == (True, False)
    sent = {"decision": "right", "reason": WHY, "also": [str(same.code)]}
    teacher.post(decision(attempt), sent)
    graded = Attempt.objects.filter(grade__verdict=Verdict.CORRECT, grade__reason=WHY)
    assert set(graded) == {attempt, same}


def test_requests_about_one_answer_are_decided_at_once(
    as_user, alice, bob, carol, section, assignment, answered
):
    eve = make_user("eve")
    Enrollment.objects.create(section=section, user=eve)
    attempt, same = answered(alice, "1/2"), answered(bob, "0.5")
    as_user(alice).post(review(attempt), {"message": "Please look."})
    as_user(bob).post(review(same), {"message": "I meant a half."})
    open_one = answered(eve, "2/4", Verdict.UNDECIDED)
    teacher = as_user(carol)
    page = teacher.get(waiting(section, attempt=attempt.code))
    assert {other for other, _name in page.context["alike"]} == {same, open_one}
    assert "<q>I meant a half.</q>" in page.content.decode()
    ticked = re.findall(r'name="also" value="([^"]+)" checked', page.content.decode())
    assert ticked == [str(open_one.code)]  # who asked in own words gets an answer of their own
    sent = {"decision": "right", "reason": WHY, "also": [same.code, open_one.code]}
    saved = teacher.post(decision(attempt), sent | {"waiting": "1"}, follow=True).content.decode()
    assert "Saved. 3 students will see it." in saved
    for graded in (attempt, same, open_one):
        assert f'<a href="{graded.get_absolute_url()}"><bdi>' in saved
    assert set(ReviewRequest.objects.values_list("answer", flat=True)) == {WHY}
    assert teacher.get(waiting(section)).context["attempt"] is None


def test_answers_to_parts_that_are_typed_alike_are_decided_at_once(
    as_user, alice, bob, carol, section, answered
):
    problem = make_problem_with_parts("parts")
    item = make_assignment(section, [problem]).problem_set.items.get()
    parts = [{"response": "3"}, {"response": "9"}]
    attempt, same = (
        answered(user, "3; 9", Verdict.UNDECIDED, item=item, parts=parts) for user in (alice, bob)
    )
    teacher = as_user(carol)
    page = teacher.get(waiting(section, attempt=attempt.code))
    assert [other for other, _name in page.context["alike"]] == [same]


def test_the_key_is_beside_the_answer_for_a_teacher_alone(
    as_user, alice, carol, section, item, answered
):
    answered(alice, "x=", Verdict.UNDECIDED)
    assert "data-answer>4</span>" in as_user(carol).get(waiting(section)).content.decode()
    assistant = make_user("erik")
    Enrollment.objects.create(section=section, user=assistant, role="assistant")
    assert "data-answer>4</span>" not in as_user(assistant).get(waiting(section)).content.decode()
