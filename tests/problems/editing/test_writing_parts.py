"""Problems with parts: written in the editor, kept in versions, taken from and to files."""

import json

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.factories import make_parts, make_problem, make_problem_with_parts
from tutor.problems.checks import defects, run_tests
from tutor.problems.content import AnswerTest, InvalidRecord
from tutor.problems.interchange.csv_table import write_table
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.jsonl import read_records, write_records
from tutor.problems.interchange.moodle.writer import write_moodle
from tutor.problems.models import Problem
from tutor.problems.parts import InvalidParts, responses_in
from tutor.problems.records import ProblemRecord
from tutor.problems.views import named_changes
from tutor.solutions.requests.find_or_queue import request_solution

COLUMNS = (
    *("prompt", "kind", "value", "unit", "share", "carried", "carried_percent", "choices"),
    *("hints", "form", "places", "tolerance", "relative", "unit_optional", "name_optional"),
    *("ordered", "decimal_comma", "ignore_case"),
)
USUAL = {"kind": "number", "form": "any", "name_optional": "yes", "ignore_case": "yes"}


def sent(*parts, **fields):
    """What the editor sends for a problem with these parts."""
    rows = [dict.fromkeys(COLUMNS, "") | USUAL | part for part in parts]
    return {
        "action": "save", "title": "A square", "language": "en", "level": "2",
        "statement": "A square has a perimeter of 28.", "kind": "number", "form": "any",
        "solution": r"\(\boxed{49}\)",
        **{f"parts-{name}": [row[name] for row in rows] for name in COLUMNS},
    } | fields  # fmt: skip


SIDE = {"prompt": "Its side?", "value": "7", "hints": "Four sides.\n\nAll equal."}
AREA = {"prompt": "Its area?", "carried": "a^2", "share": "2", "carried_percent": "50"}


@pytest.fixture
def teacher(client, carol, section):
    client.force_login(carol)
    return carol


def test_parts_are_written_in_the_editor(client, teacher):
    response = client.post(reverse("problem-new"), sent(SIDE, AREA))
    problem = Problem.objects.get()
    assert response.url == problem.get_absolute_url()
    side, area = problem.current.content().parts
    assert (side.key.value, side.share, side.hints) == ("7", 1, ("Four sides.", "All equal."))
    assert (area.key.value, area.carried, area.share, area.carried_percent) == ("", "a^2", 2, 50)
    assert problem.current.stored_key.parts[1]["worked_out"] == "49"
    page = client.get(problem.get_absolute_url()).content.decode()
    assert "2 parts" in page
    assert "<code>a^2</code> counts 50%" in page


def test_the_editor_opens_with_the_parts_and_changes_nothing(client, teacher):
    client.post(reverse("problem-new"), sent(SIDE, AREA))
    problem = Problem.objects.get()
    address = reverse("problem-edit", args=[problem.code])
    form = client.get(address).context["form"]
    assert form["value"].value() is None
    before = problem.current.pk, problem.current.content()
    rows = form["parts"].value()
    client.post(address, sent(*rows))
    problem.refresh_from_db()
    assert (problem.current.pk, problem.current.content()) == before


def test_the_order_of_the_rows_is_the_order_of_the_parts(client, teacher):
    client.post(
        reverse("problem-new"),
        sent(AREA | {"value": "49", "carried": ""}, SIDE, solution=r"\(\boxed{7}\)"),
    )
    assert [part.prompt for part in Problem.objects.get().current.content().parts] == [
        "Its area?",
        "Its side?",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"carried": "b^2"}, "part b): b is not an earlier part"),
        ({"carried": "c+a"}, "part b): c is not an earlier part"),
        ({"carried": "1/(a-7)"}, "part b): 1/(a-7) has no value"),
        ({"carried": "a+"}, "part b): The answer breaks off"),
        ({"carried": "a^2", "value": "50"}, "b) from the right answers before, a^2 comes to 49"),
        ({"carried": ""}, "part b): The answer is empty."),
        ({"share": "0"}, "part b): share: need 1 to 1000, got 0"),
        ({"share": "half"}, "part b): share: need a whole number"),
        ({"carried_percent": "101"}, "part b): carried_percent: need 0 to 100"),
        ({"kind": "choice", "value": "A", "carried": ""}, "part b): a choice needs at least two"),
        ({"choices": "x\ny", "value": "4", "carried": ""}, "part b): a choice needs at least two"),
        ({"form": "decimal_places"}, "part b): key: The form decimal_places needs the number"),
        ({"prompt": ""}, "Row 2: what is asked is missing."),
    ],
)
def test_what_a_part_cannot_be_is_said_at_the_parts(client, teacher, change, message):
    page = client.post(
        reverse("problem-new"), sent(SIDE, AREA | change, {"prompt": "c?", "value": "49"})
    )
    assert message in " ".join(page.context["form"].errors["parts"])
    assert escape(message) in page.content.decode()
    assert not Problem.objects.exists()


