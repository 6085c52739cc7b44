"""The skill map of a student: what is secure, what was begun, and what comes next."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import make_assignment, make_problem
from tutor.attempts.practising.own_map import OwnMap, StationState
from tutor.problems.models import Problem

PYTHAGORAS = "geometry.pythagoras"
LEGS, HYPOTENUSE = f"{PYTHAGORAS}.legs", f"{PYTHAGORAS}.hypotenuse"
CONVERSE, IN_SPACE = f"{PYTHAGORAS}.converse", f"{PYTHAGORAS}.in_space"


@pytest.fixture
def items(section):
    """Four of one skill, and one each of what may come after it."""
    problems = [make_problem(f"p{n}", title=f"Problem {n}") for n in range(7)]
    for problem in problems[:4]:
        problem.tag([HYPOTENUSE])
    for problem, skill in zip(problems[4:], (LEGS, CONVERSE, IN_SPACE), strict=True):
        problem.tag([skill])
    Problem.objects.update(is_public=True)
    return list(make_assignment(section, problems).problem_set.items.all())


def test_a_secure_skill_opens_those_that_rest_on_it(alice, items, answer):
    for item in items[:4]:
        answer(alice, item, -1)
    own = OwnMap(alice)
    assert [own.state(path) for path in (HYPOTENUSE, LEGS, IN_SPACE)] == [
        StationState.SECURE,
        StationState.READY,
        StationState.LATER,
    ]
    assert own.state("algebra.surds.estimating") == StationState.READY  # what a secure one rests on
    assert own.secure_in("geometry") == 1
    assert [row.skill.path for row in own.coming()] == [LEGS, CONVERSE]


def test_what_was_begun_comes_first(alice, items, answer):
    for item in items[:4]:
        answer(alice, item, -1)
    answer(alice, items[5], -1, right=False)
    coming = OwnMap(alice).coming()
    assert [(row.skill.path, row.state) for row in coming] == [
        (CONVERSE, StationState.BEGUN),
        (LEGS, StationState.READY),
    ]


def test_what_was_answered_well_opens_what_it_rests_on(alice, items, answer):
    answer(alice, items[6], -1)
    own = OwnMap(alice)
    assert own.state(IN_SPACE) == StationState.BEGUN
    assert own.state(HYPOTENUSE) == StationState.READY
    assert own.coming()[0].skill.path == IN_SPACE


def test_the_pages_show_the_map_and_lead_to_practice(client, alice, items, answer):
    for item in items[:4]:
        answer(alice, item, -1)
    client.force_login(alice)
    page = client.get(reverse("skill-map")).content.decode()
    assert page.count('class="secure" cx=') == 1
    assert "secure: 1 of " in page
    practise = reverse("skill-practise", args=[items[4].problem.skills.get().pk])
    for address in (reverse("skill-map"), reverse("skill-map-area", args=["geometry"])):
        assert practise in client.get(address).content.decode()
    assert client.get(reverse("skill-map-area", args=["alchemy"])).status_code == 404


def test_the_map_takes_few_queries(client, alice, items, django_assert_max_num_queries):
    client.force_login(alice)
    with django_assert_max_num_queries(15):
        client.get(reverse("skill-map"))


def test_whoever_has_nothing_secure_goes_on_with_what_they_began(alice, bob, items, answer):
    answer(alice, items[6], -1, right=False)
    assert [row.skill.path for row in OwnMap(alice).coming()] == [IN_SPACE]
    items[0].problem.tag(["arithmetic.addition.whole_numbers"])
    [first] = OwnMap(bob).coming()
    assert first.skill.path == "arithmetic.addition.whole_numbers"


@pytest.mark.parametrize(("language", "year"), [("en", "Year 10"), ("zh-hans", "高一")])
def test_years_are_called_as_in_the_schools_of_the_language(client, alice, language, year):
    User.objects.filter(pk=alice.pk).update(language=language)
    client.force_login(alice)
    for address in (reverse("skill-map"), reverse("skill-map-area", args=["algebra"])):
        assert f">{year}<" in client.get(address).content.decode()
