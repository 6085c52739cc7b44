"""What a student's wish for a new solution may cost, and what stays free."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse
from django.utils import timezone

from tests.asking import request_for
from tests.conftest import make_user
from tests.factories import make_assignment, make_problem
from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, receive, send
from tests.solutions.conftest import ANSWER
from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment, Section
from tutor.engine.completion import Outcome
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.dispatch.queue_status import ahead_of
from tutor.solutions.dispatch.quotas import QuotaReached, tokens_left
from tutor.solutions.models import Solution, SolutionView, State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def items(section):
    problems = [make_problem(f"p{n}", title=f"Problem {n}") for n in range(1, 6)]
    return list(make_assignment(section, problems).problem_set.items.all())


def ask(client, item):
    """The sentences of the page that comes back."""
    page = client.post(reverse("solution-request", args=[item.code]), follow=True)
    assert page.status_code == 200
    return [str(message) for message in page.context["messages"]]


def end(solution, tokens=0):
    Solution.objects.filter(pk=solution.pk).update(
        state=State.ENDED, outcome=Outcome.FINISHED, completion_tokens=tokens
    )


def test_a_student_has_two_slots_and_is_told_what_fills_them(client, alice, items):
    client.force_login(alice)
    assert ask(client, items[0]) == ask(client, items[1]) == []
    [message] = ask(client, items[2])
    assert "Problem 1, Problem 2" in message
    assert "cancel" in message
    assert Solution.objects.count() == 2
    assert not SolutionView.objects.filter(solution__version=items[2].problem.current).exists()
    cancel_solution(Solution.objects.first())
    assert ask(client, items[2]) == []
    end(Solution.objects.get(version=items[1].problem.current))
    assert ask(client, items[3]) == []


def test_watching_what_another_asked_for_fills_no_slot(client, alice, bob, items):
    for item in items[:2]:
        request_for(alice, item)
    client.force_login(bob)
    for item in items[:4]:
        assert ask(client, item) == []
    assert Solution.objects.filter(enrollment__user=bob).count() == 2


def test_teachers_are_not_counted(client, carol, items, section):
    section.daily_tokens = 0
    section.save()
    client.force_login(carol)
    for item in items:
        assert ask(client, item) == []
    assert Solution.objects.filter(enrollment=None).count() == len(items)


def test_one_who_asks_for_everything_does_not_keep_the_class_waiting(section, items):
    """Fifty wishes of one against one each of the others: they wait behind one at most."""
    users = [make_user(f"student{n}") for n in range(30)]
    for user in users:
        Enrollment.objects.create(section=section, user=user)
    flooder, *classmates = users
    for _ in range(10):
        for item in items:
            try:
                request_for(flooder, item)
            except QuotaReached:
                continue
    for n, user in enumerate(classmates):
        problem = make_problem(f"q{n}")
        own = make_assignment(section, [problem]).problem_set.items.get()
        solution = request_for(user, own)
        assert ahead_of(solution) == n + 1
    assert Solution.objects.filter(enrollment__user=flooder).count() == 2


LIMITED = "Your class can have a limited amount of new solutions each day."


def test_a_class_has_so_many_tokens_a_day(client, alice, bob, section, items):
    section.daily_tokens = 1_000
    section.save()
    client.force_login(alice)
    assert LIMITED in client.get(items[0].get_absolute_url()).content.decode()
    assert ask(client, items[0]) == []
    end(Solution.objects.get(), tokens=900)
    assert tokens_left(section) == 100
    assert LIMITED in client.get(items[1].get_absolute_url()).content.decode()
    client.force_login(bob)
    assert ask(client, items[1]) == []  # what is begun is finished
    end(Solution.objects.latest("pk"), tokens=900)
    [message] = ask(client, items[2])
    assert "used up today’s new solutions" in message
    assert (
        "used up today’s new solutions" in client.get(items[2].get_absolute_url()).content.decode()
    )
    assert "tomorrow" in message
    assert ask(client, items[0]) == []  # it is there already
    Solution.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert ask(client, items[2]) == []


def test_the_day_begins_at_midnight_where_the_class_is(alice, section, items):
    section.daily_tokens = 1_000
    section.time_zone = "Pacific/Kiritimati"  # fourteen hours before UTC
    section.save()
    solution = request_for(alice, items[0])
    end(solution, tokens=400)
    midnight = timezone.now().astimezone(section.zone).replace(hour=0, minute=0, second=0)
    for moment, left in ((midnight, 600), (midnight - timedelta(seconds=2), 1_000)):
        Solution.objects.update(created_at=moment)
        assert tokens_left(section) == left


def test_without_a_limit_nothing_is_said(client, alice, section, items):
    client.force_login(alice)
    assert tokens_left(section) is None
    assert LIMITED not in client.get(items[0].get_absolute_url()).content.decode()


def test_the_teacher_sets_it_with_the_section(client, carol, section):
    client.force_login(carol)
    address = reverse("section-edit", args=[section.code])
    sent = {"course_title": "Mathematics", "name": "10a", "time_zone": "UTC"}
    for text, stored in (("20", 60_000), ("0", 0), ("", None)):
        assert client.post(address, sent | {"daily_solutions": text}).status_code == 302
        section.refresh_from_db()
        assert section.daily_tokens == stored
    page = client.post(address, sent | {"daily_solutions": "many"})
    assert page.status_code == 200
    assert "daily_solutions" in page.context["form"].errors
    Section.objects.update(daily_tokens=50_000)
    assert client.get(address).context["form"]["daily_solutions"].value() == 17
    client.post(address, sent | {"daily_solutions": "17"})
    section.refresh_from_db()
    assert section.daily_tokens == 50_000


def test_a_step_as_help_counts_too(client, alice, items, model_present):
    Assignment.objects.update(step_policy="always")
    client.force_login(alice)
    for item in items[:2]:
        request_for(alice, item)
    page = client.post(
        reverse("help", args=[items[2].code]),
        {"level": "step", "number": 1},
        headers={"HX-Request": "true"},
    )
    assert "Still being worked out for you" in page.content.decode()
    assert Solution.objects.count() == 2


async def test_the_socket_says_the_same_and_how_many_come_before(alice, bob, items, start_worker):
    await sync_to_async(start_worker)(ScriptedEngine(ANSWER))
    for item in items[:2]:
        await sync_to_async(request_for)(alice, item)
    async with connected(alice) as first, connected(bob) as other:
        await send(first, type="solution.start", item=str(items[2].code))
        refused = await receive(first)
        assert (refused["type"], refused["reason"]) == ("request.refused", "not_now")
        assert "Problem 1, Problem 2" in refused["message"]
        await send(other, type="solution.start", item=str(items[3].code))
        while (status := await receive(other, "solution.status"))["waiting_for"] != "turn":
            assert status["ahead"] == 0  # the worker has not told of itself yet
        assert status["ahead"] == 1  # her second one comes after his first
        await sync_to_async(cancel_solution)(await Solution.objects.afirst())
        assert (await receive(other, "solution.status"))["ahead"] == 0
