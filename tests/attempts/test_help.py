"""The help panel: when each level is offered, and what is written down of it."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_problem
from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.access import access_for
from tutor.attempts.help import give, is_offered, items_with_solutions_for
from tutor.attempts.models import Attempt, GivenHelp
from tutor.problems.models import Problem

HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


@pytest.fixture
def take(client, item):
    """Asks for help as the page does, for whoever is signed in."""

    def take(level, number=1):
        address = reverse("help", args=[item.code])
        return client.post(address, {"level": level, "number": number}, headers=HTMX)

    return take


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(hints=("Count on from 2.", "Use your fingers."))


def given():
    return list(GivenHelp.objects.values_list("level", "number", "text"))


def test_hints_come_one_after_the_other_and_each_is_a_row(client, alice, item, take):
    client.force_login(alice)
    first = take("hint").content.decode()
    assert "Count on from 2." in first
    assert "Use your fingers." not in first
    assert "Use your fingers." in take("hint", 2).content.decode()
    assert given() == [("hint", 1, "Count on from 2."), ("hint", 2, "Use your fingers.")]
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Count on from 2." in page


def test_closed_help_is_not_to_be_taken_sparingly(client, alice, item):
    advice = "Take as little help as you need"
    client.force_login(alice)
    assert advice in client.get(item.get_absolute_url()).content.decode()
    levels = ("help", "hint", "reply", "step")
    after = Assignment.HelpPolicy.AFTER_DUE
    Assignment.objects.update(**{f"{level}_policy": after for level in levels})
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Hints of the problem" in page
    assert advice not in page


def test_a_double_click_takes_one_hint(client, alice, take):
    client.force_login(alice)
    take("hint")
    take("hint")
    assert given() == [("hint", 1, "Count on from 2.")]


@pytest.mark.parametrize(
    ("level", "number"),
    [("hint", 2), ("hint", 0), ("hint", 99), ("gold", 1), ("solution", 1), ("hint", "x")],
)
def test_nothing_is_given_out_of_turn(client, alice, take, level, number):
    client.force_login(alice)
    response = take(level, number)
    assert response.status_code == 200
    assert "Use your fingers." not in response.content.decode()
    assert given() == []


def test_without_scripts_a_hint_is_a_form(client, alice, item):
    client.force_login(alice)
    sent = {"level": "hint", "number": 1}
    page = client.post(reverse("help", args=[item.code]), sent, follow=True)
    assert "Count on from 2." in page.content.decode()


def test_who_does_not_work_on_it_takes_no_help(client, dan, carol, take):
    for user in (dan, carol):
        client.force_login(user)
        assert take("hint").status_code == 404
    assert given() == []


def test_one_students_help_is_not_anothers(client, alice, bob, item, take):
    client.force_login(alice)
    take("hint")
    client.force_login(bob)
    assert "Count on from 2." not in client.get(item.get_absolute_url()).content.decode()


def test_an_attempt_remembers_the_help_before_it(client, alice, bob, take, hand_in):
    client.force_login(alice)
    assert hand_in(alice, "5").helped_by == ""
    take("hint")
    assert hand_in(alice, "6").helped_by == HelpLevel.HINT
    assert hand_in(bob, "4").helped_by == ""
    assert Attempt.objects.get(enrollment__user=alice, number=1).helped_by == ""


def test_a_level_opens_after_so_many_attempts(client, alice, take, hand_in):
    policy = Assignment.HelpPolicy.AFTER_ATTEMPTS
    Assignment.objects.update(hint_policy=policy, hint_after_attempts=2)
    client.force_login(alice)
    hand_in(alice, "5")
    assert "after 2 attempts" in take("hint").content.decode()
    assert given() == []
    hand_in(alice, "3/")  # not readable, so it costs nothing and earns nothing
    take("hint")
    assert given() == []
    hand_in(alice, "6")
    take("hint")
    assert len(given()) == 1


@pytest.mark.parametrize("policy", ["never", "after_due"])
def test_a_level_that_is_not_offered_gives_nothing(client, alice, take, policy):
    Assignment.objects.update(hint_policy=policy)
    client.force_login(alice)
    assert "Count on" not in take("hint").content.decode()
    assert given() == []


def test_an_answer_lets_the_page_ask_for_help_again(client, alice, item, form):
    client.force_login(alice)
    sent = form | {"response": "5"}
    answer = client.post(reverse("attempt-submit", args=[item.code]), sent, headers=HTMX)
    assert answer.headers["HX-Trigger"] == "answered"


@pytest.mark.parametrize("ends", [-1, 1])
@pytest.mark.parametrize(
    ("policy", "responses"), list(product(Assignment.HelpPolicy, ["", "5", "5 6", "4", "x ( 5"]))
)
def test_a_place_and_the_database_offer_solutions_alike(
    alice, item, hand_in, policy, responses, ends
):
    for response in responses.split():
        hand_in(alice, response)
    now = timezone.now()
    Assignment.objects.update(
        opens_at=now - 9 * HOUR,
        due_at=now + ends * HOUR,
        help_policy=policy,
        help_after_attempts=2,
    )
    access = access_for(alice, item)
    attempts = Attempt.objects.of(access.enrollment, item).select_related("grade")
    is_one_offered = is_offered(HelpLevel.SOLUTION, access.assignment, attempts)
    assert is_one_offered == items_with_solutions_for(alice).filter(pk=item.pk).exists()


def test_help_with_an_earlier_version_counts(client, alice, item, take, hand_in):
    from tests.factories import make_content

    client.force_login(alice)
    take("hint")
    item.problem.revise(make_content(statement=r"What is \(1 + 3\)?"))
    item = Item.objects.get()
    attempt = hand_in(alice, "4", item=item)
    assert attempt.helped_by == HelpLevel.HINT


def test_an_attempt_lists_all_help_before_it(client, alice, item, hand_in):
    at = (access_for(alice, item).enrollment, item, item.problem.current)
    give(*at, HelpLevel.HINT, 1, "Count on.")
    give(*at, HelpLevel.LINE, 1, "x = 4")
    attempt = hand_in(alice, "5")
    give(*at, HelpLevel.STEP, 1, "Later.")
    client.force_login(alice)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "<dd>hint of the problem, next line</dd>" in page
