import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_content, make_problem
from tutor.evaluation.problems import read_problems
from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.jsonl import read_records, store_records, write_records
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord
from tutor.solutions.requests.find_or_queue import request_solution

STARTER = Path(__file__).parents[3] / "tutor" / "problems" / "starter"
RECORD = {
    "slug": "a-product",
    "language": "en",
    "title": "A product",
    "statement": "What is $6 \\cdot 7$?",
    "skills": ["arithmetic.multiplication"],
    "level": 1,
    "key": {"kind": "number", "value": "42"},
    "hints": ["Six sevens."],
    "solution": "\\(\\boxed{42}\\)",
    "source": "Lemma",
    "licence": "CC0-1.0",
}


def line(**changes):
    record = {name: value for name, value in (RECORD | changes).items() if value is not None}
    return json.dumps(record).encode()


def test_what_was_imported_is_exported_the_same(db):
    records, rejections = read_records([line(), b"", line(slug="another")])
    assert not rejections
    assert store_records(records) == 2
    exported = [json.loads(text) for text in write_records(Problem.objects.with_content())]
    assert exported == [RECORD, RECORD | {"slug": "another"}]
    assert store_records(records) == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "line: is not JSON"),
        (b"[" * 100_000, "line: is not JSON"),
        (b"[" + b"1" * 5_000 + b"]", "line: is not JSON"),
        (b"[]", "line: need one JSON object"),
        (b"\xff\xfe", "line: is not UTF-8 (byte 1)"),
        (line(title=None), "title: is missing"),
        (line(title="  "), "title: is empty"),
        (line(title="x" * 201), "title: need at most 200 characters, got 201"),
        (line(title="a\x00b"), "title: character 2 is not text (U+0000)"),
        (line(title="\ud800"), "title: character 1 is not text (U+D800)"),
        (line(level=0), "level: need 1 to 5, got 0"),
        (line(level=True), "level: need a whole number, got True"),
        (line(level=2**40), "level: need 1 to 5, got 1099511627776"),
        (line(language="fr"), "language: need en or zh-hans, got 'fr'"),
        (line(slug="A B"), "slug: need lower-case words joined by hyphens, got 'A B'"),
        (line(skills=["x y"]), "skills: need names such as calculus.extrema, got 'x y'"),
        (line(hints="one"), "hints: need a list, got 'one'"),
        (line(hints=[7]), "hints: need a list of texts, got 7 in it"),
        (line(colour="red"), "colour: is not a field; the fields are "),
        (line(key={"kind": "riddle", "value": "1"}), "key: "),
        (line(key={"value": "1", "kind": "number", "colour": "red"}), "key: "),
        (line(key=None), "key: is missing"),
        (line(key={"kind": "expression", "value": "skip"}), "key: “skip” is read as “I do not"),
        (
            line(key={"kind": "expression", "value": "pass"}, parameters="a = 2..9"),
            "key: “pass” is read as “I do not",
        ),
        (line(choices=["a", "b"]), "choices: an answer of the kind number has no choices"),
        (line(key={"kind": "choice", "value": "A"}), "choices: an answer of the kind choice needs"),
        (line(), "slug: line 1 has 'a-product' too"),
    ],
)
def test_a_bad_line_is_named_and_the_file_refused_whole(db, tmp_path, capsys, bad, reason):
    file = tmp_path / "problems.jsonl"
    file.write_bytes(line() + b"\n\n" + bad + b"\n")
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("import_problems", file)
    assert f"{file}:3: {reason}" in capsys.readouterr().err
    assert not Problem.objects.exists()


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_problems", tmp_path / "none.jsonl")


def test_the_export_command_writes_what_import_reads(db, tmp_path, capsys):
    make_problem()
    file = tmp_path / "out.jsonl"
    call_command("export_problems", output=file)
    call_command("import_problems", file)
    assert "1 problems, 0 new or changed" in capsys.readouterr().out
    call_command("export_problems", skill="calculus")
    assert capsys.readouterr().out == ""


def test_the_starter_bank_can_be_exported_for_an_evaluation(db, tmp_path):
    """Parameters have values, and every part its answer."""
    call_command("import_problems", *sorted(STARTER.glob("*.jsonl")))
    call_command("export_problems", output=tmp_path / "all.jsonl", variant=1)
    records = read_problems(tmp_path / "all.jsonl")
    assert records.rejections == []
    assert len(records.problems) == Problem.objects.count()
    assert not any("[[" in problem.statement + problem.key.value for problem in records.problems)


def test_an_edit_makes_a_new_version_only_where_the_old_one_is_in_use(problem):
    first = problem.current
    assert problem.revise(make_content(title="Better")) == first
    request_solution(first, user=None)
    second = problem.revise(make_content(title="Best"))
    assert (second.number, problem.versions.count()) == (2, 2)
    first.refresh_from_db()
    assert first.title == "Better"
    problem.refresh_from_db()
    assert problem.current == second
    assert problem.revise(make_content(title="Best")) == second


def test_a_record_survives_a_round_trip():
    assert ProblemRecord.from_dict(RECORD).to_dict() == RECORD


def test_a_word_that_gives_up_may_be_the_answer_where_words_are_asked_for():
    key = {"kind": "text", "value": "skip"}
    assert ProblemRecord.from_dict(RECORD | {"key": key}).content.key.value == "skip"


def test_a_choice_needs_choices():
    with pytest.raises(InvalidRecord):
        make_content(kind="choice", final_answer="A")
