"""A teacher goes through an assignment as a student would; nothing is stored."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.drafts import typed, typed_parts
from tutor.attempts.variants import variant_for
from tutor.problems.editing.preview import ProblemPreview
from tutor.teaching.access import assignment_or_404
from tutor.teaching.trying import TrialAnswering


@login_required
@require_safe
def begin(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Its first problem."""
    assignment = assignment_or_404(request.user, code)
    items = items_of(assignment)
    if not items:
        raise Http404
    return redirect("try-item", assignment.code, items[0].code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def try_item(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    assignment = assignment_or_404(request.user, code)
    items = items_of(assignment)
    index = next((n for n, item in enumerate(items) if item.code == item_code), None)
    if index is None:
        raise Http404
    version = variant_for(items[index], None)
    answering = TrialAnswering(version, typed_parts(request, version) or [typed(request)])
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "version": version,
        "number": index + 1,
        "items_count": len(items),
        "previous_item": items[index - 1] if index else None,
        "next_item": items[index + 1] if index + 1 < len(items) else None,
        "answering": answering,
        "preview": ProblemPreview(language=version.language, trial=answering.trial()),
    }
    return render(request, "teaching/try.html", context)


def items_of(assignment: Assignment) -> list[Item]:
    items = Item.objects.filter(
        problem_set=assignment.problem_set_id, problem__current__isnull=False
    )
    return list(items.select_related("problem__current"))
