"""The messages of a live solution, defined once.

The worker writes *entries* to the token log, the consumer forwards each with its id in front, and
`static/js/solution_state.js` reads them. Clients send *requests*. A frame from the server holds one
or more messages, each on a line; a frame from a client holds one.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

ENTRY_ID = re.compile(
    r"[0-9]{1,19}-[0-9]{1,19}\Z"
)  # the writer's fence, and the position from 1 on
START_OF_LOG = "0-0"

# Why the server closes a socket. Applications may only use codes from 4000 up.
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
    """The check of step `step`, which is complete; `check` is a `StepCheck.to_dict`."""

    type: ClassVar[str] = "step.checked"
    step: int
    check: dict[str, Any]


@dataclass(frozen=True)
class SolutionEnd:
    """The last entry: how the solution ended, and the verdict on its final answer.

    feedback: a `Feedback.to_json` in the log, and its sentence on the way to a viewer.
    """

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
class WholeSolution:
    """Replaces all that was shown: a solution read from its row, or one that begins anew.

    checks: one for each step, as in StepChecked; None where a step has none, and the list may be
    shorter than the steps. settled: how many steps are complete; None: all. tokens: all so far.
    corrections: a `Correction.to_dict` each; after the last one the model goes on from here.
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
Entry = ReasoningDelta | StepDelta | StepSettled | StepChecked | SolutionEnd | WholeSolution
_ENTRIES: dict[str, type[Entry]] = {
    entry.type: entry
    for entry in (
        ReasoningDelta,
        StepDelta,
        StepSettled,
        StepChecked,
        SolutionEnd,
        WholeSolution,
    )
}


def encode(entry: Entry) -> str:
    # Not asdict, which would copy everything first.
    return _ENCODER.encode({"type": entry.type, **vars(entry)})


def decode(text: str) -> Entry:
    fields = json.loads(text)
    return _ENTRIES[fields.pop("type")](**fields)


def with_id(entry_id: str, encoded: str) -> str:
    """An encoded entry as the browser gets it, without decoding it for each viewer."""
    return f'{{"id": "{entry_id}", {encoded[1:]}'


def framed(messages: Sequence[str]) -> str:
    return "\n".join(messages)  # no line feed stands within an encoded message


def id_after(entry_id: str) -> str:
    """The next possible id, for a last message that is not in the log."""
    fence, _ = entry_id.split("-")
    return f"{fence}-{position_of(entry_id) + 1}"


def position_of(entry_id: str) -> int:
    """How many entries the log has up to this one, itself included."""
    return sort_key(entry_id)[1]


def sort_key(entry_id: str) -> tuple[int, int]:
    """Sorts ids as Redis does."""
    fence, position = entry_id.split("-")
    return int(fence), int(position)


def is_end(encoded: str) -> bool:
    return encoded.startswith(_ENCODED_END)


_ENCODED_END = f'{{"type": "{SolutionEnd.type}"'


# What clients send.


@dataclass(frozen=True)
class Start:
    item: UUID


@dataclass(frozen=True)
class Watch:
    solution: UUID
    after: str


@dataclass(frozen=True)
class Shown:
    solution: UUID
    id: str


@dataclass(frozen=True)
class Cancel:
    solution: UUID


Request = Start | Watch | Shown | Cancel


class Malformed(ValueError):
    """Its text says what was needed and what came."""


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
        case "solution.shown":
            return Shown(_code(content, "solution"), _entry_id(content, "id"))
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
