from django.contrib import admin

from tutor.courses.models import Course, Enrollment, Section


class EnrollmentInline(admin.TabularInline[Enrollment, Section]):
    model = Enrollment
    extra = 1
    autocomplete_fields = ("user",)


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin[Course]):
    search_fields = ("title",)


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Section]):
    list_display = ("name", "course", "time_zone")
    list_select_related = ("course",)
    search_fields = ("name", "course__title")
    inlines = (EnrollmentInline,)
