from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tutor.administration import BoundedAdmin, FilledFilter, PermanentMixin, RecordAdmin
from tutor.courses.models import Course, Enrollment, Section, SectionEvent, StudentGroup

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class SectionFilter(admin.RelatedFieldListFilter):
    """Offers only current sections; old ones can be found by their people."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> "list[tuple[str, str | _StrPromise]]":
        running = Section.objects.filter(archived_at=None).select_related("course")
        return [(str(section.pk), str(section)) for section in sorted(running, key=str)]


class ArchivedFilter(FilledFilter):
    heading = _("archived")


@admin.register(Course)
class CourseAdmin(BoundedAdmin[Course]):
    search_fields = ("title",)


@admin.register(Section)
class SectionAdmin(BoundedAdmin[Section]):
    """People have a list of their own, because an inline form of three hundred is unusable."""

    list_display = ("name", "course", "time_zone", "archived_at")
    list_select_related = ("course",)
    list_filter = (("archived_at", ArchivedFilter), "time_zone")
    search_fields = ("name", "course__title", "join_code")
    autocomplete_fields = ("course",)
    readonly_fields = ("join_code", "join_code_ends_at")

    def get_fields(self, request: HttpRequest, obj: Section | None = None) -> Any:
        """A class that is being made has no code yet."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        texts = {
            "time_zone": _("Such as Europe/Berlin or Asia/Shanghai."),
            "archived_at": _("From then on the class can only be read. Empty while it is running."),
        }
        return super().get_form(request, *args, help_texts=texts, **kwargs)


@admin.register(Enrollment)
class EnrollmentAdmin(BoundedAdmin[Enrollment]):
    list_display = ("user", "section", "role")
    list_select_related = ("user", "section__course")
    list_filter = ("role", ("section__archived_at", ArchivedFilter))
    search_fields = (
        "user__username",
        "user__first_name",
        "user__last_name",
        "user__email",
        "section__name",
        "section__course__title",
    )
    autocomplete_fields = ("user", "section")
    fieldsets = (
        (None, {"fields": ("section", "user", "role")}),
        (_("Accommodations"), {"fields": ("extra_time", "extra_attempts", "extra_days")}),
        (
            _("How this person came into the class"),
            {
                "description": _("Lemma fills this in: what the teacher’s list of the class had."),
                "fields": ("origin", "typed_username", "typed_email"),
            },
        ),
    )


@admin.register(StudentGroup)
class GroupAdmin(BoundedAdmin[StudentGroup]):
    list_display = ("name", "section")
    list_select_related = ("section__course",)
    search_fields = ("name", "section__name", "section__course__title")
    autocomplete_fields = ("section", "members")


@admin.register(SectionEvent)
class SectionEventAdmin(PermanentMixin, RecordAdmin[SectionEvent]):
    list_display = ("happened_at", "section", "author", "act", "about", "detail")
    list_select_related = ("section__course", "author", "about")
    list_filter = ("act", "happened_at")
    search_fields = (
        "section__name",
        "section__course__title",
        "author__username",
        "author__last_name",
        "about__username",
        "about__last_name",
    )
