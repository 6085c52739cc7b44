"""What a page asks several times is computed once."""

from django.http import HttpResponse
from django.test import RequestFactory

from tutor.per_page import OncePerPageMiddleware, once_per_page

calls: list[int] = []


@once_per_page
def doubled(number):
    calls.append(number)
    return 2 * number


def page(request):
    return HttpResponse(" ".join(str(doubled(number)) for number in (1, 1, 2)))


def calls_of(*requests):
    calls.clear()
    middleware = OncePerPageMiddleware(page)
    assert all(middleware(request).content == b"2 2 4" for request in requests)
    return calls


def test_a_page_computes_it_once_for_each_argument():
    assert calls_of(RequestFactory().get("/")) == [1, 2]


def test_the_next_page_computes_it_anew():
    assert calls_of(RequestFactory().get("/"), RequestFactory().head("/")) == [1, 2] * 2


def test_a_page_that_changes_something_remembers_nothing():
    assert calls_of(RequestFactory().post("/")) == [1, 1, 2]
