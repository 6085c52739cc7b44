"""Chances of two events by letters: P(A or B) = P(A) + P(B) - P(A and B), with the numbers told."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.grading.working.knowledge.formulas import words

MAX_LENGTH = 200  # of a line
_SPACE = re.compile(r"[\s\\{}]")
_OR = re.compile(r"\\cup(?![a-z])|∪|\bor\b|\boder\b|\bou\b|\bo\b|或")
_AND = re.compile(r"\\cap(?![a-z])|∩|\band\b|\bund\b|\bet\b|\by\b|且|&")
_CHANCE = re.compile(r"P\s?\(([^()=]{1,30})\)")
_UNDER = re.compile(r"P_\{?([A-Z])\}?\s?\(\s?([A-Z])\s?\)")  # P_A(B), as French schools write it
_TOLD = re.compile(
    r"P\s?\(([^()=]{1,30})\)\s?=\s?(\d{1,3}\s?/\s?\d{1,4}|\d{1,3}(?:\.\d{1,4})?(?:\s?\\?%)?)"
    r"|P\s?\(([^()=]{1,30})\)\s?=\s?\\[dt]?frac\s?\{?(\d{1,3})\}?\s?\{?(\d{1,4})\}?"
)
_INDEPENDENT = words(r"independent|unabhängig\w{0,2}|indépendants?|independientes?", "独立")
_EVENT = re.compile(r"[A-Z](?:[∪∩|][A-Z])?")


def values_by_told(text: str, statement: str) -> list[Fraction]:
    """Of all sides of the line, of which the first is a chance; empty where one is not known."""
    text = _UNDER.sub(r"P(\2|\1)", text)
    if len(text) > MAX_LENGTH or not _CHANCE.match(text.strip()):
        return []
    known = _known(_UNDER.sub(r"P(\2|\1)", statement))
    sides = [_value(side, known) for side in _CHANCE.sub(_hidden, text).split("=")]
    values = [value for value in sides if value is not None]
    return values if len(known) > 1 and 1 < len(sides) == len(values) else []


def _hidden(match: re.Match[str]) -> str:
    return match[0].replace("=", " ")


def _event(text: str) -> str:
    """A∪B for A or B; "" for anything else than one or two letters."""
    joined = _AND.sub("∩", _OR.sub("∪", text)).replace(r"\mid", "|")
    event = _SPACE.sub("", joined)
    if not _EVENT.fullmatch(event):
        return ""
    return event if len(event) == 1 else _sorted(event)


def _sorted(event: str) -> str:
    if event[1] == "|":
        return event
    return event[1].join(sorted(event[::2]))


def _known(statement: str) -> dict[str, Fraction]:
    known: dict[str, Fraction] = {}
    for match in _TOLD.finditer(statement.replace(r"\(", " ").replace(r"\)", " ")):
        event = _event(match[1] or match[3])
        if event:
            known[event] = _number(match)
    letters = sorted({letter for event in known for letter in event if letter.isalpha()})
    if len(letters) == 2:
        _derive(known, *letters, is_independent=bool(_INDEPENDENT.search(statement)))
    return known


def _number(match: re.Match[str]) -> Fraction:
    if match[4]:
        return Fraction(int(match[4]), int(match[5]) or 1)
    text = match[2].replace(" ", "").replace("\\", "")
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(int(bottom or 1) or 1)


def _derive(known: dict[str, Fraction], a: str, b: str, *, is_independent: bool) -> None:
    """The chances that the told ones decide."""
    both, either = f"{a}∩{b}", f"{a}∪{b}"
    # With the union told, independence is what is asked.
    if is_independent and {a, b} <= known.keys() and either not in known:
        known.setdefault(both, known[a] * known[b])
    for condition, given in ((f"{a}|{b}", b), (f"{b}|{a}", a)):
        if condition in known and given in known:
            known.setdefault(both, known[condition] * known[given])
    parts = {a: 1, b: 1, both: -1, either: -1}
    missing = [event for event in parts if event not in known]
    if len(missing) == 1:
        total = sum(sign * known[event] for event, sign in parts.items() if event in known)
        known[missing[0]] = -Fraction(total) * parts[missing[0]]
    for condition, given in ((f"{a}|{b}", b), (f"{b}|{a}", a)):
        if both in known and known.get(given):
            known.setdefault(condition, known[both] / known[given])


def _value(side: str, known: dict[str, Fraction]) -> Fraction | None:
    events = [_event(match[1]) for match in _CHANCE.finditer(side)]
    if not all(event in known for event in events):
        return None
    numbers = iter(f"({known[event]})" for event in events)
    with suppress(Unreadable, RecursionError):
        value = read_expression(_CHANCE.sub(lambda _: next(numbers), side).strip())
        return rational_value(value) if is_term(value) else None
    return None
