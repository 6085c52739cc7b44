"""Parts that use earlier answers, which QTI works out from the student's own."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.factories import make_content, make_parts
from tutor.grading import read_key
from tutor.grading.multipart import grade_parts
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.qti.expressions import Declarations, work_out
from tutor.problems.interchange.qti.version_2_scoring import Version2Scoring
from tutor.problems.interchange.qti.writer import why_not, write_package
from tutor.problems.interchange.xml_tree import read_tree
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord


def part(carried="", value="", percent=100, **options):
    key = read_key({"kind": "number", "value": "1", **options})
    return Part(
        f"What is {value}?", replace(key, value=value), carried=carried, carried_percent=percent
    )


def record(*parts, **fields):
    content = make_content(parts=parts, key=parts[-1].key, **fields)
    return ProblemRecord("p", content, ("algebra.sums",), "Me", "CC0-1.0")


def item_of(written):
    package = write_package([written])
    assert not package.left_out
    with ZipFile(BytesIO(package.data)) as archive:
        return archive.read("items/p.xml")


def score(written, *responses):
    scoring = Version2Scoring(read_tree(item_of(written)))
    names = [f"RESPONSE_{letter}" for letter in "abc"]
    given = {name: [text] for name, text in zip(names, responses, strict=False) if text}
    return scoring.score(given)


FORMULAS = (
    ("a^2", "49", "8", "64"),
    ("2a - 1/4", "13.75", "8", "15.75"),
    ("-a", "-7", "8", "-8"),
    ("a/3 + 2/3", "3", "4", "2"),
    (r"\frac{a}{2}", "3.5", "8", "4"),
)


@pytest.mark.parametrize(("carried", "right", "wrong", "following"), FORMULAS)
def test_an_answer_that_follows_from_a_wrong_one_counts_as_here(carried, right, wrong, following):
    parts = part(value="7"), replace(part(carried, right, 50), share=2)
    written = record(*parts)
    keys = [row.for_grading() for row in parts]
    answers = [("7", right), (wrong, following), (wrong, right), (wrong, "1000"), ("", following)]
    for given in answers:
        here = grade_parts(given, keys)
        shares = [row.score * key.weight for row, key in zip(here.parts, keys, strict=True)]
        assert float(score(written, *given)) == pytest.approx(sum(shares)), given


def test_what_follows_is_compared_with_the_tolerance_of_its_part():
    written = record(part(value="7"), part("a/3", "2.3", tolerance="0.1"))
    assert score(written, "8", "2.7") == 1
    assert score(written, "8", "2.9") == 0


def test_parts_that_use_earlier_answers_come_back_from_qti():
    parts = (
        part(value="7"),
        replace(part("a^2", "", 40), share=3, hints=("Look.",)),
        part("b - a", "", decimal_comma=True),
        part("a*b", "343", kind="expression"),
        part("a/2", "3,5", decimal_comma=True),
        part("sqrt(a^2) + abs(b) - max(a, pi)", "49"),
        part("a", "7", 0),
    )
    expected = (Expected("b) 49", "Yes!", 100), Expected("b) 14", "You doubled it.", 20))
    written = record(*parts, expected=expected)
    [problem] = read_file(write_package([written]).data, "en")
    assert problem.record == written
    item = item_of(written).decode()
    assert "With the answers to earlier parts: a*b" in item  # for who reads an expression
    assert item.count("<mathOperator") == 1
    [factory] = read_file(write_package([ProblemRecord("q", make_parts())]).data, "en")
    assert factory.record.content.parts == make_parts().parts


def test_the_numbers_of_a_variant_are_in_its_formula():
    parts = part(value="[[n]]"), part("[[n + 1]]*a", "")
    content = make_content(
        parameters="n = 2..9", statement="[[n]]?", parts=parts, key=parts[1].key, solution="[[n]]"
    )
    problems = read_file(write_package([ProblemRecord("p", content)]).data, "en")
    assert len(problems) > 2
    for problem in problems:
        first, second = problem.record.content.parts
        assert second.carried == f"{int(first.key.value) + 1}*a"
        assert int(second.key.value) == int(first.key.value) * (int(first.key.value) + 1)


@pytest.mark.parametrize(
    ("first", "carried"),
    [
        (part(value="7"), "sin(a)"),
        (part(value="7"), "C(a, 2)"),
    ],
)
def test_what_qti_cannot_work_out_is_said(first, carried):
    reason = why_not(record(first, part(carried, "1")))
    assert reason == f"QTI cannot work out {carried}"


@pytest.mark.parametrize(
    "options",
    [
        {"value": "x + 1", "kind": "expression"},
        {"value": "1/3"},
        {"value": "2", "form": "lowest_terms"},
    ],
)
def test_an_earlier_answer_with_which_qti_cannot_calculate_is_named(options):
    reason = why_not(record(part(**options), part("2*a", "1")))
    assert reason == "QTI cannot calculate with the answer to a)"


def test_a_power_has_limits():
    xml = "<power><baseValue>{}</baseValue><baseValue>{}</baseValue></power>"

    def power(base, exponent):
        node = read_tree(xml.format(base, exponent).encode())
        return Decimal(work_out(node, {}, Declarations(node))[0])

    assert power(2, 10) == 1024
    assert power(9, 0.5) == 3
    half = read_tree(b"<power><baseValue>2</baseValue><null/></power>")
    with pytest.raises(InvalidRecord):
        work_out(half, {}, Declarations(half))
    for base, exponent in ((10, 50), (2, 10**9), (-2, 0.5), (0, -1)):
        with pytest.raises(InvalidRecord):
            power(base, exponent)
