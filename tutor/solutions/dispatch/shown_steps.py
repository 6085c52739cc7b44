"""The checked steps of a finished solution as its page shows them.

static/js/step_checks.js decides the same while a solution is being written;
tests/data/shown_checks.json holds both to it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from tutor.grading.steps.client import UNCHECKED
from tutor.solutions.models import CheckedReference, Solution

Fields = dict[str, Any]  # of a check, as the row keeps it: perhaps by an earlier version

# What claims that two sides agree; the others say something about what came before.
_OF_TWO_SIDES = {"equal", "substitute", "evaluate", "approximate"}


@dataclass(frozen=True)
class ShownClaim:
    """mark: proved, refuted or unchecked; empty for a definition, of which nothing is to prove.

    sentence: the one of steps/_witness.html that tells how a refuted claim fails, or "".
    at, left, right: its formulas.
    """

    mark: str
    relation: str
    text: str
    slip: str
    sentence: str
    at: str
    left: str
    right: str


@dataclass(frozen=True)
class ShownStep:
    """mark: proved, refuted, resting (on a refuted step) or unchecked; empty where none is shown.

    rests_on: that step's number, from 1; None where there is none.
    """

    text: str
    mark: str = ""
    claims: tuple[ShownClaim, ...] = ()
    rests_on: int | None = None


@dataclass(frozen=True)
class Tally:
    """How many steps there are, and how many have which mark."""

    steps: int
    proved: int
    refuted: int
    resting: int
    unchecked: int


def shown_steps(solution: Solution | CheckedReference) -> list[ShownStep]:
    return shown(solution.steps, solution.checks)


def shown(steps: Sequence[str], checks: Sequence[Fields | None]) -> list[ShownStep]:
    """All steps; without marks where no checker has looked at any."""
    if not checks:
        return [ShownStep(text) for text in steps]
    return [_shown(text, check) for text, check in zip_longest(steps, checks)]


def tally(steps: list[ShownStep]) -> Tally | None:
    marks = Counter(step.mark for step in steps)
    if set(marks) <= {""}:
        return None
    return Tally(
        len(steps), *(marks[name] for name in ("proved", "refuted", "resting", "unchecked"))
    )


def _shown(text: str, found: Fields | None) -> ShownStep:
    check: Fields = found or UNCHECKED.to_dict()
    claims = tuple(_shown_claim(claim) for claim in check["claims"])
    rests_on = None if check["rests_on"] is None else check["rests_on"] + 1
    return ShownStep(text, _mark_of(check), claims, rests_on)


def _mark_of(check: Fields) -> str:
    is_resting = check["rests_on"] is not None and check["verdict"] != "refuted"
    return "resting" if is_resting else str(check["verdict"])


def _shown_claim(claim: Fields) -> ShownClaim:
    is_definition = claim["relation"] == "define" and claim["verdict"] == "unchecked"
    sentence = _sentence_of(claim)
    nothing: Fields = {"values": {}, "left": "", "right": ""}
    witness: Fields = claim["witness"] if sentence else nothing
    return ShownClaim(
        mark="" if is_definition else claim["verdict"],
        relation=claim["relation"],
        text=claim["claim"],
        slip=claim["slip"],
        sentence=sentence,
        at=r",\; ".join(f"{name} = {value}" for name, value in witness["values"].items()),
        left=witness["left"],
        right=witness["right"],
    )


def _sentence_of(claim: Fields) -> str:
    witness = claim["witness"]
    if claim["verdict"] != "refuted" or witness is None:
        return ""
    has_sides = bool(witness["left"] and witness["right"])
    if not witness["values"]:
        return "sides" if has_sides else ""
    if claim["relation"] in _OF_TWO_SIDES:
        return "sides_at" if has_sides else ""
    fails = "premise_fails" if witness.get("failing") == "premise" else "claim_fails"
    return f"{fails}_sides" if has_sides else fails
