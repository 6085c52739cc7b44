"""The command with a scripted model, as a process that a test can kill.

python -m tests.evaluation.scripted_run FILE …
"""

import asyncio
import random
import sys
from collections.abc import AsyncGenerator, Sequence

from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import Delta, EngineConfig, Prompt, Sampling, ServerConfig
from tutor.evaluation.__main__ import main


class ChancyEngine(ScriptedEngine):
    """Adds or fails to: what it says hangs on the problem and the seed alone."""

    def __init__(self, pause_s: float = 0.0) -> None:
        super().__init__([], pause_s=pause_s)

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        dice = random.Random(f"{prompt.user} {sampling.seed}")
        first, second = (int(word) for word in prompt.user.split()[:3:2])
        text = dice.choice(
            [f"\\boxed{{{first + second}}}", f"\\boxed{{{first * second}}}", "I pass."]
        )
        steps = f"We add.\n\n\\({first} + {second} = {first + second}\\)\n\n"
        for number, piece in enumerate([*steps.split(" "), text]):
            await asyncio.sleep(self.pause_s)
            yield Delta(answer=f"{piece} ", token_ids=(number,))
        yield Delta(outcome=self.outcome)


async def start_slowly(config: EngineConfig | ServerConfig) -> ChancyEngine:
    return ChancyEngine(pause_s=0.02)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], start_slowly))
