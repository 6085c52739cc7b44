from django.contrib import admin

from tutor.teaching.models import Exemption


@admin.register(Exemption)
class ExemptionAdmin(admin.ModelAdmin[Exemption]):
    list_display = ("enrollment", "assignment", "reason", "author", "created_at")
    list_select_related = (
        *("enrollment__user", "enrollment__section__course"),
        *("assignment__problem_set", "assignment__section__course", "author"),
    )
    search_fields = ("enrollment__user__username", "assignment__problem_set__title")
    raw_id_fields = ("enrollment",)
    autocomplete_fields = ("assignment", "author")
