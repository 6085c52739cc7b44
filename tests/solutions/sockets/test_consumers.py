import asyncio
import json
import threading
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from tests.asking import request_for
from tests.factories import make_assignment, make_content
from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, messages_in, receive, send, socket
from tests.solutions.conftest import ANSWER, REASONING
from tutor.assignments.models import Assignment
from tutor.engine.completion import Outcome
from tutor.grading import AnswerKey, Kind
from tutor.redis_client import connect
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.log.protocol import NOT_SIGNED_IN, TOO_LARGE, TOO_SLOW, decode
from tutor.solutions.log.reader import LogFeed
from tutor.solutions.log.transcript import Transcript
from tutor.solutions.models import Solution, SolutionView, State
from tutor.solutions.sockets import consumers, send_window

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "".join(REASONING + ANSWER)


async def entries(communicator):
    """All entries up to the last one."""
    read = []
    while not read or read[-1]["type"] not in {"solution.end", "solution.whole"}:
        message = await receive(communicator)
        if "id" in message:
            read.append(message)
    return read


def reduced(messages):
    transcript = Transcript()
    for message in messages:
        transcript.apply(decode(json.dumps({k: v for k, v in message.items() if k != "id"})))
    return transcript


@pytest.fixture
def solved(item, start_worker):
    """A finished solution whose log is still there."""
    from tutor.solutions.requests.find_or_queue import request_solution

    solution = request_solution(item.problem.current, user=None)
    start_worker(ScriptedEngine(ANSWER, reasoning=REASONING)).solve()
    solution.refresh_from_db()
    return solution


async def test_a_student_asks_and_sees_it_stream_to_its_end(alice, item, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER, reasoning=REASONING, hold_at=7)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        status = await receive(communicator, "solution.status")
        assert status["state"] == "queued"
        solution = await Solution.objects.aget(code=status["solution"])
        running = in_thread(worker.solve)
        first = await receive(communicator, "reasoning.delta")  # long before the end
        engine.release()
        rest = await entries(communicator)
        await asyncio.wrap_future(running)
    await solution.arefresh_from_db()
    transcript = reduced([first, *rest])
    assert transcript.reasoning == solution.reasoning
    assert transcript.steps == solution.steps
    assert transcript.end == solution.end()
    assert rest[-1]["verdict"] == "correct"
    assert await SolutionView.objects.filter(user=alice, solution=solution).aexists()


async def test_each_variant_has_a_solution_of_its_own(alice, bob, problem, item):
    template = make_content(
        statement="[[a]]?", key=AnswerKey("[[a]]", Kind.NUMBER), parameters="a = 2..99"
    )
    await sync_to_async(problem.revise)(template)
    codes = set()
    for user in (alice, bob, alice):
        async with connected(user) as communicator:
            await send(communicator, type="solution.start", item=str(item.code))
            codes.add((await receive(communicator, "solution.status"))["solution"])
    solutions = [row async for row in Solution.objects.select_related("version").order_by("pk")]
    assert codes == {str(solution.code) for solution in solutions}
    statements = [solution.version.statement for solution in solutions]
    assert statements == [template.variant(seed).statement for seed in (1, 2)]


async def test_it_says_that_it_streams_although_no_pause_lets_it_look(
    alice, item, start_worker, in_thread
):
    engine = ScriptedEngine(["on and "] * 20, pause_s=0.05)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        status = await receive(communicator, "solution.status")
        assert status["state"] == "queued"
        running = in_thread(worker.solve)
        status = await receive(communicator, "solution.status", "solution.end")
        await asyncio.wrap_future(running)
    assert (status["type"], status.get("state")) == ("solution.status", "streaming")


