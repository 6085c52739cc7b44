"""Sign-up refuses names that look like another, and accepts real names."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import adapter
from accounts.lookalikes import skeleton
from accounts.models import User
from tests.conftest import make_user

PASSWORD = "river-of-nine"
REFUSED = "is taken, or looks like one that is"


def sign_up(client, username):
    data = {"username": username, "first_name": "Kim", "last_name": "Li"}
    data |= {"password1": PASSWORD}
    response = client.post(reverse("account_signup"), data)
    client.logout()
    return "" if response.status_code == 302 else str(response.context["form"].errors)


@pytest.mark.parametrize(
    ("existing", "twin"),
    [
        ("alice", "Alice"),
        ("alice", "аlice"),  # Cyrillic а
        ("alice", "ａｌｉｃｅ"),  # full width
        ("alice", "𝐚lice"),  # mathematical bold
        ("alice", "alıce"),  # Turkish ı
        ("paul", "pauI"),  # capital i
        ("max1", "maxl"),
        ("otto", "0tto"),
        ("arne", "ame"),
        ("müller", "mu\u0308ller"),  # u and a mark
        ("änne", "ӓnne"),  # Cyrillic ӓ
        ("ΑΒΓ", "ABГ"),
        ("口袋", "囗袋"),
    ],
)
def test_a_user_name_that_reads_like_an_existing_one_is_refused(client, db, existing, twin):
    make_user(existing)
    assert REFUSED in sign_up(client, twin)
    assert User.objects.count() == 1


def test_a_space_is_named_as_the_fault(client, db):
    assert "cannot contain a space" in sign_up(client, "mia b")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "disguised",
    [
        *("ϲarol", "caroӏ", "пoor", "boƅ", "caʀol", "cᴀrol", "bσb", "administrator", "Admin"),
        *("support", "lemma", "root", "TEACHER"),
    ],
)
def test_disguised_and_reserved_user_names_are_refused(client, db, disguised):
    assert REFUSED in sign_up(client, disguised)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "nothing", ["\u3164", "\u2800", "\u115f\u1160", "\u0301" * 140, "\u2800\u3164 \u200b"]
)
def test_an_invisible_name_counts_as_missing(client, db, nothing):
    data = {"username": "kim", "first_name": nothing, "last_name": nothing}
    response = client.post(reverse("account_signup"), data | {"password1": PASSWORD})
    assert "The name is missing." in str(response.context["form"].errors)


@pytest.mark.parametrize("size", [400, 200_000])
def test_a_long_login_is_refused_before_anybody_is_looked_up(client, db, size):
    for login in ("a" * size, "a@" * (size // 2)):
        answer = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
        assert answer.status_code == 200
        assert "login" in answer.context["form"].errors


def test_names_of_real_schools_are_taken(client, db):
    names = [
        *("jörg.müller", "Jorg.Muller", "kai", "kal", "straße", "strasse", "zoë", "łukasz"),
        *("Анна", "Ελένη", "王wei", "李Anna2", "山田たろう", "김minsu", "şule", "straße2"),
        *("王伟", "王韦", "李明", "李朋", "anna10", "anna.b", "anna.h", "o.hara"),
    ]
    assert {name: errors for name in names if (errors := sign_up(client, name))} == {}
    assert set(User.objects.values_list("username", flat=True)) == set(names)


def test_a_name_is_stored_in_one_form(client, db):
    assert sign_up(client, "ju\u0308rgen") == ""
    assert User.objects.get().username == "jürgen"
    response = client.post(
        reverse("account_login"), {"login": "ju\u0308rgen", "password": PASSWORD}
    )
    assert response.status_code == 302


def test_the_administration_refuses_a_look_alike_user_name(client, admin, alice):
    client.force_login(admin)
    data = {
        "username": "аlice",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "usable_password": "true",
    }
    page = client.post(reverse("admin:accounts_user_add"), data).content.decode()
    assert REFUSED in page
    assert not User.objects.filter(username="аlice").exists()


def test_twins_from_before_can_still_be_saved(alice):
    twin = User.objects.create_user("аlice")
    twin.first_name = "Alice"
    twin.clean()
    twin.username = "alicе"
    with pytest.raises(ValidationError):
        twin.clean()


def test_sign_up_stops_telling_which_user_names_are_taken(client, alice, monkeypatch):
    monkeypatch.setattr(adapter, "NAMES_REFUSED", 20)
    refusals = [sign_up(client, "alice") for _ in range(21)]
    assert REFUSED in refusals[-2]
    assert REFUSED not in refusals[-1]
    assert sign_up(client, "nobody-has-this") == refusals[-1]


@pytest.mark.parametrize("name", ["ａlice", "𝒶lice", "alⅰce"])
def test_compatibility_characters_look_like_plain_letters(name):
    assert skeleton(name) == skeleton("alice")
