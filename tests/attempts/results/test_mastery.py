"""How well a student is at a skill: what counts for it, and what is claimed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt, Practice
from tutor.attempts.results.first_answers import SECOND_TRY
from tutor.attempts.results.item_progress import progress_on_item
from tutor.attempts.results.mastery import DECAY, MIN_ANSWERS, Level, Mastery, mastery_of, weighted
from tutor.courses.models import Enrollment
from tutor.grading import AnswerKey, Form, Kind, Verdict
from tutor.problems.models import Skill

ADDRESS = "/skills/"


@pytest.fixture
def items(section):
    """Six sums, each with its skill, and one without any."""
    problems = [make_problem(f"sum-{n}") for n in range(7)]
    for problem in problems[:6]:
        problem.tag(["arithmetic.small_sums"])
    return list(make_assignment(section, problems).problem_set.items.all())


@pytest.fixture
def skill(items):
    return Skill.objects.get()


@pytest.fixture
def answer(hand_in):
    """Answers of a student to one item after the other, the first the longest ago."""

    def answer(user, items, responses):
        for age, (item, response) in enumerate(zip(items, responses, strict=False)):
            attempt = hand_in(user, response, item=item)
            at = timezone.now() - timedelta(days=20 - age)
            Attempt.with_practice.filter(pk=attempt.pk).update(submitted_at=at)

    return answer


def of(user):
    return mastery_of(Attempt.with_practice.all()).get(user.pk, {})


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([1], 1), ([0, 0], 0), ([0, 1], 1 / (1 + DECAY)), ([1, 0], DECAY / (1 + DECAY)), ([0.5], 0.5)],
)
def test_newer_scores_weigh_more(scores, expected):
    assert weighted(scores) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("scores", "percent", "level"),
    [
        ([], None, Level.UNKNOWN),
        ([1.0] * (MIN_ANSWERS - 1), None, Level.UNKNOWN),
        ([1.0] * MIN_ANSWERS, 100, Level.SECURE),
        ([0.0, 1.0, 1.0, 1.0], 83, Level.SECURE),
        ([1.0, 1.0, 1.0, 0.0], 66, Level.ON_THE_WAY),
        ([1.0, 0.0, 0.0, 0.0], 17, Level.BEGINNING),
    ],
)
def test_nothing_is_claimed_of_too_little(scores, percent, level):
    mastery = Mastery(scores)
    assert (mastery.percent, mastery.level) == (percent, level)


def test_first_answers_count_in_their_order(alice, bob, items, skill, answer):
    answer(alice, items, ["5", "4", "5", "4", "4"])
    assert of(alice)[skill].scores == [0, 1, 0, 1, 1]
    assert of(bob) == {}


def test_a_right_second_try_counts_half(alice, items, skill, answer):
    for responses in (["5", "5", "4"], ["4", "6"]):
        answer(alice, items, responses)
    mastery = of(alice)[skill]
    assert sorted(mastery.scores) == [0, SECOND_TRY, 1]
    assert mastery.right_second == 1


@pytest.mark.parametrize(
    ("responses", "scores"),
    [
        (["5", "4"], [1]),
        (["4", "5"], [0]),
        (["4", "5", "4"], [1]),  # the first answer again, which makes the mark
        (["5", "6", "?"], [0]),  # what cannot be read replaces nothing
        (["4"], [1]),
    ],
)
def test_the_last_answer_counts_where_it_may_be_replaced(
    alice, items, skill, answer, responses, scores
):
    Assignment.objects.update(verdict_policy="after_end")
    for response in responses:
        answer(alice, items[:1], [response])
    over = timezone.now() - timedelta(minutes=1)
    Assignment.objects.update(opens_at=over - timedelta(days=30), due_at=over)
    mastery = of(alice)[skill]
    assert (mastery.scores, mastery.right_second) == (scores, 0)
    attempts = Attempt.objects.filter(item=items[0]).select_related("grade")
    progress = progress_on_item(attempts, items[0], Assignment.objects.get())
    assert [progress.percent / 100] == scores


def test_a_last_answer_that_lacks_only_its_form_says_nothing(alice, section, hand_in):
    key = AnswerKey(r"\frac{1}{2}", Kind.NUMBER, form=Form.LOWEST_TERMS)
    problem = make_problem("half", key=key)
    problem.tag(["arithmetic.small_sums"])
    [item] = make_assignment(section, [problem]).problem_set.items.all()
    Assignment.objects.update(verdict_policy="after_end")
    for response in ("1/2", "2/4"):
        hand_in(alice, response, item=item)
    assert of(alice) == {}


def test_a_second_try_after_help_counts_as_wrong(client, alice, items, skill, answer):
    answer(alice, items[:1], ["5"])
    client.force_login(alice)
    client.post(reverse("help", args=[items[0].code]), {"level": "hint", "number": 1})
    answer(alice, items[:1], ["4"])
    assert of(alice)[skill].scores == [0]


def test_the_same_wrong_answer_again_is_no_second_try(alice, items, skill, answer):
    for responses in (["5"], ["5"], ["4"]):
        answer(alice, items, responses)
    assert of(alice)[skill].scores == [SECOND_TRY]


def test_what_cost_no_attempt_is_no_first_answer(alice, section, hand_in):
    key = AnswerKey(r"\frac{1}{2}", Kind.NUMBER, form=Form.LOWEST_TERMS)
    problems = [make_problem(f"half-{n}", key=key) for n in range(2)]
    for problem in problems:
        problem.tag(["arithmetic.small_sums"])
    first, second = make_assignment(section, problems).problem_set.items.all()
    assert hand_in(alice, "2/4", item=first).is_free
    assert of(alice) == {}
    hand_in(alice, "1/2", item=first)
    hand_in(alice, "2/4", item=second)
    hand_in(alice, "1/3", item=second)
    hand_in(alice, "1/2", item=second)
    [mastery] = of(alice).values()
    assert sorted(mastery.scores) == [SECOND_TRY, 1]


def test_a_problem_without_a_skill_counts_for_none(alice, items, skill, hand_in):
    hand_in(alice, "4", item=items[6])
    assert of(alice) == {}


def test_what_could_not_be_read_is_no_first_answer(alice, items, skill, answer):
    answer(alice, items, ["3/"])
    assert skill not in of(alice)
    answer(alice, items, ["4"])
    assert of(alice)[skill].scores == [1]


def test_an_undecided_first_answer_waits_for_its_teacher(alice, carol, items, skill, hand_in):
    attempt = hand_in(alice, "4", item=items[0])
    attempt.change_grade(Verdict.UNDECIDED, 0, author=carol, reason="Let me see.")
    hand_in(alice, "4", item=items[0])
    assert skill not in of(alice)
    attempt.change_grade(Verdict.INCORRECT, 0.5, author=carol, reason="Half.")
    assert of(alice)[skill].scores == [0.5]


def test_after_help_it_is_counted_apart(client, alice, items, skill, hand_in):
    client.force_login(alice)
    client.post(reverse("help", args=[items[0].code]), {"level": "hint", "number": 1})
    hand_in(alice, "4", item=items[0])
    hand_in(alice, "4", item=items[1])
    mastery = of(alice)[skill]
    assert (mastery.scores, mastery.after_help) == ([1], [1])
    page = client.get(ADDRESS).content.decode()
    assert "Small sums" in page
    assert page.count("1 of 1") == 2


def test_practice_counts_like_a_problem(alice, items, skill, hand_in):
    hand_in(alice, "5", item=items[0])
    enrollment = Enrollment.objects.get(user=alice)
    for number in (1, 2):
        practice = Practice.objects.create(
            enrollment=enrollment, item=items[0], version=items[0].problem.current, number=number
        )
        attempt = hand_in(alice, "5", item=items[1])
        Attempt.objects.filter(pk=attempt.pk).update(item=items[0], practice=practice, number=1)
    assert of(alice)[skill].scores == [0, 0, 0]


def test_the_page_claims_nothing_of_little_and_explains_itself(client, alice, items, skill, answer):
    client.force_login(alice)
    assert "No skills yet." in client.get(ADDRESS).content.decode()
    answer(alice, items, ["4", "4", "4"])
    page = client.get(ADDRESS).content.decode()
    assert "1 more problem without help shows how far you are" in page
    assert "right at first, without help: 3 of 3" in page
    assert f"With fewer than {MIN_ANSWERS} such answers, Lemma does not judge." in page
    answer(alice, items[3:], ["4"])
    assert "100%" in client.get(ADDRESS).content.decode()


def test_students_see_only_their_own_skills(client, alice, bob, carol, items, answer):
    answer(alice, items, ["4", "4", "4", "4"])
    for user in (bob, carol):
        client.force_login(user)
        assert "Small sums" not in client.get(ADDRESS).content.decode()


def test_the_page_takes_as_many_queries_for_any_number(client, alice, items, answer):
    client.force_login(alice)
    counts = []
    for some in (items[:1], items[1:6]):
        answer(alice, some, ["4"] * len(some))
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
    assert counts[1] <= counts[0]
    assert Assignment.objects.count() == 1
