"""The review of the week: skills met before come again, mixed, with a reason, and stay."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.attempts.practising.conftest import SKILLS, on_day, over
from tests.factories import make_assignment, make_problem, make_section
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import Attempt, GivenHelp, Practice, ReviewProblem, WeeklyReview
from tutor.attempts.practising.weekly_reviews import (
    MAX_OF_A_SKILL,
    PROBLEMS_A_WEEK,
    begin,
    local_day,
    monday_of,
    review_of_week,
)
from tutor.courses.models import Enrollment
from tutor.grading import Grade, Verdict
from tutor.problems.models import ProblemVersion

HTMX = {"HX-Request": "true"}


@pytest.fixture
def solved(alice, items, answer):
    """Alice has solved the first problem of each skill ten days ago."""
    for item in items[::3]:
        answer(alice, item, -10)


@pytest.fixture
def review(alice, solved):
    return review_of_week(alice)


def attempted_on(user, day):
    """Problems that were answered on that day, by the student's clock."""
    attempts = Attempt.with_practice.filter(enrollment__user=user)
    return {
        problem
        for problem, at in attempts.values_list("item__problem", "submitted_at")
        if local_day(user, at) == day
    }


def test_six_weeks_of_a_student(alice, items, answer):
    for item in items[::3]:
        answer(alice, item, 0)
    weeks = {}
    for day in range(42):
        now = on_day(day)
        yesterday = attempted_on(alice, local_day(alice, now) - timedelta(days=1))
        is_new = monday_of(alice, now) not in weeks
        review = review_of_week(alice, now)
        if not review.problems:
            continue
        weeks.setdefault(monday_of(alice, now), []).append(review.problems)
        if is_new:
            assert not yesterday & {problem.problem_id for problem in review.problems}
        if task := review.next_problem:
            answer(alice, begin(task), day, right=task.position != 2)
    reviews = [
        list(review.problems.select_related("problem__current", "skill", "practice"))
        for review in WeeklyReview.objects.filter(user=alice)
    ]
    assert len(reviews) >= 4
    for problems in reviews:
        assert 1 <= len(problems) <= PROBLEMS_A_WEEK
        skills = [problem.skill_id for problem in problems]
        assert max(map(skills.count, skills)) <= MAX_OF_A_SKILL
        assert len(set(skills)) == 1 or all(skill != other for skill, other in pairwise(skills))
        assert all(problem.why for problem in problems)
    first = [problem.skill.name for problem in reviews[0]]
    assert set(first) == set(SKILLS)
    assert {problem.reason for review in reviews for problem in review} >= {"alone", "wrong"}
    for problems in weeks.values():
        assert len({tuple(problem.pk for problem in shown) for shown in problems}) == 1


def test_it_stays_as_it_is_during_the_week(alice, items, answer, review):
    answer(alice, items[1], 0, right=False)
    again = review_of_week(alice)
    assert [row.pk for row in again.problems] == [row.pk for row in review.problems]
    assert WeeklyReview.objects.count() == 1


def test_what_was_tried_yesterday_does_not_come_again(alice, items, answer):
    for item in items[:2]:
        answer(alice, item, -10)
    answer(alice, items[2], -1, right=False)
    answer(alice, items[1], -1)  # the same once more
    assert review_of_week(alice).problems == []
    later = review_of_week(alice, on_day(7))
    assert {row.problem_id for row in later.problems} <= {item.problem_id for item in items[:3]}


def test_new_problems_of_the_skill_come_before_the_same_one(items, review):
    solved_before = {item.problem_id for item in items[::3]}
    assert not solved_before & {row.problem_id for row in review.problems}


def in_chinese(problems):
    ProblemVersion.objects.filter(problem__in=problems).update(language="zh-hans")


def test_a_copy_of_a_problem_comes_after_all_others(alice, items, answer):
    """A class may have its own copy of a public problem."""
    for number, item in enumerate(items[:3]):
        answer(alice, item, -10)
        title = "Something else" if number == 1 else "Two brackets"
        ProblemVersion.objects.filter(problem=item.problem).update(title=title)
    titles = [problem.problem.current.title for problem in review_of_week(alice).problems]
    assert sorted(titles) == ["Something else", "Two brackets"]


