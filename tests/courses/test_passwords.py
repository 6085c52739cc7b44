"""For whom a teacher may make a one-time password."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.mail import send_due
from tests.accounts.test_mail import mail_server  # noqa: F401  (a fixture)
from tests.conftest import make_user
from tests.factories import make_section
from tutor.courses.models import Enrollment, SectionEvent
from tutor.courses.roster.enrolling import enroll
from tutor.courses.roster.matching import plan_for


@pytest.fixture
def ada(client, section, carol):
    """A student whose account a list of the section made, and who has signed in."""
    [(user, password)] = enroll(section, plan_for(section, "name\nAda Lovelace\n"), carol)
    client.login(username=user.username, password=password)
    own = {"new_password1": "river-of-nine", "new_password2": "river-of-nine"}
    client.post(reverse("own-password"), own)
    client.logout()
    user.refresh_from_db()
    return user


def new_password(client, teacher, section, user):
    """The new password; None if it was refused."""
    client.force_login(teacher)
    answer = client.post(reverse("passwords", args=[section.code]), {"username": user.username})
    slips = answer.context["slips"] if answer.context else []
    client.logout()
    return {person.pk: password for person, password in slips}.get(user.pk)


def is_offered(client, teacher, section, user):
    client.force_login(teacher)
    page = client.get(reverse("member", args=[section.code, user.username])).content.decode()
    return "Make a new password" in page


def test_a_student_from_the_list_gets_a_new_password_at_any_time(client, carol, section, ada):
    assert is_offered(client, carol, section, ada)
    password = new_password(client, carol, section, ada)
    assert not client.login(username=ada.username, password="river-of-nine")
    assert client.login(username=ada.username, password=password)
    assert client.get(reverse("home")).url.startswith(reverse("own-password"))


def test_a_new_password_is_asked_about_first(client, carol, section, ada):
    client.force_login(carol)
    asking = reverse("passwords", args=[section.code]) + f"?username={ada.username}"
    member = client.get(reverse("member", args=[section.code, ada.username])).content.decode()
    assert f'href="{asking}"' in member
    page = client.get(asking).content.decode()
    assert "A new password for Ada Lovelace?" in page
    assert "even during a test" in page
    assert client.login(username=ada.username, password="river-of-nine")


def test_new_passwords_for_a_class_are_asked_about_first(client, carol, section):
    plan = plan_for(section, "name\nEmmy Noether\nBea Fischer\n")
    accounts = enroll(section, plan, carol)
    client.force_login(carol)
    asking = reverse("passwords", args=[section.code])
    assert f'href="{asking}"' in client.get(reverse("people", args=[section.code])).content.decode()
    page = client.get(asking).content.decode()
    assert "New passwords for 2 people?" in page
    assert "stop working" in page
    assert all(user.get_full_name() in page for user, _password in accounts)
    slips = client.post(asking).content.decode()
    for text in ("Lemma: http://testserver/", f"{section.course.title}, {section.name}"):
        assert slips[slips.index('class="slips"') :].count(text) == 2
    assert slips.count("screen-only") == 2
    for user, password in accounts:
        assert not client.login(username=user.username, password=password)


def test_nobody_is_removed_without_a_question(client, alice, carol, section):
    client.force_login(carol)
    asking = reverse("member-remove", args=[section.code, "alice"])
    member = client.get(reverse("member", args=[section.code, "alice"])).content.decode()
    assert f'href="{asking}"' in member
    assert 'value="remove"' not in member
    page = client.get(asking).content.decode()
    assert "Remove alice from the class?" in page
    assert section.enrollments.get(user=alice).role == "student"
    assert f'action="{reverse("member-role", args=[section.code, "alice"])}"' in page


def test_a_new_student_is_welcomed_and_not_warned(client, carol, section):
    carol.first_name = "Carol"
    carol.save()
    [(user, _lost)] = enroll(section, plan_for(section, "name\nEmmy Noether\n"), carol)
    password = new_password(client, carol, section, user)  # the first slip was lost
    assert client.login(username=user.username, password=password)
    page = client.get(reverse("own-password")).content.decode()
    assert "Welcome! <bdi>Carol</bdi> made this account for you." in page
    assert "choose your own password now" in page
    assert "If you did not ask for this" not in page
    again = new_password(client, carol, section, user)  # somebody has signed in meanwhile
    assert client.login(username=user.username, password=again)
    page = client.get(reverse("own-password")).content.decode()
    assert "If you did not ask for this" in page
    assert "Welcome" not in page


def test_the_student_reads_who_made_the_password(client, carol, section, ada):
    carol.first_name, carol.last_name = "Carol", "Teach"
    carol.save()
    client.login(username=ada.username, password=new_password(client, carol, section, ada))
    page = client.get(reverse("own-password")).content.decode()
    assert "Carol Teach" in page
    assert "an administrator" in page
    own = {"new_password1": "lake-of-nine", "new_password2": "lake-of-nine"}
    client.post(reverse("own-password"), own)
    assert list(ada.handed_out_passwords.filter(told_at=None)) == []


def test_every_one_time_password_is_listed_on_the_profile(client, carol, section, ada):
    """Somebody else may have used the first one and set their own password."""
    for _ in range(2):
        client.login(username=ada.username, password=new_password(client, carol, section, ada))
        own = {"new_password1": "lake-of-nine", "new_password2": "lake-of-nine"}
        client.post(reverse("own-password"), own)
    page = client.get(reverse("profile")).content.decode()
    assert page.count("made a one-time password for your account") == 3  # the slip was one too


def test_a_mail_tells_its_person_at_once(client, carol, section, ada, mail_server):  # noqa: F811
    ada.email = "ada@example.org"
    ada.save()
    new_password(client, carol, section, ada)
    send_due()
    [(recipients, text)] = mail_server.messages
    assert recipients == ["ada@example.org"]
    assert f"carol has made a one-time password for the account {ada.username}" in text


def test_a_one_time_password_is_noted_in_every_class_of_the_person(
    client, carol, dan, section, ada
):
    elsewhere = dan.enrollments.get().section
    Enrollment.objects.create(section=elsewhere, user=ada, origin=Enrollment.Origin.CODE)
    new_password(client, carol, section, ada)
    noted = SectionEvent.objects.filter(act=SectionEvent.Act.PASSWORD, author=carol, about=ada)
    assert {event.section for event in noted} == {section, elsewhere}
    assert LogEntry.objects.get(user=carol).object_id == str(ada.pk)


def test_a_one_time_password_ends_the_sessions(client, carol, section, ada):
    adas_browser = type(client)()
    adas_browser.force_login(ada)
    assert adas_browser.get(reverse("home")).status_code == 200
    new_password(client, carol, section, ada)
    assert adas_browser.get(reverse("home")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("switch", [False, True])
@pytest.mark.parametrize(
    "kind", ["staff", "superuser", "may_teach", "teacher", "assistant", "left"]
)
def test_only_students_get_a_new_password(client, settings, carol, section, ada, kind, switch):
    settings.TEACHERS_GIVE_PASSWORDS = switch
    if kind in ("teacher", "assistant"):
        other = make_section(teacher=ada, students=[], name="9b")
        other.enrollments.update(role=kind)
    elif kind == "left":
        section.enrollments.filter(user=ada).update(role="former")
    else:
        setattr(ada, kind if kind == "may_teach" else f"is_{kind}", True)
        ada.save()
    assert not is_offered(client, carol, section, ada)
    assert new_password(client, carol, section, ada) is None
    assert client.login(username=ada.username, password="river-of-nine")


def test_teachers_give_passwords_to_students_who_joined_if_the_setting_allows(
    client, settings, alice, carol, section
):
    section.enrollments.filter(user=alice).update(origin="code")
    assert new_password(client, carol, section, alice) is None
    settings.TEACHERS_GIVE_PASSWORDS = True
    assert new_password(client, carol, section, alice)


def test_whom_another_class_has_made_that_class_looks_after(
    client, settings, carol, dan, section, ada
):
    settings.TEACHERS_GIVE_PASSWORDS = True
    elsewhere = dan.enrollments.get().section
    Enrollment.objects.create(section=elsewhere, user=ada, origin=Enrollment.Origin.CODE)
    assert new_password(client, dan, elsewhere, ada) is None
    assert new_password(client, carol, section, ada)


def test_an_administrator_gives_passwords_to_students_but_not_to_teachers(
    client, admin, alice, carol, section
):
    assert new_password(client, admin, section, alice)
    assert new_password(client, admin, section, carol) is None


def test_a_teacher_made_a_student_gets_no_one_time_password(client, settings, carol, section):
    settings.TEACHERS_GIVE_PASSWORDS = True
    erin = make_user("erin")
    Enrollment.objects.create(section=section, user=erin, role="teacher")
    client.force_login(carol)
    role = reverse("member-role", args=[section.code, "erin"])
    for posted in ({"do": "role", "role": "student"}, {"do": "remove"}):
        client.post(role, posted)
    client.post(role, {"do": "role", "role": "student"})
    assert section.enrollments.get(user=erin).is_student
    assert new_password(client, carol, section, erin) is None


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_only_their_teachers_give_them(client, request, section, ada, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    answer = client.post(reverse("passwords", args=[section.code]), {"username": ada.username})
    assert answer.status_code == 404


def test_teachers_name_those_of_their_lists(client, carol, section, ada):
    client.force_login(carol)
    address = reverse("member-name", args=[section.code, ada.username])
    client.post(address, {"first_name": "Augusta Ada", "last_name": "King"})
    ada.refresh_from_db()
    assert ada.get_full_name() == "Augusta Ada King"
    assert section.events.filter(act=SectionEvent.Act.NAMED, about=ada).exists()
    assert "The name is missing" in client.post(address, {}).content.decode()


def test_teachers_name_nobody_else(client, carol, alice, section):
    client.force_login(carol)
    address = reverse("member-name", args=[section.code, "alice"])
    assert client.post(address, {"first_name": "Mallory"}).status_code == 404
    alice.refresh_from_db()
    assert not alice.first_name
