import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.deletion import ProtectedError
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from tests.factories import make_assignment, make_content, make_problem, make_section
from tutor.assignments.models import Assignment
from tutor.attempts import submitting, tasks
from tutor.attempts.access import access_for
from tutor.attempts.models import Attempt, GradeChange
from tutor.attempts.responses import Submission
from tutor.attempts.submitting import Refusal, submit_response
from tutor.attempts.tasks import grade_attempt, grade_next_slow, sweep_attempts
from tutor.grading import GRADER_VERSION, AnswerKey, Form, Grade, Kind, Verdict
from tutor.problems.models import StoredKey
from tutor.teaching.statistics import statistics_of

# Right, and nothing to be seen by structure alone.
TAKES_LONG = r"\sqrt{2}^4+\sin(x)-\sin(x)"


@pytest.fixture
def _no_time_at_once(monkeypatch):
    """Every answer takes longer than a web request may wait for it."""
    monkeypatch.setattr(submitting, "AT_ONCE_WORK_S", 0.0)


def test_it_grades_a_right_answer(alice, item, hand_in):
    attempt = hand_in(alice, "8/2")
    attempt.refresh_from_db()
    assert (attempt.verdict, attempt.score) == (Verdict.CORRECT, 1)
    assert (attempt.response, attempt.reading) == ("8/2", r"\frac{8}{2}")
    change = GradeChange.objects.get()
    assert (change.source, change.grader, change.rule) == ("grader", GRADER_VERSION, "exact")
    assert attempt.version == item.problem.current


def test_an_action_that_made_an_attempt_elsewhere_makes_none(alice, section, hand_in):
    problems = [make_problem("one-sum"), make_problem("another-sum")]
    item, other = make_assignment(section, problems).problem_set.items.all()
    action = uuid4()
    assert hand_in(alice, "5", item=item, action=action).number == 1
    assert hand_in(alice, "5", item=other, action=action) == Refusal.OVERTAKEN
    assert Attempt.objects.count() == 1


def test_each_wrong_answer_is_one_more_attempt_until_none_is_left(alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=2)
    assert [hand_in(alice, text).number for text in ("5", "6")] == [1, 2]
    assert hand_in(alice, "4") == Refusal.NONE_LEFT
    assert Attempt.objects.count() == 2


def test_without_a_limit_one_may_go_on(alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=None)
    for text in "56789123":
        assert hand_in(alice, text).verdict == Verdict.INCORRECT


def test_what_cannot_be_read_costs_nothing(alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=1)
    unread = hand_in(alice, "3/")
    assert (unread.verdict, unread.is_counted, unread.reading) == ("unreadable", False, "")
    assert hand_in(alice, "4").verdict == Verdict.CORRECT
    assert Attempt.objects.counted().count() == 1


def test_after_a_right_answer_nothing_more_is_counted(alice, hand_in):
    hand_in(alice, "4")
    assert hand_in(alice, "5") == Refusal.RIGHT_ALREADY


def test_the_same_action_makes_one_attempt(alice, hand_in):
    action = uuid4()
    first = hand_in(alice, "5", action=action, number=1)
    again = hand_in(alice, "5", action=action, number=1)
    assert first == again
    assert GradeChange.objects.count() == 1


def test_a_second_window_with_the_same_answer_makes_no_second_attempt(alice, hand_in):
    assert hand_in(alice, "5", number=1) == hand_in(alice, "5", number=1)
    assert Attempt.objects.count() == 1


def test_a_second_window_with_another_answer_spends_no_attempt_unseen(alice, hand_in):
    action = uuid4()
    hand_in(alice, "5", number=1, action=action)
    assert hand_in(alice, "4", number=1) == Refusal.OVERTAKEN
    assert hand_in(alice, "4", number=2, action=action) == Refusal.OVERTAKEN
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("opens", "due", "closes", "taken", "late"),
    [
        (-2, 1, None, True, False),
        (-2, -1, None, False, False),
        (-2, -1, 1, True, True),
        (-3, -2, -1, False, False),
    ],
)
def test_the_servers_clock_decides(
    alice, assignment, item, hand_in, opens, due, closes, taken, late
):
    now, hours = timezone.now(), lambda n: timedelta(hours=n)
    Assignment.objects.update(
        opens_at=now + hours(opens),
        due_at=now + hours(due),
        closes_at=closes and now + hours(closes),
    )
    stored = hand_in(alice, "4")
    assert isinstance(stored, Attempt) is taken
    if taken:
        assert (stored.submitted_at > Assignment.objects.get().due_at) is late
    else:
        assert stored == Refusal.CLOSED


