from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tutor.administration import RecordAdmin
from tutor.notices.models import DigestEntry, MailPreferences


@admin.register(MailPreferences)
class MailPreferencesAdmin(RecordAdmin[MailPreferences]):
    list_display = ("user", "on_message", "on_due", "on_assigned", "on_graded", "digest_on")
    fields = list_display
    list_select_related = ("user",)
    search_fields = ("user__username", "user__first_name", "user__last_name")

    @admin.display(description=_("message of a teacher"), boolean=True)
    def on_message(self, row: MailPreferences) -> bool:
        return row.message

    @admin.display(description=_("due tomorrow"), boolean=True)
    def on_due(self, row: MailPreferences) -> bool:
        return row.due

    @admin.display(description=_("new assignment"), boolean=True)
    def on_assigned(self, row: MailPreferences) -> bool:
        return row.assigned

    @admin.display(description=_("answer looked at"), boolean=True)
    def on_graded(self, row: MailPreferences) -> bool:
        return row.graded


@admin.register(DigestEntry)
class DigestEntryAdmin(RecordAdmin[DigestEntry]):
    """What students were told in the mail of a day."""

    list_display = ("student", "kind", "assignment", "grade", "day")
    list_select_related = (
        "enrollment__user",
        "enrollment__section__course",
        "assignment__problem_set",
        "assignment__section__course",
        "grade__attempt__enrollment__user",
        "grade__attempt__item__problem_set",
    )
    search_fields = ("assignment__problem_set__title",)

    @admin.display(description=_("student"))
    def student(self, entry: DigestEntry) -> str:
        return entry.enrollment.user.get_username()
