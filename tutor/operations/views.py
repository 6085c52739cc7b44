from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.requests import AuthedRequest
from tutor.operations import overview
from tutor.operations.checks.machine import disks
from tutor.operations.hint_counts import draft_counts
from tutor.solutions.dispatch.hint_record import hint_records


def operation(request: AuthedRequest) -> HttpResponse:
    """How the installation is doing; for administrators only."""
    if not request.user.is_superuser:
        raise PermissionDenied
    redis = overview.redis_status()
    context = {
        **admin.site.each_context(request),
        "title": _("Operation"),
        "redis": redis,
        "waiting": overview.waiting_work(),
        "times": overview.waiting_times(),
        "versions": overview.versions(redis.version),
        "connections": overview.connections(),
        "disks": disks(),
        "failures": overview.failures(),
        "drafts": draft_counts(),
        "hint_records": hint_records(),
    }
    return render(request, "operations/operation.html", context)