def test_before_it_opens_there_is_no_place_to_answer(alice, item):
    Assignment.objects.update(opens_at=timezone.now() + timedelta(hours=1))
    assert access_for(alice, item) is None


def test_a_teacher_has_no_place_to_answer(carol, admin, dan, item):
    assert [access_for(user, item) for user in (carol, admin, dan)] == [None] * 3


def test_an_answer_goes_to_the_section_that_is_still_open(alice, carol, item, problem):
    Assignment.objects.update(opens_at=timezone.now() - timedelta(days=9), due_at=timezone.now())
    other = make_section(teacher=carol, students=[alice], name="10b")
    Assignment.objects.create(
        problem_set=item.problem_set, section=other, due_at=timezone.now() + timedelta(days=1)
    )
    assert access_for(alice, item).enrollment.section == other


def test_a_problem_that_was_changed_is_read_again_first(alice, item, hand_in):
    seen = item.problem.current
    hand_in(alice, "5")  # from now on an edit makes a new version
    item.problem.revise(make_content(statement="What is 3 + 3?", final_answer="6"))
    item.problem.refresh_from_db()
    assert hand_in(alice, "4", version=seen.code) == Refusal.REVISED
    assert hand_in(alice, "6").version == item.problem.current
    assert Attempt.objects.get(number=1).version == seen


def test_a_key_that_cannot_be_used_is_for_a_teacher(alice, item, hand_in):
    StoredKey.objects.update(kind="nonsense")
    first = hand_in(alice, "4")
    StoredKey.objects.all().delete()
    item.problem.refresh_from_db()
    second = hand_in(alice, "5")
    assert [attempt.verdict for attempt in (first, second)] == [Verdict.UNDECIDED] * 2
    assert [attempt.grade.rule for attempt in (first, second)] == ["invalid_key", "no_key"]


@pytest.mark.usefixtures("_no_time_at_once")
def test_what_takes_long_is_graded_by_a_worker(alice, hand_in, run_tasks):
    with run_tasks():
        attempt = hand_in(alice, TAKES_LONG)
        assert attempt.is_pending
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT


@pytest.mark.usefixtures("_no_time_at_once")
def test_a_task_that_comes_twice_grades_once(alice, hand_in):
    attempt = hand_in(alice, TAKES_LONG)
    grade_attempt(attempt.pk)
    grade_attempt(attempt.pk)
    assert GradeChange.objects.count() == 1
    assert not attempt.record(Grade(Verdict.INCORRECT, 0, "late"))


@pytest.mark.usefixtures("_no_time_at_once")
def test_what_was_stored_and_never_graded_is_found(alice, hand_in, run_tasks):
    attempt = hand_in(alice, TAKES_LONG)  # its message is lost
    with run_tasks():
        sweep_attempts()
    attempt.refresh_from_db()
    assert attempt.is_pending  # not long enough ago
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(minutes=1))
    with run_tasks():
        sweep_attempts()
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT


@pytest.mark.usefixtures("_no_time_at_once")
def test_a_response_that_ends_its_worker_each_time_is_for_a_teacher(alice, hand_in):
    attempt = hand_in(alice, TAKES_LONG)
    Attempt.objects.update(gradings=tasks.MAX_GRADINGS)
    grade_next_slow()
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.UNDECIDED


@pytest.mark.usefixtures("_no_time_at_once")
def test_a_broker_that_is_down_loses_nothing(alice, hand_in, run_tasks, monkeypatch):
    def broken(*_args, **_options):
        raise OperationalError("no broker")

    with monkeypatch.context() as patched, run_tasks():
        patched.setattr(grade_attempt, "apply_async", broken)
        attempt = hand_in(alice, TAKES_LONG)
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(minutes=1))
    with run_tasks():
        sweep_attempts()
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT


def test_a_teacher_decides_and_the_newest_counts(alice, carol, hand_in):
    attempt = hand_in(alice, "5")
    attempt.change_grade(Verdict.CORRECT, 1, author=carol, reason="The sheet had a misprint.")
    attempt.refresh_from_db()
    assert (attempt.verdict, attempt.grade.author) == (Verdict.CORRECT, carol)
    assert [change.source for change in attempt.changes.all()] == ["grader", "teacher"]


