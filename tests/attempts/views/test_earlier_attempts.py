"""A problem's page shows a few earlier attempts; the others come in pages, on request."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tutor.assignments.models import Assignment
from tutor.attempts.access import access_for
from tutor.attempts.answering import EARLIER_SHOWN, Answering
from tutor.attempts.models import Attempt
from tutor.attempts.working.accepting import MAX_LINES
from tutor.grading.check_process import client as line_client
from tutor.grading.check_process import line_reader
from tutor.grading.numeric import operation_work
from tutor.grading.working import bare_values

HTMX = {"HX-Request": "true"}
COUNT = 2 * EARLIER_SHOWN + 3
HEAVY = "-x" * 240
ARTICLE = '<article class="attempt"'


@pytest.fixture
def answered(alice, item, client):
    """Alice has answered the item COUNT times, as often with working that takes long to read."""
    Assignment.objects.update(attempts_allowed=None)
    enrollment = access_for(alice, item).enrollment
    for number in range(1, COUNT + 1):
        Attempt.objects.create(
            enrollment=enrollment, item=item, version=item.problem.current, number=number,
            action=uuid4(), response=f"1000{number}",
            working=[f"{number}{line}{HEAVY}" for line in range(MAX_LINES)],
        )  # fmt: skip
    client.force_login(alice)


@pytest.fixture
def questions(monkeypatch):
    """What was asked of a child that reads at once, as much as it may."""
    asked = []

    def answer(_statement, lines, question, _wait_s):
        asked.append(question)
        reader = line_reader.LineReader(decimal_comma=False, max_work_s=question["max_work_s"])
        reader.readings = dict.fromkeys(lines, "x")
        return reader.to_dict() | {"spent_s": 0.06}

    monkeypatch.setattr(line_client, "_answer_about", answer)
    return asked


def responses_in(page):
    return [row.response for row, _working in page.context["earlier"].rows]


@pytest.mark.usefixtures("answered", "questions")
def test_earlier_attempts_come_a_few_at_a_time(client, item):
    page = client.get(item.get_absolute_url())
    assert f"{COUNT - 1} earlier answers" in page.content.decode()
    assert page.content.decode().count(ARTICLE) <= 1 + EARLIER_SHOWN
    left = page.context["answering"].earlier.left
    address = reverse("answer-earlier", args=[item.code])
    assert f'hx-get="{address}?before={left}"' in page.content.decode()
    numbers = []
    while left:
        piece = client.get(f"{address}?before={left}", headers=HTMX)
        assert "<html" not in piece.content.decode()
        numbers += responses_in(piece)
        left = piece.context["earlier"].left
    assert numbers == [f"1000{number}" for number in range(COUNT - 1 - EARLIER_SHOWN, 0, -1)]


@pytest.mark.usefixtures("answered", "questions")
def test_without_scripts_they_have_a_page(client, item, bob):
    address = reverse("answer-earlier", args=[item.code])
    page = client.get(f"{address}?before=3")
    assert responses_in(page) == ["10003", "10002", "10001"]
    assert item.get_absolute_url() in page.content.decode()
    for query in ("", "?before=x", "?before=-1"):
        assert client.get(f"{address}{query}").url == item.get_absolute_url()
    newest = client.get(f"{address}?before=999")
    assert responses_in(newest)[0] == f"1000{COUNT - 1}"  # the latest is on the problem's page
    client.force_login(bob)
    assert responses_in(client.get(f"{address}?before=3")) == []


@pytest.mark.usefixtures("answered")
def test_a_page_reads_all_its_working_within_one_budget(alice, item, questions):
    answering = Answering(access_for(alice, item))
    shown = [answering.latest_working, *(working for _, working in answering.earlier.rows)]
    assert len(shown) == 1 + EARLIER_SHOWN
    budgets = [question["max_work_s"] for question in questions]
    assert len(budgets) == 2  # of 0.1 s, each took 0.06 s
    assert budgets[0] <= line_reader.MAX_READING_WORK_S
    assert budgets[1] <= line_reader.MAX_READING_WORK_S - 0.06
    assert not any(line.is_heavy for line in shown[0].lines)
    assert all(line.is_heavy for line in shown[-1].lines)


@pytest.mark.usefixtures("answered")
def test_a_page_waits_only_once_for_a_child_that_does_not_answer(alice, item, monkeypatch):
    asked = []
    monkeypatch.setattr(line_client, "_answer_about", lambda *_: asked.append(1) or {})
    for attempt in Attempt.objects.all():
        attempt.working = attempt.working[:6]  # of which the page may read several
        attempt.save(update_fields=["working"])
    answering = Answering(access_for(alice, item))
    assert answering.latest_working
    assert answering.earlier.rows
    assert len(asked) == 1


@pytest.mark.usefixtures("answered", "questions")
def test_a_page_looks_for_values_in_all_its_working_within_the_budget(alice, item, monkeypatch):
    looked_at = []
    reveals = bare_values._Problem.reveals

    def counting(problem, line):
        looked_at.append(line)
        return reveals(problem, line)

    monkeypatch.setattr(bare_values._Problem, "reveals", counting)
    Assignment.objects.update(attempts_allowed=COUNT + 1)
    answering = Answering(access_for(alice, item))
    assert answering.latest_working
    assert answering.earlier.rows
    most = 1e6 * line_reader.MAX_READING_WORK_S / operation_work.READING
    assert 0 < sum(map(len, looked_at)) <= most
