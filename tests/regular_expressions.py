"""Every regular expression of the project, and the texts on which each takes longest."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import accounts
import tutor
from tests.processor import is_within, slowness

ROOTS = (accounts, tutor)
SEARCHING = ("search", "sub", "subn", "split", "findall", "finditer")
ANCHORED = ("match", "fullmatch")
SIZES = (24, 400, 4_000)
LONG_SIZES = (16_000, 64_000, 256_000)
# A linear one takes up to 0.3 µs a character. A quadratic one takes 6 ms for 4,000 and 100 ms
# for 16,000.
START_S, EACH_S = 0.005, 1.5e-6
LINEAR_S = 0.002  # for 4,000 characters: nothing quadratic is as fast
# What grows at most so many times as much as a text up to this long does so later as well.
LINEAR_GROWTH, LONG_ENOUGH = 1.5, 64_000


@dataclass(frozen=True)
class Expression:
    """One pattern, with what is asked of it, and where it stands."""

    pattern: re.Pattern[Any]
    methods: frozenset[str]
    places: tuple[str, ...]


def all_expressions() -> list[Expression]:
    """Those that stand in a module or class, alone or in a collection, and those in a call."""
    uses: dict[re.Pattern[Any], tuple[set[str], list[str]]] = {}

    def add(pattern: re.Pattern[Any], methods: Iterable[str], location: str) -> None:
        known, places = uses.setdefault(pattern, (set(), []))
        known.update(methods)
        places.append(location)

    modules = dict(_modules())
    sources = {name: _source(module) for name, module in modules.items()}
    importing = _importing(sources)
    for name, module in modules.items():
        for variable, value in vars(module).items():
            for pattern in _patterns_in(value, name):
                alone = isinstance(value, re.Pattern)
                used = "\n".join([sources[name], *importing[name, variable]])
                methods = _methods_of(variable, used) if alone else _methods_in(sources[name])
                add(pattern, methods, f"{name}.{variable}")
        for pattern, method, line in _calls(sources[name]):
            add(pattern, [method], f"{name}:{line}")
    return [
        Expression(pattern, frozenset(methods), tuple(dict.fromkeys(places)))
        for pattern, (methods, places) in uses.items()
    ]


def _modules() -> Iterator[tuple[str, Any]]:
    for root in ROOTS:
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if not module.name.endswith("__main__") and ".vllm_" not in module.name:
                yield module.name, importlib.import_module(module.name)


def _source(module: Any) -> str:
    file = getattr(module, "__file__", None)
    if not file or not os.path.exists(file):
        return ""
    with open(file, encoding="utf-8") as source:
        return source.read()


def _patterns_in(value: object, module: str, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    match value:
        case re.Pattern():
            yield value
        case dict():
            yield from _patterns_in([*value, *value.values()], module, depth)
        case list() | tuple() | set() | frozenset() if depth:
            for item in value:
                yield from _patterns_in(item, module, depth - 1)
        case type() if value.__module__ == module and depth:
            yield from _patterns_in(list(vars(value).values()), module, depth - 1)


def _importing(sources: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """For each module and name in it, the sources that import it from there."""
    importing = defaultdict(list)
    for source in sources.values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    importing[node.module, alias.name].append(source)
    return importing


def _methods_of(variable: str, source: str) -> set[str]:
    """What is called of it; where nothing is seen, it may be searched for."""
    name = re.escape(variable)
    called = set(re.findall(rf"\b{name}\.({'|'.join((*SEARCHING, *ANCHORED))})\b", source))
    alone = len(re.findall(rf"\b{name}\b(?!\.(?:{'|'.join((*SEARCHING, *ANCHORED))})\b)", source))
    defined = len(
        re.findall(rf"^\s*{name}(?:: [^=\n]+)? = |\b{name},|import {name}\b", source, re.M)
    )
    return called if called and alone <= defined else called | {"search"}


def _methods_in(source: str) -> set[str]:
    """What is called of names in small letters, such as those that a loop gives to patterns."""
    called = set(
        re.findall(rf"\b(?!re\.)[a-z_]\w*\.({'|'.join((*SEARCHING, *ANCHORED))})\(", source)
    )
    return called or {"search"}


def _calls(source: str) -> Iterator[tuple[re.Pattern[Any], str, int]]:
    """Of re.sub("…", …) and the like, with patterns that are written out."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                args=[ast.Constant(value=str() | bytes() as text), *_],
            ) if method in SEARCHING + ANCHORED:
                yield re.compile(text, _flags(node)), method, node.lineno


def _flags(call: ast.Call) -> int:
    names = {
        part.attr
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        for part in ast.walk(argument)
        if isinstance(part, ast.Attribute) and part.attr.isupper()
    }
    return sum(getattr(re, name) for name in names if isinstance(getattr(re, name, None), int))


# The texts


def worst_texts(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Texts as a beginning, what is repeated, and an end that does not fit."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = _parser.parse(
        text, pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags
    )
    calls: dict[tuple[str, str, str], None] = {}
    letters = sorted(set(_letters(tree)))[:6]
    for before, bodies in _repeats(list(tree), ""):
        for body in bodies:
            for end in ("\0", "\n\0"):
                calls[before, body, end] = None
                calls["", before + body, end] = None
            for letter in letters:
                calls[before, letter, "\0"] = None
                calls[before, body + letter, "\0"] = None
    for letter in letters:
        calls["", letter, "\0"] = None
    return [call for call in calls if call[1]]


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, list[str]]]:
    """What comes before each repetition, and what it may repeat."""
    for op, argument in items:
        for inner in _inside(op, argument):
            yield from _repeats(inner, before)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _least, most, body = argument
            if most >= 64:
                yield before, _samples(list(body))[:4]
        before += (_samples([(op, argument)]) or [""])[0]


