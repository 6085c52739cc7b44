"""Base classes for the administration, whose lists stay fast with any number of rows.

One query of a list also selects what the names of its rows need; so do the page of a row, and the
fields of other pages that name one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_COUNTED = 5_000  # rows

M = TypeVar("M", bound=Model)


class BoundedPaginator(Paginator[M]):
    """Counts up to MAX_COUNTED: counting a large table is slow."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MAX_COUNTED)

    @property
    def has_more(self) -> bool:
        return self._counted > MAX_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list  # a queryset
        return int(rows.order_by()[: MAX_COUNTED + 1].count())


class _LeanList(ChangeList):
    def apply_select_related(self, qs: QuerySet[Any]) -> QuerySet[Any]:
        long: Sequence[str] = getattr(self.model_admin, "list_defer", ())
        return super().apply_select_related(qs).defer(*long)


class _NewestFirst(_LeanList):
    """Takes no other order from an address either: sorting would read the whole table."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        self.params.pop(ORDER_VAR, None)
        return list(super().get_ordering(request, queryset))


class BoundedAdmin(admin.ModelAdmin[M]):
    """The number of queries of its pages does not grow with the rows.

    list_select_related: relations that the columns and the names of the rows need.
    list_defer: long columns that the list does not show.
    """

    list_select_related: ClassVar[tuple[str, ...]] = ()
    list_defer: ClassVar[tuple[str, ...]] = ()
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    show_full_result_count = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _LeanList

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        # Without names, Django would select all relations.
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def get_field_queryset(
        self, db: str | None, db_field: "RelatedField[Any, Any]", request: HttpRequest
    ) -> QuerySet[Any] | None:
        return with_names(
            self.admin_site, db_field, super().get_field_queryset(db, db_field, request)
        )


def with_names(
    site: admin.AdminSite, field: "RelatedField[Any, Any]", rows: QuerySet[Any] | None
) -> QuerySet[Any] | None:
    """The rows that a field may name, with the relations that their names need."""
    model = field.remote_field.model
    along = getattr(site._registry.get(model), "list_select_related", ())
    if not along:
        return rows
    return (model._default_manager.all() if rows is None else rows).select_related(*along)


class FilledFilter(admin.EmptyFieldListFilter):
    """Yes for rows that have something in the column. heading: a question that this answers."""

    heading: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.heading or self.title

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        answers = (_("All"), _("No"), _("Yes"))
        for choice, answer in zip(super().choices(changelist), answers, strict=True):
            _name, bracket, count = str(choice["display"]).partition(" (")
            yield {**choice, "display": f"{answer}{bracket}{count}"}


def in_lines(texts: Iterable[object]) -> SafeString:
    """Each text in a line of its own, without the marks of the column that stores them."""
    lines = [(str(text).strip(),) for text in texts]
    return format_html_join("", "<div>{}</div>", lines or [("–",)])


class OfEnrollmentMixin:
    """Columns for rows of a student in a class, in place of a name that has both and the role."""

    @admin.display(description=gettext_lazy("student"))
    def student(self, row: Any) -> str:
        return str(row.enrollment.user)

    @admin.display(description=gettext_lazy("class"))
    def of_section(self, row: Any) -> str:
        return str(row.enrollment.section)


class UneditedMixin:
    """For records of what happened: nobody adds or edits them by hand."""

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False


class PermanentMixin(UneditedMixin):
    """For records that nobody deletes either."""

    def has_delete_permission(self, *args: Any) -> bool:
        return False


class RecordAdmin(UneditedMixin, BoundedAdmin[M]):
    """For tables that grow with every lesson: newest first, counted up to a limit.

    search_fields: columns of small tables that a row of this one points to.
    """

    actions = None  # "select all" would mean more rows than are counted
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER  # counting them would read the whole table
    paginator = BoundedPaginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _NewestFirst

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        """Find each word in one of the columns, without joins, so the newest rows come first."""
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
