"""What a process waits for before it begins."""

import threading
from types import SimpleNamespace

import pytest

from tutor import celery, stores
from tutor.celery import app, wait_before_work
from tutor.redis_client import connect
from tutor.stores import missing_store


@pytest.fixture
def starting_worker():
    """The thread of a worker of this app that starts now."""
    worker = SimpleNamespace(app=app)
    return threading.Thread(target=wait_before_work, args=["generation@here", worker], daemon=True)


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_a_redis_that_answers_and_refuses_writes(starting_worker, monkeypatch):
    monkeypatch.setattr(stores, "PAUSES_S", (0.05,))
    with connect() as client:
        client.config_set("maxmemory", "1")
        try:
            assert client.ping()
            assert missing_store().startswith("Redis: ")
            starting_worker.start()
            starting_worker.join(1)
            assert starting_worker.is_alive()
        finally:
            client.config_set("maxmemory", "0")
    starting_worker.join(60)
    assert not starting_worker.is_alive()
    assert missing_store() == ""


def test_what_cannot_be_waited_for_ends_the_process(monkeypatch):
    """Celery would log it, and go on without what the worker needs."""

    def fail():
        raise ValueError("there is no such file")

    monkeypatch.setattr(celery, "wait_for_stores", fail)
    with pytest.raises(SystemExit, match="This process cannot begin: there is no such file"):
        wait_before_work("grading@here", SimpleNamespace(app=app))
