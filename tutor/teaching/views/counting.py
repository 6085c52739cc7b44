"""How assignments count in the total: weights, dropped results, exemptions."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section
from tutor.teaching.forms import CountingForm, ExemptionForm
from tutor.teaching.gradebook.section_table import SectionTable
from tutor.teaching.models import Exemption
from tutor.teaching.students import name_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counting(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = managed_section(request, code)
    assignments = SectionTable(section).assignments
    form = CountingForm(request.POST or None, section=section, assignments=assignments)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The settings are saved."))
        return redirect("gradebook-section", section.code)
    exemptions = Exemption.objects.filter(assignment__section=section).select_related(
        "enrollment__user", "assignment__problem_set", "author"
    )
    context = {
        "section": section,
        "may_manage": True,
        "form": form,
        "exemptions": [(exemption, name_of(exemption.enrollment)) for exemption in exemptions],
        "exemption_form": ExemptionForm(section=section, assignments=assignments),
    }
    return render(request, "teaching/counting.html", context)


@login_required
@require_POST
def exempt(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = managed_section(request, code)
    assignments = SectionTable(section).assignments
    form = ExemptionForm(request.POST, section=section, assignments=assignments)
    if form.is_valid():
        form.save(request.user)
        messages.success(request, _("The assignment no longer counts for this student."))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
    return redirect("gradebook-counting", section.code)


@login_required
@require_POST
def lift(request: AuthedRequest, code: UUID, pk: int) -> HttpResponse:
    """End an exemption."""
    section = managed_section(request, code)
    get_object_or_404(Exemption, pk=pk, assignment__section=section).delete()
    messages.success(request, _("The assignment counts for this student again."))
    return redirect("gradebook-counting", section.code)
