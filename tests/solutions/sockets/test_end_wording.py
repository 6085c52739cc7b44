"""Viewers read what a solution's end says in their own language, live and from the record."""

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, receive, send
from tutor.engine.completion import Outcome
from tutor.grading import Feedback, FeedbackCode, Verdict
from tutor.redis_client import connect
from tutor.solutions.log.protocol import SolutionEnd
from tutor.solutions.management.commands.watch import Command
from tutor.solutions.models import Solution
from tutor.solutions.requests.find_or_queue import request_solution

pytestmark = pytest.mark.django_db(transaction=True)

UNREADABLE = ["So \\(\\boxed{3/}\\)."]
SENTENCES = {"en": "The problem is too long for the model.", "zh-hans": "题目太长，模型处理不了。"}


async def last_entry(viewer):
    solution = await Solution.objects.aget()
    async with connected(viewer) as communicator:
        await send(communicator, type="solution.watch", solution=str(solution.code))
        entry = await receive(communicator, "solution.end", "solution.whole")
    return entry.get("end") or entry


def lose_log():
    with connect() as client:
        client.flushall()


def solve(item, start_worker, *, answer=UNREADABLE, longest_prompt=8_000):
    request_solution(item.problem.current, user=None)
    start_worker(ScriptedEngine(answer, longest_prompt=longest_prompt)).solve()


@pytest.mark.parametrize("is_logged", [True, False])
@pytest.mark.parametrize("language", SENTENCES)
async def test_each_viewer_reads_why_it_ended_early(alice, item, start_worker, language, is_logged):
    alice.language = language
    await alice.asave()
    await sync_to_async(solve)(item, start_worker, longest_prompt=3)
    if not is_logged:
        await sync_to_async(lose_log)()
    assert (await last_entry(alice))["feedback"] == SENTENCES[language]


async def test_what_the_grader_says_is_in_chinese_too(alice, item, start_worker):
    alice.language = "zh-hans"
    await alice.asave()
    await sync_to_async(solve)(item, start_worker)
    assert (await Solution.objects.aget()).feedback == Feedback(FeedbackCode.NO_FINAL_ANSWER)
    assert (await last_entry(alice))["feedback"] == "没有找到最终答案。"


def test_a_terminal_reads_a_sentence_too(capsys):
    stored = Feedback(FeedbackCode.BREAKS_OFF).to_json()
    command = Command()
    command.verdicts = []
    command.report(SolutionEnd(Outcome.FINISHED, Verdict.UNREADABLE, feedback=stored))
    assert capsys.readouterr().out.endswith("something is missing at its end.\n")


FORMER = {
    "The model is asked in another way by now. Ask for it again.": FeedbackCode.RECIPE_GONE,
    "The model's server was away for ten minutes. Ask for it again.": FeedbackCode.SERVER_AWAY,
    "The model that it was asked of is not there any more. Ask for it again.": (
        FeedbackCode.MODEL_GONE
    ),
    "The problem is too long for the model.": FeedbackCode.PROBLEM_TOO_LONG,
}


@pytest.mark.parametrize("sentence", FORMER)
def test_a_sentence_stored_before_there_were_codes_has_one(item, sentence):
    solution = request_solution(item.problem.current, user=None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE solutions_solution SET feedback = %s", [sentence])
    solution.refresh_from_db()
    assert solution.feedback == Feedback(FORMER[sentence])
    solution.save(update_fields=["feedback"])
    solution.refresh_from_db()
    assert solution.feedback == Feedback(FORMER[sentence])
