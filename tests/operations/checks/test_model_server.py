"""What `doctor` says of the server that has the model."""

import asyncio
import logging

import pytest
from asgiref.sync import sync_to_async

from tests.engine.scripted_server import Reply, models, refused, scripted_server
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks.workers import check_model


@pytest.fixture
def by_a_server(settings, db):
    """The description of the model server, which gives this reply about its models."""

    def check(reply: Reply) -> str:
        async def ask() -> str:
            async with scripted_server(models=reply) as server:
                settings.ENGINE, settings.OPENAI_URL = "openai", server.base_url
                return await sync_to_async(check_model)()

        return asyncio.run(ask())

    return check


def test_the_server_of_the_model_is_asked(by_a_server, settings, caplog):
    caplog.set_level(logging.INFO, "tutor")
    assert by_a_server(models(settings.MODEL)).startswith(f"{settings.MODEL} at http://127.0.0.1:")
    for reply, detail in (
        (models("qwen"), "has no model scripted-model; it offers qwen"),
        (refused(401, "no"), "refuses the key"),
        (refused(404, "no"), "does the address end in /v1?"),
    ):
        with pytest.raises(FailedCheck) as failure:
            by_a_server(reply)
        assert detail in failure.value.detail
        assert "TUTOR_OPENAI_KEY" in failure.value.remedy
    assert caplog.messages == []  # the table of `doctor` is all that it writes


def test_a_server_that_does_not_answer_is_named(settings, db):
    settings.ENGINE, settings.OPENAI_URL = "openai", "http://127.0.0.1:9/v1"
    with pytest.raises(FailedCheck, match=r"127\.0\.0\.1:9/v1 cannot be reached"):
        check_model()
