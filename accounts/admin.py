from typing import Any

from allauth.account.admin import EmailAddressAdmin as AllauthAddressAdmin
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.forms import ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.addresses import set_address
from accounts.models import User

# People end sessions on their own page; deleting a row here would end none.
admin.site.unregister(UserSession)
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)

# A class has groups of students, so these are called by what they hold. No migration sees it.
Group._meta.verbose_name = _("group of rights")
Group._meta.verbose_name_plural = _("groups of rights")
User._meta.get_field("groups").verbose_name = _("groups of rights")
User._meta.get_field("user_permissions").verbose_name = _("rights of this person alone")
Group._meta.get_field("permissions").verbose_name = _("rights")

ACTS = {"add": _("may add"), "change": _("may change"), "delete": _("may delete")}
ACTS |= {"view": _("may view")}


class RightsField(ModelMultipleChoiceField[Permission]):
    """What one may do with a table of the administration, in the reader's language."""

    def label_from_instance(self, right: Any) -> str:
        act, _rest = right.codename.split("_", 1)
        model = right.content_type.model_class()
        return f"{model._meta.verbose_name_plural} · {ACTS.get(act, right.name)}"


class PasswordSentence(ReadOnlyPasswordHashWidget):
    """Says whether there is a password; how it is stored helps nobody."""

    def get_context(self, *args: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(*args)
        is_set = any("value" in entry for entry in context["summary"])  # of a hash it can read
        if is_set:
            sentence, button = gettext("A password is set."), gettext("Change the password")
        else:
            sentence = gettext("No password is set, so this person cannot sign in.")
            button = gettext("Set a password")
        return context | {"summary": [{"label": sentence}], "button_label": button}


class PersonForm(UserChangeForm[User]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if password := self.fields.get("password"):
            password.widget = PasswordSentence()
            password.help_text = _("Nobody can read a password, not even here.")


class RightsMixin:
    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Permission:
            tables = ContentType.objects.get_for_models(*admin.site._registry).values()
            rights = Permission.objects.filter(content_type__in=[table.pk for table in tables])
            kwargs["queryset"] = rights.select_related("content_type")
            kwargs["form_class"] = RightsField
        parent: Any = super()
        return parent.formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RightsGroupAdmin(RightsMixin, DjangoGroupAdmin):  # type: ignore[misc]  # as loosely typed
    pass


@admin.register(EmailAddress)
class EmailAddressAdmin(AllauthAddressAdmin):  # type: ignore[misc]  # it has no types
    raw_id_fields = ()
    autocomplete_fields = ("user",)


@admin.register(User)
class UserAdmin(RightsMixin, DjangoUserAdmin):  # type: ignore[type-arg]  # generic only for the checker
    fieldsets = (
        *(DjangoUserAdmin.fieldsets or ())[:2],
        (_("School"), {"fields": ("may_teach", "has_one_time_password")}),
        (_("Preferences"), {"fields": ("language", "time_zone")}),
        (
            _("Rights"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        *(DjangoUserAdmin.fieldsets or ())[3:],
    )
    list_display = ("username", "email", "first_name", "last_name", "may_teach")
    list_filter = (*DjangoUserAdmin.list_filter, "may_teach", "has_one_time_password")
    readonly_fields = ("last_login", "date_joined")
    form = PersonForm
    filter_horizontal = ()  # hides two lists of hundreds of permissions, which schools do not use

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        texts = {
            "is_active": _("May sign in. Take this away instead of deleting the account."),
            "is_staff": _("Sees this administration, with the rights that are chosen below."),
            "is_superuser": _("May do everything here, whatever is chosen below."),
            "groups": _("A person has all rights of each of their groups."),
            "user_permissions": "",
            "time_zone": _("Such as Europe/Berlin or Asia/Shanghai."),
        }
        return super().get_form(request, *args, help_texts=texts, **kwargs)

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
