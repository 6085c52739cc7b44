"""What a figure depends on. Samples are put together only where all of it is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b, file_digest, sha256
from math import prod
from pathlib import Path

# What an engine reads of a folder; a README beside it makes no other model.
_READ = {".safetensors", ".json", ".jinja", ".txt", ".model"}
_WHOLE = {"F64", "F32", "F16", "BF16"}  # types of which each element is one parameter


class OtherConditions(ValueError):
    """A run was begun under other conditions; the message names every difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """model: the folder's name, the hub's, or the one under which a server offers it.

    weights: of the folder's content, "" for a server, which does not tell. options: of the engine,
    that change what is drawn. grader: its version and the step checker's. data: of the file.
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
        """Short, and carried by every sample."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def differences(self, other: Conditions) -> list[str]:
        """In words: what these say, and what the other ones say where they do."""
        ours, theirs = asdict(self), asdict(other)
        return [
            f"{name} was {ours[name] or 'not known'} and is {theirs[name] or 'not known'}"
            for name in ours
            if ours[name] != theirs[name]
        ]


@dataclass(frozen=True, slots=True)
class Place:
    """Of one sample: which problem, in which run, and the how manieth of that run. From 1."""

    problem: str
    run: int
    sample: int

    def seed(self, base: int) -> int:
        """The same for the same place, so that a sample that was lost is drawn alike again."""
        text = f"{base}/{self.problem}/{self.run}/{self.sample}"
        return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) >> 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is wanted: the first `problems` of the file, `samples` of each in each run."""

    problems: int
    samples: int
    runs: int

    def grown(self, other: Plan) -> Plan:
        """So much of either. What was drawn once is never dropped."""
        return Plan(
            max(self.problems, other.problems),
            max(self.samples, other.samples),
            max(self.runs, other.runs),
        )

    @property
    def size(self) -> int:
        return self.problems * self.samples * self.runs

    def has(self, place: Place) -> bool:
        """Whether it wants such a sample of its problems."""
        return 1 <= place.run <= self.runs and 1 <= place.sample <= self.samples

    def places(self, codes: list[str]) -> Iterator[Place]:
        """First one sample of every problem, then the second, and then the next run."""
        for run in range(1, self.runs + 1):
            for sample in range(1, self.samples + 1):
                for code in codes[: self.problems]:
                    yield Place(code, run, sample)


def weights_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of all that an engine reads of the folder."""
    whole = sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in _READ and path.is_file():
            with path.open("rb") as content:
                whole.update(f"{path.name} {file_digest(content, 'sha256').hexdigest()}\n".encode())
    return f"sha256:{whole.hexdigest()}"


def count_parameters(folder: Path) -> int | None:
    """By the headers of the weights; None where they are packed, and say no count."""
    count = 0
    for path in folder.glob("*.safetensors"):
        with path.open("rb") as content:
            header = json.loads(content.read(int.from_bytes(content.read(8), "little")))
        tensors = [entry for name, entry in header.items() if name != "__metadata__"]
        if any(entry["dtype"] not in _WHOLE for entry in tensors):
            return None
        count += sum(prod(entry["shape"]) for entry in tensors)
    return count or None