def test_it_speaks_the_language_of_the_student(alice, items, solved):
    in_chinese([item.problem for item in items[1::3]])
    review = review_of_week(alice)
    assert len(review.problems) == PROBLEMS_A_WEEK
    assert {row.problem.current.language for row in review.problems} == {"en"}


def test_a_skill_with_problems_in_another_language_alone_is_left_out(alice, items, answer):
    answer(alice, items[0], -10)
    answer(alice, items[3], -10)
    in_chinese([item.problem for item in items[:3]])
    Attempt.objects.filter(item=items[0]).update(version=items[3].problem.current)
    skills = {row.skill.name for row in review_of_week(alice).problems}
    assert skills == {SKILLS[1]}


def test_the_language_of_answered_work_comes_second(alice, items, solved):
    in_chinese([item.problem for item in items])
    languages = {row.problem.current.language for row in review_of_week(alice).problems}
    assert languages == {"zh-hans"}


def test_another_language_is_better_than_no_review(alice, items, solved):
    Attempt.objects.update(version=make_problem("in-english").current)
    in_chinese([item.problem for item in items])
    assert review_of_week(alice).problems


def test_a_card_names_the_skills_of_its_problem(client, alice, items, answer):
    composition, expanding, both = items[0], items[1], ["algebra.expanding", "functions.x"]
    for item, skills in zip(items, (both, both, both[:1]), strict=False):
        item.problem.tag(skills)
    items[3].problem.tag(["geometry.area"])
    Item.objects.filter(pk__in=[item.pk for item in items[3:]]).delete()
    answer(alice, composition, -10)
    rows = {row.problem: row for row in review_of_week(alice).problems}
    assert rows[expanding.problem].skill_names == "Expanding brackets, X"
    assert rows[expanding.problem].why.startswith("You solved one like this")
    other = rows[items[2].problem]
    assert other.skill_names == "Expanding brackets"
    assert "another kind of problem" in other.why
    client.force_login(alice)
    page = client.get(reverse("weekly-review")).content.decode()
    assert '<h2 class="review-skill">Expanding brackets, X</h2>' in page
    practice = begin(rows[expanding.problem])
    assert "Expanding brackets, X" in client.get(practice.get_absolute_url()).content.decode()


def test_the_kind_that_was_solved_comes_before_mixed_ones(alice, items, answer):
    items[1].problem.tag([SKILLS[0], "functions.composition"])
    answer(alice, items[0], -10)
    Item.objects.filter(pk__in=[item.pk for item in items[3:]]).delete()
    first, second, *_rest = review_of_week(alice).problems
    assert first.problem == items[2].problem
    assert first.is_same_kind
    assert second.problem == items[0].problem


def test_whoever_has_no_history_gets_none_and_a_friendly_sentence(client, bob, section):
    client.force_login(bob)
    assert review_of_week(bob).problems == []
    assert "Nothing to review yet." in client.get(reverse("weekly-review")).content.decode()
    assert "Review of the week" not in client.get(reverse("home")).content.decode()
    assert not WeeklyReview.objects.exists()


def test_before_anything_is_due_it_names_the_day(client, alice, items, answer):
    answer(alice, items[0], -1)
    client.force_login(alice)
    page = client.get(reverse("weekly-review")).content.decode()
    assert "all that you solved is still fresh" in page
    assert review_of_week(alice).next_due_on == local_day(alice, on_day(2))


def test_a_student_of_two_classes_has_one(alice, carol, problems, solved):
    other = make_section(teacher=carol, students=[alice], name="10b")
    make_assignment(other, problems, **over())
    review = review_of_week(alice)
    assert len({row.problem_id for row in review.problems}) == len(review.problems)
    assert WeeklyReview.objects.filter(user=alice).count() == 1


