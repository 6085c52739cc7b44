"""Dataclasses from JSON. A file may have been damaged or written by hand: types are checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tutor.grading import AnswerKey, read_key

T = TypeVar("T")

_MOST = 2**63  # of a number: what is beyond counts nothing here


class Mistyped(ValueError):
    """What was needed where, and what came."""


def read_as(kind: type[T], data: object) -> T:
    """An instance of a dataclass from its `asdict`, perhaps by way of JSON. Raises Mistyped.

    A class with a `from_dict` of its own within it is read by that.
    """
    read: T = _dataclass(kind, data, kind.__name__)
    return read


def _dataclass(kind: Any, data: object, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise _mistyped(place, "an object", data)
    hints = _hints(kind)
    if strange := [name for name in data if name not in hints]:
        raise Mistyped(f"{place}: has no field {strange[0]!r:.60}")
    given = {name: _value(hints[name], one, f"{place}.{name}") for name, one in data.items()}
    try:
        return kind(**given)
    except TypeError as error:
        raise Mistyped(f"{place}: {error}") from error


def _value(kind: Any, data: object, place: str) -> Any:
    origin, within = get_origin(kind), get_args(kind)
    if kind is Any:
        return data
    if origin in {Union, UnionType}:
        [other] = [one for one in within if one is not NoneType]
        return None if data is None else _value(other, data, place)
    if origin in {list, tuple}:
        if not isinstance(data, list):
            raise _mistyped(place, "a list", data)
        return origin(_value(within[0], one, place) for one in data)
    if origin is dict:
        if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
            raise _mistyped(place, "an object", data)
        return {name: _value(within[1], one, f"{place}.{name:.40}") for name, one in data.items()}
    if kind is AnswerKey:
        return _by_itself(read_key, data, place)
    if hasattr(kind, "from_dict"):
        return _by_itself(kind.from_dict, data, place)
    if is_dataclass(kind):
        return _dataclass(kind, data, place)
    return _plain(kind, data, place)


def _by_itself(reader: Callable[[Any], Any], data: object, place: str) -> Any:
    try:
        return reader(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Mistyped(f"{place}: {error}") from error


def _plain(kind: Any, data: object, place: str) -> Any:
    if kind in {str, bool}:
        fits = isinstance(data, kind)
    else:
        numbers = int if kind is int else int | float
        is_number = isinstance(data, numbers) and not isinstance(data, bool)
        fits = is_number and abs(data) < _MOST  # type: ignore[arg-type]  # of no NaN either
    if not fits:
        raise _mistyped(place, kind.__name__, data)
    return data


def _mistyped(place: str, needed: str, came: object) -> Mistyped:
    return Mistyped(f"{place}: need {needed}, got {came!r:.60}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
