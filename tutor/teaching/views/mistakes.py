"""Everybody who made one mistake in an assignment, and what the teacher writes to them."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment
from tutor.attempts.messages import send_message
from tutor.attempts.models import MessageReceipt, TeacherMessage
from tutor.courses.access import may_manage
from tutor.problems.models import Problem, ProblemVersion
from tutor.teaching.access import assignment_or_404
from tutor.teaching.extra_problems import give_extra, suggested_problems
from tutor.teaching.forms import ExtraForm, MessageForm
from tutor.teaching.message_limits import may_send
from tutor.teaching.mistakes import MistakeGroup, group_in
from tutor.teaching.stored_answers import (
    StoredAnswers,
    answered_by_version,
    is_doubted,
    right_by_question,
    stored_answers,
)

MAX_QUESTIONS = 3  # that the page of a mistake shows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: AuthedRequest, code: UUID, kind: str) -> HttpResponse:
    """Posting sends one message to all who made it."""
    assignment = assignment_or_404(request.user, code)
    group = group_in(assignment, kind)
    if not group.mistakes:
        raise Http404
    form = MessageForm(request.POST or None, initial={"code": uuid4(), "text": suggestion(group)})
    if request.method == "POST" and tells_early(request, assignment):
        return redirect("mistake", assignment.code, group.kind)
    if (
        request.method == "POST"
        and form.is_valid()
        and may_send(request.user, assignment.section, form)
    ):
        _send(request, assignment, group, form)
        return redirect("mistake", assignment.code, group.kind)
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "group": group,
        "asked": questions_of(assignment, group),
        "form": form,
        "sent": messages_about(assignment, kind),
        "suggested": suggested_problems(group, request.user),
        "extra_code": uuid4(),
    }
    return render(request, "teaching/mistake.html", context)


def tells_early(request: AuthedRequest, assignment: Assignment) -> bool:
    """Whether students would learn from this, before the verdict, that they made a mistake."""
    sealing = Assignment.objects.sealing_at(timezone.now())
    if not sealing.filter(pk=assignment.pk).exists():
        return False
    messages.error(
        request,
        _(
            "Students would learn from this that their answers are wrong, before they read the "
            "verdict. Do it after the end for everybody."
        ),
    )
    return True


@login_required
@require_POST
def extra(request: AuthedRequest, code: UUID, kind: str) -> HttpResponse:
    """Give one more problem to those who made the mistake. For teachers."""
    assignment = assignment_or_404(request.user, code)
    group = group_in(assignment, kind)
    if not group.mistakes or not may_manage(request.user, assignment.section):
        raise Http404
    address = redirect("mistake", assignment.code, group.kind)
    form = ExtraForm(request.POST)
    if tells_early(request, assignment):
        return address
    if not form.is_valid():
        messages.error(request, _("Choose a problem first."))
        return address
    problems = Problem.objects.visible_to(request.user).filter(current__isnull=False)
    problem = get_object_or_404(
        problems.select_related("current"), code=form.cleaned_data["problem"]
    )
    given = give_extra(
        form.cleaned_data["code"], problem, assignment.section, group.items, request.user
    )
    text = ngettext(
        "“%(title)s” is assigned to %(n)s student.",
        "“%(title)s” is assigned to %(n)s students.",
        len(group.items),
    )
    messages.success(request, text % {"title": given.title, "n": len(group.items)})
    return address


@dataclass(frozen=True)
class MistakenQuestion:
    """What was asked where a mistake was made. is_doubted: its key may be wrong."""

    version: ProblemVersion
    stored: StoredAnswers
    is_doubted: bool


def questions_of(assignment: Assignment, group: MistakeGroup) -> list[MistakenQuestion]:
    """Those in which most students made it come first."""
    most = sorted(group.by_version.items(), key=lambda row: -len(row[1]))[:MAX_QUESTIONS]
    versions = [version.pk for version, _made in most]
    students = answered_by_version(versions, assignment.section_id)
    right = right_by_question(versions, assignment.section_id)
    return [
        MistakenQuestion(
            version,
            stored_answers(version, made[0].item.problem),
            is_doubted(
                sum(not mistake.is_line for mistake in made),
                students.get(version.pk, 0),
                right[version.pk, ""],
            ),
        )
        for version, made in most
    ]


def suggestion(group: MistakeGroup) -> str:
    """A message that a teacher can send as it is."""
    count = len(group.newest)
    if group.is_in_answers and group.is_in_lines:
        text = _(
            "Some of you made the same mistake in your answer or in a line of your working. "
            "%(sentence)s"
        )
    elif group.is_in_lines:
        text = ngettext(
            "I saw this in a line of your working. %(sentence)s",
            "Some of you made the same mistake in a line of your working. %(sentence)s",
            count,
        )
    else:
        text = ngettext(
            "I saw this in your answer. %(sentence)s",
            "Some of you made the same mistake in your answer. %(sentence)s",
            count,
        )
    return text % {"sentence": group.sentence}


def messages_about(assignment: Assignment, kind: str) -> QuerySet[TeacherMessage]:
    """Those that were sent before, with their readers; two queries."""
    receipts = MessageReceipt.objects.select_related("enrollment__user")
    sent = assignment.teacher_messages.filter(mistake=kind).select_related("author")
    return sent.prefetch_related(Prefetch("receipts", receipts))


def _send(
    request: AuthedRequest, assignment: Assignment, group: MistakeGroup, form: MessageForm
) -> None:
    data = form.cleaned_data
    send_message(
        data["code"], assignment, request.user, data["text"], group.items, mistake=group.kind
    )
    count = len(group.items)
    text = ngettext(
        "Your message is sent to %(n)s student.", "Your message is sent to %(n)s students.", count
    )
    messages.success(request, text % {"n": count})
