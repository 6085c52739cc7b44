"""Redis is flushed, killed and restarted in mid-stream, at moments drawn by chance.

A viewer comes back as the page does, and its history is read afterwards: whatever was done to
Redis, what it was told is at every moment the beginning of the text, nothing twice.
"""

import asyncio
import json
import random
import time
from collections import Counter
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.db import connection, transaction
from django.urls import reverse

from tests.scripted_engine import ScriptedEngine
from tests.services import REDIS
from tests.sockets import connected, messages_in, send
from tests.solutions.conftest import assert_log_equals_row
from tutor.attempts.models import Attempt
from tutor.grading.check_process.client import UNCHECKED
from tutor.redis_client import connect, open_redis
from tutor.solutions.dispatch import lifecycle
from tutor.solutions.dispatch.lifecycle import set_aside
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.generation import heartbeat
from tutor.solutions.generation.worker import Worker
from tutor.solutions.log.protocol import ENTRY_ID, decode, position_of
from tutor.solutions.log.stored_log import read_records, read_transcript
from tutor.solutions.log.token_log import Fenced, LogLost, LogRecord, TokenLog, longer_log
from tutor.solutions.log.transcript import Transcript, transcript_of
from tutor.solutions.models import Checkpoint, Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.tasks import sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)

REASONING = [f"thought {n}, " for n in range(20)]
ANSWER = [f"line {n}.\n\n" if n % 5 == 4 else f"word {n} " for n in range(50)]
TEXT = "".join(REASONING + ANSWER)
EACH_TOKEN_S = 0.01
LENGTH_S = EACH_TOKEN_S * len(REASONING + ANSWER)
BACK_WITHIN_S = 10.0
FAILED_AFTER_S = 60

# What is done to the server, and the options that it has before and afterwards.
FAULTS = {
    "flushed": (),
    "killed": (),
    "killed, with a log of its own": ("--appendonly", "yes"),
    "back to an old snapshot": (),
    "out of memory": (),
    "without a replica that it needs": (),
}
AWAY_S = {"killed": 3.0, "back to an old snapshot": 0.5, "out of memory": 3.0}
REFUSALS = {
    "out of memory": ("maxmemory", "1", "0"),
    "without a replica that it needs": ("min-replicas-to-write", "1", "0"),
}
SOLUTIONS = 6  # at once, each at another place of its text


def quick_check(statement, steps, within_s):
    return UNCHECKED


@pytest.fixture
def redis_server():
    yield REDIS
    REDIS.kill()
    REDIS.forget()
    REDIS.start()


class Viewer:
    """What one client was told, and when."""

    def __init__(self, user, solution):
        self.user, self.solution = user, solution
        self.transcript = Transcript()
        self.last_id = "0-0"
        self.heard_at = []
        self.seen = Counter()

    async def watch(self):
        while self.transcript.end is None:
            async with connected(self.user) as communicator:
                after = "" if self.last_id == "0-0" else self.last_id
                await send(
                    communicator,
                    type="solution.watch",
                    solution=str(self.solution.code),
                    after=after,
                )
                await self.read(communicator)
            await asyncio.sleep(0.1)

    async def read(self, communicator):
        """Until its end, or the socket's."""
        while self.transcript.end is None:
            output = await communicator.receive_output(timeout=FAILED_AFTER_S)
            if output["type"] == "websocket.close":
                self.seen["lost sockets"] += 1
                return
            for message in messages_in(output["text"]):
                if "id" in message:
                    self.note(message)

    def note(self, message):
        """Apply it as the page does, which ignores what it has; count what is not in order."""
        entry_id = message.pop("id")
        assert ENTRY_ID.match(entry_id)
        is_whole = message["type"] == "solution.whole"
        if number(entry_id) <= number(self.last_id):
            self.seen["repeats"] += not (is_whole and message["end"])
        elif position_of(entry_id) != position_of(self.last_id) + 1:
            self.seen["gaps"] += not is_whole
        self.last_id = max(self.last_id, entry_id, key=number)
        self.seen["taken back"] += is_whole and not message["end"]
        self.transcript.apply(decode(json.dumps(message)))
        self.seen["wrong"] += not TEXT.startswith(
            self.transcript.reasoning + self.transcript.answer
        )
        self.heard_at.append(time.monotonic())

    def back_after_s(self, moment):
        """How long after `moment` it heard of anything new; 0 if it had everything before."""
        return min((at for at in self.heard_at if at >= moment), default=moment) - moment


def number(entry_id):
    return tuple(int(part) for part in entry_id.split("-"))


def make_solutions(problem, run, count):
    return [
        Solution.objects.create(
            version=problem.current, recipe=recipe_code(), number=run * count + n
        )
        for n in range(1, count + 1)
    ]


def checkpoints_left():
    try:
        return Checkpoint.objects.count()
    finally:
        connection.close()  # this thread's, or PostgreSQL would not remove the test's database