async def test_a_verdict_comes_while_later_steps_are_written(alice, item, start_worker, in_thread):
    answer = ["\\(1+1=2\\)", "\n\nSo", " it", " is."]
    engine = ScriptedEngine(answer, hold_at=3, pause_s=0.05)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        code = (await receive(communicator, "solution.status"))["solution"]
        solution = await Solution.objects.aget(code=code)
        running = in_thread(worker.solve)
        checked = await receive(communicator, "step.checked")
        assert (checked["step"], checked["check"]["verdict"]) == (0, "proved")
        engine.release()
        rest = await entries(communicator)
        await asyncio.wrap_future(running)
        await send(communicator, type="solution.watch", solution=code, after="")
        again = reduced(await entries(communicator))
    assert [message["type"] for message in rest].count("step.delta") > 0
    await solution.arefresh_from_db()
    assert [check["verdict"] for check in solution.checks] == ["proved", "unchecked"]
    assert again.checks == solution.checks


async def test_every_cut_goes_on_at_its_place(alice, item, solved):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=str(solved.code), after="")
        whole = await entries(communicator)
        assert len(whole) > 5
        for position in range(1, len(whole)):
            await send(
                communicator,
                type="solution.watch",
                solution=str(solved.code),
                after=whole[position - 1]["id"],
            )
            assert whole[:position] + await entries(communicator) == whole
    transcript = reduced(whole)
    assert transcript.reasoning + transcript.answer == solved.reasoning + solved.answer == TEXT
    assert transcript.checks == solved.checks


async def test_two_tabs_see_the_same(alice, item, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER, reasoning=REASONING, hold_at=3)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as first, connected(alice) as other:
        await send(first, type="solution.start", item=str(item.code))
        code = (await receive(first, "solution.status"))["solution"]
        running = in_thread(worker.solve)
        before = await receive(first, "reasoning.delta")
        await send(other, type="solution.watch", solution=code, after="")
        engine.release()
        assert [before, *await entries(first)] == await entries(other)
        await asyncio.wrap_future(running)


@pytest.mark.parametrize("after", ["0-1", "0-3", "0-99"])
async def test_who_has_another_text_than_the_log_is_told_all_of_it(alice, item, solved, after):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=str(solved.code), after=after)
        [whole] = await entries(communicator)
    assert whole["steps"] == solved.steps
    assert (whole["settled"], whole["tokens"]) == (len(solved.steps), solved.completion_tokens)
    assert whole["end"]["verdict"] == "correct"


async def test_a_finished_solution_comes_whole_when_its_log_has_expired(alice, item, solved):
    with connect() as client:
        client.flushall()
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=str(solved.code), after="")
        [whole] = await entries(communicator)
    assert whole["steps"] == solved.steps
    assert whole["checks"] == solved.checks
    assert whole["reasoning"] == solved.reasoning
    assert whole["end"]["verdict"] == "correct"


async def test_without_a_worker_it_says_so_and_keeps_the_request(alice, item):
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        status = await receive(communicator, "solution.status")
    assert (status["state"], status["waiting_for"]) == ("queued", "worker")
    assert await Solution.objects.filter(state=State.QUEUED).acount() == 1


async def test_a_class_that_asks_at_once_shares_one_solution(alice, bob, item):
    async with connected(alice) as first, connected(bob) as other:
        for communicator in (first, other, first, other):
            await send(communicator, type="solution.start", item=str(item.code))
        codes = {
            (await receive(communicator, "solution.status"))["solution"]
            for communicator in (first, other)
        }
    assert len(codes) == 1
    assert await Solution.objects.acount() == 1


async def test_cancel_ends_it_for_the_viewer(alice, item, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER, hold_at=2)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        code = (await receive(communicator, "solution.status"))["solution"]
        running = in_thread(worker.solve)
        await receive(communicator, "step.delta")
        await send(communicator, type="solution.cancel", solution=code)
        end = await receive(communicator, "solution.end")
        await asyncio.wrap_future(running)
    assert end["outcome"] == Outcome.ABORTED


