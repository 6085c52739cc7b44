from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem
from tutor.attempts.models import Attempt
from tutor.attempts.results.assignment_progress import progress_of
from tutor.attempts.results.item_progress import points_of
from tutor.courses.models import Section
from tutor.grading import Grade, Verdict
from tutor.problems.models import Problem


def test_home_lists_what_is_assigned(client, alice, assignment):
    client.force_login(alice)
    page = client.get(reverse("home")).content.decode()
    assert "Warming up" in page
    assert assignment.get_absolute_url() in page


def test_what_is_due_first_comes_first(client, alice, section, assignment):
    sooner = make_assignment(section, [], due_at=timezone.now() + timedelta(days=1))
    past = make_assignment(section, [], due_at=timezone.now() - timedelta(hours=1))
    client.force_login(alice)
    context = client.get(reverse("home")).context
    assert context["due_next"].assignment == sooner
    assert [row.assignment for row in context["to_do"]] == [assignment]
    assert [row.assignment for row in context["finished"]] == [past]


def test_what_is_solved_is_folded_and_late_work_stays_open(
    client, alice, section, assignment, hand_in
):
    hand_in(alice, "4")
    now = timezone.now()
    late = make_assignment(
        section, [], due_at=now - timedelta(hours=1), closes_at=now + timedelta(days=3)
    )
    client.force_login(alice)
    page = client.get(reverse("home"))
    assert page.context["due_next"] is None
    assert [row.assignment for row in page.context["to_do"]] == [late]
    assert [row.assignment for row in page.context["finished"]] == [assignment]
    assert "late answers until" in page.content.decode()


def test_home_marks_what_was_assigned_since_the_last_answer(
    client, alice, section, item, assignment, hand_in
):
    client.force_login(alice)
    assert not client.get(reverse("home")).context["due_next"].is_new
    hand_in(alice, "5")
    newer = make_assignment(section, [], opens_at=timezone.now())
    context = client.get(reverse("home")).context
    rows = [context["due_next"], *context["to_do"]]
    assert [row.assignment for row in rows if row.is_new] == [newer]


def test_home_has_recent_results_but_none_that_is_news(client, alice, item, hand_in):
    hand_in(alice, "5")
    newest = hand_in(alice, "4")
    client.force_login(alice)
    results = client.get(reverse("home")).context["results"]
    assert [(row.attempt, row.state) for row in results] == [(newest, "correct")]
    Attempt.objects.update(has_news=True)
    assert client.get(reverse("home")).context["results"] == []


def test_who_has_no_class_finds_a_field_for_its_code_and_topics(client, db):
    problem = make_problem("public-sum")
    problem.tag(["arithmetic.addition"])
    Problem.objects.filter(pk=problem.pk).update(is_public=True)
    client.force_login(make_user("eve"))
    page = client.get(reverse("home")).content.decode()
    topics, code = (
        page.index(f'action="{reverse("topic-begin")}"'),
        page.index("class-code-heading"),
    )
    assert topics < page.index("Start with an easy one") < code
    assert f'action="{reverse("join")}"' in page
    assert page.count("btn-primary") == 1


def test_without_a_class_practice_comes_first_and_the_field_beside_it(client, alice, item, hand_in):
    item.problem.tag(["arithmetic.addition.whole_numbers"])
    Problem.objects.update(is_public=True)
    hand_in(alice, "4")
    Section.objects.update(is_self_study=True)
    client.force_login(alice)
    columns = client.get(reverse("home")).content.decode().split('<div class="own-column">')[1:]
    assert ["own-practice" in column for column in columns] == [True, False]
    assert ["class-code" in column for column in columns] == [False, True]
    assert "own-results" in columns[1]


def test_who_is_new_in_a_class_reads_what_a_topic_is_for(client, alice, assignment):
    problem = make_problem("public-sum")
    problem.tag(["arithmetic.addition"])
    Problem.objects.filter(pk=problem.pk).update(is_public=True)
    client.force_login(alice)
    page = client.get(reverse("home"))
    assert page.context["due_next"].assignment == assignment
    practice = page.content.decode().partition('class="own-practice"')[2]
    reason, folded, topics = practice.partition("<details>")
    assert "It does not count towards your points." in reason
    assert folded
    assert f'action="{reverse("topic-begin")}"' in topics


