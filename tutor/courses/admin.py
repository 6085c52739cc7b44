from django.contrib import admin

from tutor.courses.models import Course, Enrollment, Group, Section, SectionEvent


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin[Course]):
    search_fields = ("title",)


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Section]):
    """Its people are a list of their own: an inline form of three hundred is none to work with."""

    list_display = ("name", "course", "time_zone", "archived_at")
    list_select_related = ("course",)
    list_filter = (("archived_at", admin.EmptyFieldListFilter), "time_zone")
    search_fields = ("name", "course__title", "join_code")
    autocomplete_fields = ("course",)
    readonly_fields = ("join_code", "join_code_ends_at")


@admin.register(Enrollment)
class EnrollmentAdmin(admin.ModelAdmin[Enrollment]):
    list_display = ("user", "section", "role", "origin", "extra_time", "extra_attempts")
    list_select_related = ("user", "section__course")
    list_filter = ("role", ("section__archived_at", admin.EmptyFieldListFilter))
    search_fields = (
        *("user__username", "user__first_name", "user__last_name", "user__email"),
        *("section__name", "section__course__title"),
    )
    autocomplete_fields = ("user", "section")


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin[Group]):
    list_display = ("name", "section")
    list_select_related = ("section__course",)
    search_fields = ("name", "section__name", "section__course__title")
    autocomplete_fields = ("section", "members")


@admin.register(SectionEvent)
class SectionEventAdmin(admin.ModelAdmin[SectionEvent]):
    """Nobody adds to it, edits it or takes from it by hand."""

    list_display = ("happened_at", "section", "author", "act", "about", "detail")
    list_select_related = ("section__course", "author", "about")
    list_filter = ("act", "happened_at")
    search_fields = ("section__name", "author__username", "about__username")

    def has_add_permission(self, *args: object) -> bool:
        return False

    def has_change_permission(self, *args: object) -> bool:
        return False

    def has_delete_permission(self, *args: object) -> bool:
        return False
