"""What an attacker who teaches a class tries with a list of people."""

import csv
import io
import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import User
from tests.conftest import make_user
from tutor.courses.invitations import accept
from tutor.courses.models import Enrollment, Invitation
from tutor.courses.roster.table import MAX_ROWS, read_table
from tutor.teaching.spreadsheets import csv_chunks
from tutor.teaching.views.people_file import people_rows


@pytest.fixture
def mallory(client, carol, section):
    """Carol, who teaches the section and means ill."""
    client.force_login(carol)
    return carol


def upload(client, section, text, do="add"):
    return client.post(reverse("roster", args=[section.code]), {"do": do, "text": text})


def ask_for_passwords(client, section, username=""):
    address = reverse("passwords", args=[section.code])
    page = client.post(address, {"username": username} if username else {})
    return page.context["slips"] if page.context else []


def everything_shown(client, section):
    """All that the section's pages say of its people."""
    pages = [client.get(reverse(name, args=[section.code])) for name in ("people", "section-edit")]
    for enrollment in section.enrollments.select_related("user"):
        pages.append(client.get(enrollment.get_absolute_url()))
    return "".join(page.content.decode() for page in pages)


@pytest.mark.parametrize("role", ["", "student", "assistant", "teacher"])
@pytest.mark.parametrize("username", ["admin", "ADMIN", "ａｄｍｉｎ"])
def test_the_administrator_is_not_enrolled_and_gets_no_password(
    client, mallory, section, admin, username, role
):
    password = admin.password
    upload(client, section, f"name,username,email,role\nX,{username},admin@example.org,{role}\n")
    assert not admin.enrollments.exists()
    for name in ("admin", username, ""):
        assert admin not in [user for user, _password in ask_for_passwords(client, section, name)]
    admin.refresh_from_db()
    assert (admin.password, admin.has_one_time_password) == (password, False)


def test_a_new_administrators_password_is_not_replaced(client, mallory, section):
    """A new administrator has a one-time password of their own, and no last sign-in."""
    boss = User.objects.create_superuser("boss", "boss@example.org", "pass-word-9")
    boss.has_one_time_password = True
    boss.save()
    upload(client, section, "name,username\nBoss,boss\n")
    Enrollment.objects.get_or_create(section=section, user=boss)  # somebody did enrol them
    for name in ("boss", ""):
        assert boss not in [user for user, _password in ask_for_passwords(client, section, name)]
    boss.refresh_from_db()
    assert boss.check_password("pass-word-9")


