from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from tutor.administration import PermanentMixin, RecordAdmin


@admin.register(LogEntry)
class LogEntryAdmin(PermanentMixin, RecordAdmin[LogEntry]):
    """The log of changes made in the administration."""

    list_display = ("action_time", "user", "content_type", "object_repr", "act", "message")
    list_select_related = ("user", "content_type")
    list_filter = ("action_time", "action_flag", "content_type")
    search_fields = ("user__username", "user__first_name", "user__last_name")
    fields = list_display

    @admin.display(description=_("what was done"))
    def act(self, entry: LogEntry) -> str:
        return entry.get_action_flag_display()

    @admin.display(description=_("changes"))
    def message(self, entry: LogEntry) -> str:
        return entry.get_change_message()
