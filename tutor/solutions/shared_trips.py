"""Calls of Redis scripts by many writers at once, a trip to the server for all that wait.

For a worker that writes many logs a trip costs several times what one log's entry does.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from redis.exceptions import NoScriptError

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript


class _Call(NamedTuple):
    script: "AsyncScript"
    keys: Sequence[str]
    args: Sequence[bytes]
    answer: "asyncio.Future[Any]"


class SharedTrips:
    """Belongs to one event loop. While one trip is under way, the calls for the next one gather.

    A script has to bear being called twice: after an error on the way, a whole trip is made again.
    """

    def __init__(self, client: "Redis") -> None:
        self._client = client
        self._waiting: list[_Call] = []
        self._aboard: list[_Call] = []
        self._under_way: asyncio.Task[None] | None = None

    async def call(
        self, script: "AsyncScript", keys: Sequence[str], args: Sequence[str | int]
    ) -> Any:
        """What the script answers; raises what Redis says of this call, or of the whole trip."""
        encoded = [str(arg).encode() for arg in args]  # what cannot be sent is no other's matter
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Call(script, keys, encoded, answer))
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._travel())
            self._under_way.add_done_callback(self._leave_nobody_behind)
        return await answer

    async def _travel(self) -> None:
        while self._waiting:
            self._aboard, self._waiting = self._waiting, []
            answers = await self._answers(self._aboard)
            for call, answer in zip(self._aboard, answers, strict=True):
                if call.answer.done():
                    continue  # nobody waits for it any more
                if isinstance(answer, Exception):
                    call.answer.set_exception(answer)
                else:
                    call.answer.set_result(answer)
        self._under_way = None

    def _leave_nobody_behind(self, ended: "asyncio.Task[None]") -> None:
        if not ended.cancelled():
            return
        left = self._aboard + self._waiting
        self._aboard, self._waiting, self._under_way = [], [], None
        for call in left:
            call.answer.cancel()

    async def _answers(self, calls: Sequence[_Call]) -> Sequence[Any]:
        try:
            answers = await self._sent(calls)
            if any(isinstance(answer, NoScriptError) for answer in answers):  # Redis began anew
                for script in {call.script.sha: call.script for call in calls}.values():
                    await self._client.script_load(script.script)
                answers = await self._sent(calls)
        except Exception as error:  # noqa: BLE001 - whoever waits has to hear of it
            return [error for _ in calls]
        return answers

    async def _sent(self, calls: Sequence[_Call]) -> list[Any]:
        async with self._client.pipeline(transaction=False) as pipe:
            for script, keys, args, _ in calls:
                pipe.execute_command("EVALSHA", script.sha, len(keys), *keys, *args)
            return await pipe.execute(raise_on_error=False)
