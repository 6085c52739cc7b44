"""A test double of the model: says what the test wrote, token by token."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from tutor.engine.completion import Delta, EngineFailed, Outcome, Prompt, PromptTooLong, Sampling


class ScriptedEngine:
    """Each piece of `reasoning` and `answer` is one token; its id is its place.

    `fail_at`: the engine dies before the token of that number, once. `hold_at`: it waits there
    until `release()`. `prompts` are those it was given, for tests of what a model may know,
    `request_ids` what they were called.
    `continues`: otherwise it tells no ids, as most servers do. `pause_s`: before each token.
    """

    name, version, model = "scripted", "1", "scripted-model"

    def __init__(
        self,
        answer: Sequence[str],
        *,
        reasoning: Sequence[str] = (),
        outcome: Outcome = Outcome.FINISHED,
        fail_at: int | None = None,
        hold_at: int | None = None,
        longest_prompt: int = 10_000,
        continues: bool = True,
        pause_s: float = 0.002,
    ) -> None:
        self.tokens = [Delta(reasoning=t, token_ids=(i,)) for i, t in enumerate(reasoning)]
        self.tokens += [
            Delta(answer=t, token_ids=(i,)) for i, t in enumerate(answer, start=len(reasoning))
        ]
        self.continues = continues
        self.pause_s = pause_s
        if not continues:  # it counts tokens, and does not know their ids
            self.tokens = [Delta(d.reasoning, d.answer, tokens=1) for d in self.tokens]
        self.outcome = outcome
        self.fail_at, self.hold_at = fail_at, hold_at
        self.longest_prompt = longest_prompt
        self.prompts: list[Prompt] = []
        self.request_ids: list[str] = []
        self.aborted = 0
        self.generated = 0  # tokens
        self.is_dead = False  # as `check` finds it
        self._released = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> "ScriptedEngine":
        self._loop = asyncio.get_running_loop()
        return self

    def release(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._released.set)

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        self.request_ids.append(request_id)
        if len(prompt.user) > self.longest_prompt:
            raise PromptTooLong(len(prompt.user), self.longest_prompt)
        try:
            for number, delta in enumerate(self.tokens):
                if number < len(so_far):
                    continue
                if number == self.fail_at:
                    self.fail_at = None
                    raise EngineFailed("the scripted engine died")
                if number == self.hold_at:
                    await self._released.wait()
                await asyncio.sleep(self.pause_s)
                self.generated += 1
                yield delta
            yield Delta(outcome=self.outcome)
        except (GeneratorExit, asyncio.CancelledError):
            self.aborted += 1
            raise

    async def check(self) -> None:
        if self.is_dead:
            raise EngineFailed("the scripted engine is dead")

    async def close(self) -> None:
        """Nothing to end."""
