"""QTI 2.1 out and in again: the same problems, or why not."""

from dataclasses import replace

import pytest

from tests.factories import make_content, make_parts
from tests.problems.interchange.test_moodle import with_space
from tutor.grading import read_key
from tutor.grading.answer_key import AnswerKey, Kind
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.jsonl import read_records
from tutor.problems.interchange.qti.writer import why_not, write_package
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord


def key(kind="number", value="4", **fields):
    return read_key({"kind": kind, "value": value, **fields})


ROWS = (
    Expected("4", "Yes, *that*.", 100),
    Expected("5", "", 50, "0.5"),
    Expected("6", "", 100),
    Expected("7", "Too many."),
    Expected("*", "Count."),
)
CHOICES = ("one", r"\(2\)", "three")
PARTS = (
    Part("How many?", key(tolerance="0.1"), share=2, hints=("Count.",)),
    Part("Which?", key("choice", "A, C"), choices=CHOICES),
    Part("Why?", key("text", "Because.", form="free_text")),
    Part("And how?", key("text", "Well", ignore_case=False)),
)
CONTENTS = (
    make_content(expected=ROWS, tests=(AnswerTest("8/2", "correct"),), level=2),
    make_content(key=key("text", "pi 5*5"), expected=(Expected("rho", "No.", 20),)),
    make_content(key=key("choice", "B"), choices=CHOICES, expected=(Expected("A", "", 40),)),
    make_content(key=key("choice", "A, C"), choices=CHOICES, expected=(Expected("B", "No."),)),
    make_content(key=key("choice", "A, C", shares="70 -10 30"), choices=CHOICES),
    make_content(
        key=key("choice", "A, C", shares="0 0 0"),
        choices=CHOICES,
        expected=(Expected("B", "An odd one."), Expected("*", "Not all.")),
    ),
    make_content(
        key=key("choice", "A, B, C", shares="33.3333 33.3333 33.3333 -50"), choices=tuple("abcd")
    ),
    make_content(key=key("text", "Because.", form="free_text"), language="zh-hans"),
    make_content(
        parts=PARTS,
        key=PARTS[-1].key,
        hints=("Look.", "Think\nagain."),
        expected=(Expected("a) 5", "Nearly.", 50), Expected("a) *", "No."), Expected("b) B", "B?")),
    ),
)


def test_what_goes_out_comes_in_the_same():
    records = [
        ProblemRecord(f"p-{n}", content, ("algebra.sums",), "Me", "CC0-1.0")
        for n, content in enumerate(CONTENTS)
    ]
    package = write_package(records)
    assert not package.left_out
    problems = read_file(package.data, "en")
    assert [problem.reason for problem in problems] == [""] * len(records)
    for problem, record in zip(problems, records, strict=True):
        assert problem.record == record
    assert write_package(records) == package


def part(carried, value="49", **options):
    key = read_key({"kind": "number", "value": "1", **options})
    return Part("And then?", replace(key, value=value), carried=carried)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (make_content(expected=(Expected("if answer > 9", "No."),)), "is a test"),
        (make_content(expected=(Expected("2i", "No."),)), "not a decimal"),
        (make_content(tests=(AnswerTest("1+" * 99 + "1", "correct"),)), "too long for a tag"),
        (
            make_parts(parts=(*make_parts().parts[:1], part("sin(a)", value="0.66"))),
            "QTI cannot work out sin(a)",
        ),
        (
            make_content(key=AnswerKey("A, B", Kind.CHOICE, shares="40 40"), choices=("a", "b")),
            "not 100 percent together",
        ),
    ],
)
def test_what_qti_cannot_hold_is_listed_with_its_reason(content, reason):
    assert reason in why_not(ProblemRecord("p", content))


def spaced(record):
    """With an empty line before each figure, which means the same as none."""
    content = record.content
    return replace(record, content=replace(content, solution=with_space(content.solution)))


def test_the_starter_bank_comes_back_the_same(settings):
    folder = settings.BASE_DIR / "tutor" / "problems" / "starter"
    lines = [line for file in folder.glob("*.jsonl") for line in file.read_bytes().splitlines()]
    records, _ = read_records(lines)
    written = [record for record in records if not why_not(record)]
    written = [record for record in written if not record.content.parameters]
    assert len(written) > 100
    problems = read_file(write_package(written).data, "en")
    for problem, record in zip(problems, written, strict=True):
        assert spaced(problem.record) == spaced(record)