async def test_cancelling_takes_it_from_nobody_else(alice, bob, item, start_worker, in_thread):
    engine = ScriptedEngine(ANSWER, hold_at=2)
    worker = await sync_to_async(start_worker)(engine)
    async with connected(alice) as first, connected(bob) as other:
        await send(first, type="solution.start", item=str(item.code))
        code = (await receive(first, "solution.status"))["solution"]
        await send(other, type="solution.watch", solution=code, after="")
        await receive(other, "solution.status")
        running = in_thread(worker.solve)
        await receive(first, "step.delta")
        await receive(other, "step.delta")
        await send(first, type="solution.cancel", solution=code)
        assert (await receive(first, "solution.end"))["outcome"] == Outcome.ABORTED
        engine.release()
        assert (await receive(other, "solution.end"))["verdict"] == "correct"
        await asyncio.wrap_future(running)


async def test_a_socket_stops_nothing_that_a_classmate_asked_for_without_one(alice, bob, item):
    solution = await sync_to_async(request_for)(alice, item)
    async with connected(bob) as communicator:
        await send(communicator, type="solution.watch", solution=str(solution.code), after="")
        await receive(communicator, "solution.status")
        await send(communicator, type="solution.cancel", solution=str(solution.code))
        assert (await receive(communicator, "solution.end"))["outcome"] == Outcome.ABORTED
    await solution.arefresh_from_db()
    assert solution.state == State.QUEUED


# Opening


async def test_a_handshake_waits_for_no_query(alice, item):
    """All queries of sockets share one thread, which a whole school's keep busy for seconds."""
    queries_end = threading.Event()
    queries = asyncio.create_task(sync_to_async(queries_end.wait)(60))
    try:
        async with socket(None) as communicator:
            accepted, _ = await communicator.connect(timeout=20)
            assert accepted
            queries_end.set()
    finally:
        queries_end.set()
        await queries


# Who may see what


async def test_it_closes_for_whoever_is_not_signed_in(item):
    async with socket(None) as communicator:
        await communicator.connect()
        assert (await communicator.receive_output())["code"] == NOT_SIGNED_IN


async def test_what_is_not_theirs_looks_like_what_is_not_there(dan, item, solved):
    async with connected(dan) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        assert (await receive(communicator))["reason"] == "not_found"
        for kind in ("solution.watch", "solution.cancel"):
            await send(communicator, type=kind, solution=str(solved.code))
            refused = await receive(communicator)
            assert refused["reason"] == "not_found"
            await send(communicator, type=kind, solution=str(uuid4()))
            assert await receive(communicator) == refused


@pytest.mark.parametrize("policy", Assignment.HelpPolicy)
async def test_the_assignment_decides_about_help(alice, item, policy):
    await Assignment.objects.aupdate(help_policy=policy)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        message = await receive(communicator)
    allowed = policy == Assignment.HelpPolicy.ALWAYS
    assert message["type"] == ("solution.status" if allowed else "request.refused")
    assert await Solution.objects.aexists() == allowed


async def test_a_teacher_may_always_watch(carol, item):
    await Assignment.objects.aupdate(help_policy=Assignment.HelpPolicy.NEVER)
    async with connected(carol) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        assert (await receive(communicator))["type"] == "solution.status"


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://localhost:9999", "https://localhost:8000", "null"],
)
async def test_another_site_cannot_open_a_socket(alice, origin):
    async with socket(alice, origin) as communicator:
        accepted, _ = await communicator.connect()
    assert not accepted


async def test_whoever_signed_out_elsewhere_is_heard_no_more(alice, item):
    async with connected(alice) as communicator:
        await Session.objects.all().adelete()
        await send(communicator, type="solution.start", item=str(item.code))
        assert (await communicator.receive_output())["code"] == NOT_SIGNED_IN
    assert not await Solution.objects.aexists()


# Hostile clients


async def test_nonsense_is_answered_and_the_socket_goes_on(alice, item):
    nonsense = ["{", "[]", '{"type": "solution.begin"}', "\x00", '{"type": "solution.start"}']
    async with connected(alice) as communicator:
        for text in nonsense:
            await communicator.send_to(text)
            refused = await receive(communicator)
            assert refused["reason"] == "malformed"
            assert "cannot be read" in refused["message"]
        await communicator.send_input({"type": "websocket.receive", "bytes": b"\xff\xfe"})
        assert (await receive(communicator))["reason"] == "malformed"
        await send(communicator, type="solution.start", item=str(item.code))
        assert (await receive(communicator))["type"] == "solution.status"


