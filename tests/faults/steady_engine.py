"""Replaces a model: writes a different text for each problem at a constant rate."""

import asyncio
import random
import re
from collections.abc import AsyncGenerator, Sequence

from tutor.engine.completion import Delta, EngineFailed, Outcome, Prompt, Sampling

STEPS = 16
# A problem with these words gets a solution ten times as long, or twenty times as slow.
LONG, SLOW = "long", "slow"


class SteadyEngine:
    """rate: tokens per second of one solution. A token's id is its position in the text."""

    name, version, continues = "steady", "1", True

    def __init__(self, rate: float) -> None:
        self.pause_s = 1 / rate

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        tokens = tokens_of(prompt.user)
        pause_s = self.pause_s * (20 if SLOW in prompt.user else 1)
        if list(so_far) != list(range(len(so_far))):
            raise EngineFailed(f"told to go on after {so_far}, which it has not written")
        due_at = asyncio.get_running_loop().time()
        for position in range(len(so_far), len(tokens)):
            due_at += pause_s
            await asyncio.sleep(max(0.0, due_at - asyncio.get_running_loop().time()))
            yield Delta(answer=tokens[position], token_ids=(position,))
        yield Delta(outcome=Outcome.FINISHED)

    async def check(self) -> None:
        """Always succeeds."""

    async def close(self) -> None:
        """There is nothing to close."""


def tokens_of(problem: str) -> list[str]:
    dice = random.Random(problem)
    sums = []
    for number in range(1, STEPS * (10 if LONG in problem else 1)):
        a, b = dice.randrange(100), dice.randrange(100)
        sums.append(f"{number}. So \\({a} + {b} = {a + b}\\) again.\n\n")
    return re.findall(r"\S+\s*", "".join([*sums, "The answer is \\(\\boxed{4}\\)."]))
