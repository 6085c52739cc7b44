"""What Moodle and QTI give comes back from them as it was: all that Lemma holds of a question."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.factories import make_content
from tutor.grading import read_key
from tutor.problems.bank.topic_files import TOPICS, read_topic
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.interchange.exportable import pictures_shown
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.moodle.calculated_writer import calculated
from tutor.problems.interchange.moodle.writer import write_moodle
from tutor.problems.interchange.picture_import import with_pictures
from tutor.problems.interchange.qti.writer import write_package
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord

OWN = Path(__file__).parents[2] / "data" / "moodle_questions.xml"
REALISTIC = Path(__file__).parents[4] / "shared" / "data" / "import" / "moodle_realistic.xml"


def taken(data, user):
    """The records of a file, their pictures stored, in the order of their slugs."""
    problems = with_pictures(read_file(data, "en"), user)
    records = [problem.record for problem in problems if problem.record]
    return sorted(records, key=lambda record: record.slug)


def categories_in(xml):
    quiz = ElementTree.fromstring(xml)  # noqa: S314  # our own file
    return {node.findtext("text").strip() for node in quiz.iter("category")}


def assert_comes_back(data, user):
    """Out as Moodle's XML and in again, with the same records; returns these and the XML."""
    records = taken(data, user)
    moodle = write_moodle(records, pictures_shown(records))
    assert not moodle.left_out
    assert len(records) == 12
    assert taken(moodle.xml.encode(), user) == records
    return records, moodle.xml


@pytest.mark.django_db
def test_a_file_of_moodle_goes_out_and_in_again_unchanged(carol):
    data = OWN.read_bytes()
    records, xml = assert_comes_back(data, carol)
    assert len(pictures_shown(records)) == 2
    assert categories_in(xml) == categories_in(data) - {"$course$/top"}
    assert xml.count('type="calculated"') == 2
    again = taken(xml.encode(), carol)
    assert write_moodle(again, pictures_shown(again)).xml == xml


@pytest.mark.django_db
@pytest.mark.labelled
@pytest.mark.skipif(not REALISTIC.exists(), reason="the realistic files are not here")
def test_the_realistic_file_goes_out_and_in_again_unchanged(carol):
    """All but one question of STACK, which has no test."""
    data = REALISTIC.read_bytes()
    records, xml = assert_comes_back(data, carol)
    assert len(pictures_shown(records)) == 1  # which two questions show
    assert categories_in(xml) == categories_in(data)
    assert {record.category for record in records} == {"Standard für M9/Lineare Funktionen"}
    assert xml.count('type="calculated"') == 1


@pytest.mark.django_db
def test_pictures_come_back_by_content(carol):
    records = taken(OWN.read_bytes(), carol)
    before = pictures_shown(records)
    again = taken(write_package(records, before).data, carol)
    assert pictures_shown(again) == before


def numbers(value="[[a + 1]]", **fields):
    key = {"kind": "number", "value": "1", **fields.pop("options", {})}
    defaults = {
        "parameters": "a = 2..90",
        "statement": "What is [[a]] and one?",
        "solution": r"\(\boxed{[[a + 1]]}\)",
        "hints": ("Go on from [[a]].",),
    }
    return make_content(key=replace(read_key(key), value=value), **(defaults | fields))


CALCULATED = (
    numbers(),
    numbers("2*[[a]] + 1", expected=(Expected("[[a]]", "One *more* than [[a]].", 25, "0.5"),)),
    numbers("[[a/4]]", tests=(AnswerTest("[[a]]/4", "correct"),)),
    numbers("[[a]]/7", options={"tolerance": "0.01", "relative": True}),
    numbers("[[d]]", parameters="a = 2..9\nb = one of 2, 5, 7\nd = a^2 - b\nrequire a > b\n"),
    numbers("[[2a^2*(a + 1)^2]]", statement="[[a^2]], [[a:decimal]] and [[a * a]]?"),
    numbers(parameters="a = 1/2..5 step 1/10", solution="[[a]]"),
    numbers("[[min(a, 7)]]", options={"kind": "quantity", "unit": "cm", "unit_optional": True}),
)


