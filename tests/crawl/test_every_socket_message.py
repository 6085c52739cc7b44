"""Every request that a socket takes, sent by who may not see the answer yet."""

import json
from uuid import uuid4

import pytest

from tests.crawl.conftest import CANARY, OTHER_CANARY
from tests.sockets import connected, messages_in, send

pytestmark = pytest.mark.django_db(transaction=True)

UNANSWERED = {"solution.shown"}


def requests(school):
    for item in (school.item.code, uuid4()):
        yield {"type": "solution.start", "item": str(item)}
    for solution in (school.solution.code, uuid4()):
        for after in ("", "0-1"):
            yield {"type": "solution.watch", "solution": str(solution), "after": after}
        yield {"type": "solution.cancel", "solution": str(solution)}
        yield {"type": "solution.shown", "solution": str(solution), "id": "0-1"}
    yield {"type": "no.such.request"}


async def messages_to(school, user):
    """All frames, in order; a busy machine takes its time for the first of each request."""
    frames = []
    for request in requests(school):
        async with connected(user) as communicator:
            await send(communicator, **request)
            patience_s = 0.2 if request["type"] in UNANSWERED else 3.0
            while not await communicator.receive_nothing(timeout=patience_s, interval=0.02):
                frames += messages_in(await communicator.receive_from())
                patience_s = 0.2
    return frames


@pytest.mark.parametrize("name", ["alice", "fay"])
async def test_no_frame_holds_the_answer(school, name, caplog):
    caplog.set_level("DEBUG")
    frames = await messages_to(school, school.people[name])
    assert {frame["type"] for frame in frames} == {"request.refused"}
    assert len(frames) >= 7
    assert CANARY not in json.dumps(frames)
    assert not any(CANARY in record.getMessage() for record in caplog.records)


async def test_a_teacher_is_shown_it(school):
    assert CANARY in json.dumps(await messages_to(school, school.people["carol"]))


async def test_frames_are_the_same_for_two_answers(school):
    from asgiref.sync import sync_to_async

    first = await messages_to(school, school.people["alice"])
    await sync_to_async(school.change_answer)(CANARY, OTHER_CANARY)
    assert await messages_to(school, school.people["alice"]) == first
