"""What a page asks several times is computed once, and forgotten with the page.

Only for pages that change nothing (GET): there, what was true at first is true to the end.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
R = TypeVar("R")

_results: ContextVar[dict[Any, Any] | None] = ContextVar("results_of_page", default=None)


def once_per_page(function: Callable[P, R]) -> Callable[P, R]:
    """Its arguments must be hashable, and nobody may change what it returns.

    Outside a page it is called each time.
    """

    @wraps(function)
    def remembered(*args: P.args, **options: P.kwargs) -> R:
        results = _results.get()
        if results is None:
            return function(*args, **options)
        key = (function, args, tuple(options.items()))
        if key not in results:
            results[key] = function(*args, **options)
        result: R = results[key]
        return result

    return remembered


class OncePerPageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _results.set({})
        try:
            return self.get_response(request)
        finally:
            _results.reset(token)