@pytest.mark.parametrize("content", CALCULATED)
def test_a_number_over_parameters_is_one_calculated_question(content):
    record = ProblemRecord("p", content, ("algebra.sums",), "Me", "CC0-1.0", "Year 9/Sums")
    moodle = write_moodle([record])
    assert moodle.xml.count("<question type=") == 2  # with its category
    assert '<question type="calculated">' in moodle.xml
    assert [problem.record for problem in read_file(moodle.xml.encode(), "en")] == [record]


@pytest.mark.parametrize(
    "content",
    [
        numbers(parameters="a = -9..-2", statement="What is 1 + [[a]]?"),
        numbers(parameters="a = 2..4\nb = a/3", statement="What is [[b]]?"),
        numbers(statement="[[a:factor]]x"),
        numbers(parameters='a = 2..90\nb = one of "Ann", "Ben"', statement="[[b]] has [[a]]."),
        numbers("[[gcd(a, 6)]]"),
        numbers(expected=(Expected("if answer > 100", "Too many."),)),
        numbers(statement=r"What is \(\frac{a}{2}\) and [[a]]?"),
        numbers("[[a]]/7"),
        numbers("[[a]]", options={"form": "lowest_terms"}),
    ],
)
def test_what_moodle_would_say_otherwise_is_no_calculated_question(content):
    assert calculated(content) is None


def test_numbers_that_were_changed_in_moodle_are_not_ours_any_more():
    content = numbers("[[d]]", parameters="a = 2..90\nd = a + 1")
    moodle = write_moodle([ProblemRecord("p", content)]).xml
    changed = moodle.replace("<value>", "<value>1", 1)
    [problem] = read_file(changed.encode(), "en")
    assert problem.record.content.parameters.startswith("a = 2..90\nd = ")
    assert "d = a + 1" not in problem.record.content.parameters


@pytest.mark.parametrize("form", ["worked_out", "decimal"])
def test_a_form_that_fields_for_numbers_demand_anyway_goes_out_as_a_number(form):
    key = read_key({"kind": "number", "value": "2.5", "form": form})
    record = ProblemRecord("p", make_content(key=key, tests=()))
    moodle, package = write_moodle([record]).xml, write_package([record]).data
    assert 'type="numerical"' in moodle
    assert b'baseType="float"' in ZipFile(BytesIO(package)).read("items/p.xml")
    for data in (moodle.encode(), package):
        assert [problem.record for problem in read_file(data, "en")] == [record]


def test_problems_of_the_bank_are_calculated_questions():
    records = read_topic(TOPICS / "order_of_operations.toml")[::2]
    whole = [record for record in records if calculated(record.content)]
    assert len(whole) >= 3
    moodle = write_moodle(whole)
    assert [problem.record for problem in read_file(moodle.xml.encode(), "en")] == whole


def key(kind, value, **fields):
    return read_key({"kind": kind, "value": value, **fields})


