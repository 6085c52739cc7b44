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
MAX_MATCHES = 5
MAX_QUERY = 500  # characters
FILE_TYPES = {
    Material.Kind.PDF: ("application/pdf", "pdf"),
    Material.Kind.MARKDOWN: ("text/markdown; charset=utf-8", "md"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def material_list(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The material of a section, and the form that adds to it."""
    section = visible_section(request, code)
    if request.method == "POST":
        section = managed_section(request, code)
    form = UploadForm(request.POST or None, request.FILES or None, section=section)
    if request.method == "POST" and form.is_valid():
        if is_allowed("material", request.user.pk, per_minute=UPLOADS_A_MINUTE):
            upload(request, section, form)
            return redirect("materials", section.code)
        form.add_error(None, _("Too many requests within a minute. Wait a moment."))
    query = request.GET.get("q", "")[:MAX_QUERY]
    materials = section.materials.annotate(count=Count("passages"))
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "form": form,
        "materials": materials,
        "is_waiting": any(material.is_to_come for material in materials),
        "query": query,
        "matches": search(section, query, MAX_MATCHES) if query else [],
    }
    is_piece = "HX-Request" in request.headers
    return render(request, f"materials/{'_' if is_piece else ''}materials.html", context)


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
def switch_citing(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Let hints of the section use its material, or stop them."""
    section = managed_section(request, code)
    is_on = request.POST.get("do") == "on"
    with transaction.atomic():
        changing = Section.objects.filter(pk=section.pk).exclude(cites_material=is_on)
        if changing.update(cites_material=is_on):
            act = SectionEvent.Act.MATERIAL_ON if is_on else SectionEvent.Act.MATERIAL_OFF
            section.note(act, request.user)
    return redirect("materials", section.code)


@login_required
@require_safe
def material_page(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The passages of a material, as Lemma read them."""
    material = get_object_or_404(
        Material.objects.visible_to(request.user).select_related("section__course", "uploaded_by"),
        code=code,
    )
    read_by_clock_of(material.section)
    context = {
        "section": material.section,
        "may_manage": may_manage(request.user, material.section),
        "material": material,
        "page": Paginator(material.passages.all(), PER_PAGE).get_page(request.GET.get("page")),
    }
    is_piece = "HX-Request" in request.headers
    response = render(request, f"materials/{'_' if is_piece else ''}material.html", context)
    if is_piece and not material.is_to_come:
        response["HX-Refresh"] = "true"  # the whole page has the passages now
    return response


@login_required
@require_safe
def source_file(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The file as it was uploaded."""
    material = get_object_or_404(
        Material.objects.visible_to(request.user).select_related("source"), code=code
    )
    content_type, ending = FILE_TYPES[Material.Kind(material.kind)]
    name = f"{slugify(material.title, allow_unicode=True) or 'material'}.{ending}"
    response = HttpResponse(bytes(material.source.data), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@login_required
@require_POST
def change_material(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Read failed material again, or remove material."""
    managed = Material.objects.managed_by(request.user).select_related("section__course")
    material = get_object_or_404(managed, code=code)
    if request.POST.get("do") == "read":
        with transaction.atomic():
            read_again(material)
        return redirect(material)
    if request.POST.get("do") == "remove":
        with transaction.atomic():
            material.delete()
            material.section.note(
                SectionEvent.Act.MATERIAL_REMOVED, request.user, detail=material.title
            )
        messages.success(request, _("“%(title)s” is removed.") % {"title": material.title})
    return redirect("materials", material.section.code)


@login_required
@require_safe
def passage_page(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A passage that a hint points to."""
    passages = Passage.objects.visible_to(request.user).select_related("material__section__course")
    passage = get_object_or_404(passages, code=code)
    section = passage.material.section
    own_citations = Citation.objects.filter(passage=passage, attempt__enrollment__user=request.user)
    context = {
        "passage": passage,
        "section": section,
        "sees_section": Section.objects.visible_to(request.user).contains(section),
        "citation": own_citations.select_related("attempt__item", "attempt__practice").last(),
    }
    return render(request, "materials/passage.html", context)
