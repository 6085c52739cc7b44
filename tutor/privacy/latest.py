"""The newest of what is stored about a person, a few entries for each topic."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.assignments.models import CalendarFeed, ProblemSet
from tutor.attempts.models import Attempt, MessageReceipt, TeacherMessage, WorkingCheck
from tutor.courses.models import Enrollment
from tutor.notices.models import MailPreferences
from tutor.privacy.groups import DataTopic
from tutor.problems.models import Problem

MAX_LATEST = 3
MAX_LINES = 4  # of one working


@dataclass(frozen=True)
class LatestEntry:
    """text: what is stored. about: what it belongs to. language: of `about`, where it is known.

    formula: the text as LaTeX, where it was understood.
    """

    text: str
    about: str = ""
    at: datetime | None = None
    url: str = ""
    language: str = ""
    formula: str = ""


def latest(topic: DataTopic, user: User) -> list[LatestEntry]:
    return _READERS[topic](user) if topic in _READERS else []


def _person(user: User) -> list[LatestEntry]:
    values = {
        _("Name"): user.get_full_name(),
        _("User name"): user.get_username(),
        _("Email address"): user.email,
        _("Language"): user.get_language_display(),
        _("Time zone"): user.time_zone,
    }
    entries = [LatestEntry(label, value) for label, value in values.items() if value]
    return [*entries, LatestEntry(_("Account made"), at=user.date_joined)]


def _classes(user: User) -> list[LatestEntry]:
    enrollments = Enrollment.objects.filter(user=user, section__is_self_study=False)
    newest = enrollments.select_related("section__course").order_by("-pk")[:MAX_LATEST]
    return [LatestEntry(str(row.section), row.get_role_display()) for row in newest]


def _answers(user: User) -> list[LatestEntry]:
    attempts = Attempt.with_practice.filter(enrollment__user=user).select_related("version")
    return [
        LatestEntry(
            text=" · ".join(attempt.chosen) or attempt.as_typed,
            about=attempt.version.title,
            at=attempt.submitted_at,
            url=attempt.get_absolute_url(),
            language=attempt.version.language,
            formula="" if attempt.chosen else attempt.reading,
        )
        for attempt in attempts.order_by("-submitted_at", "-pk")[:MAX_LATEST]
    ]


def _working(user: User) -> list[LatestEntry]:
    checks = WorkingCheck.objects.filter(enrollment__user=user).select_related("version")
    return [
        LatestEntry(
            text="\n".join(check.lines[:MAX_LINES]),
            about=check.version.title,
            at=check.checked_at,
            language=check.version.language,
        )
        for check in checks.order_by("-checked_at", "-pk")[:MAX_LATEST]
    ]


def _messages(user: User) -> list[LatestEntry]:
    own = MessageReceipt.objects.filter(enrollment__user=user).told_at(timezone.now())
    receipts = own.select_related("message")
    return [
        LatestEntry(
            receipt.message.text,
            _("Read") if receipt.read_at else _("Not read yet"),
            receipt.message.created_at,
        )
        for receipt in receipts.order_by("-pk")[:MAX_LATEST]
    ]


def _consent(user: User) -> list[LatestEntry]:
    preferences = MailPreferences.objects.filter(user=user).first() or MailPreferences(user=user)
    fields = MailPreferences._meta.concrete_fields
    entries = [
        LatestEntry(
            capfirst(str(field.verbose_name)),
            _("email") if getattr(preferences, field.name) else _("no email"),
        )
        for field in fields
        if isinstance(field, BooleanField)
    ]
    if CalendarFeed.objects.filter(user=user).exists():
        entries.append(LatestEntry(_("Your dates in a calendar"), _("on")))
    return entries


def _for_others(user: User) -> list[LatestEntry]:
    problems = Problem.objects.filter(owner=user).select_related("current").order_by("-pk")
    sets = ProblemSet.objects.filter(owner=user).order_by("-pk")
    sent = TeacherMessage.objects.filter(author=user).order_by("-pk")
    return [
        *(LatestEntry(row.text, _("message"), row.created_at) for row in sent[:MAX_LATEST]),
        *(LatestEntry(row.title, _("problem set")) for row in sets[:MAX_LATEST]),
        *(LatestEntry(str(row), _("problem"), row.created_at) for row in problems[:MAX_LATEST]),
    ]


_READERS: dict[DataTopic, Callable[[User], list[LatestEntry]]] = {
    DataTopic.PERSON: _person,
    DataTopic.CLASSES: _classes,
    DataTopic.ANSWERS: _answers,
    DataTopic.WORKING: _working,
    DataTopic.MESSAGES: _messages,
    DataTopic.CONSENT: _consent,
    DataTopic.FOR_OTHERS: _for_others,
}
