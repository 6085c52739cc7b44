"""What the lists of the administration have in common: they stay quick with any number of rows.

A list reads along, in its one query, what the names of its rows are made of; so do the page of a
row, and the fields of other pages that name one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest
from django.utils.functional import cached_property

MAX_COUNTED = 5_000  # rows; nobody turns so many pages

M = TypeVar("M", bound=Model)


class BoundedPaginator(Paginator[M]):
    """Counts no further than to MAX_COUNTED, since counting takes as long as there are rows."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MAX_COUNTED)

    @property
    def has_more(self) -> bool:
        return self._counted > MAX_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list  # a queryset, where the administration pages through it
        return int(rows.order_by()[: MAX_COUNTED + 1].count())


class _LeanList(ChangeList):
    def apply_select_related(self, qs: QuerySet[Any]) -> QuerySet[Any]:
        long: Sequence[str] = getattr(self.model_admin, "list_defer", ())
        return super().apply_select_related(qs).defer(*long)


class Lean(admin.ModelAdmin[M]):
    """A list, and the pages of its rows, whose queries do not grow with them.

    list_select_related: what the columns and the names of the rows are made of.
    list_defer: columns that may be long, and that the list does not show.
    """

    list_select_related: ClassVar[tuple[str, ...]] = ()
    list_defer: ClassVar[tuple[str, ...]] = ()
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    show_full_result_count = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _LeanList

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        # With no names it would read along all that there are.
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def get_field_queryset(
        self, db: str | None, db_field: "RelatedField[Any, Any]", request: HttpRequest
    ) -> QuerySet[Any] | None:
        return named_along(
            self.admin_site, db_field, super().get_field_queryset(db, db_field, request)
        )


def named_along(
    site: admin.AdminSite, field: "RelatedField[Any, Any]", rows: QuerySet[Any] | None
) -> QuerySet[Any] | None:
    """The rows that a field may name, each with what its name is made of."""
    model = field.remote_field.model
    along = getattr(site._registry.get(model), "list_select_related", ())
    if not along:
        return rows
    return (model._default_manager.all() if rows is None else rows).select_related(*along)


class Unedited:
    """Mixin: what happened is a record, which nobody adds to or edits by hand."""

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False


class Permanent(Unedited):
    """Mixin: nor does anybody take from it."""

    def has_delete_permission(self, *args: Any) -> bool:
        return False


class Records(Unedited, Lean[M]):
    """The list of a table that grows with every lesson: newest first, and counted to a limit.

    search_fields: columns of the small tables that a row of this one points to.
    """

    actions = None  # "all of them" would be more than are counted
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER  # they would be counted to the end
    paginator = BoundedPaginator

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        """Each word in one of the columns. No table is joined, so the newest are found first."""
        columns: dict[str, list[str]] = {}
        for path in self.get_search_fields(request):
            name, _, column = path.partition("__")
            columns.setdefault(name, []).append(column)
        for word in search_term.split():
            queryset = queryset.filter(self._pointing_to(word, columns))
        return queryset, False

    def _pointing_to(self, word: str, columns: Mapping[str, Sequence[str]]) -> Q:
        matches = Q()
        for name, names in columns.items():
            condition = Q(*((f"{column}__icontains", word) for column in names), _connector=Q.OR)
            related: Any = self.model._meta.get_field(name).related_model
            matches |= Q(**{f"{name}__in": related._base_manager.filter(condition).values("pk")})
        return matches
