from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tutor.administration import PermanentMixin, RecordAdmin


class TableFilter(admin.RelatedFieldListFilter):
    """Offers the administration's tables, by their names there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("table")

    @property
    def include_empty_choice(self) -> bool:
        return False

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        types = ContentType.objects.get_for_models(*model_admin.admin_site._registry)
        named = [(str(row.pk), model._meta.verbose_name_plural) for model, row in types.items()]
        return sorted(named, key=lambda choice: str(choice[1]))


class ActFilter(admin.ChoicesFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("what was done")


@admin.register(LogEntry)
class LogEntryAdmin(PermanentMixin, RecordAdmin[LogEntry]):
    """The log of changes made in the administration."""

    list_display = ("action_time", "user", "table", "object_repr", "act", "message")
    list_select_related = ("user", "content_type")
    list_filter = ("action_time", ("action_flag", ActFilter), ("content_type", TableFilter))
    search_fields = ("user__username", "user__first_name", "user__last_name")
    fields = list_display

    @admin.display(description=_("table"))
    def table(self, entry: LogEntry) -> str:
        return entry.content_type.name if entry.content_type else ""

    @admin.display(description=_("what was done"))
    def act(self, entry: LogEntry) -> str:
        return entry.get_action_flag_display()

    @admin.display(description=_("changes"))
    def message(self, entry: LogEntry) -> str:
        return entry.get_change_message()
