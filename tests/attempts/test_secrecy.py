"""No page, echo or log of a student says anything of a stored answer that they have not earned."""

import re

import pytest
from django.urls import reverse

from tests.attempts.test_answer_page import HTMX
from tests.factories import make_assignment, make_problem
from tutor.attempts.models import Draft
from tutor.grading import AnswerKey, Kind
from tutor.problems.content import Expected
from tutor.problems.models import AnswerKey as StoredKey
from tutor.problems.models import ReferenceSolution

CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken" value=|name="action" value=|nonce=)"[^"]*"|datetime="[^"]*"'
)
# What a clever pupil types to learn something: the kinds of values that a key may have.
PROBES = [
    "31415",
    "27182",
    "31415 cm",
    "3.1415e4",
    "x",
    "A",
    "no solution",
    "{1, 2}",
    "3/",
    "[0,1)",
]


@pytest.fixture
def crawl(client, alice, section):
    """All that Alice is sent about a problem with this stored answer before she hands in."""
    problem = make_problem("a-secret", final_answer="1", statement="Which number?", hints=())
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)

    def crawl(answer: str) -> list[str]:
        Draft.objects.all().delete()
        StoredKey.objects.update(value=answer)
        ReferenceSolution.objects.update(text=answer)
        addresses = [reverse("home"), item.get_absolute_url(), reverse("answer", args=[item.code])]
        pages = [client.get(address, headers=HTMX) for address in addresses]
        pages += [
            client.post(reverse("draft", args=[item.code]), {"response": text}) for text in PROBES
        ]
        return [CHANGING.sub("", page.content.decode()) for page in pages]

    return crawl


def test_the_same_bytes_come_for_two_stored_answers(crawl, caplog):
    caplog.set_level("DEBUG")
    first, second = crawl("31415"), crawl("27182")
    for one, other in zip(first, second, strict=True):
        assert one.splitlines() == other.splitlines()
    assert not any("31415" in page for page in first[:3])
    assert not any("31415" in record.getMessage() for record in caplog.records)


def test_parameters_that_hold_the_answer_stay_behind(client, alice, section, caplog):
    caplog.set_level("DEBUG")
    problem = make_problem(
        "a-secret",
        key=AnswerKey("[[k + n]]", Kind.NUMBER),
        parameters="k = 31415..31415\nn = 0..0",
        statement="Which number? Not [[n]].",
        solution=r"\boxed{[[k]]}",
        hints=(),
        expected=(Expected("[[k + 1]]", "One less than [[k + 1]]."),),
    )
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    address = item.get_absolute_url()
    draft = client.post(reverse("draft", args=[item.code]), {"response": "7"})
    page = client.get(address).content.decode()
    assert "Which number? Not 0." in page
    assert "3141" not in page + draft.content.decode()
    assert not any("3141" in record.getMessage() for record in caplog.records)


def test_a_wrong_answer_does_not_bring_the_right_one(client, alice, section, caplog):
    caplog.set_level("DEBUG")
    problem = make_problem("a-secret", final_answer="31415", hints=())
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    for number, text in enumerate(["31416", "3/", "x=2", "(1,2)", "five"], start=1):
        sent = {"action": f"00000000-0000-4000-8000-00000000000{number}", "number": number}
        sent |= {"version": problem.current.code, "response": text}
        answer = client.post(reverse("attempt-submit", args=[item.code]), sent, headers=HTMX)
        assert "31415" not in answer.content.decode()
    assert "31415" not in client.get(item.get_absolute_url()).content.decode()
    assert not any("31415" in record.getMessage() for record in caplog.records)


def test_what_pupils_write_stays_out_of_the_logs(client, alice, item, form, caplog):
    caplog.set_level("DEBUG")
    client.force_login(alice)
    for name in ("draft", "attempt-submit"):
        client.post(reverse(name, args=[item.code]), form | {"response": "my secret 123454321"})
    assert not any("123454321" in record.getMessage() for record in caplog.records)