def _inside(op: Any, argument: Any) -> list[list[Any]]:
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [list(argument[2])]
    if op is sre.SUBPATTERN:
        return [list(argument[3])]
    if op is sre.BRANCH:
        return [list(item) for item in argument[1]]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(argument[1])]
    if op is sre.ATOMIC_GROUP:
        return [list(argument)]
    return []


def _samples(items: list[Any]) -> list[str]:
    """Some texts that fit, the first of them each part's first."""
    texts = [""]
    for op, argument in items:
        choices = _choices(op, argument)
        texts = [text + choices[0] for text in texts] + [
            texts[0] + choice for choice in choices[1:6]
        ]
    return texts[:12]


def _choices(op: Any, argument: Any) -> list[str]:
    if op is sre.LITERAL:
        return [chr(argument)]
    if op is sre.NOT_LITERAL:
        return ["a" if argument != ord("a") else "b", " "]
    if op is sre.ANY:
        return ["a", " "]
    if op is sre.IN:
        return _letters_of(argument)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _most, body = argument
        return [text * max(1, least) for text in _samples(list(body))]
    if op in (sre.ASSERT_NOT, sre.AT, sre.ASSERT):
        return [""]
    inside = _inside(op, argument)
    return [text for inner in inside for text in _samples(inner)] or [""]


_IN_CATEGORY = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_NOT_DIGIT: "a ", sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_NOT_SPACE: "a1.", sre.CATEGORY_WORD: "a1_", sre.CATEGORY_NOT_WORD: " .",
}  # fmt: skip


def _letters_of(members: list[Any]) -> list[str]:
    if members[0][0] is sre.NEGATE:
        taken = set(_letters_of(members[1:])) if len(members) > 1 else set()
        return [char for char in "a1 .\n(" if char not in taken][:4]
    chars: list[str] = []
    for op, argument in members:
        if op is sre.LITERAL:
            chars.append(chr(argument))
        elif op is sre.RANGE:
            chars.append(chr(argument[0]))
        elif op is sre.CATEGORY:
            chars += _IN_CATEGORY[argument]
    return chars


def _letters(items: Iterable[Any]) -> Iterator[str]:
    for op, argument in items:
        if op in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
            yield from (char for char in _choices(op, argument) if len(char) == 1)
        for inner in _inside(op, argument):
            yield from _letters(inner)


# The time


def leaves_line(expression: Expression, longest: int = 1_000_000) -> str:
    """The text on which it takes more than time that grows with the text alone; or nothing.

    Each text of 4,000 characters that could be one of a quadratic expression is made longer, and
    so is the slowest of the others.
    """
    slowest_s, slowest = -1.0, None
    for case in _cases(expression):
        took_s = 0.0
        for size in SIZES:
            took_s = case.seconds(size)
            if not is_within(took_s, limit_s(size)):
                return f"{case} at {size:,} characters"
        if took_s > LINEAR_S and (text := _leaves_line_later(case, took_s, longest)):
            return text
        if took_s > slowest_s:
            slowest_s, slowest = took_s, case
    return _leaves_line_later(slowest, slowest_s, longest) if slowest else ""


def _leaves_line_later(case: _Case, took_s: float, longest: int) -> str:
    """Ends where it would not take too much at last, even if time grew with the square from here.

    And where it has grown little more than the text.
    """
    tried, growth = SIZES[-1], float("inf")
    for size in (*LONG_SIZES, longest):
        enough_s = limit_s(longest) * _usual_slowness()
        if took_s * (longest / tried) ** 2 <= enough_s:
            break
        if growth <= LINEAR_GROWTH and tried >= LONG_ENOUGH:
            break
        before_s, took_s = took_s, case.seconds(size)
        if not is_within(took_s, limit_s(size)):
            return f"{case} at {size:,} characters"
        growth, tried = took_s / before_s * tried / size, size
    return ""


@cache
def _usual_slowness() -> float:
    return slowness()


def limit_s(size: int) -> float:
    """On an ordinary server."""
    return START_S + EACH_S * size


@dataclass(frozen=True)
class _Case:
    """A call with a text of a beginning, what is repeated, and an end."""

    pattern: re.Pattern[Any]
    method: str
    begin: str
    body: str
    end: str

    def __str__(self) -> str:
        return f"{self.method} in {self.begin!r} + {self.body!r} * n + {self.end!r}"

    def seconds(self, size: int) -> float:
        text: str | bytes = self.begin + self.body * (size // len(self.body) + 1) + self.end
        if isinstance(self.pattern.pattern, bytes):
            text = str(text).encode("latin-1", "replace")
        before_s = time.thread_time()
        getattr(self.pattern, self.method)(text)
        return time.thread_time() - before_s


def _cases(expression: Expression) -> Iterator[_Case]:
    methods = {name if name in ANCHORED else "search" for name in expression.methods}
    for texts in worst_texts(expression.pattern):
        for method in sorted(methods):
            yield _Case(expression.pattern, method, *texts)
