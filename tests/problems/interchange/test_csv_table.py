"""Problems as a table: what a spreadsheet makes of it, and what comes back."""

import time

import pytest

from tests.factories import make_content
from tutor.grading import Form, read_key
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.interchange.csv_table import template_table, write_table
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.imported import UnusableFile
from tutor.problems.interchange.jsonl import read_records
from tutor.problems.records import ProblemRecord

HEAD = "slug,title,statement,kind,answer,solution"
ROW = r"a-sum,A sum,What is \(2+2\)?,number,4,\(\boxed{4}\)"


def read(*lines):
    return read_file("\n".join(lines).encode(), "en")


def test_a_table_as_a_teacher_writes_it():
    table = (
        "\ufefftitle;slug;statement;kind;answer;solution;hint_1;choice_1;choice_2;skills;level\r\n"
        "Even;even;Which is even?;choice;B;It is B.;Halve it.;3;4;arithmetic.parity;1\r\n"
    )
    problems = read_file(table.encode(), "zh-hans")
    record = problems[0].record
    assert (record.slug, record.skills, record.content.level) == ("even", ("arithmetic.parity",), 1)
    assert record.content.choices == ("3", "4")
    assert (record.content.hints, record.content.language) == (("Halve it.",), "zh-hans")
    assert record.content.key.value == "B"


def test_a_short_table_has_no_slug_kind_or_solution():
    [problem] = read("title,statement,answer", r"A sum!,What is \(2+2\)?,4")
    record = problem.record
    assert (record.slug, problem.is_named, record.content.key.kind) == ("a-sum", False, "number")
    assert record.content.solution == r"\(\boxed{4}\)"


def test_the_text_decides_the_form_where_no_column_does():
    row = r"Write \(6/8\) in lowest terms.,3/4"
    [problem] = read("statement,answer", row)
    assert problem.record.content.key.form == Form.LOWEST_TERMS
    [problem] = read("statement,answer,form", f"{row},")
    assert problem.record.content.key.form == Form.ANY


def test_the_template_can_be_imported():
    problems = read_file(template_table().encode(), "en")
    assert [problem.reason for problem in problems] == ["", "", ""]
    assert [problem.record.content.key.kind for problem in problems] == [
        "number",
        "quantity",
        "choice",
    ]


def test_what_is_written_comes_back_the_same():
    key = read_key(
        {"kind": "number", "value": "-4", "form": "decimal_places", "places": 2, "relative": True}
    )
    content = make_content(
        title="=SUM(A1)",
        statement="'quoted'\nand, \"this\"",
        key=key,
        hints=("+1", "@home", "－2"),
        expected=(Expected("-5", "=no"), Expected("-4.1", "", 50, "0.05")),
        tests=(AnswerTest("-4.00", "correct"),),
        solution="\tTab",
    )
    records = [
        ProblemRecord("one", content, ("a.b", "c"), "Lemma", "CC0-1.0"),
        ProblemRecord("two", make_content(parameters="a = 1..3", statement="[[a]]?")),
    ]
    table = write_table(records)
    assert [problem.record for problem in read_file(table.encode(), "en")] == records
    for cell in ("'=SUM(A1)", "'-4", "'+1", "'@home", "'－2", "'=no"):
        assert cell in table


def test_the_starter_bank_comes_back_the_same(settings):
    folder = settings.BASE_DIR / "tutor" / "problems" / "starter"
    lines = [line for file in folder.glob("*.jsonl") for line in file.read_bytes().splitlines()]
    records, _ = read_records(lines)
    assert [problem.record for problem in read_file(write_table(records).encode(), "en")] == records


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("b,B,?,riddle,4,x", "There is no kind 'riddle'"),
        ("b,B,?,number,,x", "right answer: "),
        ("b,B,,number,4,x", "statement: is missing"),
        ("B b,B,?,number,4,x", "slug: need lower-case words"),
        ("b,=1+2,?,number,4,x", "title: begins like a formula"),
        ("b,B, @x,number,4,x", "begins like a formula"),
        ("b,B,?,number,4,x,y", "more cells than columns"),
    ],
)
def test_a_bad_row_is_named_with_its_line(row, reason):
    good, bad = read(HEAD, ROW, row)
    assert good.record
    assert (bad.record, bad.location) == (None, "line 3")
    assert reason in bad.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no problem in this file"),
        (HEAD.encode(), "no problem in this file"),
        (b"slug,colour\na,b", "no column “colour”"),
        (b"slug,slug\na,b", "Two columns are called “slug”"),
        (b"slug,hint_100\na,b", "no column “hint_100”"),
        (f'{HEAD}\n"a'.encode(), "cannot read line 2"),
        (f"{HEAD}\na,\0".encode(), "NUL"),
        (f"{HEAD}\n{ROW}\n".encode() + b"\xff\xfe", "Line 3 is not in UTF-8"),
        ("\n".join([HEAD, *[ROW] * 100_000]).encode(), "more than 1,000 problems"),
        (b"{}\n" * 100_000, "more than 1,000 problems"),
        (b"slug\n" + b"a" * 200_000, "cannot read line"),
    ],
)
def test_hostile_tables_are_refused_at_once(data, reason):
    began_at = time.thread_time()
    with pytest.raises(UnusableFile, match=reason):
        read_file(data, "en")
    assert time.thread_time() - began_at < 5


def test_a_quantity_without_a_unit_is_listed_with_its_reason():
    row = r"a-sum,A sum,How long is it?,quantity,5,\(\boxed{5}\)"
    [problem] = read(HEAD, row)
    assert problem.record is None
    assert problem.reason.startswith("unit: A quantity needs a unit")
    [problem] = read(HEAD, row.replace("quantity,5,", "quantity,5 cm,"))
    assert problem.record.content.key.value == "5 cm"


@pytest.mark.parametrize("answer", ["5x+", "(1", "3x + 4 =", "2x++", "sin(", r"\frac{1}{2"])
def test_an_answer_that_breaks_off_is_no_word(answer):
    [problem] = read("statement,answer", f"Simplify 2x+3x,{answer}")
    assert problem.record is None
    assert f"Lemma cannot read “{answer}”; if it is a word, its kind is text" in problem.reason
    [problem] = read("statement,answer,kind", f"Simplify 2x+3x,{answer},text")
    assert problem.record.content.key.kind == "text"


@pytest.mark.parametrize("answer", ["Paris", "x-axis", "≥", "是", "Mon-Fri", "the x/y plane"])
def test_a_word_stays_one(answer):
    [problem] = read("statement,answer", f"What is it?,{answer}")
    assert problem.record.content.key.kind == "text"
