import json
import logging

import pytest
from celery import beat
from celery.app import trace
from celery.contrib.testing.worker import start_worker as start_celery
from celery.worker import strategy
from channels.db import database_sync_to_async
from django.urls import reverse

from tests.scripted_engine import ScriptedEngine
from tests.sockets import connected, receive, send
from tests.solutions.conftest import ANSWER
from tutor.celery import app
from tutor.logs import BriefBeatFilter, JsonFormatter, RequestFilter
from tutor.redis_client import connect
from tutor.solutions.models import Solution
from tutor.solutions.tasks import generate_solution

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lines():
    """Pairs of request and message, of all that is logged."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append((record.request, record.getMessage()))

    handler = Keep(logging.DEBUG)
    handler.addFilter(RequestFilter())
    # Celery's worker for tests takes the root's handlers away.
    loggers = [logging.getLogger(name) for name in ("tutor", "accounts", "django")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)


def requests_of(lines, beginning):
    return [request for request, message in lines if message.startswith(beginning)]


def test_each_answer_names_its_request(client):
    given = client.get("/healthz", headers={"x-request-id": "from-the-proxy.1"})
    assert given.headers["X-Request-ID"] == "from-the-proxy.1"
    made = {client.get("/healthz").headers["X-Request-ID"] for _ in range(2)}
    assert len(made) == 2


@pytest.mark.parametrize("bad", ["a b", "x" * 65, "ü", "a\tb", ""])
def test_an_id_that_could_forge_a_line_is_not_taken(client, bad):
    assert client.get("/healthz", headers={"x-request-id": bad}).headers["X-Request-ID"] != bad


def test_a_wish_is_followed_into_the_task_and_the_engine(
    client, alice, item, lines, start_worker, wait_until
):
    client.force_login(alice)
    client.post(reverse("solution-request", args=[item.code]), headers={"x-request-id": "a-wish"})
    assert requests_of(lines, "solution requested") == ["a-wish"]
    with connect() as redis:
        [message] = redis.lrange("generation.scripted-model", 0, -1)
    assert json.loads(message)["headers"]["request_id"] == "a-wish"
    engine = ScriptedEngine(ANSWER)
    start_worker(engine)
    with start_celery(app, pool="threads", perform_ping_check=False):
        # Whatever wish the message was sent for, the lines are of the one that is worked out.
        generate_solution.apply_async(headers={"request_id": "another"}, queue="grading")
        wait_until(lambda: requests_of(lines, "solution ended"))
    for beginning in ("solution claimed", "solution ended"):
        assert requests_of(lines, beginning) == ["a-wish"]
    assert engine.request_ids[0].startswith("a-wish.")


async def test_a_socket_has_an_id_of_its_own(alice, item, lines):
    for _ in range(2):
        async with connected(alice) as communicator:
            await send(communicator, type="solution.start", item=str(item.code))
            await receive(communicator, "solution.status")
        await database_sync_to_async(Solution.objects.all().delete)()
    assert len(set(requests_of(lines, "solution requested"))) == 2


def test_what_a_student_writes_is_in_no_line(client, alice, item, lines, form):
    client.force_login(alice)
    data = {**form, "response": "canary17", "working": "canary18 = canary18"}
    response = client.post(reverse("attempt-submit", args=[item.code]), data, follow=True)
    assert response.status_code == 200
    assert not [message for _, message in lines if "canary1" in message and "SELECT" not in message]


def test_a_line_as_json_is_one_object():
    record = logging.makeLogRecord(
        {"msg": "two\nlines of %s", "args": ("“x”",), "levelname": "INFO", "request": "a"}
    )
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert (line["message"], line["request"]) == ("two\nlines of “x”", "a")
    record.exc_info = (ValueError, ValueError("why"), None)
    assert "ValueError: why" in json.loads(JsonFormatter().format(record))["exception"]


def test_beat_tells_in_one_line_what_it_could_not_send(settings):
    record = logging.LogRecord(
        *("celery.beat", logging.ERROR, "beat.py", 1, "Message Error: %s\n%s"),
        *(("Couldn't apply scheduled task x: OOM", ["the", "way"]), None),
    )
    record.exc_info = (ValueError, ValueError("x"), None)
    assert settings.LOGGING["loggers"]["celery.beat"]["filters"] == ["brief", "sweeps"]
    assert BriefBeatFilter().filter(record)
    assert record.getMessage() == "Couldn't apply scheduled task x: OOM"
    assert record.exc_info is None


def test_only_debug_tells_of_tasks_that_beat_sends(caplog):
    def tell(task: str) -> list[str]:
        caplog.clear()
        context = {"id": "1", "name": task, "return_value": None, "runtime": 0.1}
        strategy.logger.info(trace.LOG_RECEIVED, context)
        trace.info(trace.LOG_SUCCESS, context)
        beat.info("Scheduler: Sending due task %s (%s)", task, task)
        beat.error("no %s", task)
        return [record.levelname for record in caplog.records]

    caplog.set_level(logging.INFO)
    assert tell("tutor.solutions.tasks.sweep_solutions") == ["ERROR"]
    assert tell("tutor.solutions.tasks.generate_solution") == [*["INFO"] * 3, "ERROR"]
    caplog.set_level(logging.DEBUG)
    assert tell("tutor.solutions.tasks.sweep_solutions") == [*["DEBUG"] * 3, "ERROR"]
