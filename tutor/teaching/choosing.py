"""Which rows of a gradebook are shown, and in what order: what the address may ask for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from tutor.courses.models import Enrollment
from tutor.teaching.gradebook import name_of

PER_PAGE = 50

R = TypeVar("R")
_LEAST = Decimal(-1)


@dataclass(frozen=True)
class Column:
    """sort: what a click on its head asks for. direction: how the rows are sorted by it now."""

    sort: str
    direction: str


@dataclass(frozen=True)
class Choice(Generic[R]):
    """What an address asks of a table: a part of a name, one of the filters, one of the orders.

    `orders` and `filters` are all that it may ask for; anything else is as if nothing was said.
    """

    name: str
    show: str
    sort: str
    page: str
    orders: dict[str, Callable[[R], Decimal | None]]
    filters: dict[str, Callable[[R], bool]]

    @classmethod
    def read(
        cls,
        query: QueryDict,
        orders: dict[str, Callable[[R], Decimal | None]],
        filters: dict[str, Callable[[R], bool]],
    ) -> "Choice[R]":
        sort, show = query.get("sort", ""), query.get("show", "")
        known = {"name", *orders}
        return cls(
            name=query.get("name", "").replace("\0", "").strip()[:100],
            show=show if show in filters else "",
            sort=sort if sort.removeprefix("-") in known else "name",
            page=query.get("page", "1"),
            orders=orders,
            filters=filters,
        )

    def direction(self, order: str) -> str:
        """As `aria-sort` says it; empty for what the rows are not sorted by."""
        if self.sort.removeprefix("-") != order:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def column(self, order: str, *, best_first: bool = True) -> "Column":
        """What its head asks for: the other way round where it is sorted by that already."""
        direction = self.direction(order)
        backwards = direction == "ascending" if direction else best_first
        return Column(f"-{order}" if backwards else order, direction)

    def named(self, places: Sequence[Enrollment]) -> list[Enrollment]:
        wanted = self.name.casefold()
        return [
            place
            for place in places
            if wanted in f"{name_of(place)} {place.user.username}".casefold()
        ]

    def page_of(
        self, places: list[Enrollment], rows: Callable[[list[Enrollment]], list[R]]
    ) -> "Page[Any]":
        """A page of rows. Only an order or a filter by results needs those of the whole class."""
        backwards = self.sort.startswith("-")
        by_name = self.sort.removeprefix("-") == "name"
        if by_name and not self.show:
            page = self._page(places[::-1] if backwards else places)
            page.object_list = rows(list(page.object_list))
            return page
        found = rows(places)
        if self.show:
            found = [row for row in found if self.filters[self.show](row)]
        if by_name:
            return self._page(found[::-1] if backwards else found)
        order = self.orders[self.sort.removeprefix("-")]

        def value(row: R) -> Decimal:
            found = order(row)
            return _LEAST if found is None else found

        return self._page(sorted(found, key=value, reverse=backwards))

    def _page(self, rows: list[Any]) -> "Page[Any]":
        return Paginator(rows, PER_PAGE).get_page(self.page)
