"""Adding a class list: everybody on it, or nobody."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from tests.conftest import make_user
from tests.courses.roster.lists import upload
from tutor.courses.models import Enrollment, SectionEvent
from tutor.courses.roster.enrolling import enroll
from tutor.courses.roster.matching import plan_for
from tutor.courses.roster.table import EXAMPLE, MAX_ROWS, read_table
from tutor.courses.roster.usernames import preferred_username
from tutor.teaching.students import students_of

LIST = "name,email,username,role\nAda Lovelace,ada@example.org,,\nEmmy Noether,,emmy,assistant\n"


def test_a_list_is_previewed_and_then_added(client, carol, section, url):
    page = client.post(url, upload(LIST.encode()))
    preview = page.content.decode()
    assert "2 new accounts" in preview
    assert "<td>ada@example.org</td><td>made by Lemma</td><td>student</td>" in preview
    assert "<td></td><td>emmy</td><td>assistant</td>" in preview
    assert not User.objects.filter(username="ada").exists()

    page = client.post(url, {"do": "add", "text": page.context["text"]})
    slips = page.context["slips"]
    usernames = [user.username for user, _password in slips]
    assert [re.sub(r"\d{4}$", "…", username) for username in usernames] == ["ada-…", "emmy-…"]
    assert (
        page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    )
    enrollments = section.enrollments.filter(user__in=[user for user, _password in slips])
    assert sorted(enrollments.values_list("user__first_name", "role")) == [
        ("Ada", "student"),
        ("Emmy", "assistant"),
    ]
    assert section.events.filter(act=SectionEvent.Act.ADDED, author=carol).count() == 2
    # The list is there once: sent again it makes nothing.
    again = client.post(url, {"do": "add", "text": LIST}).content.decode()
    assert "already in the class" in again
    assert not any(password in again for _user, password in slips)


def test_a_one_time_password_opens_only_the_page_to_choose_a_password(
    client, section, url, assignment
):
    slips = client.post(url, {"do": "add", "text": LIST}).context["slips"]
    user, password = slips[0]
    client.logout()
    sent = {"login": user.username, "password": password}
    client.post(reverse("account_login"), sent)
    answer = client.get(assignment.get_absolute_url())
    assert answer.url.startswith(reverse("own-password"))
    own = {"new_password1": "river-of-nine", "new_password2": "river-of-nine"}
    assert client.post(answer.url, own).url == assignment.get_absolute_url()
    assert client.get(assignment.get_absolute_url()).status_code == 200
    client.logout()
    assert not client.login(username=user.username, password=password)
    assert client.login(username=user.username, password="river-of-nine")


def test_a_weak_own_password_is_refused(client, section, url):
    [(user, _password), _emmy] = client.post(url, {"do": "add", "text": LIST}).context["slips"]
    client.force_login(user)
    page = client.post(reverse("own-password"), {"new_password1": "12", "new_password2": "12"})
    assert page.context["form"].errors
    assert client.get(reverse("home")).url.startswith(reverse("own-password"))


def test_the_one_time_password_does_not_become_ones_own(client, section, url):
    [(user, password), _emmy] = client.post(url, {"do": "add", "text": LIST}).context["slips"]
    client.logout()
    client.post(reverse("account_login"), {"login": user.username, "password": password})
    same = {"new_password1": password, "new_password2": password}
    page = client.post(reverse("own-password"), same)
    assert "the password you were given" in str(page.context["form"].errors)
    user.refresh_from_db()
    assert user.has_one_time_password


def test_new_passwords_are_made_for_those_who_never_signed_in(client, carol, section, url):
    text = LIST.replace(",assistant", ",")
    slips = client.post(url, {"do": "add", "text": text}).context["slips"]
    (ada, old), (bea, beas) = slips
    client.login(username=bea.username, password=beas)
    client.force_login(carol)
    page = client.post(reverse("passwords", args=[section.code]))
    [(again, new)] = page.context["slips"]
    assert again == ada
    assert not client.login(username=ada.username, password=old)
    assert client.login(username=ada.username, password=new)
    assert section.events.get(act=SectionEvent.Act.PASSWORD).about == ada


def test_nobody_gets_a_new_password_for_an_account_in_use(client, carol, alice, section):
    client.force_login(carol)
    client.post(reverse("passwords", args=[section.code]), {"username": "alice"})
    assert client.login(username="alice", password="pass-word-9")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",x@example.org,,", "The name is missing."),
        ("Ada,ada(at)example,,", "is not an email address"),
        ("Ada,,a b,", "letters, digits"),
        ("Ada,,,king", "“king” is not a role"),
        ("Ada,,,,,x", "more cells than there are columns"),
        (f"{'A' * 151},,,", "at most 150 letters"),
        ("Ada,,emmy,", "The same person is on line 2"),
    ],
)
def test_a_bad_row_is_explained_at_its_line_and_stops_all(client, section, url, row, problem):
    make_user("someone")
    text = f"name,email,username,role\nEmmy Noether,,emmy,assistant\n\n{row}\n"
    before = User.objects.count(), Enrollment.objects.count()
    for do in ("check", "add"):
        page = client.post(url, {"do": do, "text": text})
        [bad] = page.context["plan"].bad
        assert bad.line == 4
        assert problem in bad.problem
        assert page.context["plan"].new
    assert (User.objects.count(), Enrollment.objects.count()) == before


def test_a_formula_stays_the_text_that_it_is(client, section, url):
    name = '=HYPERLINK("http://x";"y")'
    text = 'name,username\n"=HYPERLINK(""http://x"";""y"")",cell\n'
    slips = client.post(url, {"do": "add", "text": text}).context["slips"]
    assert slips[0][0].get_full_name() == name


def test_markup_in_a_name_stays_text(client, section, url):
    page = client.post(url, {"do": "check", "text": "name\n<script>alert(1)</script>"})
    assert "<script>alert(1)" not in page.content.decode()


def test_two_thousand_new_people_take_few_queries_and_seconds(
    section, carol, django_assert_max_num_queries
):
    text = "name\n" + "".join(f"Person {n}\n" for n in range(MAX_ROWS))
    plan = plan_for(section, text)
    with django_assert_max_num_queries(80):
        slips = enroll(section, plan, carol)
    assert len({user.username for user, _password in slips}) == MAX_ROWS
    assert section.enrollments.count() == MAX_ROWS + 3


def test_an_administrator_says_the_user_names(section, admin):
    """Administrators see all accounts anyway, so a taken name reveals nothing to them."""
    make_user("emmy")
    slips = enroll(section, plan_for(section, "name,username\nAda,ada\nEmmy,Emmy"), admin)
    ada, emmy = (user.username for user, _password in slips)
    assert ada == "ada"
    assert emmy.startswith("emmy-")


@pytest.mark.parametrize(
    ("name", "first_name", "last_name"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ('"Lovelace, Ada"', "Ada", "Lovelace"),
        ("Carl Friedrich Gauß", "Carl Friedrich", "Gauß"),
        ("王小明", "王小明", ""),
    ],
)
def test_a_full_name_is_split_into_first_and_family_name(name, first_name, last_name):
    [row] = read_table(f"name\n{name}").rows
    assert (row.first_name, row.last_name) == (first_name, last_name)


def test_the_documented_list_comes_out_by_family_name(client, section, carol, url):
    docs = (settings.BASE_DIR / "docs" / "classes.md").read_text()
    [text] = re.findall(r"```\n(last name.*?)```", docs, re.DOTALL)
    assert EXAMPLE.startswith(text.strip())
    enroll(section, plan_for(section, f"{text}Zermelo,Ernst,,,\nAbel,Niels,,,"), carol)
    names = [
        enrollment.user.last_name
        for enrollment in students_of(section)
        if enrollment.user.last_name
    ]
    assert names == ["Abel", "Gauß", "Lovelace", "Zermelo"]


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Yuki Satō", "yuki.sato"),
        ("Chloé Moreau", "chloe.moreau"),
        ("Łukasz Weiß", "lukasz.weiss"),
        ("Ngọc Đặng", "ngoc.dang"),
        ("Søren Æbelø", "soren.aebelo"),
        ("İnci Kılıç", "inci.kilic"),
        ("王芳", "student"),
        ("Андрей", "student"),
        ("Anna 王芳", "anna"),
    ],
)
def test_user_names_that_lemma_makes_have_no_accents(name, username):
    [row] = read_table(f"name\n{name}\n").rows
    assert preferred_username(row) == username
