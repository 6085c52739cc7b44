"""The messages of a live solution, defined once.

The worker writes *entries* to the token log, the consumer forwards them with their id put in
front, and `static/js/solution_state.js` reads them. Clients send *requests*. A frame of the server
holds one or more messages, each on a line; one of a client holds one.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

ENTRY_ID = re.compile(r"[0-9]{1,19}-[0-9]{1,19}\Z")  # the writer's fence, and the place from 1 on
START_OF_LOG = "0-0"

# Why the server closes a socket. It may choose codes from 4000 up only.
NOT_SIGNED_IN, TOO_SLOW, TRY_AGAIN, TOO_LARGE, TOO_MANY = 4401, 4408, 4412, 4413, 4429


@dataclass(frozen=True)
class ReasoningDelta:
    """More of the chain of thought; `tokens` is how many the text took."""

    type: ClassVar[str] = "reasoning.delta"
    text: str
    tokens: int


@dataclass(frozen=True)
class StepDelta:
    """More of step `step` (from 0). The answer is all steps' texts, joined by nothing."""

    type: ClassVar[str] = "step.delta"
    step: int
    text: str
    tokens: int


@dataclass(frozen=True)
class StepSettled:
    """Step `step` is complete."""

    type: ClassVar[str] = "step.settled"
    step: int


@dataclass(frozen=True)
class StepChecked:
    """What was found of step `step`, after it is complete; `check` is a `StepCheck.to_dict`."""

    type: ClassVar[str] = "step.checked"
    step: int
    check: dict[str, Any]


@dataclass(frozen=True)
class End:
    """The last entry: how it ended and what the final answer was found to be."""

    type: ClassVar[str] = "solution.end"
    outcome: str
    verdict: str = ""
    rule: str = ""
    feedback: str = ""
    answer: str = ""
    tokens: int = 0
    seconds: float | None = None
    model: str = ""


@dataclass(frozen=True)
class Whole:
    """Replaces all that was shown: a solution read from its row, or one that begins anew.

    checks: one for each step, as in StepChecked; None, or too short, where steps have none.
    settled: how many steps are complete; None for all of them. `tokens` counts those so far.
    corrections: `Correction.to_dict` of each; with the last of them the model goes on from here.
    """

    type: ClassVar[str] = "solution.whole"
    reasoning: str = ""
    reasoning_tokens: int = 0
    steps: list[str] = field(default_factory=list)
    checks: list[dict[str, Any] | None] = field(default_factory=list)
    end: dict[str, Any] | None = None
    settled: int | None = None
    tokens: int = 0
    corrections: list[dict[str, Any]] = field(default_factory=list)


_ENCODER = json.JSONEncoder(ensure_ascii=False)
Entry = ReasoningDelta | StepDelta | StepSettled | StepChecked | End | Whole
_ENTRIES: dict[str, type[Entry]] = {
    entry.type: entry for entry in (ReasoningDelta, StepDelta, StepSettled, StepChecked, End, Whole)
}


def encode(entry: Entry) -> str:
    # Not asdict, which would copy all that is only to be written.
    return _ENCODER.encode({"type": entry.type, **vars(entry)})


def decode(text: str) -> Entry:
    fields = json.loads(text)
    return _ENTRIES[fields.pop("type")](**fields)


def with_id(entry_id: str, encoded: str) -> str:
    """An encoded entry as it goes to the browser, without decoding it for each viewer."""
    return f'{{"id": "{entry_id}", {encoded[1:]}'


def framed(messages: Sequence[str]) -> str:
    return "\n".join(messages)  # which JSON has within no message


def id_after(entry_id: str) -> str:
    """The next possible id, for a message that is not in the log and comes last."""
    fence, _ = entry_id.split("-")
    return f"{fence}-{place_of(entry_id) + 1}"


def place_of(entry_id: str) -> int:
    """How many entries whoever has this one has, itself included."""
    return in_order(entry_id)[1]


def in_order(entry_id: str) -> tuple[int, int]:
    """What ids are sorted by, as Redis does."""
    fence, place = entry_id.split("-")
    return int(fence), int(place)


def is_end(encoded: str) -> bool:
    return encoded.startswith(_ENCODED_END)


_ENCODED_END = f'{{"type": "{End.type}"'


# What clients send.


@dataclass(frozen=True)
class Start:
    item: UUID


@dataclass(frozen=True)
class Watch:
    solution: UUID
    after: str


@dataclass(frozen=True)
class Drawn:
    solution: UUID
    id: str


@dataclass(frozen=True)
class Cancel:
    solution: UUID


Request = Start | Watch | Drawn | Cancel


class Malformed(ValueError):
    """Says what was needed and what came."""


def parse(text: str) -> Request:
    """Raises Malformed for anything but one of the four requests."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number with too many digits
        raise Malformed("need a JSON object") from error
    if not isinstance(content, dict):
        raise Malformed("need a JSON object")
    match content.get("type"):
        case "solution.start":
            return Start(_code(content, "item"))
        case "solution.watch":
            return Watch(_code(content, "solution"), _entry_id(content, "after") or START_OF_LOG)
        case "solution.drawn":
            return Drawn(_code(content, "solution"), _entry_id(content, "id"))
        case "solution.cancel":
            return Cancel(_code(content, "solution"))
        case other:
            raise Malformed(f"unknown type {other!r:.40}")


def _code(content: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(content[name])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Malformed(f"{name}: need a UUID, got {content.get(name)!r:.40}") from error


def _entry_id(content: dict[str, Any], name: str) -> str:
    value = content.get(name, "")
    if isinstance(value, str) and (not value or ENTRY_ID.match(value)):
        return value
    raise Malformed(f"{name}: need the id of a log entry, got {value!r:.40}")
