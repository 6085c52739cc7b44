"""Reads dataclasses from JSON, and checks the types: a file may be damaged or edited by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tutor.grading import AnswerKey, read_key

T = TypeVar("T")

_MAX_NUMBER = 2**63


class Mistyped(ValueError):
    """Says where a value has the wrong type, what was needed and what came."""


def read_as(kind: type[T], data: object) -> T:
    """Make an instance of a dataclass from its `asdict`, read from JSON. Raises Mistyped.

    A class in it that has a `from_dict` is read with that.
    """
    read: T = _dataclass(kind, data, kind.__name__)
    return read


def _dataclass(kind: Any, data: object, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise _mistyped(path, "an object", data)
    hints = _hints(kind)
    if strange := [name for name in data if name not in hints]:
        raise Mistyped(f"{path}: has no field {strange[0]!r:.60}")
    given = {name: _value(hints[name], item, f"{path}.{name}") for name, item in data.items()}
    try:
        return kind(**given)
    except TypeError as error:
        raise Mistyped(f"{path}: {error}") from error


def _value(kind: Any, data: object, path: str) -> Any:
    origin, within = get_origin(kind), get_args(kind)
    if kind is Any:
        return data
    if origin in {Union, UnionType}:
        [other] = [arm for arm in within if arm is not NoneType]
        return None if data is None else _value(other, data, path)
    if origin in {list, tuple}:
        if not isinstance(data, list):
            raise _mistyped(path, "a list", data)
        return origin(_value(within[0], item, path) for item in data)
    if origin is dict:
        if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
            raise _mistyped(path, "an object", data)
        return {name: _value(within[1], item, f"{path}.{name:.40}") for name, item in data.items()}
    if kind is AnswerKey:
        return _by_itself(read_key, data, path)
    if hasattr(kind, "from_dict"):
        return _by_itself(kind.from_dict, data, path)
    if is_dataclass(kind):
        return _dataclass(kind, data, path)
    return _plain(kind, data, path)


def _by_itself(reader: Callable[[Any], Any], data: object, path: str) -> Any:
    try:
        return reader(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Mistyped(f"{path}: {error}") from error


def _plain(kind: Any, data: object, path: str) -> Any:
    if kind in {str, bool}:
        fits = isinstance(data, kind)
    else:
        numbers = int if kind is int else int | float
        is_number = isinstance(data, numbers) and not isinstance(data, bool)
        fits = is_number and abs(data) < _MAX_NUMBER  # type: ignore[arg-type]  # of no NaN either
    if not fits:
        raise _mistyped(path, kind.__name__, data)
    return data


def _mistyped(path: str, needed: str, came: object) -> Mistyped:
    return Mistyped(f"{path}: need {needed}, got {came!r:.60}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
