from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tutor.administration import RecordAdmin
from tutor.notices.models import DigestEntry, MailPreferences


@admin.register(MailPreferences)
class MailPreferencesAdmin(RecordAdmin[MailPreferences]):
    list_display = ("user", "message", "due", "assigned", "graded", "digest_on")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__first_name", "user__last_name")


@admin.register(DigestEntry)
class DigestEntryAdmin(RecordAdmin[DigestEntry]):
    """What students were told in the mail of a day."""

    list_display = ("student", "kind", "assignment", "grade", "day")
    list_select_related = (
        *("enrollment__user", "enrollment__section__course"),
        *("assignment__problem_set", "assignment__section__course"),
        *("grade__attempt__enrollment__user", "grade__attempt__item__problem_set"),
    )
    search_fields = ("assignment__problem_set__title",)

    @admin.display(description=_("student"))
    def student(self, entry: DigestEntry) -> str:
        return entry.enrollment.user.get_username()
