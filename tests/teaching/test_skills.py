"""The class by skills."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem, make_section
from tutor.courses.models import Enrollment
from tutor.grading import Verdict


@pytest.fixture
def address(section):
    return reverse("section-skills", args=[section.code])


@pytest.fixture
def items(section):
    problems = [make_problem(f"sum-{n}") for n in range(5)]
    for problem in problems:
        problem.tag(["arithmetic.sums", "arithmetic.numbers"])
    return list(make_assignment(section, problems).problem_set.items.all())


@pytest.fixture
def worked(alice, bob, items, answered):
    """Alice is right with all; Bob with the first of four."""
    for n, item in enumerate(items[:4]):
        answered(alice, "4", Verdict.CORRECT, item=item)
        answered(bob, "4" if n == 0 else "5", "correct" if n == 0 else "incorrect", item=item)


def test_students_stand_beside_skills(as_user, carol, address, worked):
    page = as_user(carol).get(address)
    [alice, bob] = page.context["page"].object_list
    assert [mastery.percent for mastery in alice.masteries] == [100, 100]
    assert [mastery.percent for mastery in bob.masteries] == [17, 17]
    assert [column[2:] for column in page.context["columns"]] == [(1, 2), (1, 2)]
    text = page.content.decode()
    assert "Numbers" in text
    assert "1 of 2 secure" in text
    assert "How this is worked out" in text


def test_few_answers_are_shown_as_a_count(as_user, carol, alice, items, address, answered):
    answered(alice, "4", Verdict.CORRECT, item=items[0])
    text = as_user(carol).get(address).content.decode()
    assert ">1 answer<" in text
    assert "100%" not in text


def test_students_are_sorted_and_filtered(as_user, carol, address, worked):
    client = as_user(carol)

    def names(query):
        page = client.get(f"{address}?{query}")
        return [row.enrollment.user.username for row in page.context["page"].object_list]

    assert names("") == ["alice", "bob"]
    assert names("sort=1") == ["bob", "alice"]
    assert names("sort=-2") == ["alice", "bob"]
    assert names("show=beginning") == ["bob"]
    assert names("show=secure") == ["alice"]
    assert names("name=ali") == ["alice"]
    assert names("sort=99&show=x&page=x") == ["alice", "bob"]


def test_a_class_without_answers_has_no_results(as_user, carol, address, items):
    assert "No results yet." in as_user(carol).get(address).content.decode()


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_others_get_404(as_user, request, address, who):
    assert as_user(request.getfixturevalue(who)).get(address).status_code == 404


def test_another_section_of_the_same_student_says_nothing_here(
    as_user, alice, carol, dan, address, worked, answered
):
    problem = make_problem("elsewhere")
    problem.tag(["geometry.angles"])
    other = make_section(teacher=dan, students=[alice], name="9z")
    item = make_assignment(other, [problem]).problem_set.items.get()
    answered(alice, "4", Verdict.CORRECT, item=item)
    assert "angles" not in as_user(carol).get(address).content.decode()


def test_queries_do_not_grow(as_user, carol, section, address, items, answered):
    client = as_user(carol)
    counts = []
    for count in (1, 9):
        for n in range(count):
            pupil = make_user(f"pupil-{count}-{n}")
            Enrollment.objects.create(section=section, user=pupil)
            for item in items[: 1 + n % 5]:
                answered(pupil, "4", Verdict.CORRECT, item=item)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
