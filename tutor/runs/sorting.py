"""The filters and orders of tables about runs, as an address names them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tutor.evaluation.summary import ProblemSummary
from tutor.runs.display import RunDisplay
from tutor.teaching.table_query import SortableColumn

PROBLEM_FILTERS: Mapping[str, tuple[Promise | str, Callable[[ProblemSummary], bool]]] = {
    "never": (gettext_lazy("never right"), lambda row: row.right == 0),
    "sometimes": (gettext_lazy("sometimes right"), lambda row: 0 < row.right < row.samples),
    "always": (gettext_lazy("always right"), lambda row: row.right == row.samples),
}
_BELOW_ALL = float("-inf")
# The orders of the list of runs; texts ascend at first, numbers descend.
RUN_ORDERS: Mapping[str, Callable[[RunDisplay], float | str]] = {
    "name": lambda run: run.folder.name.casefold(),
    "model": lambda run: run.model.casefold(),
    "size": lambda run: _or_below_all(run.summary.parameters if run.summary else None),
    "score": lambda run: run.summary.score.value if run.summary else _BELOW_ALL,
    "memory": lambda run: _or_below_all(run.summary.memory_mib if run.summary else None),
    "speed": lambda run: _or_below_all(run.summary.tokens_per_s if run.summary else None),
    "when": lambda run: run.folder.changed_at,
}
_TEXT_COLUMNS = {"name", "model"}
PROBLEM_ORDERS: Mapping[str, Callable[[ProblemSummary], float]] = {
    "line": lambda row: row.line,
    "right": lambda row: row.share,
    "agreement": lambda row: _or_below_all(row.agreement),
    "tokens": lambda row: row.tokens / row.samples,
}


def _or_below_all(value: float | None) -> float:
    return _BELOW_ALL if value is None else value


@dataclass(frozen=True)
class Sorting:
    """How an address sorts a table; unknown values mean the default."""

    name: str
    backwards: bool

    @classmethod
    def read(cls, query: QueryDict, orders: Mapping[str, object], default: str) -> "Sorting":
        order = query.get("sort", "")
        sort = order if order.removeprefix("-") in orders else default
        return cls(sort.removeprefix("-"), sort.startswith("-"))

    def column(self, name: str, *, most_first: bool = True) -> SortableColumn:
        """What a click on its head asks for."""
        if self.name != name:
            return SortableColumn(f"-{name}" if most_first else name, "")
        return SortableColumn(
            *((name, "descending") if self.backwards else (f"-{name}", "ascending"))
        )

    def columns(self, orders: Mapping[str, object]) -> dict[str, SortableColumn]:
        return {name: self.column(name, most_first=name not in _TEXT_COLUMNS) for name in orders}
