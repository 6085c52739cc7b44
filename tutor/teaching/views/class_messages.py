"""Messages of teachers to a class, or to some of its students, and who has read them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.attempts.messages import send_to_class
from tutor.attempts.models import MessageReceipt, TeacherMessage
from tutor.courses.access import managed_section
from tutor.courses.models import Section
from tutor.teaching.forms import ClassMessageForm
from tutor.teaching.message_limits import may_send

PER_PAGE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_messages(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Posting sends one. `?to=`: the user name of a student who is ticked already."""
    section = managed_section(request, code)
    form = ClassMessageForm(
        request.POST or None, section=section, initial=_initial(section, request.GET.get("to", ""))
    )
    if request.method == "POST" and form.is_valid() and may_send(request.user, section, form):
        _send(request, section, form)
        return redirect("class-messages", section.code)
    receipts = MessageReceipt.objects.select_related("enrollment__user")
    sent = TeacherMessage.objects.of_section(section).order_by("-pk")
    sent = sent.select_related("author", "assignment__problem_set").prefetch_related(
        Prefetch("receipts", receipts)
    )
    context = {
        "section": section,
        "may_manage": True,
        "form": form,
        "page": Paginator(sent, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "teaching/class_messages.html", context)


def _initial(section: Section, username: str) -> dict[str, Any]:
    students = section.enrollments.students().filter(user__username=username) if username else None
    ticked = list(students.values_list("pk", flat=True)) if students is not None else []
    to = ClassMessageForm.SOME if ticked else ClassMessageForm.ALL
    return {"code": uuid4(), "to": to, "students": ticked}


def _send(request: AuthedRequest, section: Section, form: ClassMessageForm) -> None:
    data, students = form.cleaned_data, list(form.recipients)
    send_to_class(
        data["code"], section, request.user, data["text"], students, for_all=form.is_for_all
    )
    text = ngettext(
        "Your message is sent to %(n)s student.",
        "Your message is sent to %(n)s students.",
        len(students),
    )
    messages.success(request, text % {"n": len(students)})