def seen_of(client, section, text):
    """All that the answers to a list say, with what is drawn by lot taken out."""
    checked = upload(client, section, text, do="check").content.decode()
    added = upload(client, section, text).content.decode()
    shown = everything_shown(client, section)
    page = re.sub(r"<[^>]*>", " ", checked + added + shown)
    page = re.sub(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b", "…", page)
    page = re.sub(r"-\d{4}\b", "-…", page)
    return re.sub(r"\d+/\d+/\d+.*?[ap]m|\s+", " ", page)


@pytest.mark.parametrize("column", ["username", "email"])
def test_no_answer_tells_whether_there_is_an_account(client, mallory, section, column):
    known = make_user("victim", first_name="Secret", last_name="Name")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    word = {"username": "{}", "email": "{}@example.org"}[column]
    answers = []
    for login in ("victim", "nobody"):
        text = f"name,{column}\nProbe,{word.format(login)}\n"
        answers.append(seen_of(client, section, text).replace(login, "…"))
        section.enrollments.filter(user__first_name="Probe").delete()
        section.events.all().delete()
    assert answers[0] == answers[1]
    assert "Secret" not in answers[0]


def test_a_user_name_of_lemma_tells_nothing_of_others(client, mallory, section):
    """“ada2” would say that there is an “ada”."""
    for name in ("ada", "ada2"):
        make_user(name)
    [(user, _password)] = upload(client, section, "name\nAda").context["slips"]
    assert re.fullmatch(r"ada-\d{4}", user.username)


def test_the_sign_in_of_a_probe_tells_nothing_either(client, mallory, section):
    """Whoever made the account can sign in to it: it has no address that was free or taken."""
    make_user("victim")
    text = "name,email\nA,victim@example.org\nB,nobody@example.org\n"
    slips = upload(client, section, text).context["slips"]
    assert [user.email for user, _password in slips] == ["", ""]
    assert not EmailAddress.objects.filter(user__in=[user for user, _ in slips]).exists()


def test_an_invitation_shows_nothing_before_it_is_accepted(client, mallory, section):
    make_user("victim", first_name="Secret", last_name="Name")
    upload(client, section, "name,username\nProbe,victim\n")
    assert Invitation.objects.get().user.username == "victim"
    shown = everything_shown(client, section)
    sent = b"".join(csv_chunks(people_rows(section))).decode()
    for secret in ("Secret", "victim@example.org"):
        assert secret not in shown
        assert secret not in sent


@pytest.mark.parametrize("switch", [False, True])
@pytest.mark.parametrize("was", ["", "student", "teacher"])
def test_accepting_an_invitation_hands_over_no_account(
    client, settings, mallory, section, admin, was, switch
):
    """Nor that of a colleague who has left, and comes back as a student."""
    settings.TEACHERS_GIVE_PASSWORDS = switch
    victim = make_user("victim")
    if was:
        enrollment = Enrollment.objects.create(section=section, user=victim, role=was)
        enrollment.take_role("former")
        enrollment.save()
    upload(client, section, "name,username\nV,victim\nA,admin\n")
    for invitation in Invitation.objects.select_related("user"):
        assert accept(invitation).user == invitation.user
    slips = [
        user for name in ("victim", "admin") for user, _ in ask_for_passwords(client, section, name)
    ]
    assert slips == ([victim] if switch and was != "teacher" else [])


@pytest.mark.parametrize("lines", [10_000, 120_000])
def test_ten_thousand_lines_are_refused_before_they_are_judged(
    client, mallory, section, lines, django_assert_max_num_queries
):
    text = "name\n" + "A\n" * lines
    with django_assert_max_num_queries(12):
        page = upload(client, section, text)
    assert f"at most {MAX_ROWS:,} people" in page.content.decode()
    assert section.enrollments.count() == 3


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "＝1", "\u202e=1", "\ufeff=1", " =1"],
)
def test_no_name_is_a_formula_in_a_file(client, mallory, section, name):
    quoted = name.replace('"', '""')
    text = f'last name,first name,email,username\n"{quoted}","{quoted}",,s1\n'
    upload(client, section, text)
    sent = b"".join(csv_chunks(people_rows(section))).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(sent)):
        for cell in row:
            assert not re.match(r"\W*?[=+\-@＝]", cell) or cell.startswith("'")


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u200f", "\U000e0041", "\u00ad"])
def test_names_have_no_characters_that_turn_or_hide_others(hidden):
    [row] = read_table(f"name,username\nA{hidden}lice Smith,{hidden}al\n").rows
    assert (row.first_name, row.last_name, row.username) == ("Alice", "Smith", "al")


def test_names_keep_the_joiners_that_languages_need():
    [row] = read_table("name\nمی\u200cخواهم\n").rows
    assert row.name == "می\u200cخواهم"


def test_a_look_alike_takes_nobodys_name(client, mallory, section, admin):
    """Cyrillic a, full-width letters: what Lemma makes of them has digits, and is nobody’s."""
    text = "name,username\nA,аdmin\nB,ａdmin\n"
    slips = upload(client, section, text).context["slips"]
    assert all(re.search(r"-\d{4}$", user.username) for user, _password in slips)
    assert not Invitation.objects.exists()


def test_an_administrators_list_makes_no_lookalike_names(client, section, admin):
    """Names stay as typed there, but not where somebody has one that looks the same."""
    client.force_login(admin)
    text = "name,username\nA,аdmin\nB,fresh\n"
    slips = upload(client, section, text).context["slips"]
    names = [user.username for user, _password in slips]
    assert re.fullmatch(r"аdmin-\d{4}", names[0])
    assert names[1] == "fresh"


def test_a_list_takes_no_place_from_its_people(client, mallory, section, alice):
    """Who is there stays who they are, whatever a line says of them."""
    before = Enrollment.objects.get(user=alice)
    upload(client, section, "name,username,role\nMallory,alice,teacher\nNew,new,\n")
    after = Enrollment.objects.get(user=alice)
    assert (after.role, after.origin) == (before.role, before.origin)
    alice.refresh_from_db()
    assert not alice.first_name
