"""Calls of Redis scripts by many writers at once, in one pipeline for all that wait.

For a worker that writes many logs a round trip costs several times what one log's entry does.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from redis.exceptions import NoScriptError

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript


GATHER_S = 0.003  # in which the writers of one step of the engine come, and nobody sees a delay


class _Call(NamedTuple):
    script: "AsyncScript"
    keys: Sequence[str]
    args: Sequence[bytes]
    answer: "asyncio.Future[Any]"


class PipelinedScripts:
    """Belongs to one event loop. Calls gather while one pipeline is out, and for a moment anyway.

    A script has to bear being called twice: after an error on the way, all of them are sent again.
    """

    def __init__(self, client: "Redis") -> None:
        self._client = client
        self._waiting: list[_Call] = []
        self._out: list[_Call] = []
        self._sending: asyncio.Task[None] | None = None

    async def call(
        self, script: "AsyncScript", keys: Sequence[str], args: Sequence[str | int]
    ) -> Any:
        """What the script answers; raises what Redis says of it, or of the pipeline."""
        encoded = [str(arg).encode() for arg in args]  # what cannot be sent is no other's matter
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Call(script, keys, encoded, answer))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())
            self._sending.add_done_callback(self._cancel_left)
        return await answer

    async def _send(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_S)
            self._out, self._waiting = self._waiting, []
            answers = await self._answers(self._out)
            for call, answer in zip(self._out, answers, strict=True):
                if call.answer.done():
                    continue  # nobody waits for it any more
                if isinstance(answer, Exception):
                    call.answer.set_exception(answer)
                else:
                    call.answer.set_result(answer)
        self._sending = None

    def _cancel_left(self, ended: "asyncio.Task[None]") -> None:
        if not ended.cancelled():
            return
        left = self._out + self._waiting
        self._out, self._waiting, self._sending = [], [], None
        for call in left:
            call.answer.cancel()

    async def _answers(self, calls: Sequence[_Call]) -> Sequence[Any]:
        try:
            answers = await self._execute(calls)
            if any(isinstance(answer, NoScriptError) for answer in answers):  # Redis began anew
                for script in {call.script.sha: call.script for call in calls}.values():
                    await self._client.script_load(script.script)
                answers = await self._execute(calls)
        except Exception as error:  # noqa: BLE001 - whoever waits has to hear of it
            return [error for _ in calls]
        return answers

    async def _execute(self, calls: Sequence[_Call]) -> list[Any]:
        async with self._client.pipeline(transaction=False) as pipe:
            for script, keys, args, _ in calls:
                pipe.execute_command("EVALSHA", script.sha, len(keys), *keys, *args)
            return await pipe.execute(raise_on_error=False)
