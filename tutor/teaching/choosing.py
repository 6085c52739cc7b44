"""Which rows of a gradebook are shown, and in what order: what the address may ask for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from tutor.courses.models import Enrollment
from tutor.teaching.gradebook import name_of

PER_PAGE = 50
_LEAST = Decimal(-1)


class Placed(Protocol):
    @property
    def place(self) -> Enrollment: ...


R = TypeVar("R", bound=Placed)
Values = Mapping[int, Decimal | None]  # by enrollment; one that is not there is the least
Order = Callable[[list[Enrollment]], Values]


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
    orders: Mapping[str, Order]
    filters: Mapping[str, Callable[[R], bool]]

    @classmethod
    def read(
        cls,
        query: QueryDict,
        orders: Mapping[str, Order],
        filters: Mapping[str, Callable[[R], bool]],
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
        """A page of rows. Only a filter by results needs the rows of the whole class."""
        if self.show:
            found = {row.place.pk: row for row in rows(places) if self.filters[self.show](row)}
            kept = [place for place in places if place.pk in found]
            return self._page(self._sorted(kept), lambda some: [found[one.pk] for one in some])
        return self._page(self._sorted(places), rows)

    def _sorted(self, places: list[Enrollment]) -> list[Enrollment]:
        """They come by name, and stay so where they have reached the same."""
        order, backwards = self.sort.removeprefix("-"), self.sort.startswith("-")
        if order == "name":
            return places[::-1] if backwards else places
        values = self.orders[order](places)

        def value(place: Enrollment) -> Decimal:
            found = values.get(place.pk)
            return _LEAST if found is None else found

        return sorted(places, key=value, reverse=backwards)

    def _page(
        self, places: list[Enrollment], rows: Callable[[list[Enrollment]], list[R]]
    ) -> "Page[Any]":
        page: Page[Any] = Paginator(places, PER_PAGE).get_page(self.page)
        page.object_list = rows(list(page.object_list))
        return page
