"""The same wrong answer again, or another form of it, spends one attempt; what is open none."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from tests.attempts.views.test_answer_page import HTMX, url
from tests.factories import (
    make_assignment,
    make_content,
    make_problem,
    make_problem_with_parts,
)
from tutor.assignments.models import Assignment
from tutor.attempts import submitting
from tutor.attempts.access import access_for
from tutor.attempts.answering import Answering
from tutor.attempts.judging.judge import judge, record_grade
from tutor.attempts.models import Attempt
from tutor.attempts.responses import Submission, in_one
from tutor.attempts.submitting import MAX_UNDECIDED, Refusal, submit_response
from tutor.grading import AnswerKey, Form, Kind, Verdict
from tutor.problems.models import StoredKey
from tutor.teaching.gradebook.marks import Marks


@pytest.fixture
def left(alice, item):
    """How many attempts Alice has left."""

    def left(item=item):
        access = access_for(alice, item)
        return Answering(access).left

    return left


@pytest.mark.parametrize("again", ["10", " 10 ", "20/2", "10.0", "x = 10", "30/3"])
def test_another_form_of_a_wrong_answer_costs_nothing(alice, item, hand_in, left, again):
    hand_in(alice, "10")
    assert left() == 4
    attempt = hand_in(alice, again, working=("5 + 5",))
    assert (attempt.verdict, attempt.repeats.number) == (Verdict.INCORRECT, 1)
    assert attempt.working == ["5 + 5"]  # nothing is lost
    assert left() == 4
    hand_in(alice, "11")
    assert left() == 3
    assert hand_in(alice, "22/2").repeats.number == 3
    assert left() == 3


def test_the_page_says_so_kindly_and_keeps_what_was_typed(client, alice, item, form, hand_in):
    hand_in(alice, "10")
    client.force_login(alice)
    sent = form | {"response": "20/2", "number": "2"}
    page = client.post(url("attempt-submit", item), sent, headers=HTMX).content.decode()
    assert "You gave this answer before, perhaps" in page
    assert "4 attempts left" in page
    assert 'value="20/2"' in page


@pytest.mark.parametrize(("working", "is_new"), [("5 + 5", True), ("4 + 6", False)])
def test_the_page_says_where_only_the_working_has_changed(
    client, alice, item, form, hand_in, working, is_new
):
    hand_in(alice, "10", working=("4 + 6",))
    client.force_login(alice)
    sent = form | {"response": "10", "number": "2", "working": working}
    page = client.post(url("attempt-submit", item), sent, headers=HTMX).content.decode()
    assert ("Your lines have changed, but the answer is one that" in page) is is_new
    assert ("You gave this answer before, perhaps" in page) is not is_new


def test_another_point_or_unit_is_another_answer(alice, section, hand_in):
    keys = [AnswerKey("(7, 8)", Kind.TUPLE), AnswerKey("9", Kind.QUANTITY, unit="m")]
    problems = [make_problem(f"b{n}", key=key) for n, key in enumerate(keys)]
    point, length = make_assignment(section, problems).problem_set.items.all()
    hand_in(alice, "1, 2", item=point)
    assert hand_in(alice, "2, 1", item=point).repeats is None
    hand_in(alice, "12", item=length)
    assert hand_in(alice, "12 cm", item=length).repeats is None


def test_the_last_attempt_is_not_spent_by_it(alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=2)
    for text in ("10", "20/2", "30/3"):
        hand_in(alice, text)
    assert hand_in(alice, "4").verdict == Verdict.CORRECT


def test_a_value_in_the_form_that_was_asked_for_is_another_answer(alice, section, hand_in, left):
    key = AnswerKey(r"\frac{1}{2}", Kind.NUMBER, form=Form.LOWEST_TERMS)
    item = make_assignment(section, [make_problem("b", key=key)]).problem_set.items.get()
    assert hand_in(alice, "2/4", item=item).grade.rule == "form"
    right = hand_in(alice, "1/2", item=item)
    assert (right.verdict, right.repeats) == (Verdict.CORRECT, None)


def test_parts_repeat_where_each_of_them_does(alice, section, hand_in, left):
    problem = make_problem_with_parts("b")
    item = make_assignment(section, [problem]).problem_set.items.get()

    def give(*parts):
        return hand_in(alice, in_one(parts), item=item, parts=parts)

    give("8", "64", "")
    assert give("16/2", "8*8", "").repeats.number == 1
    assert left(item) == 4
    assert give("8", "65", "").repeats is None
    assert give("8", "64", "B").repeats is None
    assert left(item) == 2


def test_choices_repeat_in_any_order(alice, section, hand_in):
    problem = make_problem("b", final_answer="A", kind="choice", choices=("1", "2", "3"))
    item = make_assignment(section, [problem]).problem_set.items.get()
    hand_in(alice, "B, C", item=item)
    assert hand_in(alice, "C, B", item=item).repeats.number == 1
    assert hand_in(alice, "B", item=item).repeats is None


def test_an_answer_to_another_version_is_another_answer(alice, item, hand_in):
    hand_in(alice, "10")
    item.problem.revise(make_content(statement="What is 3 + 3?", final_answer="6"))
    item.problem.refresh_from_db()
    assert hand_in(alice, "10").repeats is None


def test_a_worker_sees_it_too(alice, item, hand_in, run_tasks, monkeypatch):
    monkeypatch.setattr(submitting, "AT_ONCE_WORK_S", 0.0)
    with run_tasks():
        hand_in(alice, r"\sqrt{3}^4+\sin(x)-\sin(x)")
        second = hand_in(alice, r"9+\cos(x)-\cos(x)")
    second.refresh_from_db()
    assert second.repeats.number == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whichever_is_graded_last_the_later_one_repeats(alice, item, hand_in, order, monkeypatch):
    attempts = [hand_in(alice, "10"), hand_in(alice, "20/2")]
    Attempt.objects.update(grade=None, repeats=None)
    for index in order:
        attempt = Attempt.objects.get(pk=attempts[index].pk)
        attempt.changes.all().delete()
        record_grade(attempt, judge(attempt, 5))
    assert list(Attempt.objects.values_list("repeats__number", flat=True)) == [None, 1]


@pytest.mark.django_db(transaction=True)
def test_the_same_from_twelve_windows_at_once_costs_one(alice, item, settings):
    settings.PAGES_AT_ONCE = 6 * 12  # of which one person may hold a sixth
    Assignment.objects.update(attempts_allowed=20)
    access, at_once = access_for(alice, item), threading.Barrier(12)

    def hand_in_one(n):
        at_once.wait()
        try:
            submission = Submission(
                uuid4(), 100 + n, item.problem.current.code, f"{10 * (n + 1)}/{n + 1}"
            )
            submit_response(access.enrollment, item, submission)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(hand_in_one, range(12)))
    assert Attempt.objects.count() == 12
    assert [attempt.number for attempt in Attempt.objects.costing()] == [1]


def test_a_decision_on_a_repeated_answer_counts(alice, carol, item, assignment, hand_in):
    hand_in(alice, "10")
    again = hand_in(alice, "20/2")
    again.change_grade(Verdict.CORRECT, 1, author=carol, reason="A misprint.")
    access = access_for(alice, item)
    answering = Answering(access)
    assert (answering.item_progress.points, answering.item_progress.tries) == (item.points, 1)
    marks = Marks([assignment], [item], [access.enrollment], {})
    assert (
        marks.points(access.enrollment.pk, item.pk),
        marks.get(access.enrollment.pk, item.pk).tries,
    ) == (item.points, 1)


@pytest.fixture
def undecidable(item):
    """Nobody can decide an answer to it."""
    StoredKey.objects.update(kind="nonsense")


def test_what_is_not_decided_costs_nothing_and_the_page_says_so(
    undecidable, client, alice, item, form, left
):
    Assignment.objects.update(attempts_allowed=1)
    client.force_login(alice)
    page = client.post(url("attempt-submit", item), form | {"response": "5"}, headers=HTMX)
    assert "Until that is decided it costs no attempt." in page.content.decode()
    assert "1 attempt left" in page.content.decode()
    assert left() == 1


@pytest.mark.parametrize(("verdict", "rest"), [(Verdict.INCORRECT, 1), (Verdict.CORRECT, 2)])
def test_a_decided_attempt_counts_by_its_verdict(
    undecidable, alice, carol, item, hand_in, left, verdict, rest
):
    Assignment.objects.update(attempts_allowed=2)
    attempt = hand_in(alice, "5")
    assert left() == 2
    score = float(verdict == Verdict.CORRECT)
    attempt.change_grade(verdict, score, author=carol, reason="I looked.")
    assert left() == 1
    assert Attempt.objects.get().is_right is (verdict == Verdict.CORRECT)


def test_the_same_open_answer_waits_once(undecidable, alice, item, hand_in, left):
    hand_in(alice, "5")
    assert hand_in(alice, "5").repeats.number == 1


def test_a_teacher_is_not_buried_in_open_answers(undecidable, alice, item, hand_in, carol):
    for n in range(MAX_UNDECIDED):
        assert isinstance(hand_in(alice, str(n)), Attempt)
    assert hand_in(alice, "99") == Refusal.WAITING
    first = Attempt.objects.first()
    first.change_grade(Verdict.INCORRECT, 0, author=carol, reason="No.")
    assert isinstance(hand_in(alice, "99"), Attempt)


@pytest.fixture
def full(equation, alice, hand_in):
    """As many answers of Alice as may wait for a teacher, where others can be judged."""
    Assignment.objects.update(attempts_allowed=9)
    attempts = [hand_in(alice, str(n + 10), item=equation) for n in range(MAX_UNDECIDED)]
    for attempt in attempts:
        open_grade = attempt.changes.create(
            source="grader", number=2, verdict=Verdict.UNDECIDED, score=0, rule="deadline"
        )
        Attempt.objects.filter(pk=attempt.pk).update(grade=open_grade, repeats=None)
    return attempts


@pytest.fixture
def equation(section):
    problem = make_problem("an-equation", kind="number", final_answer="2", statement="Solve.")
    return make_assignment(section, [problem], attempts_allowed=9).problem_set.items.get()


def test_an_answer_that_can_be_judged_is_taken_while_others_wait(full, alice, equation, hand_in):
    assert hand_in(alice, "77", item=equation).verdict == Verdict.INCORRECT
    assert hand_in(alice, "2", item=equation).is_right


def test_the_same_open_answer_takes_no_further_place(undecidable, alice, item, hand_in):
    for n in range(MAX_UNDECIDED):
        hand_in(alice, str(n))
    assert hand_in(alice, "3").repeats.number == 4
    assert hand_in(alice, "99") == Refusal.WAITING
    hand_in(alice, "3")
    Attempt.objects.get(number=1).delete()
    assert isinstance(hand_in(alice, "99"), Attempt)


@pytest.mark.parametrize("decided", [0, 1])
def test_the_same_open_answer_is_decided_once(undecidable, alice, item, hand_in, carol, decided):
    attempts = [hand_in(alice, "5"), hand_in(alice, "5"), hand_in(alice, "6")]
    assert [attempt.response for attempt in Attempt.objects.waiting()] == ["5", "6"]
    attempts[decided].change_grade(Verdict.CORRECT, 1, author=carol, reason="Yes.")
    judged = list(Attempt.objects.order_by("number"))
    assert [attempt.verdict for attempt in judged] == ["correct", "correct", "undecided"]
    assert [attempt.changes.last().author for attempt in judged[:2]] == [carol, carol]
    assert Attempt.objects.waiting().get() == attempts[2]


@pytest.mark.parametrize("last", ["5", "7"])
def test_only_the_last_of_any_number_of_answers_to_a_test_waits(
    undecidable, alice, bob, item, hand_in, last
):
    hand_in(bob, "6")
    for response in ("5", "6", last):
        hand_in(alice, response)
    assert Attempt.objects.waiting().count() == (3 if last == "5" else 4)
    Assignment.objects.update(verdict_policy="after_end", attempts_allowed=None)
    waiting = Attempt.objects.waiting().filter(enrollment__user=alice)
    assert [(attempt.number, attempt.response) for attempt in waiting] == [(3, last)]
    assert Attempt.objects.waiting().filter(enrollment__user=bob).count() == 1
    for n in range(MAX_UNDECIDED + 1):
        assert isinstance(hand_in(alice, str(n + 20)), Attempt)
    assert waiting.all().get().response == str(MAX_UNDECIDED + 20)


def test_open_answers_earn_no_help(undecidable, client, alice, item, hand_in):
    Assignment.objects.update(help_policy="attempts", help_after_attempts=1, step_policy="never")
    hand_in(alice, "5")
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "You can see a worked solution after 1 attempt." in page


def test_a_teacher_grades_the_same_answer_once(alice, bob, carol, item, hand_in):
    first, again, other = (hand_in(alice, text) for text in ("10", "20/2", "11"))
    of_bob = hand_in(bob, "10")
    again.change_grade(Verdict.INCORRECT, 0.5, author=carol, reason="The idea is right.")
    scores = dict(Attempt.objects.values_list("pk", "grade__score"))
    assert [scores[row.pk] for row in (first, again, other, of_bob)] == [0.5, 0.5, 0, 0]
    first.change_grade(Verdict.INCORRECT, 0.25, author=carol, reason="Not all of it.")
    assert Attempt.objects.get(pk=again.pk).grade.score == 0.5  # decided by hand before