async def strike(server, fault, rng, away_s):
    """Do it at some moment while texts stream; when the server was there again."""
    await asyncio.sleep(rng.uniform(0.05, 0.4))
    if fault == "back to an old snapshot":
        with connect() as client:
            client.save()
        await asyncio.sleep(rng.uniform(0.05, 0.3))
    if fault == "flushed":
        with connect() as client:
            client.flushall()
    elif fault in REFUSALS:
        name, refusing, taking = REFUSALS[fault]
        with connect() as client:
            client.config_set(name, refusing)
            await asyncio.sleep(away_s or 0.2)
            client.config_set(name, taking)
    else:
        await sync_to_async(server.kill)()
        await asyncio.sleep(away_s)
        await sync_to_async(server.start)(*FAULTS[fault])
    return time.monotonic()


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_redis_loses_costs_a_pause(
    alice, bob, item, problem, start_worker, in_thread, redis_server, fault
):
    rng = random.Random(fault)
    await sync_to_async(redis_server.kill)()
    redis_server.forget()
    await sync_to_async(redis_server.start)(*FAULTS[fault])
    engine = ScriptedEngine(ANSWER, reasoning=REASONING, pause_s=EACH_TOKEN_S)
    worker = await sync_to_async(start_worker)(engine, quick_check)
    seen = Counter()
    solutions = await sync_to_async(make_solutions)(problem, 0, SOLUTIONS)
    viewers = [Viewer(user, solution) for solution in solutions for user in (alice, bob)]
    watching = [asyncio.create_task(viewer.watch()) for viewer in viewers]
    running = []
    for _ in solutions:
        running.append(in_thread(worker.solve))
        await asyncio.sleep(rng.uniform(0, LENGTH_S / SOLUTIONS))
    back_at = await strike(redis_server, fault, rng, AWAY_S.get(fault, 0.0))
    async with asyncio.timeout(FAILED_AFTER_S):
        await asyncio.gather(*watching, *map(asyncio.wrap_future, running))
    slowest_s = max(viewer.back_after_s(back_at) for viewer in viewers)
    for viewer in viewers:
        seen.update(viewer.seen)
        await viewer.solution.arefresh_from_db()
        assert viewer.solution.fence == 1  # nobody began again
        assert viewer.transcript.reasoning == viewer.solution.reasoning == "".join(REASONING)
        assert viewer.transcript.steps == viewer.solution.steps
        assert viewer.transcript.checks == viewer.solution.checks
    print(f"\n{fault}: back after {slowest_s:.1f} s", dict(seen))
    assert engine.generated == SOLUTIONS * len(REASONING + ANSWER)
    assert [seen[what] for what in ("gaps", "repeats", "wrong", "taken back")] == [0, 0, 0, 0]
    assert slowest_s <= BACK_WITHIN_S
    assert await database_sync_to_async(checkpoints_left)() == 0


@asynccontextmanager
async def working(engine):
    worker = Worker(engine.start, engine.model, quick_check)
    await sync_to_async(worker.start)()
    try:
        yield worker
    finally:
        engine.release()
        await sync_to_async(worker.drain)()
        await sync_to_async(worker.stop)()


