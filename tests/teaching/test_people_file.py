"""The people of a section as a file."""

import csv
import io

import pytest
from django.urls import reverse

from accounts.models import User
from tests.conftest import make_user
from tests.teaching.gradebook.test_spreadsheets import fetch  # noqa: F401  (a fixture)
from tutor.courses.models import Enrollment
from tutor.courses.roster.matching import plan_for
from tutor.courses.roster.plan import RowStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(section):
    return reverse("people-file", args=[section.code])


def rows_of(sent):
    return list(csv.reader(io.StringIO(sent.decode("utf-8-sig"))))


def test_the_file_lists_the_members_without_former_ones(fetch, carol, bob, address):  # noqa: F811
    Enrollment.objects.filter(user=bob).update(role=Enrollment.Role.FORMER)
    response, sent = fetch(carol, address)
    assert rows_of(sent) == [
        ["last name", "first name", "email", "username", "role"],
        ["", "", "carol@example.org", "carol", "teacher"],
        ["", "", "alice@example.org", "alice", "student"],
    ]
    assert ".csv" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_name_is_no_formula_in_a_spreadsheet(fetch, carol, alice, address):  # noqa: F811
    alice.first_name, alice.last_name = '=HYPERLINK("http://x")', "+1"
    alice.save()
    _, sent = fetch(carol, address)
    [row] = [row for row in rows_of(sent) if row[3] == "alice"]
    assert row[:2] == ["'+1", '\'=HYPERLINK("http://x")']


def test_the_file_can_be_read_back_as_a_list_of_people(fetch, carol, section, address):  # noqa: F811
    User.objects.update(first_name="Ada", last_name="Lovelace, Countess")
    _, sent = fetch(carol, address)
    plan = plan_for(section, sent.decode("utf-8-sig"))
    assert [row.status for row in plan.rows] == [RowStatus.ENROLLED] * 3
    assert plan.unused == []


@pytest.mark.parametrize("who", ["alice", "dan", "eve"])
def test_only_teachers_take_it_away(client, request, section, address, who):
    if who == "eve":
        user = make_user("eve")
        Enrollment.objects.create(section=section, user=user, role=Enrollment.Role.ASSISTANT)
    else:
        user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get(address).status_code == 404