def test_a_hundred_parts_are_too_many(client, teacher):
    page = client.post(reverse("problem-new"), sent(*[SIDE] * 13))
    assert "Need at most 12 rows." in page.content.decode()
    assert client.post(reverse("problem-new"), sent(*[SIDE] * 100)).status_code == 400


def test_a_parameter_with_the_name_of_a_part_is_said(client, teacher):
    page = client.post(reverse("problem-new"), sent(SIDE, AREA, parameters="a = 2..9"))
    assert "a is a parameter as well as a part" in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"value": "7"}, "value", "leave this one empty"),
        ({"expected-answer": ["8"], "expected-feedback": ["No."]}, "expected", "say to which part"),
        (
            {"expected-answer": ["a) 8 b) 9"], "expected-feedback": ["No."]},
            "expected",
            "need the answer to one part",
        ),
        (
            {"expected-answer": ["b) 7*7"], "expected-feedback": ["No."]},
            "expected",
            "b) 7*7 is right by the key",
        ),
        ({"choices-text": ["x", "y"]}, "choices", "none of its own"),
        ({"tests-answer": ["49"], "tests-verdict": ["correct"]}, "tests", "say to which part"),
        (
            {"tests-answer": ["a) 8 b) 65"], "tests-verdict": ["correct"]},
            "tests",
            "must be correct",
        ),
    ],
)
def test_what_belongs_to_parts_stands_nowhere_else(client, teacher, fields, field, message):
    page = client.post(reverse("problem-new"), sent(SIDE, AREA, **fields))
    assert message in " ".join(page.context["form"].errors[field])


def test_a_problem_without_parts_still_needs_its_answer(client, teacher):
    page = client.post(reverse("problem-new"), sent())
    assert page.context["form"].errors["value"] == ["This field is required."]


def test_an_answer_is_tried_on_each_part(client, teacher):
    form = sent(SIDE, AREA, action="preview", title="", **{"try": "a) 8; b) 64"})
    page = client.post(reverse("problem-new"), form).content.decode()
    first, second = page.partition("b) ")[::2]
    assert "a) " in first
    assert "</svg> Not right</span>" in first
    assert "</svg> Correct</span>" in second
    assert "It was compared with the value that" in second
    page = client.post(reverse("problem-new"), form | {"try": "64"}).content.decode()
    assert "say to which part" in page


@pytest.mark.parametrize("wrong", ["b) 2 a) 1", "d) 4", "7 a) 8", "a) 1 a) 2", "", "a"])
def test_a_text_that_names_no_parts_in_order_is_refused(wrong):
    with pytest.raises(InvalidParts):
        responses_in(wrong, 3)


def test_a_text_may_name_some_parts():
    assert responses_in("a) f(b) c) (1, 2)", 3) == ["f(b)", "", "(1, 2)"]


def test_tests_say_what_follows():
    tests = (
        AnswerTest("a) 8 b) 64", "correct"),
        AnswerTest("b) 64", "incorrect"),
        AnswerTest("c) B", "incorrect"),
    )
    content = make_parts(tests=tests)
    assert [run.passed for run in run_tests(content)] == [True] * 3
    assert list(defects(content)) == []
    failing = make_parts(tests=(AnswerTest("a) 8 b) 65", "correct"),))
    assert [defect.field for defect in defects(failing)] == ["tests"]


