"""Lines are checked on demand: it costs no attempt, and the first mistake is explained."""

import pytest
from django.urls import reverse

from tests.attempts.test_answer_page import HTMX, url
from tests.attempts.test_working import marks
from tests.grading.hostile import SHORT
from tutor.assignments.models import Assignment
from tutor.attempts import checking
from tutor.attempts.models import Draft


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    monkeypatch.setattr(checking, "WITHIN_S", 30.0)


@pytest.fixture
def check(client, alice, item):
    """What Alice is told of these lines, at an item with as many attempts as she likes."""
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)

    def check(*lines, item=item, headers=HTMX, **fields):
        said = {"response": "", "working": "\n".join(lines)} | fields
        answer = client.post(url("working-check", item), said, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return check


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no lines"), ("x\n" * 41, "41 lines"), ("y" * 501, "Line 1"), ("\x00", "not text")],
)
def test_what_cannot_be_taken_is_said(check, text, said, headers):
    assert said in check(working=text, headers=headers)


def test_too_many_checks_are_told_to_wait(check):
    for _ in range(checking.CHECKS_A_MINUTE):
        assert "too often" not in check("1 = 1")
    assert "too often" in check("1 = 1")
    assert "too often" in check("1 = 1", headers={})


def test_where_the_time_is_over_it_says_so(check, monkeypatch):
    monkeypatch.setattr(checking, "WITHIN_S", -1.0)
    page = check("2x + 3 = 7", "2x = 10")
    assert "did not come to an end in time" in page
    assert marks(page) == []


def test_no_lines_break_it(check, monkeypatch):
    monkeypatch.setattr(checking, "CHECKS_A_MINUTE", 1_000)
    monkeypatch.setattr(checking, "WITHIN_S", 2.0)
    for start in range(0, len(SHORT), 40):
        texts = (text[:500].encode("utf-8", "ignore") for text in SHORT[start : start + 40])
        check(*(text.decode().replace("\n", " ") for text in texts))


@pytest.mark.parametrize("name", ["working-draft", "working-check"])
def test_what_is_not_theirs_is_not_there(client, carol, dan, item, name):
    for user in (carol, dan):
        client.force_login(user)
        assert client.post(url(name, item), {"working": "1 = 1"}).status_code == 404
    client.logout()
    answer = client.post(url(name, item), {"working": "1 = 1"})
    assert answer.url.startswith(reverse("account_login"))
    assert not Draft.objects.exists()
