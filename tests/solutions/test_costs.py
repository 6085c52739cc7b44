"""What the administrator sees of tokens and seconds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_section
from tutor.courses.models import Enrollment
from tutor.solutions.models import Solution, State

ADDRESS = reverse("admin:solution-costs")


@pytest.fixture
def enrollment(section, alice):
    return Enrollment.objects.get(section=section, user=alice)


def make(problem, number, enrollment=None, days_ago=0, **columns):
    solution = Solution.objects.create(
        version=problem.current, recipe="r", number=number, enrollment=enrollment, **columns
    )
    created = timezone.now() - timedelta(days=days_ago)
    Solution.objects.filter(pk=solution.pk).update(created_at=created)


def rows(client):
    return [
        (row["section"], row["solutions"], row["tokens"], row["seconds"])
        for row in client.get(ADDRESS).context["rows"]
    ]


def test_tokens_and_seconds_by_section_and_day(client, admin, carol, problem, enrollment, bob):
    ended = {"state": State.ENDED, "duration_s": 2.5}
    make(problem, 1, enrollment, completion_tokens=100, **ended)
    other = Enrollment.objects.get(section=enrollment.section, user=bob)
    make(problem, 2, other, completion_tokens=50, **ended)
    make(problem, 3, enrollment, days_ago=1, completion_tokens=7, **ended)
    make(problem, 4, None, completion_tokens=9)
    make(problem, 5, enrollment, days_ago=40, completion_tokens=1_000)
    client.force_login(admin)
    table = rows(client)
    assert sorted(table[:2], key=str) == [("10a", 2, 150, 5.0), (None, 1, 9, None)]
    assert table[2:] == [("10a", 1, 7, 2.5)]
    page = client.get(ADDRESS).content.decode()
    assert "Mathematics, 10a" in page
    assert "alice" not in page


def test_the_list_of_solutions_leads_to_it(client, admin):
    client.force_login(admin)
    page = client.get(reverse("admin:solutions_solution_changelist")).content.decode()
    assert ADDRESS in page
    assert "None were worked out" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("name", ["alice", "carol"])
def test_it_is_the_administrators_alone(client, request, name, db):
    user = request.getfixturevalue(name)
    client.force_login(user)
    assert client.get(ADDRESS).status_code == 302
    user.is_staff = True
    user.save()
    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize("count", [2, 60])
def test_it_takes_as_many_queries_for_many_sections(
    client, admin, alice, carol, problem, count, django_assert_max_num_queries
):
    for number in range(count):
        section = make_section(teacher=carol, students=[], name=f"{number}")
        student = Enrollment.objects.create(section=section, user=alice)
        make(problem, number + 1, student, completion_tokens=1)
    client.force_login(admin)
    with django_assert_max_num_queries(6):
        assert len(rows(client)) == count
