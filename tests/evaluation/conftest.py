"""Sums as problems, a folder that looks like a model, and the command with a scripted engine."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.evaluation.scripted_run import ChancyEngine
from tutor.engine.completion import Engine
from tutor.evaluation.__main__ import main
from tutor.evaluation.samples import SampleRecord, read_run

Evaluate = Callable[..., int]


@pytest.fixture(autouse=True)
def _interruptible() -> Iterator[None]:
    """As in a terminal: what runs in the background ignores Ctrl-C, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def sums(tmp_path: Path) -> Path:
    """Five sums, as GSM8K writes problems."""
    path = tmp_path / "sums.jsonl"
    rows = [{"question": f"{n} + {n + 1} = ?", "answer": f"So #### {2 * n + 1}"} for n in range(5)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny-model"
    folder.mkdir()
    tensor = {"dtype": "F32", "shape": [3, 2], "data_offsets": [0, 24]}
    header = json.dumps({"weight": tensor}).encode()
    weights = len(header).to_bytes(8, "little") + header + bytes(24)
    (folder / "model.safetensors").write_bytes(weights)
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def evaluate(sums: Path, model: Path, tmp_path: Path) -> Evaluate:
    """Run the command; `engine` answers instead of a model."""

    def evaluate(*options: str, engine: Engine | None = None, file: Path = sums) -> int:
        async def start(config: object) -> Engine:
            return engine or ChancyEngine()

        common = [str(file), "--model", str(model), "--out", str(tmp_path / "run")]
        return main([*common, *options], start)

    return evaluate


def taken(folder: Path) -> list[tuple[object, ...]]:
    """What was taken, without the times that it took."""
    return sorted(map(content, read_run(folder).samples))


def content(sample: SampleRecord) -> tuple[object, ...]:
    judged = (sample.answer, sample.verdict, sample.rule, tuple(sorted(sample.steps.items())))
    fields = (sample.outcome, sample.reasoning, sample.text, sample.tokens, sample.conditions)
    return (sample.problem, sample.run, sample.sample, sample.seed, *fields, *judged)
