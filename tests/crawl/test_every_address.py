"""Every address of the product, asked for by every kind of person.

The addresses are read from the URL configuration: a new one that leads to something of which
`objects` knows no example fails here, until it is said what it leads to.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.crawl.conftest import CANARY, OTHER_CANARY, School
from tutor.grading.mistakes import MistakeName

# Their own forms and codes are the packages' to test; the administration has a test below.
ELSEWHERE = re.compile(r"admin/|accounts/|favicon")
# Differs from answer to answer although nothing is said: tokens, one-time codes, times.
CHANGING = re.compile(
    r'(name="(csrfmiddlewaretoken|action)" value=|nonce=)"[^"]*"|csrf\w*"[^}]*|<time.*?</time>'
    r'|DTSTAMP:\w+|"left_s": [\d.]+|data-saved="\d+"'
)
# What Python writes for a value that somebody forgot to put into words.
RAW_VALUE = re.compile(r">[^<]*(\b(None(?! of)|True|False)\b|object at 0x)[^<]*<")
MAY_LOOK = ("carol", "eve", "admin")  # teacher, assistant, administrator


def patterns() -> Iterator[tuple[str, str]]:
    """Name and route of each address."""

    def within(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if ELSEWHERE.match(route):
                continue
            if isinstance(pattern, URLPattern):
                yield str(pattern.name), route
            else:
                yield from within(pattern, route)

    return within(get_resolver(), "")


def objects(school: School) -> dict[str, list[dict[str, Any]]]:
    """What stands in an address, by the words before and in it."""
    items = [{"item_code": item.code} for item in (school.item, school.parts.item)]
    return {
        "assignments/<code>": [{"code": school.assignment.code}],
        "items/<code>": [{"code": item.code} for item in (school.item, school.parts.item)],
        "practice/<practice>": [{"practice": school.practice.code}],
        "mistakes/<kind>": [{"kind": MistakeName.SIGN_ERROR.value}],
        "messages/<code>": [{"code": school.message.code}],
        "skills/<pk>": [{"pk": school.review_problem.skill.pk}],
        "review/<code>": [{"code": school.review_problem.code}],
        "attempts/<code>": [
            {"code": attempt.code}
            for attempt in (school.own_attempt, school.other_attempt, school.parts)
        ],
        "sections/<code>": [{"code": school.section.code}],
        "map/<area>": [{"area": "algebra"}],
        "skill/<path>": [{"path": "algebra.sets.operations"}],
        "sets/<slug>": [{"slug": "percentages"}],
        "sets/<code>": [{"code": school.assignment.problem_set.code}],
        "problems/<code>": [
            {"code": problem.code} for problem in (school.problem, school.parts.item.problem)
        ],
        "material/<code>": [{"code": school.passages[0].material.code}],
        "passages/<code>": [{"code": passage.code} for passage in school.passages],
        "regrades/<code>": [{"code": school.regrade.code}],
        "people/<username>": [{"username": "alice"}, {"username": "bob"}],
        "terms/<username>": [{"username": "alice"}, {"username": "bob"}],
        "items/<item_code>": items,
        "try/<item_code>": items,
        "help/<item_code>": [{"item_code": item.code} for item in (school.item, school.parts.item)],
        "page/<item>": [{"item": school.item.code}],
        "groups/<group_code>": [{"group_code": school.group.code}],
        "exemptions/<pk>": [{"pk": school.exemption.pk}],
        "invitations/<code>": [{"code": school.invitation.code}],
        "unsubscribe/<token>": [{"token": "unsigned"}],
        "pictures/<name>": [{"name": f"{'0' * 32}.png"}],
        "join/<join_code>": [{"join_code": school.section.join_code}],
        "calendar/<token>": [{"token": school.feed.token}],
        "gradebook.<kind>": [{"kind": "csv"}, {"kind": "xlsx"}],
        "print/<part>": [{"part": "problems"}, {"part": "key"}],
        "offline/<language>": [{"language": "en"}],
        "sentences/<language>": [{"language": "en"}],
        "runs/<name>": [{"name": "run"}],
        "problems/<line>": [{"line": 1}],
        "export/<kind>": [{"kind": "jsonl"}, {"kind": "csv"}, {"kind": "xml"}],
    }


def addresses(school: School) -> Iterator[str]:
    known = objects(school)
    for name, route in patterns():
        plain = re.sub(r"<\w+:(\w+)>", r"<\1>", route)
        choices: list[dict[str, Any]] = [{}]
        for match in re.findall(r"([\w]+[/.])<(\w+)>", plain):
            examples = known[f"{match[0]}<{match[1]}>"]
            choices = [{**chosen, **example} for chosen in choices for example in examples]
        for chosen in choices:
            yield reverse(name, kwargs=chosen)


@async_to_sync
async def _whole(response: Any) -> bytes:
    return b"".join([piece async for piece in response.streaming_content])


def body(response: Any) -> str:
    content = _whole(response) if getattr(response, "is_async", False) else response.getvalue()
    return str(content.decode("utf-8", "replace"))


def leads_to_something(address: str) -> bool:
    """And is not a page of which everybody has one."""
    return bool(re.search("[0-9a-f]{8}-", address))


@pytest.mark.parametrize("name", ["alice", "fay", "dan", "nobody"])
def test_nobody_else_is_sent_the_answer_or_what_is_another_sections(school, sign_in, name, caplog):
    caplog.set_level("DEBUG")
    client = sign_in(school.people[name])
    for address in addresses(school):
        for response in (client.get(address), client.post(address)):
            assert response.status_code < 500, address
            if name != "dan":  # who teaches, and may read what runs of a model wrote
                assert CANARY not in body(response) + str(response.headers), address
            if name != "alice" and leads_to_something(address):
                assert_is_not_there(response, name, address)
    assert not any(CANARY in record.getMessage() for record in caplog.records)


def assert_is_not_there(response, name, address):
    asked_to_sign_in = response.status_code == 302 and "/login/" in response.url
    assert response.status_code in {404, 405} or asked_to_sign_in, address
    assert response.status_code != 404 or name != "nobody", address


def test_a_student_is_sent_the_same_bytes_for_two_answers(school, sign_in):
    client = sign_in(school.people["alice"])

    def pages() -> dict[str, str]:
        return {
            address: CHANGING.sub("", body(client.get(address))) for address in addresses(school)
        }

    client.get(reverse("notices"))  # what it shows is read from now on
    first = pages()
    school.change_answer(CANARY, OTHER_CANARY)
    second = pages()
    assert [address for address in first if first[address] != second[address]] == []


@pytest.mark.parametrize("name", MAY_LOOK)
def test_who_teaches_opens_every_page(school, sign_in, name):
    """Nothing breaks, and what the crawl of students did not find is there for teachers."""
    client = sign_in(school.people[name])
    shown = 0
    for address in addresses(school):
        response = client.get(address)
        assert response.status_code < 500, address
        shown += CANARY in body(response)
        if response.headers["Content-Type"].startswith("text/html"):
            assert not RAW_VALUE.search(body(response)), address
    assert shown >= 2


def test_empty_forms_are_refused_and_never_break(school, sign_in):
    """Each by a client of its own school, since an empty form may be one that acts."""
    client = sign_in(school.people["carol"])
    for address in addresses(school):
        assert client.post(address).status_code < 500, address


def test_the_administration_opens_every_page(school, sign_in):
    from django.contrib import admin

    client = sign_in(school.people["admin"])
    for model, options in admin.site._registry.items():
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{prefix}_changelist"), {"q": "a"}).status_code == 200, model
        request = client.get(reverse("admin:index")).wsgi_request
        expected = 200 if options.has_add_permission(request) else 403
        assert client.get(reverse(f"{prefix}_add")).status_code == expected, model
        row = model._default_manager.first()
        if row is not None:
            for page in ("change", "history"):
                address = reverse(f"{prefix}_{page}", args=[row.pk])
                assert client.get(address).status_code == 200, address
