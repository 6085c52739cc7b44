"""The tools that a model may call: checks its arguments, and answers in sentences."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from tutor.engine.completion import Tool
from tutor.tools.algebra import Operation, work_out
from tutor.tools.calculator import calculate
from tutor.tools.reading import NoResult

logger = logging.getLogger(__name__)

MAX_LENGTH = 2_000  # characters of a call's arguments
_EXPRESSION = {"type": "string", "description": r"such as 17 * 24, \frac{3}{4} + 0.5 or sqrt(2)"}


def tools() -> tuple[Tool, ...]:
    """The tools that Lemma offers."""
    return (
        Tool(
            name="calculate",
            description=(
                "Works out a sum of numbers, exactly where that is possible."
                " Angles are in radians unless they have a degree sign."
            ),
            parameters=_schema({"expression": _EXPRESSION}, "expression"),
            call=answering(lambda given: calculate(given["expression"]), {"expression"}),
        ),
        Tool(
            name="algebra",
            description="Computer algebra over the real numbers, on expressions and equations.",
            parameters=_schema(
                {
                    "operation": {"type": "string", "enum": list(Operation)},
                    "expression": {
                        "type": "string",
                        "description": "such as x^2 - 5x + 6; to solve: equations, with ; between",
                    },
                    "variable": {"type": "string", "description": "a letter, if there are several"},
                    "at": {"type": "string", "description": "to evaluate: such as x = 3, y = 2"},
                },
                "operation",
                "expression",
            ),
            call=answering(_algebra, {"operation", "expression"}),
        ),
    )


def _schema(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(required)}


def _algebra(given: Mapping[str, str]) -> str:
    try:
        operation = Operation(given["operation"])
    except ValueError:
        raise NoResult(f"There is no such operation; there are {', '.join(Operation)}.") from None
    return work_out(operation, given["expression"], given.get("variable", ""), given.get("at", ""))


def answering(work: Callable[[Mapping[str, str]], str], needed: set[str]) -> Callable[[str], str]:
    """A function whose result, if the call fails, is a sentence with the reason."""

    def call(arguments: str) -> str:
        try:
            return work(_read(arguments, needed))
        except NoResult as reason:
            return str(reason)
        except Exception:
            # The model can go on without; the engine that serves all solutions must not end.
            logger.exception("a tool could not answer a call")
            return "That cannot be worked out here."

    return call


def _read(arguments: str, needed: set[str]) -> dict[str, str]:
    """Raises NoResult. Values that are missing, empty or null are left out."""
    names = ", ".join(sorted(needed))
    if len(arguments) > MAX_LENGTH:
        raise NoResult(f"The arguments are longer than {MAX_LENGTH} characters.")
    try:
        given = json.loads(arguments)
    except (ValueError, RecursionError):
        raise NoResult(f"The arguments are not JSON; an object with {names} is needed.") from None
    if not isinstance(given, dict):
        raise NoResult(f"The arguments are no JSON object; one with {names} is needed.")
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    numbers = {
        name: json.dumps(value) for name, value in given.items() if type(value) in (int, float)
    }
    given = {name: value for name, value in (texts | numbers).items() if value.strip()}
    if missing := sorted(needed - given.keys()):
        raise NoResult(f"The argument {missing[0]} is missing, or is no text.")
    return given
