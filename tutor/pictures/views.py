from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import AuthedRequest
from tutor.pictures.clean_picture import CONTENT_TYPES
from tutor.pictures.forms import PictureForm
from tutor.pictures.models import Picture
from tutor.pictures.showing import PERIOD_S, SEAL, is_sealed

# Opened by itself, a picture may neither run nor load anything.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def picture_file(request: AuthedRequest, name: str) -> HttpResponse:
    """The bytes, for those who were shown a text with the picture."""
    if not is_sealed(request.user.pk, name, request.GET.get(SEAL, "")):
        raise Http404
    digest, _dot, kind = name.partition(".")
    picture = get_object_or_404(Picture, digest=digest, kind=kind)
    try:
        data = picture.read()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Cache-Control": f"private, max-age={PERIOD_S}, immutable",
        "Content-Security-Policy": ALONE,
        "Content-Disposition": content_disposition_header(
            as_attachment=kind == Picture.Kind.SVG, filename=name
        ),
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=CONTENT_TYPES[kind], headers=headers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_picture(request: AuthedRequest) -> HttpResponse:
    """Store a picture; scripts get the line that texts show it by, others a page with it."""
    if not request.user.is_teacher:
        raise Http404
    form = PictureForm(request.POST or None, request.FILES or None, user=request.user)
    if "application/json" in request.headers.get("Accept", ""):
        return _as_json(form)
    return render(request, "pictures/new.html", {"form": form})


def _as_json(form: PictureForm) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()})
    return JsonResponse({"markdown": form.markdown, "remark": form.left_out_sentence()})
