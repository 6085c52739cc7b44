"""Class lists of many shapes are read, or refused with a reason."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.conftest import make_user
from tests.courses.roster.lists import statuses, upload
from tutor.courses.roster.matching import plan_for
from tutor.courses.roster.table import EXAMPLE, MAX_ROWS, BadTable, decode, read_table


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


def test_a_list_of_full_names_needs_no_first_line():
    rows = read_table("Ada Lovelace\nEmmy Noether\nCher").rows
    assert [(row.line, row.name) for row in rows] == [
        *((1, "Ada Lovelace"), (2, "Emmy Noether"), (3, "Cher")),
    ]
    assert [row.last_name for row in read_table("Full name\nAda Lovelace").rows] == ["Lovelace"]


@pytest.mark.parametrize("comma", [", ", ";", "\t"])
def test_a_list_of_family_and_first_names_needs_no_first_line(comma):
    rows = read_table(f"Adams{comma}Zoe\nGauß{comma}Carl Friedrich\nde la Cruz{comma}Inês").rows
    names = [(row.line, row.last_name, row.first_name) for row in rows]
    assert names == [(1, "Adams", "Zoe"), (2, "Gauß", "Carl Friedrich"), (3, "de la Cruz", "Inês")]
    assert not any(row.problem for row in rows)


@pytest.mark.parametrize("header", ["Nachname;Vorname", "Nom;Prénom", "apellidos;nombre"])
def test_names_of_columns_are_no_person(header):
    [row] = read_table(f"{header}\nLovelace;Ada").rows
    assert (row.line, row.last_name, row.first_name) == (2, "Lovelace", "Ada")


def test_a_cell_over_two_lines_counts_its_lines():
    rows = read_table('name,email\n"Ada\nLovelace",\nEmmy,').rows
    assert [(row.line, row.name) for row in rows] == [(2, "Ada Lovelace"), (4, "Emmy")]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_example_on_the_page_is_a_list(section, language):
    with override(language):
        assert statuses(section, str(EXAMPLE)) == [(2, "new"), (3, "new"), (4, "new")]


def test_the_chinese_example_is_in_chinese(section):
    with override("zh-hans"):
        table = read_table(str(EXAMPLE))
    assert not table.unused
    assert [row.role for row in table.rows] == ["student", "student", "assistant"]
    assert (table.rows[0].last_name, table.rows[0].first_name) == ("王", "小明")


def test_columns_that_nobody_reads_are_named():
    assert read_table("name,colour\nAda,blue").unused == ["colour"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_read(encoding):
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
        ("Ada\nEmmy", "must name the columns"),
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
def test_a_text_that_is_no_list_is_refused_with_the_reason(section, text, reason):
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


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Weber, Clara <clara.weber@example.org>", "Clara Weber", "clara.weber@example.org"),
        ("Clara <clara.weber@example.org> Weber", "Clara Weber", "clara.weber@example.org"),
        ("3. Hoffmann, Finn; finn@example.org", "Finn Hoffmann", "finn@example.org"),
        ("O’Neill, Gráinne, grainne@example.org", "Gráinne O’Neill", "grainne@example.org"),
        ("3. Hoffmann", "Hoffmann", ""),
    ],
)
def test_a_name_holds_no_address_and_no_running_number(line, name, email):
    [row] = read_table(f"Name\tEmail\n{line}").rows
    assert (row.name, row.email, row.problem, row.read_from) == (name, email, "", line)


@pytest.mark.parametrize(
    "line",
    [
        "Ada Lovelace\tada@example.org",
        "ada@example.org, Ada Lovelace",
        "Lovelace, Ada, ada@example.org",
        "1;Lovelace;ada@example.org;Ada",
        "Ada Lovelace <ada@example.org>",
        "Ada <ada@example.org> Lovelace",
    ],
)
def test_an_address_stands_anywhere_on_a_line_without_columns(line):
    rows = read_table(f"{line}\n{line}").rows
    assert [(row.line, row.name, row.email) for row in rows] == [
        (n, "Ada Lovelace", "ada@example.org") for n in (1, 2)
    ]
    assert all(row.read_from and not row.problem for row in rows)


@pytest.mark.parametrize("line", ["Ada @ Lovelace", "Ada a@example.org b@example.org", "Ada ada@"])
def test_what_is_no_clear_name_and_address_is_refused(line):
    [row] = read_table(f"name\n{line}").rows
    assert row.problem


def test_a_repeated_line_is_left_out_by_one_press(client, url):
    text = 'name,email\n"Ada\nLovelace",\nBen,\nAda Lovelace,\nCher,'
    page = client.post(url, {"do": "check", "text": text})
    assert 'name="leave_out" value="5"' in page.content.decode()
    page = client.post(url, {"leave_out": "5", "text": text})
    assert [row.name for row in page.context["plan"].new] == ["Ada Lovelace", "Ben", "Cher"]
    assert page.context["plan"].is_ready


@pytest.mark.parametrize("login", ["victor", "nobody"])
def test_the_preview_says_what_happens_with_and_without_an_account(client, url, login):
    make_user("victor")
    page = client.post(url, {"do": "check", "text": f"name,username\nBob Teacher,{login}"})
    assert "finds an invitation at home" in page.content.decode()
    page = client.post(url, {"do": "check", "text": "name\nBob Teacher"})
    assert "finds an invitation at home" not in page.content.decode()


def test_the_page_of_people_leads_to_a_list_for_a_colleague(client, section, url):
    people = client.get(reverse("people", args=[section.code])).content.decode()
    assert f"{url}?colleague" in people
    assert ",,,teacher" in client.get(f"{url}?colleague").content.decode()
