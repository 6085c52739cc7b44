"""Wrong answers grouped by meaning, and comments on them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tests.factories import make_assignment, make_content, make_problem, make_section
from tests.grading.hostile import LONG, SHORT
from tutor.attempts.models import Advice, Attempt
from tutor.attempts.responses import Submission
from tutor.attempts.submitting import submit_response
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.problems.models import StoredKey
from tutor.teaching.answer_groups import answer_groups
from tutor.teaching.tasks import UNSPREAD_AFTER, spread_advice, sweep_advice

SAYING = r"You lost the sign of \(\frac{1}{2}\)."


def page_of(assignment, item):
    return reverse("answers", args=[assignment.code, item.code])


def advise(assignment, item):
    return reverse("advise", args=[assignment.code, item.code])


def advice_form(item, answer, text=SAYING):
    return {"version": item.problem.current.code, "answer": answer, "text": text}


@pytest.fixture
def pupils(section):
    users = [make_user(f"pupil{n}") for n in range(6)]
    for user in users:
        Enrollment.objects.create(section=section, user=user)
    return users


@pytest.fixture
def hand_in(item):
    """Hands in as the page does, through the grader."""

    def hand_in(user, response, number=1):
        enrollment = Enrollment.objects.get(user=user)
        submission = Submission(
            action=f"00000000-0000-4000-8000-{user.pk:06}{number:06}",
            number=number,
            version=item.problem.current.code,
            response=response,
        )
        return submit_response(enrollment, item, submission)

    return hand_in


def test_the_commonest_meaning_comes_first_with_its_ways_to_write_it(
    as_user, carol, pupils, assignment, item, answered
):
    for user, response in zip(pupils, ["7", "1/2", "0.5", "2/4", "0.5", "4"], strict=True):
        answered(user, response, Verdict.CORRECT if response == "4" else Verdict.INCORRECT)
    answered(pupils[1], "0.5")
    answered(pupils[2], "3/", Verdict.UNREADABLE)
    page = as_user(carol).get(page_of(assignment, item))
    half, seven = page.context["answers"].groups
    assert (half.students, half.attempts) == (4, 5)
    assert half.written == [("0.5", 3), ("1/2", 1), ("2/4", 1)]
    assert (seven.students, seven.answer) == (1, "7")
    assert page.context["answers"].is_whole
    text = page.content.decode()
    assert "<code>2/4</code>" in text
    assert "<code>3/</code>" not in text


def test_the_page_names_who_gave_an_answer_and_leads_to_their_work(
    as_user, carol, pupils, section, assignment, item, answered
):
    first = answered(pupils[1], "1/2")
    other = answered(pupils[0], "0.5")
    newest = answered(pupils[1], "2/4")
    page = as_user(carol).get(page_of(assignment, item))
    [half] = page.context["answers"].groups
    assert half.newest == [other, newest]
    text = page.content.decode()
    for attempt in (other, newest):
        name = attempt.enrollment.user.register_name
        assert f'<a href="{attempt.get_absolute_url()}"><bdi>{name}</bdi></a>' in text
    assert first.get_absolute_url() not in text
    assert "Given by:" in text


def test_the_names_are_folded_where_many_gave_an_answer(
    as_user, carol, pupils, section, assignment, item, answered
):
    for user in (*pupils[1:], section.people.get(username="alice")):
        answered(user, "5")
    page = as_user(carol).get(page_of(assignment, item)).content.decode()
    assert "Given by:" in page
    answered(pupils[0], "5")
    page = as_user(carol).get(page_of(assignment, item)).content.decode()
    assert "<details><summary>Given by 7 students</summary>" in page


def test_answers_of_who_became_an_assistant_are_not_the_class_s(
    as_user, carol, pupils, assignment, item, answered
):
    answered(pupils[0], "5")
    answered(pupils[1], "5")
    Enrollment.objects.filter(user=pupils[1]).update(role=Enrollment.Role.ASSISTANT)
    context = as_user(carol).get(page_of(assignment, item)).context
    assert [group.students for group in context["answers"].groups] == [1]
    assert context["statistics"].students == 1


def test_advice_reaches_all_equal_answers_now_and_later(
    as_user, carol, pupils, assignment, item, answered, hand_in
):
    before = [answered(pupils[0], "1/2"), answered(pupils[1], "0.5")]
    other = answered(pupils[2], "7")
    as_user(carol).post(advise(assignment, item), advice_form(item, "1/2"))
    advice = Advice.objects.get()
    assert (advice.author, advice.text) == (carol, SAYING)
    later = hand_in(pupils[3], "2/4")
    for attempt in (*before, later):
        attempt.refresh_from_db()
        assert attempt.advice == advice
    other.refresh_from_db()
    assert other.advice is None

    student = as_user(pupils[1])
    assert "a comment on your answer" in student.get("/").content.decode()
    assert SAYING in student.get(before[1].get_absolute_url()).content.decode()
    assert SAYING in as_user(pupils[3]).get(item.get_absolute_url()).content.decode()
    assert SAYING not in as_user(pupils[2]).get(item.get_absolute_url()).content.decode()


def test_a_right_answer_gets_no_advice(carol, pupils, assignment, item, answered, hand_in):
    Advice.objects.create(
        assignment=assignment, item=item, version=item.problem.current, answer="4", text=SAYING
    )
    right = hand_in(pupils[0], "4")
    right.refresh_from_db()
    assert right.advice is None
    wrong = answered(pupils[1], "4")  # by a key that was wrong then
    wrong.advice = Advice.objects.get()
    wrong.change_grade(Verdict.CORRECT, 1, author=carol, reason="The key was wrong.")
    assert wrong.shown_advice is None


def test_other_words_replace_the_old_ones_and_none_take_them_back(
    as_user, carol, pupils, assignment, item, answered
):
    attempts = [answered(pupils[0], "1/2"), answered(pupils[1], "0.5")]
    for text in ("First.", "Second."):
        as_user(carol).post(advise(assignment, item), advice_form(item, "1/2", text))
    assert [advice.text for advice in Advice.objects.all()] == ["Second."]
    page = as_user(carol).get(page_of(assignment, item))
    assert page.context["answers"].groups[0].advice.text == "Second."
    text = page.content.decode()
    assert re.search(r"Written by \W*carol", text, re.IGNORECASE)
    assert ">Save<span" in text
    as_user(carol).post(advise(assignment, item), advice_form(item, "1/2", "  "))
    assert not Advice.objects.exists()
    for attempt in attempts:
        attempt.refresh_from_db()
        assert attempt.advice is None


def test_advice_stays_in_its_section(as_user, carol, pupils, dan, assignment, item, answered):
    elsewhere = make_section(teacher=dan, students=[make_user("zoe")])
    make_assignment(elsewhere, []).delete()
    elsewhere.assignments.create(problem_set=item.problem_set, due_at=assignment.due_at)
    elsewhere_attempt = answered(elsewhere.people.get(username="zoe"), "1/2")
    elsewhere_attempt.enrollment = Enrollment.objects.get(user__username="zoe")
    elsewhere_attempt.save()
    answered(pupils[0], "1/2")
    as_user(carol).post(advise(assignment, item), advice_form(item, "1/2"))
    elsewhere_attempt.refresh_from_db()
    assert elsewhere_attempt.advice is None


def test_the_answers_to_each_version_are_apart(carol, pupils, assignment, item, problem, answered):
    answered(pupils[0], "1/2")
    problem.revise(make_content("31", statement="Another question"))
    item.refresh_from_db()
    answered(pupils[1], "1/2", item=assignment.problem_set.items.get())
    groups = answer_groups(assignment, item)
    assert [group.students for group in groups.groups] == [1, 1]
    assert groups.versions == 2


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_others_get_404(as_user, request, alice, assignment, item, answered, who):
    answered(alice, "5")
    client = as_user(request.getfixturevalue(who))
    assert client.get(page_of(assignment, item)).status_code == 404
    assert client.post(advise(assignment, item), advice_form(item, "5")).status_code == 404
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"version": "x"},
        {"version": "00000000-0000-4000-8000-000000000000"},
        {"answer": "never given"},
        {"answer": ""},
        {"text": "\x00"},
        {"text": "x" * 5_000},
    ],
)
def test_advice_needs_an_answer_that_was_given(
    as_user, carol, alice, assignment, item, answered, change
):
    answered(alice, "5")
    answer = as_user(carol).post(advise(assignment, item), advice_form(item, "5") | change)
    assert answer.status_code in (302, 404)
    assert not Advice.objects.exists()


def test_an_item_of_another_assignment_is_not_found(as_user, carol, section, assignment):
    other = make_assignment(section, [make_problem("other")]).problem_set.items.get()
    assert as_user(carol).get(page_of(assignment, other)).status_code == 404


def test_hostile_answers_are_shown_and_spoken_to(as_user, carol, alice, assignment, item, answered):
    for response in [*SHORT, *LONG][:60]:
        answered(alice, response.replace("\x00", ""), Verdict.UNDECIDED)
    answered(alice, "<script>alert(1)</script>")
    page = as_user(carol).get(page_of(assignment, item))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    sent = advice_form(item, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    assert as_user(carol).post(advise(assignment, item), sent).status_code == 302


def test_a_broken_key_groups_by_letters(carol, pupils, assignment, item, answered):
    answered(pupils[0], "1/2")
    answered(pupils[1], "0.5")
    StoredKey.objects.update(value="((")
    assert len(answer_groups(assignment, item).groups) == 2


def test_a_worker_goes_on_where_the_page_had_no_time(carol, pupils, assignment, item, answered):
    attempts = [answered(pupils[0], "1/2"), answered(pupils[1], "0.5")]
    advice = Advice.objects.create(
        assignment=assignment, item=item, version=item.problem.current, answer="1/2", text=SAYING
    )
    for _ in range(2):
        spread_advice(advice.pk)
    for attempt in attempts:
        attempt.refresh_from_db()
        assert attempt.advice == advice


def test_a_sweep_spreads_advice_whose_message_was_lost(
    carol, pupils, assignment, item, answered, run_tasks
):
    attempt = answered(pupils[0], "0.5")
    Advice.objects.create(
        assignment=assignment, item=item, version=item.problem.current, answer="1/2", text=SAYING
    )
    with run_tasks():
        sweep_advice()
    attempt.refresh_from_db()
    assert attempt.advice is None, "a worker may still be about to take it"
    Advice.objects.update(created_at=timezone.now() - UNSPREAD_AFTER)
    with run_tasks():
        sweep_advice()
    attempt.refresh_from_db()
    assert attempt.advice == Advice.objects.get()


def test_advice_that_has_reached_all_answers_is_not_sent_again(
    as_user, carol, pupils, assignment, item, answered, run_tasks
):
    attempt = answered(pupils[0], "1/2")
    as_user(carol).post(advise(assignment, item), advice_form(item, "1/2"))
    Advice.objects.update(created_at=timezone.now() - UNSPREAD_AFTER)
    Attempt.objects.update(advice=None)
    with run_tasks():
        sweep_advice()
    attempt.refresh_from_db()
    assert attempt.advice is None


def test_queries_do_not_grow_with_answers(as_user, carol, pupils, assignment, item, answered):
    client = as_user(carol)
    counts = []
    for users in (pupils[:1], pupils[1:]):
        for number, user in enumerate(users):
            answered(user, f"{number}/7")
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(assignment, item))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_shows_the_stored_answer_to_no_assistant_and_no_student(
    as_user, carol, alice, bob, section, make_secret_problem, answered
):
    assignment = make_assignment(section, [make_secret_problem("31415")])
    item = assignment.problem_set.items.get()
    answered(alice, "5", item=item)
    as_user(carol).post(advise(assignment, item), advice_form(item, "5", "Think again."))
    Enrollment.objects.filter(user=bob).update(role=Enrollment.Role.ASSISTANT)
    for user, address in (
        (bob, page_of(assignment, item)),
        (alice, item.get_absolute_url()),
        (alice, reverse("home")),
    ):
        assert "31415" not in as_user(user).get(address).content.decode()


def test_the_right_answer_stands_beside_wrong_ones(
    as_user, carol, pupils, assignment, item, problem, answered
):
    answered(pupils[0], "5")
    problem.revise(make_content("6"))  # the key is corrected: the question stays
    page = as_user(carol).get(page_of(assignment, item))
    assert [group.right.text for group in page.context["answers"].groups] == ["6"]
    assert "data-answer>6</span>" in page.content.decode()


def test_a_key_is_not_doubted_where_some_found_it(
    as_user, carol, pupils, assignment, item, answered
):
    """Most gave the same wrong answer first, and then corrected it."""
    doubt = "Many students gave the same answer. Is yours correct?"
    for user in pupils[:3]:
        answered(user, "56")
    assert doubt in as_user(carol).get(page_of(assignment, item)).content.decode()
    answered(pupils[0], "4", Verdict.CORRECT)
    assert doubt not in as_user(carol).get(page_of(assignment, item)).content.decode()


def test_a_key_is_doubted_where_most_give_the_same_wrong_answer(
    as_user, carol, pupils, assignment, item, answered
):
    doubt = "Many students gave the same answer. Is yours correct?"
    for user in pupils[:2]:
        answered(user, "56")
    assert doubt not in as_user(carol).get(page_of(assignment, item)).content.decode()
    answered(pupils[2], "56.0")
    page = as_user(carol).get(page_of(assignment, item)).content.decode()
    assert doubt in page
    assert reverse("correct-key", args=[item.problem.code]) in page
    for user in pupils[3:]:
        answered(user, "4", Verdict.CORRECT)
    assert doubt not in as_user(carol).get(page_of(assignment, item)).content.decode()