def test_only_a_grade_that_stands_is_changed_with_a_reason(client, alice, carol, section, hand_in):
    essay = make_problem("essay", key=AnswerKey("The angles.", Kind.TEXT, form=Form.FREE_TEXT))
    item = make_assignment(section, [essay]).problem_set.items.get()
    attempt = hand_in(alice, "Because the angles are equal.", item=item)
    address = reverse("attempt-decision", args=[attempt.code])
    client.force_login(carol)
    client.post(address, {"decision": "right", "reason": ""})
    graded = Attempt.objects.get(pk=attempt.pk)
    assert (graded.verdict, graded.grade.reason) == ("correct", "")
    client.post(address, {"decision": "wrong", "reason": ""})
    assert Attempt.objects.get(pk=attempt.pk).verdict == "correct"
    client.post(address, {"decision": "wrong", "reason": "No angle is named."})
    assert Attempt.objects.get(pk=attempt.pk).verdict == "incorrect"


def test_the_database_keeps_what_must_hold(alice, carol, hand_in):
    attempt = hand_in(alice, "5")
    for fields in ({"number": 1}, {"action": attempt.action}):
        same = {"number": 2, "action": uuid4()} | fields
        keys = {"enrollment": attempt.enrollment, "item": attempt.item}
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(**keys, version=attempt.version, language="en", **same)
    change = {"source": "regrade", "verdict": "correct", "score": 1, "reason": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeChange.objects.create(attempt=attempt, number=9, **change)
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.change_grade(Verdict.CORRECT, 1.5, author=carol, reason="more than all")
    with pytest.raises(ProtectedError):
        attempt.item.delete()
    attempt.enrollment.user.delete()  # who leaves takes everything along
    assert not Attempt.objects.exists()
    assert not GradeChange.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["retries", "windows"])
def test_twenty_at_once_make_one_attempt(alice, item, kind):
    access, action, at_once = access_for(alice, item), uuid4(), threading.Barrier(20)

    def hand_in_once(n: int):
        mine = action if kind == "retries" else uuid4()
        submission = Submission(mine, 1, item.problem.current.code, "5")
        at_once.wait()
        try:
            return submit_response(access.enrollment, item, submission).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(hand_in_once, range(20)))
    attempt = Attempt.objects.get()
    assert made == [attempt.pk] * 20
    assert attempt.verdict == Verdict.INCORRECT
    assert GradeChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_different_answers_at_once_never_exceed_the_limit(alice, item):
    Assignment.objects.update(attempts_allowed=3)
    access, at_once = access_for(alice, item), threading.Barrier(12)

    def hand_in_one(n: int):
        at_once.wait()
        try:
            # Whatever number a page claims, it gets the next one or none.
            submission = Submission(uuid4(), 100 + n, item.problem.current.code, str(50 + n))
            return submit_response(access.enrollment, item, submission)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        made = list(pool.map(hand_in_one, range(12)))
    assert sorted(Attempt.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert made.count(Refusal.NONE_LEFT) == 9


def test_a_right_value_in_another_form_costs_nothing(client, alice, section, hand_in):
    half = make_problem("half", key=AnswerKey("1/2", Kind.NUMBER, form=Form.LOWEST_TERMS))
    assignment = make_assignment(section, [half], attempts_allowed=2)
    item = assignment.problem_set.items.get()
    attempt = hand_in(alice, "2/4", item=item)
    assert (attempt.verdict, attempt.costs_attempt) == ("incorrect", False)
    assert not Attempt.objects.costing().exists()
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Not finished yet</h3><p data-said>It cost no attempt." in page
    assert "2 attempts left" in page


@pytest.mark.parametrize(("response", "word"), [("1", "Not finished yet"), ("7", "Not right")])
def test_another_kind_costs_an_attempt_and_says_so(client, alice, section, hand_in, response, word):
    """Were it free, whoever guesses could find each entry of a pair at no cost."""
    pair = make_problem("pair", key=AnswerKey("(1, 2)", Kind.TUPLE))
    item = make_assignment(section, [pair], attempts_allowed=2).problem_set.items.get()
    assert hand_in(alice, response, item=item).costs_attempt
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert f"{word}</h3><p data-said>It cost one attempt." in page


def test_what_lacks_only_its_unit_costs_nothing(client, alice, section, hand_in):
    length = make_problem("length", key=AnswerKey("5", Kind.QUANTITY, unit="cm"))
    assignment = make_assignment(section, [length], attempts_allowed=1)
    item = assignment.problem_set.items.get()
    bare = hand_in(alice, "5", item=item)
    assert (bare.verdict, bare.costs_attempt) == ("incorrect", False)
    assert not Attempt.objects.costing().exists()
    assert [row.attempts for row in statistics_of(assignment, [item])] == [0]
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Not finished yet</h3><p data-said>It cost no attempt." in page
    assert hand_in(alice, "5 cm", item=item).verdict == "correct"
    assert [row.attempts for row in statistics_of(assignment, [item])] == [1]
