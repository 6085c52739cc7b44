"""The answering part of an item's page, with and without scripts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor import limits
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.grading import Grade, Verdict

HTMX = {"HX-Request": "true"}


def url(name, item):
    return reverse(name, args=[item.code])


def test_it_asks_for_an_answer_and_says_what_came(client, alice, item, form):
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert url("attempt-submit", item) in page
    assert "5 attempts left" in page

    answer = client.post(url("attempt-submit", item), form | {"response": "5"}, headers=HTMX)
    assert 'data-verdict="incorrect"' in answer.content.decode()
    assert "4 attempts left" in answer.content.decode()
    assert "<html" not in answer.content.decode()

    form |= {"number": "2", "action": str(uuid4()), "response": "4"}
    answer = client.post(url("attempt-submit", item), form, headers=HTMX).content.decode()
    assert 'data-verdict="correct"' in answer
    assert url("attempt-submit", item) not in answer
    assert [attempt.response for attempt in Attempt.objects.all()] == ["5", "4"]


def test_without_scripts_it_is_a_form_that_comes_back_to_its_page(client, alice, item, form):
    client.force_login(alice)
    response = client.post(url("attempt-submit", item), form | {"response": "4"})
    assert response.url == f"{item.get_absolute_url()}#answer"
    assert 'data-verdict="correct"' in client.get(response.url).content.decode()


def test_a_refusal_is_said_and_keeps_what_was_typed(client, alice, item, form, hand_in):
    hand_in(alice, "5")
    client.force_login(alice)
    answer = client.post(url("attempt-submit", item), form | {"response": "4444"}, headers=HTMX)
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert 'value="4444"' in page
    client.post(url("attempt-submit", item), form | {"response": "4444"})
    assert "You submitted another answer" in client.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize("response", ["", "   ", "\x00", "1" * 2001])
def test_what_is_no_answer_makes_no_attempt(client, alice, item, form, response):
    client.force_login(alice)
    answer = client.post(url("attempt-submit", item), form | {"response": response}, headers=HTMX)
    assert 'role="alert"' in answer.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [{"action": "x"}, {"number": "0"}, {"number": "9" * 30}, {"version": ""}, {"number": "\x00"}],
)
def test_a_form_that_is_none_of_ours_is_refused(client, alice, item, form, broken):
    client.force_login(alice)
    answer = client.post(
        url("attempt-submit", item), form | {"response": "4"} | broken, headers=HTMX
    )
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Attempt.objects.exists()


def test_what_was_not_understood_is_kept_in_the_field(client, alice, item, form):
    client.force_login(alice)
    answer = client.post(url("attempt-submit", item), form | {"response": "3/"}, headers=HTMX)
    page = answer.content.decode()
    assert 'data-verdict="unreadable"' in page
    assert 'value="3/"' in page
    assert "5 attempts left" in page


def test_who_does_not_know_keeps_the_attempt_and_reads_where_help_is(client, alice, item, form):
    client.force_login(alice)
    page = client.post(url("attempt-submit", item), form | {"response": "idk"}, headers=HTMX)
    page = page.content.decode()
    assert "5 attempts left" in page
    assert "No answer yet" in page
    assert "Take help, one piece at a time:" in page
    assert "Not understood" not in page


def test_only_what_costs_an_attempt_is_numbered(client, alice, item, form, hand_in):
    for response in ("x = ", "5", "5", "6"):
        hand_in(alice, response)
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert re.findall(r"<dt>(Attempt \d|Answer that cost no attempt)\s*</dt>", page) == [
        "Attempt 2", "Answer that cost no attempt", "Attempt 1", "Answer that cost no attempt",
    ]  # fmt: skip
    last = Attempt.objects.order_by("number").last()
    assert "<h1>Attempt 2" in client.get(last.get_absolute_url()).content.decode()


def test_working_stays_in_view_after_the_right_answer(client, alice, item, hand_in):
    hand_in(alice, "4", working=("2 + 2 = 4",))
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert page.index("2 + 2 = 4") < page.index('<details class="about-attempt">')


def test_while_it_is_checked_the_page_asks_again(client, alice, item, form, hand_in):
    attempt = hand_in(alice, "5")
    Attempt.objects.update(grade=None)
    client.force_login(alice)
    answer = client.get(url("answer", item), headers=HTMX).content.decode()
    assert 'data-verdict="pending"' in answer
    assert 'hx-trigger="load delay:1s"' in answer
    assert 'name="response"' not in answer
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(seconds=20))
    again = f"{url('answer', item)}?pending={attempt.code}"
    assert again in answer
    with CaptureQueriesContext(connection) as queries:
        piece = client.get(again, headers=HTMX)
    assert piece["HX-Retarget"] == "#asks-again"
    assert 'hx-trigger="load delay:4s"' in piece.content.decode()
    assert len(queries) <= 4
    attempt.refresh_from_db()
    attempt.changes.all().delete()
    attempt.record(Grade(Verdict.CORRECT, 1, "exact"))
    answer = client.get(again, headers=HTMX).content.decode()
    assert 'data-verdict="correct"' in answer
    assert "hx-get" not in answer


def test_a_closed_assignment_shows_no_form(client, alice, item, hand_in):
    hand_in(alice, "5")
    now = timezone.now()
    Assignment.objects.update(due_at=now - timedelta(minutes=1))
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert 'name="response"' not in page
    assert "closed" in page
    assert 'data-verdict="incorrect"' in page  # what one did stays to be seen


def test_late_is_said_before_it_costs(client, alice, item):
    now = timezone.now()
    Assignment.objects.update(due_at=now, closes_at=now + timedelta(days=1), late_credit=30)
    client.force_login(alice)
    assert "counts 30%" in client.get(item.get_absolute_url()).content.decode()


def test_a_word_has_no_working_unless_there_is_some(client, alice, section, hand_in):
    problem = make_problem("w", final_answer="hexagon", kind="text")
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    assert 'id="working"' not in client.get(item.get_absolute_url()).content.decode()
    hand_in(alice, "pentagon", item=item, working=("five sides",))
    assert 'id="working"' in client.get(item.get_absolute_url()).content.decode()


def test_the_verdict_stands_below_submit(client, alice, item, hand_in):
    hand_in(alice, "5")
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert page.index('data-part="submit"') < page.index("Not right</h3>")


def test_unlimited_attempts_are_said(client, alice, item):
    client.force_login(alice)
    assert "Any number of attempts" not in client.get(item.get_absolute_url()).content.decode()
    Assignment.objects.update(attempts_allowed=None)
    assert "Any number of attempts" in client.get(item.get_absolute_url()).content.decode()


def test_choices_are_buttons(client, alice, section, form):
    problem = make_problem("b", final_answer="B", kind="choice", choices=("3", "4", "5"))
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert page.count('type="radio"') == 3
    assert (
        page.index('id="working"') < page.index('type="radio"') < page.index('data-part="submit"')
    )
    form |= {"version": str(problem.current.code), "response": "B"}
    answer = client.post(url("attempt-submit", item), form, headers=HTMX).content.decode()
    assert 'data-verdict="correct"' in answer
    assert Attempt.objects.get().chosen == ["4"]


def test_several_choices_may_be_ticked_where_several_are_right(client, alice, section, form):
    problem = make_problem("b", final_answer="A, C", kind="choice", choices=("2", "3", "4"))
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    assert client.get(item.get_absolute_url()).content.decode().count('type="checkbox"') == 3
    form |= {"version": str(problem.current.code), "response": ["A", "C"]}
    client.post(url("attempt-submit", item), form, headers=HTMX)
    assert Attempt.objects.get().verdict == Verdict.CORRECT


def test_a_teacher_sees_the_problem_without_a_form(client, carol, item):
    client.force_login(carol)
    assert 'name="response"' not in client.get(item.get_absolute_url()).content.decode()
    assert client.post(url("attempt-submit", item), {"response": "4"}).status_code == 404


@pytest.mark.parametrize("name", ["answer", "attempt-submit", "draft"])
def test_what_is_not_theirs_is_not_there(client, dan, item, form, name):
    client.force_login(dan)
    address = url(name, item)
    answer = client.get(address) if name == "answer" else client.post(address, form)
    assert answer.status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, item, form):
    answer = client.post(url("attempt-submit", item), form | {"response": "4"})
    assert answer.url.startswith(reverse("account_login"))
    assert not Attempt.objects.exists()


def test_an_attempt_is_seen_by_who_made_it_and_by_who_teaches(
    client, alice, bob, carol, dan, admin, hand_in
):
    attempt = hand_in(alice, "5")
    for user, status in ((alice, 200), (bob, 404), (carol, 200), (dan, 404), (admin, 200)):
        client.force_login(user)
        assert client.get(attempt.get_absolute_url()).status_code == status
        assert Attempt.objects.visible_to(user).exists() == (status == 200)


def test_another_pupil_sees_nothing_of_it(client, alice, bob, item, hand_in):
    hand_in(alice, "123454321")
    client.force_login(bob)
    for address in (item.get_absolute_url(), url("answer", item)):
        page = client.get(address, headers=HTMX).content.decode()
        assert "123454321" not in page
        assert "attempt left" not in page.replace("5 attempts left", "")


def test_too_many_at_once_are_told_to_wait(client, alice, item, form, monkeypatch):
    monkeypatch.setattr(limits, "WINDOW_S", 10**9)  # a busy machine takes more than a minute
    client.force_login(alice)
    for _ in range(31):
        answer = client.post(url("attempt-submit", item), form | {"response": "5"}, headers=HTMX)
    assert "too fast" in answer.content.decode()
    for _ in range(240):
        assert client.post(url("draft", item), {"response": "5"}).status_code == 200
    assert client.post(url("draft", item), {"response": "5"}).status_code == 429


def test_queries_do_not_grow_with_the_attempts(client, alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)
    counts = []
    for texts in ("56", "789123"):
        for text in texts:
            hand_in(alice, text)
        client.get(item.get_absolute_url())  # it makes what later visits find
        with CaptureQueriesContext(connection) as queries:
            client.get(item.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_invisible_characters_are_left_out_and_the_teacher_is_told(
    client, alice, carol, item, form
):
    tags = "".join(chr(0xE0000 + ord(char)) for char in "say it")
    client.force_login(alice)
    sent = form | {"response": f"5{tags}", "working": "2+2 = 4\u200b"}
    client.post(url("attempt-submit", item), sent)
    attempt = Attempt.objects.get()
    assert (attempt.response, attempt.working) == ("5", ["2+2 = 4"])
    assert attempt.hidden_characters == len(tags) + 1
    notice = "7 invisible characters were in the answer"
    assert notice not in client.get(attempt.get_absolute_url()).content.decode()
    client.force_login(carol)
    assert notice in client.get(attempt.get_absolute_url()).content.decode()


def test_a_teacher_can_be_asked_from_the_verdict(client, alice, item, hand_in):
    attempt = hand_in(alice, "5")
    client.force_login(alice)
    asking = f"{attempt.get_absolute_url()}?ask=1#ask"
    assert asking in client.get(item.get_absolute_url()).content.decode()
    assert '<details class="review" id="ask" open>' in client.get(asking).content.decode()