def test_versions_tell_which_part_changed():
    first, _area, last = make_parts().parts
    old = make_parts(parts=(first, last))
    [(name, pieces)] = named_changes(old, make_parts())
    added = "".join(piece.text for piece in pieces if piece.op == "added")
    assert name == "parts"
    assert "How large is the area?" in added
    assert "a^2" in added


def test_what_is_in_use_stays_as_it_was(db):
    problem = make_problem_with_parts()
    request_solution(problem.current, user=None)
    problem.revise(make_parts(parts=make_parts().parts[:2], solution=r"\(\boxed{49}\)"))
    assert [len(version.parts) for version in problem.versions.order_by("number")] == [3, 2]


def test_a_file_gives_back_what_it_was_given(db):
    problem = make_problem_with_parts()
    [line] = write_records([problem])
    assert "key" not in json.loads(line)
    records, rejections = read_records([line.encode()])
    assert rejections == []
    assert records == [problem.record()]
    [imported] = read_file(write_table([problem.record()]).encode(), "en")
    assert imported.record == problem.record()


def test_without_parts_a_file_is_as_it_was(db):
    [line] = write_records([make_problem()])
    assert set(json.loads(line)) == {
        "slug",
        "title",
        "statement",
        "key",
        "solution",
        "language",
        "level",
        "hints",
    }


def test_moodle_is_told_why_not(db):
    assert write_moodle([make_problem_with_parts().record()]).left_out == [
        ("A square", "a part uses the answers to earlier ones")
    ]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("x", "need a list"),
        ([1], "need an object"),
        ([{"prompt": "?"}], "key"),
        ([{"prompt": "?", "key": {"kind": "number", "value": "4"}, "points": 3}], "is not a field"),
        ([{"prompt": "?", "key": {"kind": "number", "value": 4}}], "cannot be 4"),
        ([{"prompt": "?", "key": {"kind": "number", "value": "4"}, "share": 10**30}], "need 1 to"),
        ([{"prompt": "?", "key": {"kind": "number", "value": "4"}}] * 100, "at most 12"),
        ([{"prompt": "?", "key": {"kind": "number"}, "carried": "a"}], "a is not an earlier part"),
        ([{"prompt": "?", "key": {"kind": "expression", "value": "skip"}}], "“skip” is read as"),
    ],
)
def test_what_a_file_says_of_parts_is_looked_through(parts, message):
    data = {"slug": "x", "title": "x", "statement": "x", "solution": "x", "parts": parts}
    with pytest.raises(InvalidRecord, match=message):
        ProblemRecord.from_dict(data)


def test_a_key_beside_parts_is_refused():
    data = {**ProblemRecord("x", make_parts()).to_dict(), "key": {"kind": "number", "value": "4"}}
    with pytest.raises(InvalidRecord, match="has its answers in its parts"):
        ProblemRecord.from_dict(data)


def test_an_expected_wrong_answer_to_a_part_is_recognised(client, teacher):
    changes = {
        "expected-answer": ["b) 28", "a) 28/2"],
        "expected-feedback": ["The perimeter.", "Half."],
    }
    form = sent(SIDE, AREA, action="preview", **changes, **{"try": "a) 14 b) 4*7"})
    page = client.post(reverse("problem-new"), form).content.decode()
    assert page.index("Half.") < page.index("The perimeter.")
    client.post(reverse("problem-new"), form | {"action": "save"})
    assert len(Problem.objects.get().current.content().expected) == 2


def test_a_quantity_of_a_part_needs_its_unit(client, teacher):
    length = {"prompt": "How long?", "kind": "quantity", "value": "49"}
    form = client.post(reverse("problem-new"), sent(length)).context["form"]
    assert form.errors["parts"][0].startswith("a) A quantity needs a unit")
    in_cm = sent(length | {"unit": "cm"}, solution=r"\(\boxed{49\text{ cm}}\)")
    assert client.post(reverse("problem-new"), in_cm).status_code == 302


def test_a_computed_last_answer_is_the_solution_where_none_is_written(client, teacher):
    client.post(reverse("problem-new"), sent(SIDE, AREA, solution=""))
    text = Problem.objects.get().current.reference_solution.text
    assert text == "a) \\(7\\)\n\nb) \\(\\boxed{49}\\)"
