"""The query string of a gradebook table: name, filter, order and page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from tutor.courses.models import Enrollment
from tutor.teaching.students import name_of

PER_PAGE = 50
_BELOW_ALL = Decimal(-1)  # sorts students without a value


class TableRow(Protocol):
    @property
    def enrollment(self) -> Enrollment: ...


R = TypeVar("R", bound=TableRow)
Values = Mapping[int, Decimal | None]  # by enrollment; students without a value come last
Order = Callable[[list[Enrollment]], Values]


@dataclass(frozen=True)
class SortableColumn:
    """sort: what a click on the head asks for. direction: how the column is sorted now."""

    sort: str
    direction: str


@dataclass(frozen=True)
class TableQuery(Generic[R]):
    """Which rows a reader wants: part of a name, one of the filters, one of the orders, a page.

    An order or filter that is not in `orders` or `filters` is ignored.
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
    ) -> "TableQuery[R]":
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
        """For `aria-sort`; empty if the rows are not sorted by `order`."""
        if self.sort.removeprefix("-") != order:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def column(self, order: str, *, best_first: bool = True) -> SortableColumn:
        """The head of a column. A second click reverses the order."""
        direction = self.direction(order)
        backwards = direction == "ascending" if direction else best_first
        return SortableColumn(f"-{order}" if backwards else order, direction)

    def named(self, enrollments: Sequence[Enrollment]) -> list[Enrollment]:
        """The students whose name or user name has the text that the reader typed."""
        text = self.name.casefold()
        return [
            enrollment
            for enrollment in enrollments
            if text in f"{name_of(enrollment)} {enrollment.user.username}".casefold()
        ]

    def page_of(
        self, enrollments: list[Enrollment], rows: Callable[[list[Enrollment]], list[R]]
    ) -> "Page[Any]":
        """A page of rows. Only a filter by results computes the rows of the whole class."""
        if self.show:
            matches = self.filters[self.show]
            shown = {row.enrollment.pk: row for row in rows(enrollments) if matches(row)}
            enrollments = [enrollment for enrollment in enrollments if enrollment.pk in shown]
            return self._page(
                self._sorted(enrollments),
                lambda page: [shown[enrollment.pk] for enrollment in page],
            )
        return self._page(self._sorted(enrollments), rows)

    def _sorted(self, enrollments: list[Enrollment]) -> list[Enrollment]:
        """They come sorted by name, and stay so if their values are equal."""
        order, backwards = self.sort.removeprefix("-"), self.sort.startswith("-")
        if order == "name":
            return enrollments[::-1] if backwards else enrollments
        values = self.orders[order](enrollments)

        def sort_key(enrollment: Enrollment) -> Decimal:
            value = values.get(enrollment.pk)
            return _BELOW_ALL if value is None else value

        return sorted(enrollments, key=sort_key, reverse=backwards)

    def _page(
        self, enrollments: list[Enrollment], rows: Callable[[list[Enrollment]], list[R]]
    ) -> "Page[Any]":
        page: Page[Any] = Paginator(enrollments, PER_PAGE).get_page(self.page)
        page.object_list = rows(list(page.object_list))
        return page


def without_page(query: QueryDict) -> str:
    """The query string for the links to other pages of the same table."""
    query = query.copy()
    query.pop("page", None)
    return query.urlencode()
