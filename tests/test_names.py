"""A name turns nothing beside it around, in whatever direction it is written."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from tests.attempts.conftest import hand_in  # noqa: F401  (a fixture of these tests too)
from tutor.grading import Grade, Verdict

FIRST, LAST = "מרים", "לוי"
NAMED = re.compile(rf"{FIRST} {LAST}|{LAST}, {FIRST}|{FIRST}")
# Values of attributes are read by themselves, and so turn nothing else around.
ISOLATED = re.compile(r"<bdi>[^<]*</bdi>|\u2068[^\u2069]*\u2069|<[^>]*>")
TEMPLATES = settings.BASE_DIR / "templates"
PERSON = re.compile(
    r"\{\{ ?[\w.]*\b(?:user|person|author|owner|about|by)"
    r"\.(?:shown_name|register_name|get_full_name)[^}]*\}\}"
)


@pytest.fixture
def miriam(alice) -> User:
    User.objects.filter(pk=alice.pk).update(first_name=FIRST, last_name=LAST)
    alice.refresh_from_db()
    return alice


@pytest.fixture
def attempt(miriam, item, hand_in):  # noqa: F811
    attempt = hand_in(miriam, "5")
    attempt.refresh_from_db()
    attempt.record(Grade(Verdict.INCORRECT, 0, "exact"))
    attempt.ask_for_review("Please look at it.")
    return attempt


PAGES = {
    "people": ["section"],
    "member": ["section", "user"],
    "gradebook-section": ["section"],
    "waiting": ["section"],
    "gradebook-assignment": ["assignment"],
    "assignment-terms": ["assignment"],
    "student-terms": ["assignment", "user"],
    "student-page": ["section", "user"],
    "help-transcript": ["section", "user", "item"],
    "attempt": ["attempt"],
}


@pytest.mark.parametrize("page", PAGES)
def test_a_name_from_right_to_left_is_isolated(
    client, carol, section, assignment, item, attempt, miriam, page
):
    places = {
        "section": section.code,
        "assignment": assignment.code,
        "item": item.code,
        "attempt": attempt.code,
        "user": miriam.username,
    }
    client.force_login(carol)
    answer = client.get(reverse(page, args=[places[name] for name in PAGES[page]]))
    assert answer.status_code == 200
    content = answer.content.decode()
    assert NAMED.search(content)
    assert not NAMED.findall(ISOLATED.sub("", content))


def test_names_are_isolated_on_own_pages(client, miriam, item):
    client.force_login(miriam)
    content = client.get(item.get_absolute_url()).content.decode()
    assert f"<bdi>{FIRST}</bdi>" in content


def test_no_template_shows_a_name_by_itself():
    for file in sorted(TEMPLATES.rglob("*.html")):
        text = file.read_text("utf-8")
        assert not PERSON.findall(re.sub(r"<bdi>[^<]*</bdi>", "", text)), file.name


def test_plain_text_has_marks_of_direction_only_where_they_are_needed(miriam, carol):
    assert miriam.isolated_name == f"\u2068{FIRST} {LAST}\u2069"
    assert carol.isolated_name == carol.shown_name
