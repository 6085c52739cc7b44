"""Runs as the command makes them, with an engine that is not one."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import Delta, Outcome, Prompt, Sampling
from tutor.evaluation.__main__ import main

SUMS = [
    {"slug": f"sum-{n}", "statement": f"What is \\({n} + {n}\\)?", "skills": [subject],
     "key": {"kind": "number", "value": str(2 * n)}, "language": "en"}
    for n, subject in enumerate(["algebra.sums", "algebra.sums", "geometry.lines"], start=1)
]  # fmt: skip
RIGHT = r"We add.\n\n\(1 + 1 = 2\)\n\nSo \(\boxed{2}\).".replace(r"\n", "\n")
WRONG = r"We add.\n\n\(2 + 2 = 5\)\n\nSo \(\boxed{5}\).".replace(r"\n", "\n")


class Saying(ScriptedEngine):
    """Says one thing after the other; all over again when there is no more."""

    def __init__(self, *texts: str, reasoning: str = "") -> None:
        super().__init__([])
        self.texts, self.reasoning = texts, reasoning

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        text = self.texts[len(self.prompts) % len(self.texts)]
        self.prompts.append(prompt)
        if self.reasoning:
            yield Delta(reasoning=self.reasoning, token_ids=(0,))
        for number, word in enumerate(text.split(" ")):
            await asyncio.sleep(0)
            yield Delta(answer=f"{word} ", token_ids=(number,))
        yield Delta(outcome=Outcome.FINISHED)


def make_run(
    folder: Path, rows: Sequence[Mapping[str, Any]], *texts: str, options: Sequence[str] = (),
    reasoning: str = "",
) -> None:  # fmt: skip
    """rows: of a file of problems beside the folder. texts: what the model says, in turn."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    file = folder.parent.parent / "problems.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    engine = Saying(*texts, reasoning=reasoning)

    async def start(config: object) -> Saying:
        return engine

    server = ["--server", "http://127.0.0.1:9/v1", "--served-name", "tiny-chat"]
    command = [str(file), "--out", str(folder), "--at-once", "1", *server, *options]
    assert main(command, start) == 0
