"""A list of people becomes a section's people: all of them, or nobody."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from tests.conftest import make_user
from tutor.courses.models import Enrollment, SectionEvent
from tutor.courses.roster.enrolling import enroll
from tutor.courses.roster.matching import plan_for
from tutor.courses.roster.table import EXAMPLE, MAX_ROWS, BadTable, decode, read_table
from tutor.teaching.students import students_of

LIST = "name,email,username,role\nAda Lovelace,ada@example.org,,\nEmmy Noether,,emmy,assistant\n"


@pytest.fixture
def url(client, carol, section):
    client.force_login(carol)
    return reverse("roster", args=[section.code])


def upload(data: bytes) -> dict[str, object]:
    return {"do": "check", "file": SimpleUploadedFile("people.csv", data)}


def statuses(section, text):
    return [(row.line, row.status.value) for row in plan_for(section, text).rows]


def test_it_is_looked_at_and_then_taken(client, carol, section, url):
    page = client.post(url, upload(LIST.encode()))
    assert "2 new accounts" in page.content.decode()
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


def test_a_one_time_password_opens_the_page_for_ones_own_alone(client, section, url, assignment):
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


def test_a_weak_password_of_ones_own_is_refused(client, section, url):
    [(user, _password), _emmy] = client.post(url, {"do": "add", "text": LIST}).context["slips"]
    client.force_login(user)
    page = client.post(reverse("own-password"), {"new_password1": "12", "new_password2": "12"})
    assert page.context["form"].errors
    assert client.get(reverse("home")).url.startswith(reverse("own-password"))


def test_a_lost_list_is_made_anew_for_those_who_never_signed_in(client, carol, section, url):
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


def test_who_is_there_already_stays_as_they_are(section, alice, carol):
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


@pytest.mark.parametrize(
    "text",
    [
        "name,email\nAda Lovelace,ada@example.org",
        "Name;E-Mail\r\nAda Lovelace;ada@example.org\r\n",
        "NAME\tEmail address\nAda Lovelace\tada@example.org",
        "\ufeffname,email\nAda Lovelace,ada@example.org",
        '"First name","Last name","e-mail"\n"Ada","Lovelace","ada@example.org"',
        "学生姓名,电子邮箱,角色\nAda Lovelace,ada@example.org,学生",
        "姓名，邮箱\nAda Lovelace，ada@example.org",
        "\n\nname,email\n  Ada   Lovelace ,ada@example.org\n,\n",
        "name,email,favourite colour\nAda Lovelace,ada@example.org,blue",
    ],
)
def test_lists_come_in_many_shapes(text):
    [row] = read_table(text).rows
    assert (row.name, row.email, row.role) == ("Ada Lovelace", "ada@example.org", "student")
    assert not row.problem


def test_a_cell_over_two_lines_counts_its_lines():
    rows = read_table('name,email\n"Ada\nLovelace",\nEmmy,').rows
    assert [(row.line, row.name) for row in rows] == [(2, "Ada Lovelace"), (4, "Emmy")]


def test_the_example_on_the_page_is_a_list(section):
    assert statuses(section, EXAMPLE) == [(2, "new"), (3, "new"), (4, "new")]


def test_columns_that_nobody_reads_are_named():
    assert read_table("name,colour\nAda,blue").unused == ["colour"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_reads_the_encodings_that_say_what_they_are(encoding):
    assert decode("name\n王小明".encode(encoding)) == "name\n王小明"


@pytest.mark.parametrize("encoding", ["latin-1", "gb18030"])
def test_other_encodings_are_refused_at_their_line(client, url, encoding):
    name = "José" if encoding == "latin-1" else "王小明"
    page = client.post(url, upload(f"name\nAda\n{name}\n".encode(encoding)))
    assert "Line 3 is not in UTF-8" in str(page.context["form"].errors["file"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name", "list is empty"),
        ("Ada Lovelace\nEmmy Noether", "must name the columns"),
        ("email\nada@example.org", "must name the columns"),
        ("name,name\na,b", "Two columns mean the same"),
        ('name\n"Ada', "cannot read line 2"),
        ('name\nA"d"a","b', "cannot read line 2"),
        ("name\na\0b", "are not text"),
        ("name\na\ud800b", "are not text"),
        ("name\n" + "a\n" * (MAX_ROWS + 1), "at most 2,000 people"),
        ("name\n" + "a" * 200_000, "cannot read line 2"),
        ("name\n" + "a" * 500_000, "more than 500,000"),
        ("\x01\x02\x03", "must name the columns"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(section, text, reason):
    try:
        problems = [row.problem for row in plan_for(section, text).rows]
    except BadTable as error:
        problems = [str(error)]
    assert any(reason in problem for problem in problems)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"PK\x03\x04" + bytes(range(256)) * 10,
        b"name\n" + b"x," * 100_000,
        b"name\n" + b'"' * 99_999,
        b"a" * (1024 * 1024 + 1),
        b"name\n" + b"a\n" * 100_000,
    ],
)
def test_a_hostile_file_is_answered_with_a_sentence(client, url, data):
    page = client.post(url, upload(data))
    assert page.status_code == 200
    errors = page.context["form"].errors
    assert errors or page.context["plan"].bad
    assert "Traceback" not in page.content.decode()


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
    """Who may see all accounts learns nothing from a name that is taken."""
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
def test_one_column_of_names_is_sorted_by_family_names(name, first_name, last_name):
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
