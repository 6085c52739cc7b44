"""The page on which people read what is stored about them."""

from django.urls import reverse

from tests.privacy.conftest import ANSWER, WORDS
from tutor.privacy.groups import GROUPS
from tutor.privacy.policy import DETACHED, OWN


def page_of(client, user):
    client.force_login(user)
    return client.get(reverse("personal-data")).content.decode()


def test_every_table_has_a_plain_name_in_one_group():
    tables = [table for group in GROUPS for table in group.tables]
    assert sorted(tables) == sorted([*OWN, *DETACHED])


def test_people_read_what_is_theirs_and_nothing_else(client, stored, bob):
    page = page_of(client, stored)
    for word in [
        "Wilhelmina Quixote",
        *WORDS[3:4],
        "2 + 2",
        "Look again.",
        "By her",
        "Evening class",
    ]:
        assert word in page, word
    for text in [ANSWER, stored.calendar_feed.token, "16180", "carol"]:
        assert text not in page, text
    other = page_of(client, bob)
    assert "16180" in other
    assert not any(word in other for word in ["27182", "Quixote"])


def test_everything_stored_is_counted(client, stored):
    client.force_login(stored)
    overview = client.get(reverse("personal-data")).context["shown"]
    counted = {str(name): count for entry in overview for name, count in entry.counts}
    assert len(counted) == len({*OWN, *DETACHED})
    assert counted["answers submitted"] == 1
    assert counted["grades for them, earlier ones too"] == 2


def test_topics_without_anything_are_named_in_one_line(client, dan):
    page = page_of(client, dan)
    assert "Nothing is stored about you under:" in page
    assert 'id="data-answers"' not in page
    assert 'id="data-consent"' in page  # what holds unless they choose
