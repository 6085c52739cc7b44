"""Where something is still missing, pages have a sketch and a sentence."""

import pytest
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_section

SKETCH = '<svg class="sketch"'


@pytest.fixture
def empty_section(carol):
    return make_section(teacher=carol, students=[], name="9z")


def test_a_teacher_without_a_class(client, db):
    client.force_login(make_user("grace", may_teach=True))
    for name in ("home", "sections"):
        page = client.get(reverse(name)).content.decode()
        assert "You have no class yet." in page
        assert SKETCH in page


def test_a_class_without_students_and_without_work(client, carol, empty_section):
    client.force_login(carol)
    for name, sentence in (
        ("gradebook-section", "Nobody is in this class yet."),
        ("section", "Nothing has been assigned to this class yet."),
    ):
        page = client.get(reverse(name, args=[empty_section.code])).content.decode()
        assert sentence in page
        assert SKETCH in page


def test_no_notices_and_no_problem_that_fits(client, alice, carol, empty_section):
    client.force_login(alice)
    assert SKETCH in client.get(reverse("notices")).content.decode()
    client.force_login(carol)
    page = client.get(reverse("problems"), {"text": "zzzqqq"}).content.decode()
    assert "No problem fits." in page
    assert SKETCH in page
