"""A problem for which the model's help is turned off."""

import pytest
from django.urls import reverse

from tests.factories import make_problem
from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, send
from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.help import items_with_solutions_for
from tutor.attempts.models import GivenHelp
from tutor.grading import Verdict
from tutor.problems.models import Problem
from tutor.solutions.generation.hints import write_answer_hint
from tutor.solutions.models import AnswerHint, Solution, State
from tutor.solutions.requests.answer_hints import request_answer_hint

HTMX = {"HX-Request": "true"}
OFF = "Your teacher has turned the model’s help off for this problem."


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(hints=("Count on from 2.",))


@pytest.fixture
def off(item):
    Assignment.objects.update(step_policy="always", reply_policy="always")
    Item.objects.update(has_model_help=False)


def take(client, item, level, number=1):
    address = reverse("help", args=[item.code])
    return client.post(address, {"level": level, "number": number}, headers=HTMX).content.decode()


def test_only_the_problems_own_hints_are_left(client, alice, item, off, hand_in):
    hand_in(alice, "5")
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert OFF in page
    assert "no hints about your answer and no steps here" in page
    for words in ("What is wrong with my answer?", "Show one step", "Watch it"):
        assert words not in page
    for level in ("reply", "step"):
        take(client, item, level)
        take(client, item, level, 0)
    assert "Count on from 2." in take(client, item, "hint")
    assert list(GivenHelp.objects.values_list("level", flat=True)) == [HelpLevel.HINT]
    assert not AnswerHint.objects.exists()
    assert not Solution.objects.exists()


def test_no_message_where_the_assignment_offers_no_help(client, alice, item, off):
    Assignment.objects.update(step_policy="never", reply_policy="never")
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "no hints about your answer" not in page


def test_no_solution_is_asked_for_or_shown(client, alice, item, problem, off):
    solution = Solution.objects.create(
        version=problem.current, recipe="a", state=State.ENDED, verdict=Verdict.CORRECT
    )
    client.force_login(alice)
    page = client.post(reverse("solution-request", args=[item.code]), follow=True)
    assert OFF in page.content.decode()
    assert list(Solution.objects.all()) == [solution]
    assert not Solution.objects.visible_to(alice).exists()


def test_who_teaches_may_still_watch(client, carol, dan, item, off):
    assert items_with_solutions_for(carol).contains(item)
    assert not items_with_solutions_for(dan).exists()


def test_a_hint_that_was_asked_for_before_is_not_written_any_more(
    alice, item, hand_in, start_worker
):
    request_answer_hint(hand_in(alice, "5"))
    Item.objects.update(has_model_help=False)
    start_worker(engine := ScriptedEngine(["Look again."]))
    write_answer_hint(AnswerHint.objects.get().pk)
    assert engine.prompts == []
    assert AnswerHint.objects.get().source == AnswerHint.Source.NONE
    assert not GivenHelp.objects.filter(level=HelpLevel.ANSWER_HINT).exists()


@pytest.mark.django_db(transaction=True)
async def test_the_socket_refuses_with_the_same_sentence(alice, item, off):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        answer = await communicator.receive_json_from()
    assert (answer["type"], answer["message"]) == ("request.refused", OFF)