def test_each_says_why_it_is_there(client, alice, items, answer):
    answer(alice, items[0], -10)
    answer(alice, items[3], -10, right=False)
    answer(alice, items[6], -10, helped_by="hint")
    client.force_login(alice)
    page = client.get(reverse("weekly-review")).content.decode()
    for sentence in (
        "You solved one like this on",
        "You did not solve this kind of problem on",
        "You had help with this kind",
    ):
        assert sentence in page
    assert "does not count towards your points" in page
    assert "Linear equations" in page


def test_it_stands_on_the_first_page_and_beside_the_skills(client, alice, review):
    client.force_login(alice)
    for name in ("home", "skills"):
        page = client.get(reverse(name)).content.decode()
        assert "Review of the week" in page
        assert f"0 of {len(review.problems)} done" in page
    page = client.get(reverse("weekly-review")).content.decode()
    assert all(task.problem.current.title in page for task in review.problems)


def progress_on(client, *address):
    """What a page says on how far the student is with the review."""
    page = client.get(reverse(*address[:1], args=address[1:])).content.decode()
    return re.search(r'class="own-progress">.*?<span>(\d of \d done[^<]*)</span>', page)[1]


def test_every_page_counts_it_alike_and_its_teacher_s_too(
    client, alice, carol, section, answer, review
):
    right, wrong, *_later = review.problems
    answer(alice, begin(right), 0)
    answer(alice, begin(wrong), 0, right=False)
    client.force_login(alice)
    expected = f"2 of {len(review.problems)} done, 1 right"
    for name in ("home", "skills", "weekly-review"):
        assert progress_on(client, name) == expected
    client.force_login(carol)
    assert progress_on(client, "student-page", section.code, "alice") == expected
    page = client.get(reverse("student-page", args=[section.code, "alice"])).content.decode()
    work = reverse("student-item", args=[section.code, "alice", right.item.code])
    assert page.count(f'<a href="{work}"') == 2  # in its assignment, and in the review


def test_a_teacher_s_look_makes_no_review_and_names_no_work_of_elsewhere(
    client, alice, carol, section, solved
):
    client.force_login(carol)
    address = reverse("student-page", args=[section.code, "alice"])
    assert "Nothing this week" in client.get(address).content.decode()
    assert not WeeklyReview.objects.exists()
    problems = review_of_week(alice).problems
    elsewhere = make_section(teacher=carol, students=[alice], name="11b")
    other_work = begin(problems[0])
    other_work.enrollment = elsewhere.enrollments.get(user=alice)
    other_work.save()
    context = client.get(address).context
    assert context["review"].problems == problems
    assert context["review_here"] == problems[1:]


@pytest.mark.parametrize(
    ("verdict", "score", "state"),
    [
        (Verdict.INCORRECT, 0.5, "partly"),
        (Verdict.UNDECIDED, 0.0, "undecided"),
        (Verdict.INCORRECT, 0.0, "incorrect"),
        (None, 0.0, "pending"),
    ],
)
def test_a_problem_is_called_what_its_attempt_is_called(
    client, alice, answer, review, verdict, score, state
):
    attempt = answer(alice, begin(review.problems[0]), 0, right=False)
    Attempt.with_practice.filter(pk=attempt.pk).update(grade=None)
    attempt.refresh_from_db()
    if verdict:
        attempt.record(Grade(verdict, score, "exact"))
    assert review_of_week(alice).problems[0].state == state
    client.force_login(alice)
    [result] = client.get(reverse("home")).context["results"][:1]
    assert result.state == state
    assert Practice.objects.with_results().get().state == state


def test_help_waits_for_an_own_try(client, alice, review):
    client.force_login(alice)
    task = review.next_problem
    response = client.post(reverse("review-begin", args=[task.code]))
    practice = Practice.objects.get()
    assert response.url == practice.get_absolute_url()
    page = client.get(response.url).content.decode()
    assert task.why in page
    assert "after your own first try" in page
    help_url = reverse("practice-help", args=[practice.code])
    client.post(help_url, {"level": "hint", "number": 1}, headers=HTMX)
    assert not GivenHelp.objects.exists()
    sent = {"action": task.code, "number": 1, "version": practice.version.code, "response": "17"}
    submit = reverse("practice-attempt-submit", args=[practice.code])
    page = client.post(submit, sent, headers=HTMX).content.decode()
    assert "Next problem of the review" in page
    client.post(help_url, {"level": "hint", "number": 1}, headers=HTMX)
    assert GivenHelp.objects.get().level == "hint"
    assert review_of_week(alice).done == 1