def test_home_says_so_when_there_is_nothing(client, dan, assignment):
    client.force_login(dan)
    response = client.get(reverse("home"))
    assert response.status_code == 200
    assert "Warming up" not in response.content.decode()


def test_an_assignment_lists_its_items_in_order(client, alice, assignment):
    client.force_login(alice)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "A sum" in page
    assert assignment.problem_set.items.get().get_absolute_url() in page


@pytest.mark.parametrize("code", ["00000000-0000-4000-8000-000000000000", None])
def test_what_is_not_theirs_is_not_there(client, dan, assignment, code):
    client.force_login(dan)
    assert client.get(reverse("assignment", args=[code or assignment.code])).status_code == 404


def test_they_say_how_far_one_is(client, alice, section, hand_in):
    problems = [make_problem(f"sum-{n}") for n in range(3)]
    assignment = make_assignment(section, problems)
    first, second, _ = assignment.problem_set.items.all()
    hand_in(alice, "4", item=first)
    hand_in(alice, "5", item=second)
    client.force_login(alice)
    home = client.get(reverse("home")).content.decode()
    assert "1 of 3 right" in home
    page = client.get(assignment.get_absolute_url())
    assert "1 of 3 right" in page.content.decode()
    assert page.context["progress"].next_item == second
    assert [progress.state for _, progress in page.context["items"]] == [
        "correct",
        "incorrect",
        "new",
    ]


def test_a_teacher_is_shown_no_progress_of_a_student(client, alice, carol, assignment, hand_in):
    hand_in(alice, "4")
    client.force_login(carol)
    assert "1 of 1 right" not in client.get(assignment.get_absolute_url()).content.decode()


def test_the_best_attempt_counts_and_one_that_comes_late_less(alice, item, assignment, hand_in):
    wrong, late = hand_in(alice, "5"), hand_in(alice, "4")
    late.submitted_at = assignment.due_at + timedelta(hours=1)
    late.save(update_fields=["submitted_at"])
    assert points_of(wrong, item, assignment) == 0
    assert points_of(late, item, assignment) == item.points / 2
    [progress] = [at for _, at in progress_of(alice, [assignment])[assignment.pk].items]
    assert (progress.points, progress.is_late, progress.tries) == (
        item.points / 2,
        True,
        2,
    )


def test_it_reads_first_answers_once(client, alice, hand_in):
    hand_in(alice, "5")
    client.force_login(alice)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home"))
    read = [row for row in queries if row["sql"].count('"repeats_id" IS NULL')]
    assert len(read) == 1


def test_queries_do_not_grow_with_problems_and_attempts(client, alice, section, hand_in):
    problems = [make_problem(f"sum-{n}") for n in range(8)]
    client.force_login(alice)
    counts = []
    for count in (2, 8):
        assignment = make_assignment(section, problems[:count])
        for item in assignment.problem_set.items.all():
            hand_in(alice, "5", item=item)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
            client.get(assignment.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 34


def test_answers_to_one_problem_that_were_regraded_are_news_once(
    client, alice, carol, item, hand_in
):
    attempts = [hand_in(alice, text) for text in ("5", "6")]
    for attempt in attempts:
        grade = Grade(Verdict.CORRECT, 1, "exact")
        attempt.regrade(grade, author=carol, reason="The key was wrong.")
    client.force_login(alice)
    assert client.get(reverse("home")).context["news"] == [attempts[1]]
    notices = client.get(reverse("notices")).content.decode()
    assert "regraded, now <strong>Correct</strong> · Points: 1 of 1" in " ".join(notices.split())
    assert "The key was wrong." in notices
    assert "There are no notices for you." not in notices
    client.get(attempts[1].get_absolute_url())
    assert client.get(reverse("home")).context["news"] == []
