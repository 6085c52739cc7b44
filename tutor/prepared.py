"""Queries whose SQL is composed once for each process.

Django composes the SQL of a query anew whenever it is asked, which takes several times as long as
all the rest. What the pages ask that a whole class opens at once goes through here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
R = TypeVar("R")

_FIELDS: dict[type, type[models.Field[Any, Any]]] = {
    int: models.BigIntegerField,
    str: models.TextField,
    UUID: models.UUIDField,
    date: models.DateField,
    datetime: models.DateTimeField,
}


def prepared(
    compose: Callable[P, models.QuerySet[Any, R]],
) -> Callable[P, list[R]]:
    """Makes a function that returns a query one that returns its rows.

    The function gets a parameter for each value, so it may put them into conditions but not look
    at them. It is called when the first rows are asked for, and never again: the time, a person
    and settings must be values too. Values are integers, texts, UUIDs, days and instants, never
    None. Raises TypeError for another value, and ValueError for a query that is not the same when
    it is composed again, such as one that asks the clock.
    """
    by_types: dict[tuple[type, ...], _PreparedQuery] = {}

    @wraps(compose)
    def rows(*args: P.args, **options: P.kwargs) -> list[R]:
        if options:
            raise TypeError("values of a prepared query come in order, without names")
        types = tuple(map(type, args))
        if types not in by_types:
            by_types[types] = _prepare(compose, types)
        return by_types[types].rows(args)

    return rows


class _Parameter(Expression):
    """Stands for the value of this number; it takes its own position among those of the SQL."""

    def __init__(self, number: int, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.number = number

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        return "%s", [self]

    def stored(self, values: tuple[Any, ...], connection: Any) -> Any:
        field = self.output_field
        return field.get_db_prep_value(values[self.number], connection, prepared=False)


class _PreparedQuery(NamedTuple):
    """A query and its SQL, with a parameter for each value that changes."""

    queryset: models.QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        queryset = self.queryset.all()
        query = cast(_AskedAgain, queryset.query.chain(_AskedAgain))
        query.prepared, query.values_given = self, values
        # To set `query` would turn rows of values into dictionaries.
        queryset._query = query  # type: ignore[attr-defined]
        return list(queryset)

    def stored(self, values: tuple[Any, ...], connection: Any) -> tuple[Any, ...]:
        return tuple(
            row.stored(values, connection) if isinstance(row, _Parameter) else row
            for row in self.parameters
        )


class _AskedAgain(Query):
    """A query that is asked with the SQL it was composed with. Nothing can be added to it."""

    prepared: _PreparedQuery
    values_given: tuple[Any, ...]

    def get_compiler(self, using: Any = None, *_args: Any, **_options: Any) -> SQLCompiler:
        return _PreparedCompiler(self, connections[using], using)


class _PreparedCompiler(SQLCompiler):
    def __init__(self, query: _AskedAgain, connection: Any, using: Any) -> None:
        super().__init__(query, connection, using)
        self.prepared, self.values_given = query.prepared, query.values_given
        before = self.prepared.compiler
        self.select, self.klass_info = before.select, before.klass_info
        self.annotation_col_map, self.col_count = before.annotation_col_map, before.col_count
        self.has_extra_select = before.has_extra_select

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, tuple[Any, ...]]:
        return self.prepared.sql, self.prepared.stored(self.values_given, self.connection)


def _prepare(compose: Callable[..., Any], types: tuple[type, ...]) -> _PreparedQuery:
    first, second = (_compiled(compose(*_parameters_of(types))) for _ in range(2))
    used = {row.number for row in first.parameters if isinstance(row, _Parameter)}
    if len(used) < len(types):  # for __iexact, SQLite gets a text made of the value instead of it
        raise ValueError(f"{compose.__qualname__} does not ask for all its values")
    if (first.sql, first.parameters) != (second.sql, second.parameters):
        raise ValueError(f"{compose.__qualname__} is another query each time")
    return first


def _compiled(queryset: models.QuerySet[Any, Any]) -> _PreparedQuery:
    compiler = queryset.query.get_compiler(queryset.db)
    sql, parameters = compiler.as_sql()
    return _PreparedQuery(queryset, compiler, sql, tuple(parameters))


def _parameters_of(types: tuple[type, ...]) -> list[_Parameter]:
    if unknown := [each.__name__ for each in types if each not in _FIELDS]:
        raise TypeError(f"no values of a prepared query: {', '.join(unknown)}")
    return [_Parameter(number, _FIELDS[each]()) for number, each in enumerate(types)]
