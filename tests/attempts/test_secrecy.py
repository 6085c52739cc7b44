"""No page, echo or log of a student says anything of a stored answer that they have not earned."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.attempts.views.test_answer_page import HTMX
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.attempts import submitting, tasks
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.views import answering as answer_pages
from tutor.attempts.views import working as working_pages
from tutor.grading import AnswerKey, Kind
from tutor.grading.processes.pool import Child
from tutor.problems.expected import Expected
from tutor.problems.models import ReferenceSolution, StoredKey
from tutor.redis_client import connect

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
    for response, other in zip(first, second, strict=True):
        assert response.splitlines() == other.splitlines()
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


# Lines of working. Each fails for a value that they themselves determine: 31415 in the first.

FAILING = [
    ["2x = 62830", "x = 7"],
    ["x = 31415", "x = 27182"],
    ["x - 31415 = 0 or x = 1", "x = 1"],
    ["31414 + 1", "= 31416"],
    ["31415 = 31416"],
    ["x + 31413", "= 2x + 31413"],
    ["x > 31415", "x >= 31415"],
    ["x = 5, y = 31415", "y = 6"],
    ["x^2 = 9", "x = 4"],
    ["(x+1)^2", "= x^2 + 1"],
]
ELSEWHERE = FAILING[-2:]  # neither of the two stored answers is a value of these


@pytest.fixture
def check_lines(client, alice, section, monkeypatch):
    """All that Alice is sent about these lines before they are handed in, and afterwards."""
    monkeypatch.setattr(working_pages, "CHECKS_A_MINUTE", 1_000)
    monkeypatch.setattr(answer_pages, "SUBMISSIONS_A_MINUTE", 1_000)
    for module, name in (
        (working_pages, "MAX_CHECK_WORK_S"),
        *((submitting, name) for name in ("AT_ONCE_WORK_S", "CHECK_AT_ONCE_WORK_S")),
        *((tasks, name) for name in ("FIRST_TRY_WORK_S", "THOROUGH_WORK_S")),
    ):
        monkeypatch.setattr(module, name, 30.0)
    problem = make_problem("a-secret", final_answer="1", statement="Which number?", hints=())
    item = make_assignment(section, [problem], attempts_allowed=9).problem_set.items.get()
    client.force_login(alice)

    def check_lines(answer: str, lines: list[str]) -> list[str]:
        Attempt.objects.all().delete()
        Draft.objects.all().delete()
        StoredKey.objects.update(value=answer)
        ReferenceSolution.objects.update(text=answer)
        fields = {"response": "8", "working": "\n".join(lines), "number": "1"}
        fields |= {"action": str(uuid4()), "version": str(problem.current.code)}
        names = ["working-draft", "working-check", "attempt-submit"]
        # Without an answer yet, lines are held against each other alone.
        unanswered = {"working-check": fields | {"response": ""}}
        pages = [
            client.post(
                reverse(name, args=[item.code]), unanswered.get(name, fields), headers=headers
            )
            for name in names
            for headers in (HTMX, {})
        ]
        attempt = Attempt.objects.get()
        addresses = [item.get_absolute_url(), attempt.get_absolute_url()]
        addresses += [reverse("attempt-working", args=[attempt.code])]
        pages += [client.get(address) for address in addresses]
        assert {page.status_code for page in pages} == {200, 302}
        texts = [CHANGING.sub("", page.content.decode()) for page in pages]
        # A random code may hold any digits.
        changing = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|<time.*?</time>")
        return [changing.sub("", text) for text in texts]

    return check_lines


def test_where_attempts_are_limited_no_lines_find_the_answer(check_lines):
    for lines in FAILING:
        assert check_lines("31415", lines) == check_lines("27182", lines)


def test_what_says_nothing_of_the_answer_is_the_same_for_any_answer(check_lines):
    Assignment.objects.update(attempts_allowed=None)
    for lines in ELSEWHERE:
        first = check_lines("31415", lines)
        assert first == check_lines("27182", lines)
        assert "A number for which this line is false" not in first[2]
        assert 'data-value="at"' in first[2]


LED_TO = "x = 31415</span>"


def test_an_answer_that_the_lines_lead_to_is_not_said(check_lines):
    Assignment.objects.update(attempts_allowed=None)
    lines = ["2x = 62830", "x = 7"]
    checks = check_lines("31415", lines)
    assert not any("31415" in page for page in checks)
    assert sum("A number for which this line is false" in page for page in checks) == 6
    assert all(LED_TO in page for page in check_lines("27182", lines)[2:4])


def test_what_is_withheld_looks_the_same_whatever_it_is(check_lines):
    Assignment.objects.update(attempts_allowed=None)
    first = check_lines("31415", ["2x = 62830", "x = 7"])
    other = check_lines("27182", ["2x = 54364", "x = 7"])
    assert first == [page.replace("54364", "62830") for page in other]


def test_a_teacher_sees_what_a_pupil_may_not(check_lines, client, carol):
    check_lines("31415", ["2x = 62830", "x = 7"])
    client.force_login(carol)
    page = client.get(Attempt.objects.get().get_absolute_url()).content.decode()
    assert LED_TO in page


def test_a_check_knows_nothing_of_the_answer(check_lines, monkeypatch, caplog):
    caplog.set_level("DEBUG")
    calls = []
    ask = Child.ask
    monkeypatch.setattr(
        Child, "ask", lambda self, question, at: calls.append(question) or ask(self, question, at)
    )
    check_lines("31415", ["2x = 62830", "x = 7"])
    check_lines("31415", ["2x = 4", "my secret 123454321"])
    calls = [call for call in calls if "response" not in call]  # another process explains answers
    assert len(calls) >= 4
    assert "31415" not in str(calls)
    logged = [record.getMessage() for record in caplog.records]
    assert not any("31415" in line or "123454321" in line for line in logged)
    with connect() as redis:
        stored = [str(key) + str(redis.dump(key)) for key in redis.scan_iter()]
    assert stored
    assert not any("31415" in text or "123454321" in text for text in stored)
    assert "31415" not in str(list(Draft.objects.values_list("response", "working")))
