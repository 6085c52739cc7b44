"""Announces this process every ten seconds, see `processes`.

Each kind of process announces itself from the loop that does its work, not from a thread of its
own: a loop that hangs, or that waits for its broker, goes silent.
"""

import asyncio
import hashlib
import hmac
import logging
import os
import socket
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

import redis
from django.conf import settings

from tutor.operations.processes import EVERY_S, Process, ProcessKind, announce, client_of, withdraw

logger = logging.getLogger(__name__)


class Announcer:
    """trouble: called before each announcement. address: see `Process`."""

    def __init__(
        self,
        kind: ProcessKind,
        name: str,
        queues: Sequence[str] = (),
        trouble: Callable[[], str] = lambda: "",
        address: str = "",
    ) -> None:
        self.kind, self.name, self.queues, self.trouble = kind, name, queues, trouble
        self.address = address
        self.since = time.time()

    def announce(self) -> None:
        process = Process(
            kind=self.kind,
            name=self.name,
            host=socket.gethostname(),
            pid=os.getpid(),
            since=self.since,
            version=own_version(),
            queues=list(self.queues),
            settings=own_settings(),
            trouble=self.trouble(),
            address=self.address,
        )
        try:
            with client_of(settings.REDIS_URL) as client:
                announce(client, process, time.time())
        except redis.RedisError as error:
            logger.warning("process not announced: %s", error)

    def withdraw(self) -> None:
        try:
            with client_of(settings.REDIS_URL) as client:
                withdraw(client, self.name)
        except redis.RedisError as error:
            logger.warning("process not withdrawn, it will be reported as silent: %s", error)


def own_version() -> str:
    try:
        return version_of("lemma-tutor")
    except PackageNotFoundError:  # a checkout that was not installed
        return ""


def own_settings() -> dict[str, str]:
    """The settings that all processes must share, on whichever machine they run."""
    key = hmac.new(settings.SECRET_KEY.encode(), b"which installation?", hashlib.sha256)
    return {
        "TUTOR_SECRET_KEY": key.hexdigest()[:16],
        "TUTOR_ORIGINS": " ".join(settings.ORIGINS),
        "TUTOR_MODEL": settings.MODEL,
        "TUTOR_QUANTIZATION": settings.MODEL_QUANTIZATION,
        "TUTOR_TIME_ZONE": settings.TIME_ZONE,
    }


def announce_web(address: str) -> None:
    """Announce the web server from its start until it stops. address: see `Process`."""
    from twisted.internet import reactor

    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    announcer = Announcer(
        ProcessKind.WEB, f"web@{socket.gethostname()}:{os.getpid()}", address=address
    )

    async def keep_announcing() -> None:
        while True:
            await asyncio.to_thread(announcer.announce)
            await asyncio.sleep(EVERY_S)

    task = loop.create_task(keep_announcing())

    def end() -> None:
        task.cancel()
        announcer.withdraw()

    reactor.addSystemEventTrigger("during", "shutdown", end)
