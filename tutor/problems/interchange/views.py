"""The pages that import problems from a file, and export them to one."""

from collections.abc import Iterable
from functools import cache
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.countries import countries
from tutor.limits import NoCpuLeft, charge_cpu_to, limited_act
from tutor.problems.access import LAST_IMPORT, chosen_problems, note_import, require_teacher
from tutor.problems.interchange.bundle import is_bundle, lines_of_bundle, write_bundle
from tutor.problems.interchange.child_client import (
    TooMuchToWrite,
    read_in_child,
    write_in_child,
)
from tutor.problems.interchange.csv_table import template_table, write_table
from tutor.problems.interchange.exportable import pictures_shown
from tutor.problems.interchange.import_plan import ImportPlan, plan_for, with_doubts
from tutor.problems.interchange.imported import MAX_BYTES, UnusableFile
from tutor.problems.interchange.jsonl import store_records, write_lines, write_records
from tutor.problems.interchange.moodle import writer as moodle
from tutor.problems.interchange.picture_import import with_pictures
from tutor.problems.interchange.qti import writer as qti
from tutor.problems.interchange.variants import first_answers
from tutor.problems.models import Problem

MAX_LINES_LENGTH = 900_000  # characters that the preview sends back to be stored
MAX_NAME = 100  # characters
EXPORTS_A_MINUTE = 10
CONTENT_TYPES = {
    "jsonl": "application/jsonl; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "qti": "application/zip",
}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xml,.qti,.zip,.imscc,.gift,.csv,.tsv,.txt,.jsonl"}
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("language of the problems"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("For problems that do not name their own."),
    )

    decimals = forms.ChoiceField(
        label=gettext_lazy("decimal numbers of the file"),
        choices=[("", "2.5"), (",", "2,5")],
        required=False,
        help_text=gettext_lazy("Decides whether 7,5 is one number or two values."),
    )

    plan: ImportPlan

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            # One byte over the limit is enough to recognize a file that is too large.
            content = data["file"].read(MAX_BYTES + 1)
            try:
                if is_bundle(content):
                    content = lines_of_bundle(content, self.user)
                commas = bool(data["decimals"])
                problems = read_in_child(content, data["language"], writes_commas=commas)
                self.plan = plan_for(self.user, with_pictures(problems, self.user))
            except UnusableFile as error:
                self.add_error("file", str(error))
        return data


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_problems(request: AuthedRequest) -> HttpResponse:
    """Preview a file; a second request, which confirms the preview, stores it."""
    require_teacher(request.user)
    if request.method == "POST" and request.POST.get("do") == "store":
        return store(request)
    initial = {"language": request.user.language, "decimals": _usual_decimals(request.user)}
    form = ImportForm(
        request.POST or None, request.FILES or None, user=request.user, initial=initial
    )
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        lines = "".join(write_lines(form.plan.records))
        fits = len(lines) <= MAX_LINES_LENGTH
        context |= {"plan": with_doubts(form.plan), "lines": lines if fits else "", "fits": fits}
        context |= {"name": PurePath(form.cleaned_data["file"].name).stem[:MAX_NAME]}
    return render(request, "problems/import.html", context)


def _usual_decimals(user: User) -> str:
    """A comma if all classes of the teacher are where 2,5 is two and a half, else empty."""
    taught = user.enrollments.filter(role="teacher", section__archived_at=None)
    names = set(taught.values_list("section__convention", flat=True)) or {str(settings.CONVENTION)}
    with_comma = {code for code, country in countries().items() if country.decimal == ","}
    return "," if names <= with_comma | {"comma"} else ""  # the name of a class before countries


def store(request: AuthedRequest) -> HttpResponse:
    """Store what the preview showed and the teacher left in, or nothing. It is checked again."""
    try:
        data = request.POST.get("lines", "").encode("utf-8", "surrogatepass")
        plan = plan_for(request.user, read_in_child(data, request.user.language))
    except UnusableFile:
        plan = ImportPlan([])
    if plan.refused or not plan.rows:
        messages.error(request, _("The problems arrived incomplete. Choose the file again."))
        return redirect("problems-import")
    unchanged = set(request.POST.getlist("keep"))
    records = [record for record in plan.records if record.slug not in unchanged]
    if not records:
        messages.success(request, _("Nothing was imported: your problems stay as they are."))
        return redirect("problems-import")
    with transaction.atomic():
        count = store_records(records, request.user)
    name = request.POST.get("name", "").replace("\0", "").strip()[:MAX_NAME]
    note_import(request, [record.slug for record in records], name)
    message = ngettext(
        "%(n)d problem is imported. What is new is yours alone until you share it.",
        "%(n)d problems are imported. What is new is yours alone until you share it.",
        count,
    )
    messages.success(request, message % {"n": count})
    return redirect(f"{reverse('problems')}?mine={LAST_IMPORT}")


@login_required
@require_safe
def template(request: AuthedRequest) -> HttpResponse:
    """A table to write problems into."""
    require_teacher(request.user)
    return _file(template_table(), "csv")


@login_required
@require_safe
def export(request: AuthedRequest) -> HttpResponse:
    """Offer the file formats, and list the chosen problems that a format cannot hold."""
    require_teacher(request.user)
    with charge_cpu_to(request.user.pk):
        context = _offered(request)
    return render(request, "problems/export.html", context)


def _offered(request: AuthedRequest) -> dict[str, object]:
    records = [problem.record() for problem in chosen_problems(request).with_content()]
    first = cache(first_answers)  # of each problem, for both formats
    moodle_left_out, qti_left_out = moodle.left_out(records, first), qti.left_out(records, first)
    return {
        "count": len(records),
        "moodle_left_out": moodle_left_out,
        "compared_by_letters": moodle.compared_by_letters(records, first),
        "moodle_count": len(records) - len(moodle_left_out),
        "qti_left_out": qti_left_out,
        "qti_count": len(records) - len(qti_left_out),
        "query": request.GET.urlencode(),
    }


@login_required
@require_safe
def export_file(request: AuthedRequest, kind: str) -> HttpResponseBase:
    require_teacher(request.user)
    if kind not in CONTENT_TYPES:
        raise Http404
    try:
        with limited_act("problems-export", request.user.pk, per_minute=EXPORTS_A_MINUTE):
            return _export(chosen_problems(request).with_content(), kind)
    except NoCpuLeft:
        messages.error(request, _("Too many requests within a minute. Wait a moment."))
        return redirect("problems")
    except TooMuchToWrite:
        messages.error(request, _("Writing this file takes too long. Choose fewer problems."))
    return redirect(f"{reverse('problems-export')}?{request.GET.urlencode()}")


def _export(problems: Iterable[Problem], kind: str) -> HttpResponseBase:
    """Raises TooMuchToWrite."""
    if kind != "zip":
        return _file(file_content(problems, kind), kind)
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_bundle(problems, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_('problems')}.zip")


def _file(text: str | bytes, kind: str) -> HttpResponse:
    suffix = "qti.zip" if kind == "qti" else kind
    response = HttpResponse(text, content_type=CONTENT_TYPES[kind])
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=f"{_('problems')}.{suffix}")
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def file_content(problems: Iterable[Problem], kind: str) -> str | bytes:
    """Raises TooMuchToWrite."""
    if kind == "jsonl":
        return "".join(write_records(problems))
    records = [problem.record() for problem in problems]
    if kind == "csv":
        return write_table(records)
    return write_in_child(kind, records, pictures_shown(records))
