"""Rows of a class list are matched with the people of the section."""

import re

from allauth.account.models import EmailAddress

from accounts.models import User
from tests.courses.roster.lists import statuses, upload
from tutor.courses.roster.enrolling import enroll
from tutor.courses.roster.matching import plan_for


def test_members_on_a_list_keep_their_role(section, alice, carol):
    text = "name,username,role\nAlice,alice,teacher\nNew One,new,\n"
    assert statuses(section, text) == [(2, "enrolled"), (3, "new")]
    enroll(section, plan_for(section, text), carol)
    assert section.enrollments.get(user=alice).is_student


def test_an_address_that_nobody_confirmed_takes_no_line(client, section, alice, url):
    text = "name,email,role\nKollegin K,koll@school.example,teacher\n"
    User.objects.filter(pk=alice.pk).update(email="koll@school.example")
    address = EmailAddress.objects.create(user=alice, email="koll@school.example")
    assert statuses(section, text) == [(2, "new")]
    address.verified = True
    address.save()
    assert statuses(section, text) == [(2, "enrolled")]
    page = client.post(url, upload(text.encode())).content.decode()
    assert "already in the class: <bdi>(alice)</bdi>" in page


def test_the_same_list_of_names_adds_nobody_twice(section, carol):
    text = "name\nAda Lovelace\nEmmy Noether"
    enroll(section, plan_for(section, text), carol)
    assert statuses(section, text) == [(2, "enrolled"), (3, "enrolled")]


def test_namesakes_need_something_that_tells_them_apart(section):
    assert statuses(section, "name\n王伟\n王伟") == [(2, "new"), (3, "bad")]
    assert statuses(section, "name,username\n王伟,s1\n王伟,s2") == [(2, "new"), (3, "new")]


def test_a_chinese_name_in_two_columns_is_written_as_the_account_has_it(section, carol):
    text = "姓,名\n王,小明"
    plan = plan_for(section, text)
    assert [row.name for row in plan.rows] == ["王小明"]
    [(user, _password)] = enroll(section, plan, carol)
    assert re.fullmatch(r"student-\d{7}", user.username)
    assert [row.status for row in plan_for(section, text).rows] == ["enrolled"]
