from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section, may_manage, visible_section
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Section, SectionEvent
from tutor.limits import is_allowed
from tutor.materials.forms import UploadForm
from tutor.materials.models import Citation, Material, Passage, Source
from tutor.materials.search import search
from tutor.materials.tasks import read_again, send

PER_PAGE = 50
UPLOADS_A_MINUTE = 20
MOST_FOUND = 5
MOST_ASKED = 500  # characters
FILE_TYPES = {
    Material.Kind.PDF: ("application/pdf", "pdf"),
    Material.Kind.MARKDOWN: ("text/markdown; charset=utf-8", "md"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What a section has, and the form that adds to it."""
    section = visible_section(request, code)
    if request.method == "POST":
        section = managed_section(request, code)
    form = UploadForm(request.POST or None, request.FILES or None, section=section)
    if request.method == "POST" and form.is_valid():
        if is_allowed("material", request.user.pk, per_minute=UPLOADS_A_MINUTE):
            upload(request, section, form)
            return redirect("materials", section.code)
        form.add_error(None, _("That was much in one minute. Wait a moment."))
    asked = request.GET.get("q", "")[:MOST_ASKED]
    found = section.materials.annotate(count=Count("passages"))
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "form": form,
        "materials": found,
        "is_waiting": any(material.is_to_come for material in found),
        "asked": asked,
        "found": search(section, asked, MOST_FOUND) if asked else [],
    }
    piece = "HX-Request" in request.headers
    return render(request, f"materials/{'_' if piece else ''}materials.html", context)


@transaction.atomic
def upload(request: AuthedRequest, section: Section, form: UploadForm) -> None:
    data = form.cleaned_data["file"].read()
    material = Material.objects.create(
        section=section,
        title=form.cleaned_data["title"],
        kind=form.kind,
        size=len(data),
        uploaded_by=request.user,
    )
    Source.objects.create(material=material, data=data)
    section.note(SectionEvent.Act.MATERIAL_ADDED, request.user, detail=material.title)
    send(material.pk)


@login_required
@require_POST
def switch(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Whether hints of the section use its material."""
    section = managed_section(request, code)
    wanted = request.POST.get("do") == "on"
    with transaction.atomic():
        other = Section.objects.filter(pk=section.pk).exclude(cites_material=wanted)
        if other.update(cites_material=wanted):
            act = SectionEvent.Act.MATERIAL_ON if wanted else SectionEvent.Act.MATERIAL_OFF
            section.note(act, request.user)
    return redirect("materials", section.code)


@login_required
@require_safe
def material(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Its passages, as they were read."""
    found = get_object_or_404(
        Material.objects.visible_to(request.user).select_related("section__course", "uploaded_by"),
        code=code,
    )
    read_by_clock_of(found.section)
    context = {
        "section": found.section,
        "may_manage": may_manage(request.user, found.section),
        "material": found,
        "page": Paginator(found.passages.all(), PER_PAGE).get_page(request.GET.get("page")),
    }
    piece = "HX-Request" in request.headers
    response = render(request, f"materials/{'_' if piece else ''}material.html", context)
    if piece and not found.is_to_come:
        response["HX-Refresh"] = "true"  # the whole page knows its passages now
    return response


@login_required
@require_safe
def source(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The file as it was uploaded."""
    found = get_object_or_404(
        Material.objects.visible_to(request.user).select_related("source"), code=code
    )
    content_type, ending = FILE_TYPES[Material.Kind(found.kind)]
    name = f"{slugify(found.title, allow_unicode=True) or 'material'}.{ending}"
    response = HttpResponse(bytes(found.source.data), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@login_required
@require_POST
def act(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What one button does: read again what could not be read, or remove it."""
    managed = Material.objects.managed_by(request.user).select_related("section__course")
    found = get_object_or_404(managed, code=code)
    if request.POST.get("do") == "read":
        with transaction.atomic():
            read_again(found)
        return redirect(found)
    if request.POST.get("do") == "remove":
        with transaction.atomic():
            found.delete()
            found.section.note(SectionEvent.Act.MATERIAL_REMOVED, request.user, detail=found.title)
        messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
    return redirect("materials", found.section.code)


@login_required
@require_safe
def passage(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What a hint points to."""
    passages = Passage.objects.visible_to(request.user).select_related("material__section__course")
    found = get_object_or_404(passages, code=code)
    section = found.material.section
    mine = Citation.objects.filter(passage=found, attempt__enrollment__user=request.user)
    context = {
        "passage": found,
        "section": section,
        "looks_after": Section.objects.visible_to(request.user).contains(section),
        "citation": mine.select_related("attempt__item", "attempt__practice").last(),
    }
    return render(request, "materials/passage.html", context)
