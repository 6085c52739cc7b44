"""Has the steps of a solution checked while it is being written."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Self

from tutor.grading.check_process.client import UNCHECKED
from tutor.grading.steps.checks import StepCheck
from tutor.solutions.log.writer import LogWriter

# Takes the statement, the steps up to the one to check, and seconds.
CheckStep = Callable[[str, Sequence[str], float], StepCheck]

MAX_WAIT_S = 30.0  # on the clock, for one step, with its wait behind the steps of other solutions
AT_THE_END_S = 15.0  # for the steps that wait when all is written


class StepChecks:
    """A task that checks one solution's complete steps in their order, each of them once.

    Checks by an earlier worker are in the log already. `check` may block, and is called in one of
    `threads`; None leaves the steps unchecked.
    """

    def __init__(
        self, writer: LogWriter, statement: str, check: CheckStep | None, threads: Executor
    ) -> None:
        self._writer = writer
        self._statement = statement
        self._check = check
        self._threads = threads
        self._task: asyncio.Task[None] | None = None
        self._is_complete = False  # no further step will settle
        self._time_is_up = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.exception()  # an error of the log is raised by the writer too

    def begin(self) -> None:
        """Check from now on: the text in the log will not be taken back."""
        if self._check is not None and self._task is None:
            self._task = asyncio.create_task(self._run(self._check))

    async def finish(self) -> None:
        """Wait for the last checks, but not for long: the rest stays unchecked."""
        self.begin()
        if self._task is None:
            return
        self._is_complete = True
        self._writer.has_settled.set()
        await asyncio.wait([self._task], timeout=AT_THE_END_S)
        self._time_is_up.set_result(None)
        await self._task

    async def _run(self, check: CheckStep) -> None:
        while True:
            is_last_look = self._is_complete
            self._writer.has_settled.clear()
            unchecked = self._writer.transcript.unchecked()
            for step in unchecked:
                result = await self._check_step(check, step)
                is_last = step == unchecked[-1]
                await self._writer.write_check(step, result.to_dict(), at_once=not is_last)
            if is_last_look:
                return
            await self._writer.has_settled.wait()

    async def _check_step(self, check: CheckStep, step: int) -> StepCheck:
        if self._time_is_up.done():
            return UNCHECKED
        steps = self._writer.transcript.steps[: step + 1]
        checking = asyncio.get_running_loop().run_in_executor(
            self._threads, check, self._statement, steps, MAX_WAIT_S
        )
        try:
            await asyncio.wait([checking, self._time_is_up], return_when=asyncio.FIRST_COMPLETED)
            return checking.result() if checking.done() else UNCHECKED
        finally:
            checking.cancel()  # if it still waits for a thread
