"""A page does not wait for a broker that is not there: the row is the job, a sweep sends it."""

import socket
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings
from django.urls import reverse

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER
from tutor.celery import app
from tutor.solutions.dispatch import lifecycle
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.tasks import sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def refusing():
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextmanager
def silent():
    """A port that takes no more connections, as of a machine that is away."""
    with ExitStack() as sockets:
        server = sockets.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            client = sockets.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        yield server.getsockname()[1]


@pytest.fixture(params=[refusing, silent])
def dead_broker(request):
    with request.param() as port:
        _reach(f"redis://127.0.0.1:{port}/0")
        yield
        _reach(settings.CELERY_BROKER_URL)


def _reach(url):
    """Celery keeps a pool of connections for each address."""
    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = url
    app._pool = app.amqp._producer_pool = None


def test_asking_for_a_solution_does_not_wait_for_it(client, alice, item, dead_broker, queued_tasks):
    client.force_login(alice)
    client.get(item.get_absolute_url())  # what is loaded once is loaded
    began = time.process_time(), time.monotonic()
    page = client.post(reverse("solution-request", args=[item.code]), follow=True)
    computed, took = time.process_time() - began[0], time.monotonic() - began[1]
    assert page.status_code == 200
    assert 'data-state="queued"' in page.content.decode()
    assert "Your request is kept." in page.content.decode()
    solution = Solution.objects.get()
    assert (solution.state, queued_tasks()) == (State.QUEUED, 0)
    # Celery's own patience was six seconds. The rest is the page, slower on a busy machine.
    assert took < settings.BROKER_TIMEOUT_S + 0.4 + 5 * computed


@pytest.fixture
def not_sent(alice, problem, queued_tasks):
    with refusing() as port:
        _reach(f"redis://127.0.0.1:{port}/0")
        try:
            solution = request_solution(problem.current, alice)
        finally:
            _reach(settings.CELERY_BROKER_URL)
    assert queued_tasks() == 0
    return solution


def test_what_was_not_sent_is_sent_by_the_sweep(not_sent, queued_tasks):
    Solution.objects.update(queued_at=not_sent.queued_at - lifecycle.SEND_AGAIN_AFTER)
    sweep_solutions()
    assert queued_tasks() == 1


def test_what_was_not_sent_is_sent_by_a_worker_that_starts(not_sent, queued_tasks, start_worker):
    worker = start_worker(ScriptedEngine(ANSWER))
    assert queued_tasks() == 1
    worker.solve()
    not_sent.refresh_from_db()
    assert not_sent.state == State.ENDED
    start_worker(ScriptedEngine(ANSWER))
    assert queued_tasks() == 1  # nothing waits any more
