"""Sends calls of Redis scripts by many writers in one pipeline.

For a worker that writes many logs a round trip costs several times as much as one log's entry.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from redis.exceptions import NoScriptError

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript


GATHER_S = 0.003  # time for all writers of one engine step; nobody notices the delay


class _Call(NamedTuple):
    script: "AsyncScript"
    keys: Sequence[str]
    args: Sequence[bytes]
    answer: "asyncio.Future[Any]"


class PipelinedScripts:
    """Belongs to one event loop. Calls gather for a moment, and while a pipeline is on its way.

    Calling a script twice must do no harm: after an error on the way all calls are sent again.
    """

    def __init__(self, client: "Redis") -> None:
        self._client = client
        self._waiting: list[_Call] = []
        self._in_flight: list[_Call] = []
        self._sending: asyncio.Task[None] | None = None

    async def call(
        self, script: "AsyncScript", keys: Sequence[str], args: Sequence[str | int]
    ) -> Any:
        """Return the script's answer; raises Redis's error about the script or the pipeline."""
        encoded = [
            str(arg).encode() for arg in args
        ]  # here, so that an error hits this caller only
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Call(script, keys, encoded, answer))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())
            self._sending.add_done_callback(self._cancel_left)
        return await answer

    async def _send(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_S)
            self._in_flight, self._waiting = self._waiting, []
            answers = await self._answers(self._in_flight)
            for call, answer in zip(self._in_flight, answers, strict=True):
                if call.answer.done():
                    continue  # its caller no longer waits
                if isinstance(answer, Exception):
                    call.answer.set_exception(answer)
                else:
                    call.answer.set_result(answer)
        self._sending = None

    def _cancel_left(self, ended: "asyncio.Task[None]") -> None:
        if not ended.cancelled():
            return
        left = self._in_flight + self._waiting
        self._in_flight, self._waiting, self._sending = [], [], None
        for call in left:
            call.answer.cancel()

    async def _answers(self, calls: Sequence[_Call]) -> Sequence[Any]:
        try:
            answers = await self._execute(calls)
            if any(isinstance(answer, NoScriptError) for answer in answers):  # Redis restarted
                for script in {call.script.sha: call.script for call in calls}.values():
                    await self._client.script_load(script.script)
                answers = await self._execute(calls)
        except Exception as error:  # noqa: BLE001 - handed on to all who wait
            return [error for _ in calls]
        return answers

    async def _execute(self, calls: Sequence[_Call]) -> list[Any]:
        async with self._client.pipeline(transaction=False) as pipe:
            for script, keys, args, _ in calls:
                pipe.execute_command("EVALSHA", script.sha, len(keys), *keys, *args)
            return await pipe.execute(raise_on_error=False)
