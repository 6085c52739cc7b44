"""The conditions of a run. Samples are combined only if all conditions are the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b, file_digest, sha256
from math import prod
from pathlib import Path

# The files that an engine reads; a README beside them makes no other model.
_READ = {".safetensors", ".json", ".jinja", ".txt", ".model"}
_UNPACKED = {"F64", "F32", "F16", "BF16"}  # types with one parameter in each element


class OtherConditions(ValueError):
    """A run was begun under other conditions; the message names every difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Everything that a run's result depends on.

    model: the name of the folder, on the hub, or at a server. weights: digest of the folder's
    content, "" for a server. options: those of the engine that change the samples. grader: its
    version and the step checker's. data: digest of the file of problems.
    """

    model: str
    weights: str
    engine: str
    options: str
    recipe: str
    sampling: str
    grader: str
    data: str
    seed: int

    @property
    def digest(self) -> str:
        """Short; every sample has it."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def differences(self, other: Conditions) -> list[str]:
        """Each difference, in words."""
        values, other_values = asdict(self), asdict(other)
        return [
            f"{name} was {values[name] or 'not known'} and is {other_values[name] or 'not known'}"
            for name in values
            if values[name] != other_values[name]
        ]


@dataclass(frozen=True, slots=True)
class SampleId:
    """Identifies a sample: its problem, its run, and its number in that run. Both from 1."""

    problem: str
    run: int
    sample: int

    def seed(self, base: int) -> int:
        """The same for the same sample, so that a lost sample is taken again alike."""
        text = f"{base}/{self.problem}/{self.run}/{self.sample}"
        return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) >> 1


@dataclass(frozen=True, slots=True)
class RunPlan:
    """How much to take: of the first `problems` of the file, `samples` of each in each run."""

    problems: int
    samples: int
    runs: int

    def merged(self, other: RunPlan) -> RunPlan:
        """The larger of both numbers: what was taken once is never dropped."""
        return RunPlan(
            max(self.problems, other.problems),
            max(self.samples, other.samples),
            max(self.runs, other.runs),
        )

    @property
    def size(self) -> int:
        return self.problems * self.samples * self.runs

    def includes(self, sample_id: SampleId) -> bool:
        """Whether the plan has this sample, if it has the problem."""
        return 1 <= sample_id.run <= self.runs and 1 <= sample_id.sample <= self.samples

    def sample_ids(self, codes: list[str]) -> Iterator[SampleId]:
        """First one sample of every problem, then the second, and then the next run."""
        for run in range(1, self.runs + 1):
            for sample in range(1, self.samples + 1):
                for code in codes[: self.problems]:
                    yield SampleId(code, run, sample)


def weights_digest(folder: Path) -> str:
    """SHA-256 of the names and contents of all files that an engine reads."""
    digest = sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in _READ and path.is_file():
            with path.open("rb") as content:
                digest.update(
                    f"{path.name} {file_digest(content, 'sha256').hexdigest()}\n".encode()
                )
    return f"sha256:{digest.hexdigest()}"


def count_parameters(folder: Path) -> int | None:
    """From the headers of the weights; None if packed weights give no count."""
    count = 0
    for path in folder.glob("*.safetensors"):
        with path.open("rb") as content:
            header = json.loads(content.read(int.from_bytes(content.read(8), "little")))
        tensors = [entry for name, entry in header.items() if name != "__metadata__"]
        if any(entry["dtype"] not in _UNPACKED for entry in tensors):
            return None
        count += sum(prod(entry["shape"]) for entry in tensors)
    return count or None
