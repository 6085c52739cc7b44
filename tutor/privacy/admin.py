from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from accounts.admin import UserAdmin
from accounts.forms import PasswordAgainForm
from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.administration import PermanentMixin, RecordAdmin
from tutor.courses.models import Section
from tutor.courses.passwords import give_passwords
from tutor.privacy.erasing import erase_all, left_without_teacher
from tutor.privacy.exporting import as_download
from tutor.privacy.models import Erasure
from tutor.privacy.policy import detached_counts, own_counts, title_of
from tutor.privacy.traces import sessions_of

MAX_AT_ONCE = 100  # people that one request erases

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Users, with one-time passwords, export and erasure. A person is deleted only by erasing."""

    actions = ("end_sessions", "export_data", "erase_people")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(never_cache(self.one_time_password))
        erase = self.admin_site.admin_view(never_cache(self.erase_person))
        return [
            path("<int:pk>/one-time-password/", page, name="accounts_user_one_time_password"),
            path("<int:pk>/erase/", erase, name="accounts_user_erase"),
            *super().get_urls(),
        ]

    def one_time_password(self, request: AuthedRequest, pk: int) -> HttpResponse:
        """Ask for the administrator's own password, then show the person's new one, once."""
        if not request.user.is_superuser:
            raise PermissionDenied
        person = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=pk)
        form = _password_form(request)
        context = {"title": _("One-time password"), "person": person, "form": form}
        if not form.is_valid():
            return self._ask(request, "privacy/one_time_password.html", context)
        with transaction.atomic():
            slips = give_passwords([person], request.user)
        context |= {"slips": slips, "address": request.build_absolute_uri("/")}
        return self._ask(request, "privacy/given_password.html", context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        user = request.user
        return super().get_actions(request) if user.is_active and user.is_superuser else {}

    @admin.action(description=gettext_lazy("Sign the selected people out everywhere"))
    def end_sessions(self, request: AuthedRequest, people: QuerySet[User]) -> None:
        """Their pages and sockets stop at once."""
        for person in people:
            self.log_change(request, person, _("Signed out everywhere."))
        for sessions in sessions_of(*(person.pk for person in people)).values():
            for session in sessions:
                session.delete()
        messages.success(request, _("They are signed out."))

    @admin.action(description=gettext_lazy("Export the personal data of the selected person"))
    def export_data(self, request: AuthedRequest, people: QuerySet[User]) -> HttpResponse | None:
        if people.count() != 1:
            messages.error(request, _("Select one person. Each person has their own file."))
            return None
        person = people.get()
        form = _password_form(request)
        if not form.is_valid():
            context = {"title": _("Export personal data"), "person": person, "form": form}
            return self._ask(request, "privacy/export.html", context)
        self.log_change(request, person, _("Personal data exported."))
        return as_download(person)

    def erase_person(self, request: AuthedRequest, pk: int) -> HttpResponse:
        """As `erase_people`, from the page of one."""
        if not request.user.is_superuser:
            raise PermissionDenied
        people = User.objects.filter(pk=get_object_or_404(User, pk=pk).pk)
        return self.erase_people(request, people) or redirect("admin:accounts_user_changelist")

    @admin.action(description=gettext_lazy("Erase the selected people"))
    def erase_people(self, request: AuthedRequest, people: QuerySet[User]) -> HttpResponse | None:
        """Show what will be deleted and what stays, ask for the password, then erase."""
        if people.count() > MAX_AT_ONCE:
            text = _("Select at most %(n)s people. Erasing takes a while.")
            messages.error(request, text % {"n": MAX_AT_ONCE})
            return None
        if people.contains(request.user):
            messages.error(request, _("You cannot erase yourself. Ask another administrator."))
            return None
        chosen = list(people)
        form = _password_form(request)
        if not form.is_valid():
            context = {"title": _("Erase people"), "form": form, **_effects(chosen)}
            return self._ask(request, "privacy/erase.html", context)
        erase_all(chosen, by=request.user)
        text = ngettext("%(n)s person is erased.", "%(n)s people are erased.", len(chosen))
        messages.success(request, text % {"n": len(chosen)})
        return None

    def _ask(self, request: AuthedRequest, page: str, context: dict[str, Any]) -> HttpResponse:
        common = {"opts": self.opts, "checkbox": ACTION_CHECKBOX_NAME}
        return render(request, page, self.admin_site.each_context(request) | common | context)


def _password_form(request: AuthedRequest) -> PasswordAgainForm:
    """Unbound until the confirmation page is sent."""
    return PasswordAgainForm(request.user, request.POST if "confirmed" in request.POST else None)


def _effects(people: list[User]) -> dict[str, Any]:
    gone = sum((Counter(own_counts(person.pk)) for person in people), Counter[str]())
    del gone["accounts.User"]  # the people themselves, who are named
    return {
        "people": people,
        "classes": Section.objects.filter(enrollments__user__in=people).distinct(),
        "gone": _titled(gone),
        "detached": _titled(
            sum((Counter(detached_counts(person.pk)) for person in people), Counter())
        ),
        "left_without_teacher": left_without_teacher(people),
    }


def _titled(counts: Counter[str]) -> list[tuple[str, int]]:
    return [(title_of(name), count) for name, count in counts.items()]


@admin.register(Erasure)
class ErasureAdmin(PermanentMixin, RecordAdmin[Erasure]):
    """No column names the erased person."""

    list_display = ("erased_at", "by", "gone", "detached")
    list_select_related = ("by",)
    list_filter = ("erased_at",)
