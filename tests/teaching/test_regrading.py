"""Regrading by a corrected key; decisions by teachers stay."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_content, make_problem, make_section
from tutor.attempts.models import Attempt, GradeChange, Practice
from tutor.grading import Grade, Verdict
from tutor.grading.mistakes import MistakeName
from tutor.problems.models import Problem, StoredKey
from tutor.teaching.models import Regrade
from tutor.teaching.regrading import Effect, Regrader, attempts_at, dry_run
from tutor.teaching.tasks import apply_regrade, start_regrade, sweep_regrades

WHY = "The stored answer was 4, which is wrong."


def page_of(problem):
    return reverse("regrade-problem", args=[problem.code])


@pytest.fixture
def repaired(problem, carol, item):
    """The problem after its key was corrected from 4 to 5."""

    def repair(**fields):
        problem.owner = carol
        problem.save()
        problem.revise(make_content(**({"final_answer": "5", "solution": "x"} | fields)))
        problem.refresh_from_db()
        return problem

    return repair


@pytest.fixture
def order(section, carol):
    def order(problem, **options):
        chosen = {"never_lower": False, "other_wordings": False} | options
        return start_regrade(problem.current, [section], carol, WHY, **chosen)

    return order


def effects(problem, section, **options):
    regrader = Regrader(problem.current, options.pop("other_wordings", False))
    never_lower = options.pop("never_lower", False)
    return dry_run(attempts_at(problem, [section]), regrader, never_lower=never_lower).counts


def changes_of(attempt):
    return [(change.source, change.verdict) for change in attempt.changes.all()]


def test_a_dry_run_says_who_changes_and_changes_nothing(
    as_user, carol, alice, bob, answered, repaired
):
    answered(alice, "5")
    answered(bob, "4", Verdict.CORRECT)
    answered(bob, "3")
    problem = repaired()
    page = as_user(carol).get(page_of(problem))
    result = page.context["run"]["result"]
    assert [(outcome.attempt.response, outcome.grade.verdict) for outcome in result.changed] == [
        ("5", "correct")
    ]
    assert (result.counts[Effect.LOWER], result.counts[Effect.SAME]) == (1, 1)
    page = as_user(carol).post(page_of(problem), {"action": "look"})
    assert {outcome.attempt.response for outcome in page.context["run"]["result"].changed} == {
        "4",
        "5",
    }
    assert set(GradeChange.objects.values_list("source", flat=True)) == {"grader"}
    assert not Regrade.objects.exists()


def test_who_asked_for_a_review_and_was_right_is_answered(alice, bob, answered, repaired, order):
    right, wrong = answered(alice, "5"), answered(bob, "3")
    for attempt in (right, wrong):
        attempt.ask_for_review("Please look at it.")
    apply_regrade(order(repaired()).pk)
    for attempt, answer in ((right, WHY), (wrong, "")):
        attempt.review.refresh_from_db()
        assert attempt.review.answer == answer
        assert (attempt.review.answered_at is not None) == bool(answer)


def test_where_no_grade_would_change_none_is_offered(
    as_user, carol, alice, bob, answered, repaired
):
    answered(bob, "3")
    problem, order = repaired(), 'value="apply"'
    page = as_user(carol).get(page_of(problem)).content.decode()
    assert "0 grades would change" in page
    assert order not in page
    assert 'name="reason"' not in page
    answered(alice, "3")  # right by no key either
    assert order not in as_user(carol).get(page_of(problem)).content.decode()


def test_a_single_attempt_is_counted_in_the_singular(
    as_user, carol, bob, answered, repaired, run_tasks
):
    answered(bob, "3")
    problem = repaired()
    assert "1 attempt in your classes" in as_user(carol).get(page_of(problem)).content.decode()
    with run_tasks():
        answer = as_user(carol).post(page_of(problem), {"action": "apply", "reason": WHY})
    assert "1 of 1 attempt graded" in as_user(carol).get(answer.url).content.decode()


def test_a_regrade_is_applied_and_reported(
    as_user, carol, alice, bob, answered, repaired, run_tasks
):
    right, wrong = answered(alice, "5"), answered(bob, "3")
    problem = repaired()
    with run_tasks():
        sent = {"action": "apply", "never_lower": "on", "reason": WHY}
        answer = as_user(carol).post(page_of(problem), sent)
    regrade = Regrade.objects.get()
    assert answer.url == regrade.get_absolute_url()
    assert (regrade.total, regrade.done, regrade.changed) == (2, 2, 1)
    assert regrade.finished_at is not None
    assert changes_of(right) == [("grader", "incorrect"), ("regrade", "correct")]
    assert changes_of(wrong) == [("grader", "incorrect")]
    change = right.changes.last()
    assert (change.author, change.reason) == (carol, WHY)
    page = as_user(carol).get(answer.url).content.decode()
    assert "Done." in page
    assert "2 of 2 attempts graded" in page

    for user, is_told in ((alice, True), (bob, False)):
        assert ("regraded" in as_user(user).get("/").content.decode()) is is_told
    assert WHY in as_user(alice).get(right.get_absolute_url()).content.decode()


def test_practice_is_regraded_too(
    as_user, carol, alice, item, answered, repaired, order, run_tasks
):
    enrollment = answered(alice, "3").enrollment
    version = item.problem.current
    practice = Practice.objects.create(enrollment=enrollment, item=item, version=version, number=1)
    attempt = practice.attempts.create(
        enrollment=enrollment, item=item, version=version, number=1, action=uuid4(), response="5",
        language="en",
    )  # fmt: skip
    attempt.record(Grade(Verdict.INCORRECT, 0.0, "exact"))
    problem = repaired()
    assert ">Practice<" in as_user(carol).get(page_of(problem)).content.decode()
    with run_tasks():
        order(problem)
    assert changes_of(attempt) == [("grader", "incorrect"), ("regrade", "correct")]
    assert Practice.objects.with_results().get().state == "correct"


@pytest.mark.parametrize(("never_lower", "verdict"), [(True, "correct"), (False, "incorrect")])
def test_nobody_loses_points_unless_that_is_chosen(
    bob, answered, repaired, order, run_tasks, never_lower, verdict
):
    attempt = answered(bob, "4", Verdict.CORRECT)
    with run_tasks():
        order(repaired(), never_lower=never_lower)
    attempt.refresh_from_db()
    assert attempt.verdict == verdict


def test_a_decision_by_hand_survives_a_regrade(
    carol, alice, section, answered, repaired, order, run_tasks
):
    attempt = answered(alice, "5")
    attempt.change_grade(Verdict.INCORRECT, 0.3, author=carol, reason="Only a guess.")
    problem = repaired()
    assert effects(problem, section)[Effect.BY_HAND] == 1
    with run_tasks():
        order(problem)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.changes.count()) == (0.3, 2)
    # Also where the decision comes between the judging and the writing.
    right = Grade(Verdict.CORRECT, 1, "exact")
    assert not attempt.regrade(right, author=carol, reason=WHY)


def test_doing_it_again_changes_nothing(alice, answered, repaired, order, run_tasks):
    attempt = answered(alice, "5")
    problem = repaired()
    for _ in range(2):
        with run_tasks():
            order(problem)
    apply_regrade(Regrade.objects.last().pk)
    assert attempt.changes.count() == 2
    assert list(Regrade.objects.values_list("changed", flat=True)) == [0, 1]


def test_a_regrade_goes_on_where_a_lost_worker_stopped(
    alice, bob, answered, repaired, order, run_tasks
):
    first, second = answered(alice, "5"), answered(bob, "5")
    regrade = order(repaired())
    assert regrade.advance(first.pk, done=1, changed=1)
    assert not Regrade.objects.get(pk=regrade.pk).finished_at
    sweep_regrades()
    assert not Regrade.objects.get(pk=regrade.pk).finished_at
    Regrade.objects.update(touched_at=timezone.now() - timedelta(hours=1))
    with run_tasks():
        sweep_regrades()
    regrade.refresh_from_db()
    assert (regrade.done, regrade.changed) == (2, 2)
    assert regrade.finished_at is not None
    assert [attempt.changes.count() for attempt in (first, second)] == [1, 2]


def test_only_one_of_two_workers_advances_a_regrade(alice, answered, repaired, order):
    attempt = answered(alice, "5")
    regrade = order(repaired())
    stale = Regrade.objects.get(pk=regrade.pk)
    assert regrade.advance(attempt.pk, done=1, changed=0)
    assert not stale.advance(attempt.pk, done=1, changed=0)
    assert Regrade.objects.get().done == 1


def test_answers_to_another_question_are_left_alone(
    alice, section, answered, repaired, order, run_tasks
):
    attempt = answered(alice, "5")
    problem = repaired(statement="What is 2 + 3?")
    assert effects(problem, section)[Effect.REWORDED] == 1
    with run_tasks():
        order(problem)
    assert attempt.changes.count() == 1
    assert effects(problem, section, other_wordings=True)[Effect.CHANGED] == 1


def test_an_ungraded_attempt_is_left_to_the_grader(alice, section, answered, repaired):
    answered(alice, "5", "")
    assert effects(repaired(), section)[Effect.PENDING] == 1


def test_each_variant_is_graded_by_its_own_key(
    as_user, carol, alice, bob, section, answered, order, run_tasks
):
    template = {"statement": "What is [[a]] + 1?", "parameters": "a = 1..9", "solution": "x"}
    problem = make_problem("varied", final_answer="[[a]]", kind="expression", **template)
    item = make_assignment(section, [problem]).problem_set.items.get()
    variants = [problem.current.variant(seed) for seed in (1, 2)]
    sums = [int(variant.stored_key.value) + 1 for variant in variants]
    attempts = [
        answered(user, str(total), item=item)
        for user, total in zip((alice, bob), sums, strict=True)
    ]
    for attempt, variant in zip(attempts, variants, strict=True):
        Attempt.objects.filter(pk=attempt.pk).update(version=variant)
    problem.revise(make_content("[[a + 1]]", "expression", **template))
    problem.refresh_from_db()
    with run_tasks():
        order(problem)
    for attempt in attempts:
        attempt.refresh_from_db()
        assert attempt.verdict == Verdict.CORRECT


def test_only_ones_own_sections_are_touched(
    as_user, carol, dan, alice, problem, answered, repaired
):
    answered(alice, "5")
    problem = repaired()
    problem.is_shared = True
    problem.save()
    page = as_user(dan).get(page_of(problem))
    assert page.context["run"]["result"].total == 0
    sent = {"action": "apply", "reason": WHY}
    as_user(dan).post(page_of(problem), sent)
    assert Regrade.objects.get().total == 0
    assert as_user(carol).get(Regrade.objects.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_others_get_404(as_user, request, carol, answered, repaired, order, who):
    problem = repaired()
    regrade = order(problem)
    client = as_user(request.getfixturevalue(who))
    for address in (page_of(problem), regrade.get_absolute_url()):
        assert client.get(address).status_code == 404
        assert client.get(f"/regrades/{uuid4()}/").status_code == 404
    assert client.post(page_of(problem), {"action": "apply", "reason": WHY}).status_code == 404


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 2_000])
def test_regrading_needs_a_reason(as_user, carol, alice, answered, repaired, reason):
    answered(alice, "5")
    page = as_user(carol).post(page_of(repaired()), {"action": "apply", "reason": reason})
    assert page.status_code == 200
    assert page.context["form"].errors["reason"]
    assert not Regrade.objects.exists()


def test_a_broken_key_decides_nothing(alice, section, answered, repaired, order, run_tasks):
    attempt = answered(alice, "5")
    problem = repaired()
    StoredKey.objects.filter(version=problem.current).update(value="((")
    with run_tasks():
        order(problem)
    attempt.refresh_from_db()
    assert (attempt.verdict, attempt.grade.rule) == (Verdict.UNDECIDED, "invalid_key")


def test_the_pages_show_no_stored_answer(as_user, carol, alice, answered, repaired, order):
    answered(alice, "5")
    problem = repaired(final_answer="31415")
    assert "31415" not in as_user(carol).get(page_of(problem)).content.decode()
    assert "31415" not in as_user(carol).get(order(problem).get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_decision_at_the_same_moment_wins(carol, alice, answered, item):
    """Ten times both at once: whichever comes first, the teacher's decision stays."""
    right = Grade(Verdict.CORRECT, 1, "exact")

    def act(act):
        try:
            start.wait()
            act()
        finally:
            connections.close_all()

    for _ in range(10):
        attempt = answered(alice, "5")
        start = threading.Barrier(2)
        actions = (
            lambda attempt=attempt: attempt.regrade(right, author=carol, reason=WHY),
            lambda attempt=attempt: attempt.change_grade(
                Verdict.INCORRECT, 0.5, author=carol, reason="By hand."
            ),
        )
        threads = [threading.Thread(target=act, args=(action,)) for action in actions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        attempt = Attempt.objects.get(pk=attempt.pk)
        assert (attempt.grade.source, attempt.score) == ("teacher", 0.5)
        numbers = [change.number for change in attempt.changes.all()]
        assert numbers == list(range(1, len(numbers) + 1))
    connection.close()


def test_sections_of_others_are_no_part_of_an_order(dan, carol, alice, answered, repaired):
    answered(alice, "5")
    elsewhere = make_section(teacher=dan, students=[])
    assert not attempts_at(repaired(), [elsewhere]).exists()


def test_who_corrects_a_key_that_was_answered_is_led_to_the_regrade(
    client, alice, carol, problem, item, answered
):
    answered(alice, "5")
    Problem.objects.update(owner=carol)
    client.force_login(carol)
    editor = reverse("problem-edit", args=[problem.code])
    form = client.get(editor).context["form"]
    names = ("title", "language", "level", "statement", "solution", "kind", "form")
    sent = {name: form[name].value() for name in names} | {"action": "save", "value": "5"}
    sent["solution"] = r"\(\boxed{5}\)"
    response = client.post(editor, sent, follow=True)
    assert response.redirect_chain[-1][0] == page_of(problem)
    page = response.content.decode()
    assert "1 grade would change" in page
    assert "The right answer of the problem was wrong" in page


def test_mistakes_named_by_the_former_key_are_forgotten(
    alice, bob, answered, repaired, order, run_tasks
):
    right, wrong = answered(alice, "5"), answered(bob, "-4")
    Attempt.objects.update(mistake={"name": MistakeName.SIGN_ERROR})
    with run_tasks():
        order(repaired())
    right.refresh_from_db()
    wrong.refresh_from_db()
    assert (right.verdict, right.mistake) == ("correct", {})
    assert (wrong.verdict, wrong.mistake) == ("incorrect", {})  # -4 is no sign error for 5
