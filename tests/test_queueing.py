"""A task leaves once its row is committed, and a broker that is away stops nobody."""

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from tutor.attempts.tasks import grade_attempt
from tutor.queueing import queue_on_commit


@pytest.fixture
def sent(monkeypatch):
    """The messages that left, as (arguments, options)."""
    messages = []
    monkeypatch.setattr(
        grade_attempt,
        "apply_async",
        lambda arguments, **options: messages.append((arguments, options)),
    )
    return messages


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_once_the_row_is_committed(sent):
    with transaction.atomic():
        queue_on_commit(grade_attempt, 7)
        assert not sent
    assert sent == [((7,), {"priority": 0})]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_a_row_that_was_rolled_back(sent):
    with transaction.atomic():
        queue_on_commit(grade_attempt, 7)
        transaction.set_rollback(True)
    assert not sent


@pytest.mark.django_db(transaction=True)
def test_it_goes_to_its_queue_as_often_as_asked(sent):
    queue_on_commit(grade_attempt, queue="generation.m", priority=9, times=2)
    assert sent == [((), {"priority": 9, "queue": "generation.m"})] * 2


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_it_is_logged_and_nothing_fails(monkeypatch, caplog):
    def refuse(arguments, **options):
        raise OperationalError("connection refused")

    monkeypatch.setattr(grade_attempt, "apply_async", refuse)
    queue_on_commit(grade_attempt, 7)
    assert "task not sent" in caplog.text
    assert "connection refused" in caplog.text
