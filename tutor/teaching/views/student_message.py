"""A message to one student about an attempt, from a draft of the model or without one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment
from tutor.attempts.messages import send_message
from tutor.attempts.models import Attempt, MessageReceipt
from tutor.attempts.sealing import sealed_sets
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Enrollment
from tutor.limits import is_allowed
from tutor.solutions.dispatch.next_best import lacks_model
from tutor.solutions.models import HintDraft
from tutor.solutions.requests.hint_drafts import may_draft, request_hint_draft
from tutor.teaching.forms import MessageForm
from tutor.teaching.message_limits import may_send

ACTS_A_MINUTE = 20


@dataclass(frozen=True)
class MessageDesk:
    """An attempt, and what a teacher has on their desk to write about it."""

    attempt: Attempt
    assignment: Assignment

    @property
    def _drafts(self) -> QuerySet[HintDraft]:
        return HintDraft.objects.filter(attempt=self.attempt)

    @property
    def draft(self) -> HintDraft | None:
        """The one that nobody has decided about."""
        return self._drafts.filter(fate=HintDraft.Fate.OPEN).first()

    @property
    def failed(self) -> HintDraft | None:
        """The latest draft, if nothing of it passed the checks."""
        latest = self._drafts.order_by("pk").last()
        return latest if latest and latest.fate == HintDraft.Fate.NONE else None

    @property
    def is_held_back(self) -> bool:
        """Whether the student reads what is written now only after the end for everybody."""
        sets = sealed_sets(self.attempt.enrollment.user_id)
        return self.attempt.item.problem_set_id in sets

    @property
    def sent(self) -> QuerySet[MessageReceipt]:
        """What the student was sent about this problem before."""
        sent = MessageReceipt.objects.filter(
            enrollment=self.attempt.enrollment, item=self.attempt.item
        )
        return sent.as_sent()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def student_message(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Posting asks for a draft, throws it away, or sends a message."""
    desk = _desk_or_404(request, code)
    draft, section = desk.draft, desk.attempt.enrollment.section
    text = draft.text if draft else ""
    is_sent = request.POST.get("do") == "send"
    form = MessageForm(request.POST if is_sent else None, initial={"code": uuid4(), "text": text})
    if request.method == "POST":
        if is_sent and form.is_valid() and may_send(request.user, section, form):
            _send(request, desk, draft, form)
            return redirect("student-message", desk.attempt.code)
        if not is_sent:
            _decide(request, desk, draft)
            return redirect("student-message", desk.attempt.code)
    is_piece = "HX-Request" in request.headers
    page = "teaching/_message_desk.html" if is_piece else "teaching/student_message.html"
    return render(request, page, _context(desk, draft, form))


def _desk_or_404(request: AuthedRequest, code: UUID) -> MessageDesk:
    of_students = Attempt.with_practice.visible_to(request.user).exclude(
        enrollment__user=request.user
    )
    of_students = of_students.filter(enrollment__role=Enrollment.Role.STUDENT)
    attempt = get_object_or_404(
        of_students.select_related(
            "version",
            "grade",
            "item__problem__current",
            "enrollment__user",
            "enrollment__section__course",
        ),
        code=code,
    )
    section = attempt.enrollment.section
    read_by_clock_of(section)
    assignments = section.assignments.filter(problem_set=attempt.item.problem_set_id)
    return MessageDesk(attempt, get_object_or_404(assignments.select_related("problem_set")))


def _decide(request: AuthedRequest, desk: MessageDesk, draft: HintDraft | None) -> None:
    if not is_allowed("message", request.user.pk, per_minute=ACTS_A_MINUTE):
        return
    if request.POST.get("do") == "drop" and draft is not None:
        draft.decide(HintDraft.Fate.DROPPED)
    elif request.POST.get("do") == "draft" and may_draft(desk.attempt):
        request_hint_draft(desk.attempt, request.user)


def _send(
    request: AuthedRequest, desk: MessageDesk, draft: HintDraft | None, form: MessageForm
) -> None:
    attempt, data = desk.attempt, form.cleaned_data
    items = {attempt.enrollment: attempt.item}
    send_message(data["code"], desk.assignment, request.user, data["text"], items)
    if draft is not None and draft.text:
        is_same = data["text"].split() == draft.text.split()
        draft.decide(HintDraft.Fate.TAKEN if is_same else HintDraft.Fate.EDITED)
    messages.success(request, text_of(desk))


def text_of(desk: MessageDesk) -> str:
    if not desk.is_held_back:
        return _("Your message is sent.")
    if desk.assignment.is_test:
        return _("Your message is kept: the student reads it when the test is over for everybody.")
    return _(
        "Your message is kept: the student reads it when the assignment is over for everybody."
    )


def _context(desk: MessageDesk, draft: HintDraft | None, form: MessageForm) -> dict[str, Any]:
    is_writing = draft is not None and draft.is_writing
    return {
        "attempt": desk.attempt,
        "assignment": desk.assignment,
        "section": desk.attempt.enrollment.section,
        "draft": draft,
        "failed": None if draft else desk.failed,
        "is_writing": is_writing,
        "lacks_model": is_writing and lacks_model(),
        "may_draft": draft is None and may_draft(desk.attempt),
        "form": form,
        "is_held_back": desk.is_held_back,
        "sent": desk.sent,
    }
