"""What a student has typed and not submitted yet: stored on each pause, for all their devices."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.requests import AuthedRequest
from tutor.attempts.access import ItemAccess
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.responses import accept_draft
from tutor.attempts.running_tests import HELD
from tutor.attempts.sittings import note_typing, takes_drafts
from tutor.attempts.working.accepting import accept_lines
from tutor.grading.multipart import LETTERS
from tutor.limits import may_store
from tutor.problems.models import ProblemVersion
from tutor.text_gate import UnacceptableText

DRAFTS_A_MINUTE = 240
FULL = gettext_lazy(
    "You have reached today’s limit of 20 MB of drafts and working. What you type now stays in "
    "this browser only. You can still submit answers without working."
)


def typed(request: HttpRequest, name: str = "response") -> str:
    """The response; of several choices that are ticked, all."""
    return ", ".join(request.POST.getlist(name))


def typed_parts(request: HttpRequest, version: ProblemVersion) -> list[str]:
    """The responses to all parts; empty where the problem has none."""
    return [typed(request, f"part-{letter}") for letter in LETTERS[: len(version.parts)]]


def stores_draft(access: ItemAccess) -> bool:
    """Not once the student's time is over."""
    return access.practice is not None or takes_drafts(access.assignment)


def is_outdated(request: HttpRequest, access: ItemAccess) -> bool:
    """Whether the student has typed or submitted something since this was typed.

    age_s: seconds that a device has kept it without a network.
    """
    age = request.POST.get("age_s", "")
    if not re.fullmatch(r"[0-9]{1,7}", age):
        return False
    typed_at = timezone.now() - timedelta(seconds=int(age))
    work = {"enrollment": access.enrollment, "item": access.item, "practice": access.practice}
    return (
        Draft.objects.filter(**work, saved_at__gt=typed_at).exists()
        or Attempt.objects.filter(**work, submitted_at__gt=typed_at).exists()
    )


def store_draft(request: AuthedRequest, access: ItemAccess) -> dict[str, str]:
    """Returns, by field, why something could not be stored."""
    if refusal := _refusal(access):
        return dict.fromkeys(request.POST, refusal)
    if is_outdated(request, access):
        return {}
    if access.practice is None:
        note_typing(access.assignment)
    accepted, refused = _accepted(request)
    parts, refused_parts = _accepted_parts(request, access.version)
    texts = [typed(request), request.POST.get("working", ""), *parts]
    if not may_store(request.user.pk, *texts):
        return dict.fromkeys(accepted, str(FULL)) | refused | refused_parts
    Draft.objects.update_or_create(
        enrollment=access.enrollment,
        item=access.item,
        practice=access.practice,
        defaults={**accepted, "parts": parts},
    )
    return refused | refused_parts


def _refusal(access: ItemAccess) -> str:
    """Why nothing can be stored now; "" where something can."""
    if access.is_held:
        return str(HELD)
    if not stores_draft(access):
        return _("Your time is over. Everything saved by then is submitted.")
    return ""


def _accepted(request: AuthedRequest) -> tuple[dict[str, object], dict[str, str]]:
    """What can be stored of response and working, and why the rest cannot, by field."""
    fields: dict[str, tuple[Callable[[str], object], str]]
    fields = {"response": (accept_draft, typed(request))}
    if "working" in request.POST:
        fields["working"] = (accept_lines, request.POST["working"])
    accepted: dict[str, object] = {}
    refused: dict[str, str] = {}
    for name, (accept, text) in fields.items():
        try:
            accepted[name] = accept(text)
        except UnacceptableText as error:
            refused[name] = str(error)
    return accepted, refused


def _accepted_parts(
    request: AuthedRequest, version: ProblemVersion
) -> tuple[list[str], dict[str, str]]:
    """The answers to parts, "" for each that cannot be stored, and why, by field."""
    parts = typed_parts(request, version)
    refused: dict[str, str] = {}
    for n, text in enumerate(parts):
        try:
            accept_draft(text)
        except UnacceptableText as error:
            refused[f"part-{LETTERS[n]}"] = str(error)
            parts[n] = ""
    return parts, refused
