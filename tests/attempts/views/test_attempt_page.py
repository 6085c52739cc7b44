"""The page of an attempt: the others beside it, a page at a time."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_assignment, make_problem
from tutor.attempts.access import access_for
from tutor.attempts.models import Attempt
from tutor.attempts.views.attempts import ATTEMPTS_A_PAGE
from tutor.grading import Grade, Rule, Verdict


@pytest.fixture
def answer(alice, section):
    """Answers another problem so many times; every third answer cannot be read."""

    def answer(count):
        problem = make_problem(f"often-{count}")
        [item] = make_assignment(section, [problem]).problem_set.items.all()
        enrollment = access_for(alice, item).enrollment
        for number in range(1, count + 1):
            attempt = Attempt.objects.create(
                enrollment=enrollment, item=item, version=problem.current, number=number,
                action=uuid4(), response=f"77{number}",
            )  # fmt: skip
            verdict = Verdict.UNREADABLE if number % 3 == 0 else Verdict.INCORRECT
            attempt.record(Grade(verdict, 0, Rule.NUMBERS))
        return list(Attempt.objects.filter(item=item))

    return answer


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


def test_all_attempts_come_in_pages_newest_first(client, alice, answer):
    attempts = answer(2 * ATTEMPTS_A_PAGE + 5)
    client.force_login(alice)
    newest = client.get(attempts[-1].get_absolute_url())
    shown = [row.number for row in newest.context["page"]]
    assert shown == list(range(len(attempts), len(attempts) - ATTEMPTS_A_PAGE, -1))
    assert "?&amp;page=2#others-heading" in newest.content.decode()
    first = client.get(attempts[0].get_absolute_url())
    assert first.context["page"].number == 3  # where it stands itself
    assert 'aria-current="true">Attempt 1\n' in first.content.decode()
    assert client.get(attempts[0].get_absolute_url(), {"page": 1}).context["page"].number == 1


def test_attempts_have_the_same_numbers_on_every_page(client, alice, answer):
    attempts = answer(2 * ATTEMPTS_A_PAGE)
    client.force_login(alice)
    numbers = []
    for page in (2, 1):
        rows = client.get(attempts[30].get_absolute_url(), {"page": page}).context["page"]
        numbers += [row.counted_number for row in reversed(list(rows))]
    counted = [number for number in numbers if number]
    assert counted == list(range(1, len(counted) + 1))
    assert numbers[2] is None


def test_many_attempts_cost_no_more_queries(client, alice, answer):
    few, many = answer(3), answer(2 * ATTEMPTS_A_PAGE)
    client.force_login(alice)
    client.get(few[0].get_absolute_url())
    assert queries_of(client, many[0].get_absolute_url()) <= queries_of(
        client, few[0].get_absolute_url()
    )
