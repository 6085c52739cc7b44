"""The starter bank: every problem can be read, graded, and taught without giving it away."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import tutor.problems
from tutor.figures import without_figures
from tutor.grading import (
    ANSWER_KINDS,
    Form,
    Kind,
    Verdict,
    grade_completion,
    grade_response,
    read_key,
)
from tutor.grading.leaks.hints import leak_in
from tutor.problems.checks import sample_variants
from tutor.problems.interchange.jsonl import read_records
from tutor.problems.parts import hints_of, statement_with
from tutor.problems.records import ProblemRecord

STARTER = Path(tutor.problems.__file__).parent / "starter"
LINES = [
    line for path in sorted(STARTER.glob("*.jsonl")) for line in path.read_text("utf-8").split("\n")
]
ALL = [json.loads(line) for line in LINES if line]
WITH_PARTS = [record for record in ALL if "parts" in record]
WRITTEN = [record for record in ALL if "parts" not in record]
TEMPLATES = [record for record in WRITTEN if "parameters" in record]
FOR_VARIANTS = {"parameters", "expected", "tests"}


def as_shown(record):
    """As it is, or the first variant of a problem with parameters."""
    if record not in TEMPLATES:
        return record
    read = ProblemRecord.from_dict(record)
    shown = replace(read, content=read.content.variant(1)).to_dict()
    return {name: value for name, value in shown.items() if name not in FOR_VARIANTS}


RECORDS = [as_shown(record) for record in WRITTEN]
FIELDS = {
    "slug", "language", "title", "statement", "skills", "level", "key", "hints", "solution",
    "source", "licence",
}  # fmt: skip
FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
HALF_WIDTH = re.compile(r"[,;:?!()\"']|\.(?!\d)")


def each_record(test: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
    """One test for all: to pytest, a case costs more than what is asked of most records."""

    def test_of_each() -> None:
        for record in RECORDS:
            try:
                test(record)
            except Exception as error:
                error.add_note(f"of {record['slug']}")
                raise

    return test_of_each


def formulas(text):
    return [inline or display for inline, display in FORMULA.findall(text)]


def texts(record):
    return [
        record["title"],
        record["statement"],
        record["solution"],
        *record["hints"],
        *record.get("choices", []),
    ]


def own_answer(key):
    return f"{key.value} {key.unit}".strip()


FURTHER_FORMS = {  # for which the bank has no problem yet
    *(Form.PARTIAL_FRACTIONS, Form.SINGLE_FRACTION, Form.COMPLETED_SQUARE),
    *(Form.POLAR, Form.CARTESIAN, Form.FREE_TEXT),
    *(Form.DECIMAL, Form.FRACTION, Form.MIXED_NUMBER, Form.SCIENTIFIC),
    *(Form.LOWEST_MIXED_NUMBER, Form.PRIME_POWERS),
}


def test_the_bank_is_broad():
    languages = Counter(record["language"] for record in RECORDS)
    kinds = Counter(record["key"]["kind"] for record in RECORDS)
    forms = Counter(record["key"].get("form", "any") for record in RECORDS)
    levels = Counter(record["level"] for record in RECORDS)
    assert languages["en"] >= 50
    assert languages["zh-hans"] >= 20
    assert languages.total() == languages["en"] + languages["zh-hans"]
    assert all(kinds[kind] >= 3 for kind in set(Kind) - set(ANSWER_KINDS)), kinds
    assert all(forms[form] >= 2 for form in set(Form) - FURTHER_FORMS), forms
    assert sum("tolerance" in record["key"] for record in RECORDS) >= 2
    assert all(levels[level] >= 10 for level in range(1, 6)), levels


@pytest.mark.parametrize("path", sorted(STARTER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_importer_takes_every_line(path):
    records, rejections = read_records(path.read_bytes().splitlines())
    assert rejections == []
    assert len(records) == len(path.read_bytes().splitlines())


def test_slugs_are_unique():
    assert [slug for slug, n in Counter(r["slug"] for r in ALL).items() if n > 1] == []


def test_the_readme_of_changes_counts_them():
    changes = (STARTER.parents[2] / "CHANGELOG.md").read_text("utf-8")
    assert f"A starter bank of {len(ALL)} problems" in " ".join(changes.split())


@pytest.mark.parametrize("record", WITH_PARTS, ids=[r["slug"] for r in WITH_PARTS])
def test_a_problem_with_parts_is_well(record):
    content = ProblemRecord.from_dict(record).content
    sample = sample_variants(content)
    assert sample.bad == []
    assert len(content.tests) >= 3
    assert any(part.carried for part in content.parts)
    shown = content.variant(1)
    statement = statement_with(shown.statement, shown.parts)
    for hint in hints_of(shown.parts):
        assert [leak_in(hint, part.key, statement) for part in shown.parts] == [""] * len(
            shown.parts
        )
    prompts = [part.prompt for part in shown.parts]
    hints = [hint for part in shown.parts for hint in part.hints]
    for text in (shown.title, shown.statement, shown.solution, *prompts, *hints):
        prose = FORMULA.sub("□", without_figures(text))
        if shown.language == "zh-hans":
            assert not HALF_WIDTH.search(prose), prose
        else:
            assert not re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", prose), prose


def test_the_cubic_on_a_closed_interval_is_there():
    cubic = next(r for r in RECORDS if r["slug"] == "cubic-extrema-closed-interval")
    key = read_key(cubic["key"])
    assert grade_response(r"(7, 1 - 2*sqrt(3)/9)", key).verdict == Verdict.CORRECT
    assert grade_response(r"(1 - 2*sqrt(3)/9, 7)", key).verdict == Verdict.INCORRECT


@pytest.mark.parametrize("record", TEMPLATES, ids=[r["slug"] for r in TEMPLATES])
def test_every_variant_is_well(record):
    assert set(record) == FIELDS | FOR_VARIANTS
    sample = sample_variants(ProblemRecord.from_dict(record).content)
    assert (sample.size, sample.bad) == (100, [])
    assert sample.distinct >= 20


@each_record
def test_it_has_exactly_the_known_fields(record):
    choices = {"choices"} if record["key"]["kind"] == Kind.CHOICE else set()
    assert set(record) == FIELDS | choices
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record["slug"])
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z_]+){2}", skill) for skill in record["skills"])
    assert record["skills"]
    assert all(text.strip() for text in texts(record))
    assert record["licence"] == "CC0-1.0"


@each_record
def test_keys_are_accepted(record):
    key = read_key(record["key"])
    assert key.to_dict() == record["key"]


@each_record
def test_stored_answers_are_right(record):
    key = read_key(record["key"])
    grade = grade_response(own_answer(key), key)
    assert grade.verdict == Verdict.CORRECT, grade


@each_record
def test_reference_solutions_are_right(record):
    grade = grade_completion(record["solution"], read_key(record["key"]))
    assert grade.verdict == Verdict.CORRECT, grade


@each_record
def test_reference_solutions_have_numbered_steps_and_an_answer(record):
    label = "**Step {}.** " if record["language"] == "en" else "**第 {} 步** "
    steps = record["solution"].split("\n\n")
    assert len(steps) >= 2
    for number, step in enumerate(steps, start=1):
        assert step.startswith(label.format(number))
        assert formulas(step), step
    assert re.search(r"\\boxed\{.*\}\\\)[.。]?$", steps[-1])
    assert record["solution"].count(r"\boxed") == 1


@each_record
def test_hints_do_not_give_the_answer_away(record):
    key = read_key(record["key"])
    assert 2 <= len(record["hints"]) <= 3
    for hint in record["hints"]:
        assert r"\boxed" not in hint
        for formula in formulas(hint):
            assert grade_response(formula, key).verdict != Verdict.CORRECT, formula
        if key.kind == Kind.TEXT:
            assert key.value.casefold() not in hint.casefold()


@each_record
def test_copying_its_statement_is_not_the_form_it_asks_for(record):
    key = read_key(record["key"])
    if key.form != Form.ANY:
        for formula in formulas(record["statement"]):
            assert grade_response(formula, key).verdict != Verdict.CORRECT, formula


@each_record
def test_the_right_choice_exists(record):
    key, choices = record["key"], record.get("choices", [])
    if key["kind"] == Kind.CHOICE:
        assert key["value"] in "ABCDEFGH"[: len(choices)]
        assert len(set(choices)) == len(choices) >= 3
    else:
        assert choices == []


@each_record
def test_punctuation_follows_the_language(record):
    for text in texts(record):
        prose = FORMULA.sub("□", without_figures(text))
        if record["language"] == "zh-hans":
            assert not HALF_WIDTH.search(prose), prose
        else:
            assert not re.search(r"[\"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", prose), prose


@each_record
def test_formulas_are_balanced(record):
    for text in texts(record):
        assert text.count(r"\(") == text.count(r"\)") == len(re.findall(r"\\\(.*?\\\)", text))
        for formula in formulas(text):
            bare = re.sub(r"\\[{}]", "", formula)
            assert bare.count("{") == bare.count("}"), formula
            assert len(re.findall(r"\\left\b", formula)) == len(re.findall(r"\\right\b", formula))
