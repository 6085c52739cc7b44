from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.addresses import set_address
from accounts.models import User

# People end sessions on their own page; deleting a row here would end none.
admin.site.unregister(UserSession)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # generic only for the checker
    fieldsets = (
        *(DjangoUserAdmin.fieldsets or ()),
        (_("Preferences"), {"fields": ("language", "time_zone")}),
        (_("School"), {"fields": ("may_teach", "has_one_time_password")}),
    )
    list_display = ("username", "email", "first_name", "last_name", "language", "may_teach")
    list_filter = (*DjangoUserAdmin.list_filter, "may_teach", "has_one_time_password")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()  # hides two lists of hundreds of permissions, which schools do not use

    def save_model(
        self, request: HttpRequest, user: User, form: ModelForm[User], change: bool
    ) -> None:
        """A former address stops opening the account, and gets a notice."""
        address = user.email
        if change and "email" in form.changed_data:
            user.email = form.initial["email"]
        super().save_model(request, user, form, change)
        if address != user.email:
            set_address(user, address)