@pytest.mark.slow
@pytest.mark.alone
async def test_another_worker_goes_on_from_the_checkpoint(
    alice, item, problem, in_thread, monkeypatch
):
    """The worker and the log are lost at once: only the last moments are taken back."""
    monkeypatch.setattr(heartbeat, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(heartbeat, "CHECKPOINT_S", 0.1)
    rng = random.Random(7)
    seen, generated_again, runs = Counter(), 0, 3
    for run in range(runs):
        hold_at = rng.randrange(20, 70)
        frozen = ScriptedEngine(ANSWER, reasoning=REASONING, hold_at=hold_at, pause_s=0.005)
        second = ScriptedEngine(ANSWER, reasoning=REASONING, pause_s=0.002)
        [solution] = await sync_to_async(make_solutions)(problem, run, 1)
        viewer = Viewer(alice, solution)
        watching = asyncio.create_task(viewer.watch())
        async with working(frozen) as first, working(second) as another:
            running = in_thread(first.solve)
            await asyncio.sleep(rng.uniform(0.2, 0.5))
            async with asyncio.timeout(FAILED_AFTER_S):
                while not await Checkpoint.objects.aexists():  # noqa: ASYNC110
                    await asyncio.sleep(0.02)  # and leaves the one thread of queries to the worker
            await sync_to_async(lose)(solution)
            checkpointed = await sync_to_async(solution.checkpoints.records)()
            again = in_thread(another.solve)
            frozen.release()
            async with asyncio.timeout(FAILED_AFTER_S):
                await asyncio.gather(watching, *map(asyncio.wrap_future, (running, again)))
        await solution.arefresh_from_db()
        assert (solution.fence, solution.reasoning + solution.answer) == (2, TEXT)
        assert viewer.transcript.reasoning + viewer.transcript.answer == TEXT
        assert viewer.transcript.checks == solution.checks
        await database_sync_to_async(assert_log_equals_row)(solution)
        tokens = sum(len(record.token_ids) for record in checkpointed)
        assert second.generated == len(REASONING + ANSWER) - tokens
        generated_again += max(0, hold_at - tokens)
        seen.update(viewer.seen)
    print(f"\n{runs} runs, {generated_again / runs:.1f} tokens generated again each", dict(seen))
    assert [seen[what] for what in ("gaps", "repeats", "wrong")] == [0, 0, 0]


def lose(solution):
    """Its log, and its worker, which is taken for dead."""
    with transaction.atomic():
        Solution.objects.filter(pk=solution.pk).update(worker=None, state=State.QUEUED)
        with connect() as client:
            client.flushall()


def test_submissions_and_requests_are_kept_while_redis_is_away(
    client,
    alice,
    item,
    form,
    redis_server,
    queued_tasks,
):
    client.force_login(alice)
    redis_server.kill()
    began = time.monotonic()
    answered = client.post(
        reverse("attempt-submit", args=[item.code]), {**form, "response": "4"}, follow=True
    )
    assert answered.status_code == 200
    assert Attempt.objects.get().verdict == "correct"
    page = client.post(reverse("solution-request", args=[item.code]))
    assert page.status_code == 302
    assert client.get(item.get_absolute_url()).status_code == 200
    assert time.monotonic() - began < 15  # a busy machine is slow
    redis_server.start()
    solution = Solution.objects.get()
    assert (solution.state, queued_tasks()) == (State.QUEUED, 0)
    Solution.objects.update(queued_at=solution.queued_at - lifecycle.SEND_AGAIN_AFTER)
    sweep_solutions()
    assert queued_tasks() == 1


def test_what_is_set_aside_keeps_the_text_of_its_checkpoints(
    problem, start_worker, in_thread, wait_until
):
    solution = request_solution(problem.current, user=None)
    worker = start_worker(ScriptedEngine(ANSWER, hold_at=40), quick_check)
    running = in_thread(worker.solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 20)
    worker.heartbeat.checkpoint(dict(worker.jobs))
    worker.drain()
    running.result(timeout=10)
    checkpointed = transcript_of(solution.checkpoints.records())
    with connect() as client:
        client.flushall()
    Solution.objects.update(crashes=2)
    solution.refresh_from_db()
    assert set_aside(solution)
    solution.refresh_from_db()
    assert (solution.state, solution.completion_tokens) == (State.ENDED, checkpointed.tokens)
    assert solution.answer == checkpointed.answer != ""
    assert not Checkpoint.objects.exists()
    assert read_records(solution.pk) == []  # viewers get the record


def test_the_most_of_a_log():
    def records(*ids):
        return [LogRecord(decode('{"type": "step.settled", "step": 0}'), id=entry) for entry in ids]

    checkpointed = records("1-1", "1-2")
    for written in ([], records("1-1"), records("1-1", "2-2", "2-3")):
        assert longer_log(written, checkpointed) is checkpointed
    for written in (checkpointed[:], records("1-1", "1-2", "1-3"), records("1-1", "1-2", "2-3")):
        assert longer_log(written, checkpointed) is written


SETTLED = LogRecord(decode('{"type": "step.settled", "step": 0}'))


async def test_the_log_refuses_an_older_fence():
    async with open_redis() as client:
        log = TokenLog(client, 1)
        await log.take_over(2)
        with pytest.raises(Fenced):
            await log.append(1, [SETTLED])
        with pytest.raises(Fenced):
            await log.rewrite(1, [])


async def test_an_append_that_is_repeated_writes_once():
    async with open_redis() as client:
        log = TokenLog(client, 1)
        [first] = await log.append(1, [SETTLED], "0-0")
        for _ in range(2):
            written = await log.append(2, [SETTLED, SETTLED], first.id)
            assert [record.id for record in written] == ["2-2", "2-3"]
        assert [record.id for record in await log.records()] == ["1-1", "2-2", "2-3"]
        with pytest.raises(LogLost):
            await log.append(2, [SETTLED], first.id)


async def test_a_lost_log_is_written_again_under_its_ids():
    async with open_redis() as client:
        log = TokenLog(client, 1)
        written = await log.append(1, [SETTLED] * 3, "0-0")
        await client.flushall()
        with pytest.raises(LogLost):
            await log.append(1, [SETTLED], written[-1].id)
        await log.rewrite(1, written)
        await log.append(1, [SETTLED], written[-1].id)
        assert [record.id for record in await log.records()] == ["1-1", "1-2", "1-3", "1-4"]
