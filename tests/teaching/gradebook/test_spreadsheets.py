"""The gradebook as a file, safe to open in a spreadsheet."""

import csv
import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from django.urls import reverse

from tests.conftest import make_user
from tests.teaching.gradebooks import make_due_assignment
from tutor.assignments.models import Item
from tutor.courses.models import Enrollment, Section, SectionEvent
from tutor.grading import Verdict
from tutor.teaching.spreadsheets import csv_chunks, safe, xlsx_chunks

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def fetch():
    """What an address sends to `user`, put together from its pieces as a browser does."""

    @async_to_sync
    async def fetch(user, address):
        client = AsyncClient()
        await client.aforce_login(user)
        response = await client.get(address)
        assert response.status_code == 200
        pieces = [piece async for piece in response.streaming_content]
        return response, b"".join(pieces)

    return fetch


def cells_of(book: bytes) -> list[list[str]]:
    """Type and text of the cells of an XLSX file's one sheet."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    rows = []
    for row in sheet.iter(f"{SPREADSHEET}row"):
        cells = []
        for cell in row.iter(f"{SPREADSHEET}c"):
            assert cell.find(f"{SPREADSHEET}f") is None, "a formula"
            cells.append((cell.get("t", "n"), "".join(cell.itertext())))
        rows.append(cells)
    return rows


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_an_assignment(fetch, carol, alice, bob, assignment, answered, kind):
    answered(alice, "4", Verdict.CORRECT)
    address = reverse("gradebook-assignment-file", args=[assignment.code, kind])
    response, sent = fetch(carol, address)
    assert f'filename="warming-up.{kind}"' in response.headers["Content-Disposition"]
    if kind == "csv":
        assert sent.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(sent.decode("utf-8-sig"))))
        assert rows[1:] == [
            ["alice", "alice", "1", "1", "100.0", ""],
            ["bob", "bob", "", "", "", ""],  # it is not due yet
        ]
    else:
        rows = [[text for _, text in row] for row in cells_of(sent)]
        assert rows[1][:5] == ["alice", "alice", "1", "1", "100"]
    assert rows[0] == ["name", "username", "1. A sum (1)", "points (1)", "percent", "remarks"]


@pytest.mark.parametrize("country", ["DE", "FR"])
def test_a_file_opens_in_the_spreadsheets_of_the_country(
    fetch, carol, alice, section, assignment, answered, country
):
    Section.objects.update(convention=country)
    Item.objects.update(points=Decimal("2.5"))
    answered(alice, "4", Verdict.CORRECT)
    _, sent = fetch(carol, reverse("gradebook-assignment-file", args=[assignment.code, "csv"]))
    head, row, _other = sent.decode("utf-8-sig").splitlines()
    assert head == "name;username;1. A sum (2,5);points (2,5);percent;remarks"
    assert row == "alice;alice;2,5;2,5;100,0;"
    _, sent = fetch(carol, reverse("people-file", args=[section.code]))
    assert sent.decode("utf-8-sig").startswith("last name;first name;")
    _, sent = fetch(carol, reverse("gradebook-assignment-file", args=[assignment.code, "xlsx"]))
    assert ("n", "2.5") in cells_of(sent)[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_a_section(fetch, carol, alice, section, assignment, answered, kind):
    answered(alice, "4", Verdict.CORRECT)
    _, sent = fetch(carol, reverse("gradebook-section-file", args=[section.code, kind]))
    text = sent.decode("utf-8-sig") if kind == "csv" else str(cells_of(sent))
    assert "Warming up (1)" in text
    assert "alice" in text


def test_a_file_of_a_section_says_what_its_page_says(
    fetch, carol, alice, bob, section, assignment, answered
):
    """What is not due, what was missed, and what was due before somebody came."""
    answered(alice, "4", Verdict.CORRECT)
    late = make_due_assignment(section, "a")
    section.note(SectionEvent.Act.ADDED, author=carol, about=bob)
    address = reverse("gradebook-section-file", args=[section.code, "csv"])
    rows = list(csv.reader(io.StringIO(fetch(carol, address)[1].decode("utf-8-sig"))))
    assert rows[1:] == [
        ["alice", "alice", "0", "", "0.0", "Warming up: 1 not due"],
        ["bob", "bob", "", "", "", f"{late.title}: joined later"],
    ]


ATTACKS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    '=HYPERLINK("http://x.example")',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_name_is_never_run_as_a_formula(fetch, carol, section, assignment, attack):
    pupil = make_user("mallory", first_name=attack)
    Enrollment.objects.create(section=section, user=pupil)
    address = reverse("gradebook-section-file", args=[section.code, "csv"])
    rows = list(csv.reader(io.StringIO(fetch(carol, address)[1].decode("utf-8-sig"), newline="")))
    assert f"'{attack}" in [row[0] for row in rows]
    address = reverse("gradebook-section-file", args=[section.code, "xlsx"])
    assert all(row[0][0] == "inlineStr" for row in cells_of(fetch(carol, address)[1]))


def test_numbers_stay_numbers_and_words_stay_words():
    assert [safe(cell) for cell in (-3, Decimal("-0.5"), None, "Anna-Lena", "5-3", "")] == [
        *(-3, Decimal("-0.5"), None, "Anna-Lena", "5-3", ""),
    ]
    [row] = cells_of(b"".join(xlsx_chunks([[-3, Decimal("2.5"), "http://x.example"]], "a/b[c]")))
    assert row == [("n", "-3"), ("n", "2.5"), ("inlineStr", "http://x.example")]


def test_no_text_breaks_a_file():
    hostile = ["\x00\x07", "\ud800", "\uffff", "x" * 100_000, "王芳 ∑", '"quoted", and\nbroken']
    text = b"".join(csv_chunks([hostile])).decode("utf-8-sig")
    [row] = csv.reader(io.StringIO(text, newline=""))
    assert row[4:] == ["王芳 ∑", '"quoted", and\nbroken']
    [cells] = cells_of(b"".join(xlsx_chunks([hostile], "\x00" * 50)))
    assert cells[4] == ("inlineStr", "王芳 ∑")


def test_an_export_is_made_piece_by_piece():
    made = []

    def rows():
        for number in range(20_000):
            made.append(number)
            yield ["a pupil", number]

    chunks = csv_chunks(rows())
    next(chunks)
    assert len(made) < 10_000
