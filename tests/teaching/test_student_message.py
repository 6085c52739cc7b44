"""A message to one student, from a draft of the model or without one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_problem
from tests.solutions.generation.test_hints import GOOD, Saying
from tutor.assignments.models import Assignment
from tutor.attempts.models import GivenHelp, MessageReceipt, TeacherMessage, WithheldHelp
from tutor.solutions.generation.hint_drafts import sweep_hint_drafts, write_hint_draft
from tutor.solutions.models import HintDraft

pytestmark = pytest.mark.django_db(transaction=True)
LEAK = "It is 31415, of course."


@pytest.fixture
def problem(db):
    return make_problem(
        "a-secret", statement="Solve it.", final_answer="31415", solution="\\boxed{31415}"
    )


@pytest.fixture
def attempt(alice, answered):
    return answered(alice, "17")


@pytest.fixture
def desk(as_user, attempt):
    """The page, after an act on it if one is named."""
    url = reverse("student-message", args=[attempt.code])

    def desk(user, do="", text=""):
        client = as_user(user)
        if do:
            code = client.get(url).context["form"]["code"].value()
            client.post(url, {"do": do, "text": text, "code": code})
        return client.get(url)

    return desk


@pytest.fixture
def draft(desk, carol, start_worker):
    """Asks for one, and has the model write these texts."""

    def draft(*answers):
        desk(carol, "draft")
        start_worker(Saying(*answers))
        write_hint_draft(HintDraft.objects.get(fate="").pk)
        return HintDraft.objects.last()

    return draft


def fates():
    return list(HintDraft.objects.order_by("pk").values_list("fate", flat=True))


def test_draft_that_passes_is_offered_to_the_teacher_alone(draft, desk, as_user, carol, alice):
    draft(GOOD)
    page = desk(carol)
    assert page.context["form"]["text"].value() == GOOD
    assert GOOD not in as_user(alice).get(reverse("home")).content.decode()
    assert not GivenHelp.objects.exists()


def test_draft_that_is_sent_as_it_was_is_taken(draft, desk, as_user, carol, alice, item):
    draft(GOOD)
    desk(carol, "send", GOOD)
    assert fates() == ["taken"]
    receipt = MessageReceipt.objects.get()
    assert (receipt.item, receipt.message.text) == (item, GOOD)
    for url in (reverse("home"), item.get_absolute_url()):
        assert GOOD in as_user(alice).get(url).content.decode()


@pytest.mark.parametrize(
    ("fields", "word"), [({"attempts_allowed": 1}, "test"), ({}, "assignment")]
)
def test_message_about_a_sealed_answer_is_read_after_the_end(
    desk, as_user, carol, alice, assignment, item, fields, word
):
    Assignment.objects.update(verdict_policy="after_end", **fields)
    page = desk(carol).content.decode()
    assert f"The student reads this when the {word} is over for everybody." in page
    page = desk(carol, "send", "Look at the sign.").content.decode()
    assert f"the student reads it when the {word} is over for everybody." in page
    assert "held back until the end for everybody" in page
    addresses = (reverse("home"), item.get_absolute_url(), reverse("notices"))
    alices = as_user(alice)
    for address in addresses:
        shown = alices.get(address).content.decode()
        assert "Look at the sign." not in shown
        assert "unread" not in shown
    receipt = MessageReceipt.objects.get()
    read = reverse("message-read", args=[receipt.message.code])
    assert alices.post(read).status_code == 404
    over = timezone.now() - timedelta(minutes=1)
    Assignment.objects.update(opens_at=over - timedelta(days=1), due_at=over)
    assert "not read yet" in desk(carol).content.decode()
    for address in addresses:
        assert "Look at the sign." in as_user(alice).get(address).content.decode()


def test_draft_that_is_changed_is_edited(draft, desk, carol):
    draft(GOOD)
    desk(carol, "send", "Look at the sign.")
    assert fates() == ["edited"]
    assert TeacherMessage.objects.get().text == "Look at the sign."


def test_draft_that_is_thrown_away_leaves_room_for_another(draft, desk, carol):
    draft(GOOD)
    page = desk(carol, "drop")
    assert fates() == ["dropped"]
    assert page.context["form"]["text"].value() == ""
    desk(carol, "draft")
    assert fates() == ["dropped", ""]


def test_draft_that_says_the_answer_is_not_shown(draft, desk, carol):
    row = draft(LEAK, LEAK)
    assert (row.fate, row.objection, row.text) == ("none", WithheldHelp.Reason.LEAK, "")
    page = desk(carol).content.decode()
    assert "it gives the answer away" in page
    assert LEAK not in page
    assert not WithheldHelp.objects.exists()  # no student was to have it


def test_second_draft_is_tried_where_the_first_fails(draft):
    assert draft(LEAK, GOOD).text == GOOD


def test_draft_given_up_while_it_is_written_stays_given_up(desk, carol, start_worker):
    desk(carol, "draft")
    pk = HintDraft.objects.get().pk
    desk(carol, "drop")
    start_worker(Saying(GOOD))
    write_hint_draft(pk)
    assert fates() == ["dropped"]
    assert desk(carol).context["draft"] is None


def test_teacher_writes_without_a_draft(desk, carol):
    desk(carol, "send", "Have another look.")
    assert TeacherMessage.objects.get().text == "Have another look."
    assert not HintDraft.objects.exists()


def test_no_draft_where_the_teacher_turned_the_model_off(desk, carol, item):
    item.has_model_help = False
    item.save()
    assert not desk(carol, "draft").context["may_draft"]
    assert not HintDraft.objects.exists()


def test_demonstration_model_is_asked_for_no_draft(desk, carol, settings):
    settings.MODEL = "lemma-demo-3m"
    assert not desk(carol, "draft").context["may_draft"]
    assert not HintDraft.objects.exists()


def test_lost_worker_loses_no_draft(desk, carol, start_worker):
    desk(carol, "draft")
    start_worker(Saying(GOOD))
    HintDraft.objects.update(state="streaming", tries=1, claimed_at="2020-01-01T00:00Z")
    sweep_hint_drafts()
    assert HintDraft.objects.get().state == "queued"


def test_students_and_other_teachers_have_no_such_page(as_user, alice, bob, dan, attempt):
    url = reverse("student-message", args=[attempt.code])
    for user in (alice, bob, dan):
        assert as_user(user).get(url).status_code == 404
        assert as_user(user).post(url, {"do": "draft"}).status_code == 404
