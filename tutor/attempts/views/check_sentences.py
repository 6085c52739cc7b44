"""The sentences that explain a check, for the script that shows a live solution."""

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tutor.attempts.working.check_sentences import sentences

HOUR_S = 60 * 60


@require_safe
@cache_control(public=True, max_age=HOUR_S)
def check_sentences(request: HttpRequest, language: str) -> JsonResponse:
    """Says nothing about anybody. A problem's page would be half as heavy again with it."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return JsonResponse(sentences())
