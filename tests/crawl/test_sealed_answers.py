"""Where the verdict comes after the end, right and wrong answers look the same to their student."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.crawl.test_every_address import CHANGING, addresses, body
from tests.crawl.test_every_socket_message import messages_to
from tests.privacy.test_exporting import opened
from tutor.assignments.models import Assignment, Sitting
from tutor.attempts.models import Advice, Attempt, GradeChange, MessageReceipt
from tutor.privacy.exporting import personal_data

LATE = dict.fromkeys(["hint_policy", "reply_policy", "step_policy", "help_policy"], "after_due")
# Rows that students make by looking have other numbers and codes each time.
ROWS = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|draft[^ ]*|<input[^>]*>|left-s="\d+"')
SIGNS_OF_A_VERDICT = re.compile(
    r'data-verdict="(correct|incorrect|partly|unfinished|undecided)"|standing (right|wrong)'
    r"|Bigger\.|One too many|\d of \d right|Points: [\d.]+ of"
)


@pytest.fixture
def sealed(school):
    """Alice's time runs in it, and she has handed in two answers."""
    terms = {"verdict_policy": "after_end", "time_limit_min": 60, "attempts_allowed": 3, **LATE}
    Assignment.objects.filter(pk=school.assignment.pk).update(**terms)
    Sitting.objects.create(
        assignment=school.assignment,
        enrollment=school.own_attempt.enrollment,
        begun_at=timezone.now() - timedelta(minutes=5),
    )
    return school


def own(school):
    return Attempt.objects.filter(enrollment=school.own_attempt.enrollment)


def make_wrong(school):
    own(school).update(advice=Advice.objects.get(), has_news=True, repeats=None)


def make_right(school):
    """As if these very answers were right, and nobody had anything to say of them."""
    own(school).update(advice=None, has_news=False, mistake={})
    MessageReceipt.objects.filter(enrollment=school.own_attempt.enrollment).delete()
    changes = GradeChange.objects.filter(attempt__in=own(school))
    changes.update(verdict="correct", score=1, feedback="", rule="exact")
    for change in changes:
        change.parts = [{**row, "verdict": "correct", "score": 1} for row in change.parts]
        change.save()


def looks(client, school, method):
    """What each address answers, without leaving a trace."""
    pages = {}
    for address in addresses(school):
        with transaction.atomic():
            response = getattr(client, method)(address)
            text = body(response) + response.headers.get("Location", "")
            pages[address] = ROWS.sub("", CHANGING.sub("", text))
            transaction.set_rollback(True)
    return pages


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_answers_the_same_whatever_the_verdict(sealed, sign_in, method):
    client = sign_in(sealed.people["alice"])
    make_wrong(sealed)
    wrong = looks(client, sealed, method)
    make_right(sealed)
    right = looks(client, sealed, method)
    assert [address for address in wrong if wrong[address] != right[address]] == []


@pytest.mark.parametrize("begun_ago_min", [5, 90])
def test_no_page_has_a_sign_of_a_verdict(sealed, sign_in, begun_ago_min):
    """While her time runs, and after it, as long as others may still begin."""
    Sitting.objects.update(begun_at=timezone.now() - timedelta(minutes=begun_ago_min))
    client = sign_in(sealed.people["alice"])
    make_wrong(sealed)
    for address in addresses(sealed):
        sign = SIGNS_OF_A_VERDICT.search(body(client.get(address)))
        assert sign is None, (address, sign)
    page = body(client.get(sealed.item.get_absolute_url()))
    assert 'data-verdict="sealed"' in page
    assert "Whether it is right shows after the test is over for everybody" in page


def test_her_own_data_tells_only_what_she_typed(sealed):
    alice = sealed.people["alice"]
    make_wrong(sealed)
    wrong = opened(personal_data(alice))
    assert "17" in wrong["attempts.attempt.jsonl"]
    assert "attempts.gradechange.jsonl" not in wrong
    make_right(sealed)
    assert opened(personal_data(alice)) == wrong


def test_all_of_it_is_told_once_the_test_is_over_for_everybody(sealed, sign_in):
    make_wrong(sealed)
    client = sign_in(sealed.people["alice"])
    over = timezone.now() - timedelta(minutes=1)
    Assignment.objects.update(opens_at=over - timedelta(days=1), due_at=over, closes_at=None)
    page = body(client.get(sealed.item.get_absolute_url()))
    assert 'data-verdict="incorrect"' in page
    assert "Bigger." in page
    assert sealed.message.text in page
    own_data = opened(personal_data(sealed.people["alice"]))
    assert {"attempts.gradechange.jsonl", "attempts.messagereceipt.jsonl"} <= set(own_data)


def test_her_teacher_sees_the_verdict_at_once(sealed, sign_in):
    client = sign_in(sealed.people["carol"])
    page = body(client.get(sealed.own_attempt.get_absolute_url()))
    assert 'data-verdict="incorrect"' in page
    section, item = sealed.section.code, sealed.item.code
    shown = body(client.get(reverse("student-item", args=[section, "alice", item])))
    assert 'data-verdict="incorrect"' in shown


@pytest.mark.django_db(transaction=True)
async def test_sockets_answer_the_same_whatever_the_verdict(sealed):
    from asgiref.sync import sync_to_async

    wrong = await messages_to(sealed, sealed.people["alice"])
    await sync_to_async(make_right)(sealed)
    assert await messages_to(sealed, sealed.people["alice"]) == wrong