def test_it_changes_no_points(client, alice, items, answer, review):
    answer(alice, begin(review.next_problem), 0)
    assert Attempt.objects.filter(enrollment__user=alice).count() == 3


def test_a_second_click_begins_the_same(alice, review):
    assert begin(review.next_problem) == begin(review.next_problem)


def test_what_had_help_comes_again_only_with_new_values(alice, items, answer):
    for item in items[:3]:
        answer(alice, item, -10, helped_by="hint")
        GivenHelp.objects.create(
            enrollment=Enrollment.objects.get(user=alice), item=item,
            version=item.problem.current, level="hint",
        )  # fmt: skip
    [task] = review_of_week(alice).problems
    assert task.problem.current.is_template
    assert begin(task).version.seed


@pytest.mark.parametrize("fields", [{"attempts_allowed": 1}, {"time_limit_min": 60}, {}])
def test_what_is_still_to_be_done_is_not_in_it(alice, section, problems, items, solved, fields):
    homework = make_assignment(section, problems, **fields)
    assert homework.ends_at > timezone.now()
    assert review_of_week(alice).problems == []


def test_solved_homework_may_come_while_it_is_open(alice, items, solved):
    Assignment.objects.update(due_at=on_day(30))
    problems = {row.problem_id for row in review_of_week(alice).problems}
    assert problems == {item.problem_id for item in items[::3]}


def test_a_problem_that_is_gone_breaks_nothing(client, alice, carol, review):
    client.force_login(alice)
    task, other = review.problems[:2]
    other.item.delete()
    Enrollment.objects.filter(user=alice).update(role=Enrollment.Role.FORMER)
    response = client.post(reverse("review-begin", args=[task.code]), follow=True)
    assert "That problem is no longer there." in response.content.decode()
    assert not ReviewProblem.objects.filter(pk__in=[task.pk, other.pk]).exists()
    assert client.get(reverse("home")).status_code == 200


def test_an_archived_class_asks_nothing_more(client, alice, section, solved):
    section.archive()
    assert review_of_week(alice).problems == []
    client.force_login(alice)
    assert client.get(reverse("skills")).status_code == 200


def test_a_begun_problem_of_a_class_that_one_left_is_not_shown(alice, review):
    begin(review.problems[0])
    Enrollment.objects.filter(user=alice).update(role=Enrollment.Role.FORMER)
    again = review_of_week(alice)
    assert len(again.problems) == len(review.problems) - 1


def test_others_get_404(client, alice, bob, carol, review):
    for user in (bob, carol):
        client.force_login(user)
        address = reverse("review-begin", args=[review.problems[0].code])
        assert client.post(address).status_code == 404
    assert not Practice.objects.exists()


def test_the_first_page_takes_as_many_queries_for_any_history(
    client, alice, section, items, answer
):
    client.force_login(alice)
    counts = []
    for _round in range(2):
        WeeklyReview.objects.all().delete()
        for item in items[::3] if not counts else items[1:3]:
            answer(alice, item, -10)
        with CaptureQueriesContext(connection) as making:
            client.get(reverse("home"))
        with CaptureQueriesContext(connection) as showing:
            client.get(reverse("home"))
        counts.append((len(making), len(showing)))
    assert counts[0] == counts[1]
    making, showing = counts[0]
    assert making <= showing + 22


def test_the_administration_shows_it(client, admin, alice, review):
    client.force_login(admin)
    stored = WeeklyReview.objects.get()
    page = client.get(reverse("admin:attempts_weeklyreview_change", args=[stored.pk]))
    assert review.problems[0].skill.shown_name in page.content.decode()
    assert client.get(reverse("admin:attempts_weeklyreview_changelist")).status_code == 200
