"""Websockets to the application in this process, as signed-in people open them."""

import json
from contextlib import asynccontextmanager

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from tutor.asgi import application

HOST = (b"host", settings.ORIGINS[0].rpartition("/")[2].encode())


MAX_WAIT_S = 60  # that a busy machine takes for a message


class Communicator(WebsocketCommunicator):
    """Waits longer for a message than the second of Channels."""

    async def receive_output(self, timeout=MAX_WAIT_S):  # noqa: ASYNC109 - as Channels has it
        return await super().receive_output(max(timeout, MAX_WAIT_S))


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@asynccontextmanager
async def socket(user, origin=settings.ORIGINS[0]):
    headers = [(b"origin", origin.encode()), HOST]
    if user is not None:
        cookie = await sync_to_async(cookie_of)(user)
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()))
    communicator = Communicator(application, "/ws/solutions/", headers=headers)
    yield communicator
    await communicator.disconnect(timeout=10)  # a busy machine takes its time to close


@asynccontextmanager
async def connected(user):
    async with socket(user) as communicator:
        accepted, _ = await communicator.connect()
        assert accepted
        yield communicator


async def receive(communicator, *types):
    """The next message of one of `types`, or the next at all."""
    unread = vars(communicator).setdefault("unread_messages", [])
    while True:
        unread += [] if unread else messages_in(await communicator.receive_from())
        message = unread.pop(0)
        if not types or message["type"] in types:
            return message


def messages_in(frame):
    return [json.loads(line) for line in frame.split("\n")]


async def send(communicator, **content):
    await communicator.send_to(json.dumps(content))