AS_TEXT = (
    make_content(
        key=key("expression", r"\frac{1}{2}x^2 + 3*x", form="expanded"),
        expected=(Expected("x*2*3", "No.", 20), Expected("*", "Hm.")),
    ),
    make_content(key=key("number", r"\frac{1}{3}"), expected=(Expected("2", "No."),)),
    make_content(key=key("number", "2.50", form="decimal_places", places=2)),
    make_content(key=key("set", r"\{1, 2\}")),
    make_content(key=key("equation", "y = 2x + 1"), drawing="line, x from -5 to 5, y from -5 to 5"),
    make_content(key=key("list", "2; 1,5", decimal_comma=True, ordered=True)),
)
NUMBERS = (
    make_content(key=key("number", r"\frac{3}{4}"), expected=(Expected(r"\frac{1}{3}", "No."),)),
    make_content(
        key=key("quantity", "1.5", unit="m", unit_optional=True),
        expected=(Expected("3 m", "No.", 50),),
    ),
    make_content(key=key("number", "1,5", decimal_comma=True), expected=(Expected("2,5", "No."),)),
    make_content(key=key("number", r"\frac{1}{3}", tolerance="0.01")),
)
CHOICES = ("cube", "line", "square")
PAIRS = tuple(
    Part(prompt, key("choice", letter), choices=CHOICES)
    for prompt, letter in (("flat *one*", "C"), ("solid", "A"))
)
PLACES = tuple(
    Part(f"What comes at place {n}?", key("choice", letter), choices=CHOICES)
    for n, letter in ((1, "B"), (2, "C"), (3, "A"))
)
MIXED = (
    Part("How *many*?\n\nSay it.", key("number", r"\frac{1}{4}"), share=3, hints=("Count.",)),
    Part("Which?", key("expression", "2x"), hints=("Look.", "Think.")),
    Part("And where?", key("tuple", "(1, 2)"), drawing="points, x from 0 to 5, y from 0 to 5"),
)
IN_PARTS = tuple(
    make_content(parts=parts, key=parts[-1].key, hints=("All of it.",), expected=expected)
    for parts, expected in (
        (PAIRS, ()),
        (PLACES, ()),
        (MIXED, (Expected(r"a) \frac{2}{3}", "No.", 10), Expected("b) x", "Twice."))),
    )
)
SEVERAL = (
    make_content(
        key=key("tuple", r"(\frac{1}{2}, -3)"),
        expected=(
            Expected(r"(\frac{1}{2}, -3)", "Yes!", 100),
            Expected("(-3, 0.5)", "Turned round.", 50),
            Expected("*", "No."),
        ),
    ),
    make_content(key=key("set", "{1, 2, 3}"), expected=(Expected("{1, 2, 4}", "No."),)),
    make_content(key=key("list", "2; 1,5", decimal_comma=True)),
)
FOR_A_PERSON = (
    make_content(
        key=key("antiderivative", "x^2 + C"),
        expected=(Expected("2x + C", "Not the derivative.", 50),),
    ),
    make_content(key=key("general_solution", "y = C e^(2x)", equation="y' = 2y")),
    make_content(key=key("number", "100", tolerance="0.05", relative=True)),
)


def records_of(contents):
    return [
        ProblemRecord(f"p-{n}", content, ("algebra.sums",), "Me", "CC0-1.0", "Year 9/Sums")
        for n, content in enumerate(contents)
    ]


def assert_all_come_back(written, records, data):
    assert not written.left_out
    problems = read_file(data, "en")
    assert [problem.reason for problem in problems] == [""] * len(records)
    for problem, record in zip(problems, records, strict=True):
        assert problem.record == record


def test_every_kind_comes_back_from_moodle_unchanged():
    records = records_of((*AS_TEXT, *NUMBERS, *IN_PARTS))
    moodle = write_moodle(records)
    assert_all_come_back(moodle, records, moodle.xml.encode())
    assert r"<text>1/2\*x^2+3x</text>" in moodle.xml  # as people type it, without spaces


def test_every_kind_comes_back_from_qti_unchanged():
    records = records_of((*AS_TEXT, *NUMBERS, *IN_PARTS, *SEVERAL, *FOR_A_PERSON))
    package = write_package(records)
    assert_all_come_back(package, records, package.data)


def test_several_numbers_have_a_field_each():
    archive = ZipFile(BytesIO(write_package(records_of(SEVERAL)).data))
    item = archive.read("items/p-1.xml").decode()
    assert item.count("<textEntryInteraction") == 3
    assert item.count("<and>") == 12  # in any order: six for each of two rows


def test_a_problem_with_parameters_leaves_as_variants_for_qti():
    record = ProblemRecord("next", numbers(), category="Year 9")
    problems = [problem.record for problem in read_file(write_package([record]).data, "en")]
    assert [problem.slug for problem in problems] == [f"next-{n}" for n in (1, 2, 3, 4)]
    for problem, seed in zip(problems, (1, 2, 3, 5), strict=True):  # one was drawn twice
        variant = record.content.variant(seed)
        assert replace(problem.content, title=variant.title) == variant
        assert problem.category == "Year 9"