@pytest.mark.parametrize("text", ["x" * (64 * 1024 + 1), "汉" * 30_000])
async def test_an_oversized_frame_closes_with_its_reason(alice, text):
    async with connected(alice) as communicator:
        await communicator.send_to(text)
        assert (await communicator.receive_output())["code"] == TOO_LARGE


async def test_a_flood_is_refused(alice, monkeypatch):
    monkeypatch.setattr(consumers, "REQUESTS_PER_S", 1.0)  # a busy machine floods slowly
    async with connected(alice) as communicator:
        count = int(consumers.BURST) + 20
        for _ in range(count):
            await send(communicator, type="solution.cancel", solution=str(uuid4()))
        reasons = [(await receive(communicator))["reason"] for _ in range(count)]
    assert reasons[0] == "not_found"
    assert "too_many" in reasons


async def test_only_a_window_is_sent_until_the_client_acknowledges(
    alice, item, solved, monkeypatch
):
    monkeypatch.setattr(send_window, "WINDOW", 3)
    monkeypatch.setattr(send_window, "PATIENCE_S", 1.0)
    code = str(solved.code)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=code, after="")
        first = [await receive(communicator) for _ in range(4)]  # the status and three entries
        assert await communicator.receive_nothing(timeout=0.3)
        await send(communicator, type="solution.shown", solution=code, id=first[-1]["id"])
        assert "id" in await receive(communicator)
        await receive(communicator)
        await receive(communicator)
        # It reads no further, and is sent away whatever else it says.
        for _ in range(3):
            await communicator.send_to("{")
        while (output := await communicator.receive_output(timeout=5))["type"] != "websocket.close":
            assert [message["type"] for message in messages_in(output["text"])] == [
                "request.refused"
            ]
        assert output["code"] == TOO_SLOW


async def test_only_who_has_read_all_stands_where_others_wait(alice, solved, monkeypatch):
    """One who asks for the old entries one by one keeps nobody from the new ones."""
    monkeypatch.setattr(send_window, "WINDOW", 2)
    waited_at, code = [], str(solved.code)
    read = LogFeed.read

    async def noted(feed, key, after, *, count):
        waited_at.append(after)
        return await read(feed, key, after, count=count)

    monkeypatch.setattr(LogFeed, "read", noted)
    async with connected(alice) as communicator:
        await send(communicator, type="solution.watch", solution=code, after="")
        while (message := await receive(communicator))["type"] != "solution.end":
            if "id" in message:
                await send(communicator, type="solution.shown", solution=code, id=message["id"])
    assert waited_at == []


async def test_a_queued_solution_is_not_reported_as_streaming(alice, item):
    counts = []
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        status = await receive(communicator, "solution.status")
        await asyncio.sleep(0.2)  # until it waits for entries
        solution = await Solution.objects.aget(code=status["solution"])
        await sync_to_async(cancel_solution)(solution)
        while not counts or counts[-1]["type"] != "solution.end":
            counts.append(await receive(communicator))
    assert "streaming" not in [message.get("state") for message in counts]


async def test_what_a_student_gets_never_holds_the_stored_answer(
    alice, section, make_secret_problem, start_worker, in_thread
):
    problem = await sync_to_async(make_secret_problem)("31415")
    assignment = await sync_to_async(make_assignment)(section, [problem])
    item = await sync_to_async(assignment.problem_set.items.get)()
    worker = await sync_to_async(start_worker)(ScriptedEngine(["\\(\\boxed{1}\\)"]))
    async with connected(alice) as communicator:
        await send(communicator, type="solution.start", item=str(item.code))
        status = await receive(communicator, "solution.status")
        await asyncio.wrap_future(in_thread(worker.solve))
        messages = await entries(communicator)
    assert messages[-1]["verdict"] == "incorrect"
    assert "31415" not in json.dumps([status, *messages])
