"""People who have an account are invited before a list enrolls them."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.conftest import make_user
from tutor.courses.invitations import accept
from tutor.courses.models import Enrollment, Invitation, SectionEvent
from tutor.courses.roster.enrolling import enroll
from tutor.courses.roster.matching import plan_for


@pytest.fixture
def gil(db):
    """A person elsewhere, whose name must stay unknown."""
    return make_user("gil", first_name="Gilgamesh", last_name="of Uruk")


def upload(section, author, text):
    return enroll(section, plan_for(section, text), author)


def answer(client, user, do):
    client.force_login(user)
    invitation = Invitation.objects.get(user=user)
    return client.post(reverse("invitation", args=[invitation.code]), {"do": do}, follow=True)


def test_an_account_is_not_enrolled_by_its_name(client, carol, gil, section):
    upload(section, carol, "name,username\nGil,GIL\n")
    assert not section.enrollments.filter(user=gil).exists()
    client.force_login(carol)
    page = client.get(reverse("people", args=[section.code])).content.decode()
    for secret in ("Gilgamesh", "Uruk", "gil@example.org"):
        assert secret not in page


def test_an_accepted_invitation_enrolls(client, carol, gil, section):
    [(holder, _password)] = upload(section, carol, "name,username,role\nGil,gil,assistant\n")
    client.force_login(gil)
    home = client.get(reverse("home")).content.decode()
    assert str(section) in home
    assert "The teachers see your name and address only if you accept." in home
    assert "Accept" in home
    answer(client, gil, "accept")
    enrollment = section.enrollments.get(user=gil)
    assert (enrollment.role, enrollment.origin) == ("assistant", Enrollment.Origin.INVITATION)
    assert not User.objects.filter(pk=holder.pk).exists()
    assert section.events.get(act=SectionEvent.Act.ACCEPTED).about == gil
    client.force_login(carol)
    assert (
        "of Uruk, Gilgamesh" in client.get(reverse("people", args=[section.code])).content.decode()
    )


def test_a_declined_invitation_is_not_reported(client, carol, gil, section):
    [(holder, _password)] = upload(section, carol, "name,username\nGil,gil\n")
    before = list(section.events.values())
    answer(client, gil, "decline")
    assert not gil.enrollments.exists()
    assert section.enrollments.get(user=holder).is_student
    assert list(section.events.values()) == before
    assert "Accept" not in client.get(reverse("home")).content.decode()


def test_an_address_invites_only_who_has_confirmed_it(carol, gil, section):
    """Anybody may type an address at sign-up, and the enrollment may be a teacher's."""
    EmailAddress.objects.create(user=gil, email=gil.email, verified=False, primary=True)
    upload(section, carol, "name,email,role\nGil,gil@example.org,teacher\n")
    assert not Invitation.objects.exists()
    EmailAddress.objects.update(verified=True)
    upload(
        section,
        carol,
        "name,email\nGil again,GIL@example.org\nHal,hal@example.org\n".replace("GIL", "Gil", 1),
    )
    assert not Invitation.objects.exists()  # that address is here already


def test_a_confirmed_address_invites(client, carol, gil, section):
    EmailAddress.objects.create(user=gil, email=gil.email, verified=True, primary=True)
    upload(section, carol, "name,email\nGil,GIL@example.org\n")
    answer(client, gil, "accept")
    assert section.enrollments.get(user=gil).is_student


def test_a_slip_that_was_used_keeps_its_place(client, carol, gil, section):
    [(holder, _password)] = upload(section, carol, "name,username\nGil,gil\n")
    code = Invitation.objects.get().code
    holder.last_login = timezone.now()
    holder.save()
    client.force_login(gil)
    assert client.post(reverse("invitation", args=[code]), {"do": "accept"}).status_code == 404
    assert section.enrollments.get(user=holder).is_student


@pytest.mark.parametrize("is_member", [False, True])
def test_nobody_answers_for_another(client, alice, carol, gil, section, is_member):
    upload(section, carol, "name,username\nGil,gil\n")
    stranger = alice if is_member else make_user("enkidu")
    client.force_login(stranger)
    address = reverse("invitation", args=[Invitation.objects.get().code])
    assert client.post(address, {"do": "accept"}).status_code == 404
    assert Invitation.objects.get().user == gil
    assert section.enrollments.filter(user=stranger).exists() == is_member


@pytest.mark.parametrize("was_here", [False, True])
def test_two_clicks_accept_once(carol, alice, gil, section, was_here):
    person = alice if was_here else gil
    section.enrollments.filter(user=alice).update(role="former")
    upload(section, carol, f"name,username\nX,{person.username}\n")
    invitation = Invitation.objects.select_related("user").get()
    assert accept(invitation).user == person
    assert accept(invitation) is None
    assert section.enrollments.present().filter(user=person).count() == 1


def test_a_removed_student_returns_by_an_invitation(client, alice, carol, section):
    """By putting them on a list, the teacher allows it."""
    enrollment = section.enrollments.get(user=alice)
    enrollment.role = Enrollment.Role.FORMER
    enrollment.save()
    upload(section, carol, "name,username\nAlice,alice\n")
    answer(client, alice, "accept")
    enrollment.refresh_from_db()
    assert enrollment.is_student
    assert section.enrollments.count() == 3
