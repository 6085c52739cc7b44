"""Statistics of the items of an assignment."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.teaching.statistics import statistics_of


def page_of(assignment):
    return reverse("statistics", args=[assignment.code])


def stuck(section, **query):
    return reverse("stuck", args=[section.code], query=query)


@pytest.fixture
def worked(section, alice, bob, item, answered):
    """Alice is right at first, Bob at the third, another is not, and one cannot be read."""
    minutes = [timedelta(minutes=n) for n in range(60)]
    answered(alice, "4", Verdict.CORRECT)
    answered(bob, "((", Verdict.UNREADABLE, ago=minutes[40])
    answered(bob, "5", ago=minutes[30])
    answered(bob, "6", ago=minutes[25])
    answered(bob, "4", Verdict.CORRECT, ago=minutes[20])
    chris, dora = make_user("chris"), make_user("dora")
    for user in (chris, dora):
        Enrollment.objects.create(section=section, user=user)
    answered(chris, "5", ago=minutes[10])
    answered(dora, "?", Verdict.UNREADABLE)
    answered(chris, "hm", Verdict.UNDECIDED)


def test_the_figures_of_an_item(as_user, carol, assignment, item, worked):
    [figures] = as_user(carol).get(page_of(assignment)).context["statistics"]
    assert (figures.students, figures.right, figures.at_first) == (3, 2, 1)
    assert (figures.percent_right, figures.percent_at_first) == (67, 33)
    assert figures.mean_attempts == Decimal("1.7")  # of 1, 3 and 2, of which one is not decided
    assert figures.median_time == "10:00 min"
    assert (figures.unreadable, figures.undecided) == (2, 1)


def test_nobody_has_fewer_attempts_than_one(as_user, carol, alice, bob, assignment, item, answered):
    """Who gave only an answer that costs none has answered, and lowers no mean."""
    answered(alice, "hm", Verdict.UNDECIDED)
    answers = reverse("answers", args=[assignment.code, item.code])
    page = as_user(carol).get(answers)
    assert page.context["statistics"].mean_attempts is None
    assert "attempts per student" not in page.content.decode()
    answered(bob, "5")
    answered(bob, "6")
    page = as_user(carol).get(answers)
    figures = page.context["statistics"]
    assert (figures.students, figures.mean_attempts) == (2, Decimal("2.0"))
    assert "2.0 attempts per student" in page.content.decode()
    page = as_user(carol).get(page_of(assignment)).content.decode()
    assert "the mean of the students who used up at least one" in page


def test_those_who_are_partly_right_have_a_column(as_user, carol, alice, bob, assignment, answered):
    answered(bob, "5")
    page = as_user(carol).get(page_of(assignment))
    assert "Partly right" not in page.content.decode()
    answered(alice, "5", score=0.5)
    page = as_user(carol).get(page_of(assignment))
    [figures] = page.context["statistics"]
    assert (figures.students, figures.right, figures.partly) == (2, 0, 1)
    assert "Partly right" in page.content.decode()


def test_an_untried_item_has_no_figures(as_user, carol, assignment):
    page = as_user(carol).get(page_of(assignment))
    [figures] = page.context["statistics"]
    assert figures.percent_right is figures.mean_attempts is None
    assert page.status_code == 200


def test_long_times_are_shown_in_hours(assignment, item, alice, answered):
    answered(alice, "5", ago=timedelta(hours=4, minutes=6))
    answered(alice, "4", Verdict.CORRECT, ago=timedelta(hours=1))
    [figures] = statistics_of(assignment, [item])
    assert figures.median_time == "3:06 h"
    with translation.override("zh-hans"):
        assert figures.median_time == "3:06 小时"


@pytest.mark.parametrize(
    ("who", "status"),
    [*((who, 404) for who in ("alice", "bob", "dan")), ("carol", 200), ("admin", 200)],
)
def test_only_teachers_of_the_section_see_them(as_user, request, section, assignment, who, status):
    client = as_user(request.getfixturevalue(who))
    for address in (page_of(assignment), stuck(section)):
        assert client.get(address).status_code == status


def test_queries_do_not_grow_with_the_class(as_user, carol, section, answered):
    client = as_user(carol)
    counts = []
    for count in (1, 12):
        assignment = make_assignment(
            section, [make_problem(f"sum-{count}-{n}") for n in range(count)]
        )
        pupils = [make_user(f"pupil-{count}-{n}") for n in range(count)]
        for user in pupils:
            Enrollment.objects.create(section=section, user=user)
            for number in range(3):
                answered(user, str(number), item=assignment.problem_set.items.first())
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(assignment))
            client.get(stuck(section))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_columns_of_what_nobody_met_are_left_out(as_user, carol, alice, assignment, answered):
    client = as_user(carol)
    answered(alice, "5")
    page = client.get(page_of(assignment)).content.decode()
    for head in ("Not understood", "Not decided", "Hints not shown"):
        assert f"{head}</th>" not in page
    answered(alice, "((", Verdict.UNREADABLE)
    page = client.get(page_of(assignment)).content.decode()
    assert "Not understood</th>" in page
    assert "Not decided</th>" not in page
