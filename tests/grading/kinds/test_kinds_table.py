"""Answers of the kinds that are judged by what they must satisfy: right, wrong and broken ones."""

import contextlib
import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.grading import hostile
from tests.grading.test_hostile import in_time
from tutor.grading import (
    ANSWER_KINDS,
    Unreadable,
    Verdict,
    grade_completion,
    grade_response,
    read_key,
)
from tutor.grading.comparison.echo import understood
from tutor.grading.comparison.grouping import group_answers

TABLE = Path(__file__).parents[2] / "data" / "kinds.csv"
ROWS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline="")))
KEYS = {(row["kind"], row["key"], row["options"]): row for row in ROWS}
HOSTILE = [*hostile.RUNNING, *hostile.GROWING, *hostile.NESTING, *hostile.VALUELESS]
HOSTILE += [*hostile.CHARACTERS, *hostile.BROKEN]
HOSTILE.remove(r"\sqrt")  # a lone √ is a tick: true


def key_of(row):
    options = json.loads(row["options"] or "{}")
    return read_key({"value": row["key"], "kind": row["kind"], **options})


def first_key(kind):
    return key_of(next(row for row in ROWS if row["kind"] == kind))


def is_as_stated(grade, row):
    if grade.verdict == Verdict.UNREADABLE:
        return row["verdict"] == Verdict.UNREADABLE
    code = grade.feedback.code if grade.feedback else ""
    return (grade.verdict, code) == (Verdict(row["verdict"]), row["feedback"])


def test_it_judges_as_the_table_says():
    graded = [(row, grade_response(row["response"], key_of(row))) for row in ROWS]
    assert [(row, grade) for row, grade in graded if not is_as_stated(grade, row)] == []


def test_each_kind_has_many_answers():
    counts = Counter(row["kind"] for row in ROWS)
    assert set(counts) == set(ANSWER_KINDS)
    assert min(counts.values()) >= 30


@pytest.mark.parametrize("row", KEYS.values(), ids=lambda row: row["key"][:40])
def test_a_key_is_right_by_itself_and_in_a_box(row):
    key = key_of(row)
    assert grade_response(row["key"], key).verdict == Verdict.CORRECT
    boxed = grade_completion(rf"So the answer is $\boxed{{{row['key']}}}$.", key)
    assert boxed.verdict == Verdict.CORRECT, boxed


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_what_is_right_is_shown_as_it_was_read(kind):
    for row in ROWS:
        if row["kind"] == kind and row["verdict"] == "correct":
            has_comma = key_of(row).decimal_comma
            assert understood(row["response"], kind, decimal_comma=has_comma), row["response"]


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_hostile_texts_are_not_right_and_answered_in_time(kind):
    """Each text with every third kind."""
    key = first_key(kind)
    for text in HOSTILE[list(ANSWER_KINDS).index(kind) % 3 :: 3]:
        with in_time():
            grade = grade_response(text, key)
        assert grade.verdict != Verdict.CORRECT, text


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_hostile_texts_are_shown_or_unreadable(kind):
    for text in [*HOSTILE, *hostile.PATTERNS, *(response for _, response in hostile.BOMBS)]:
        with in_time(), contextlib.suppress(Unreadable):
            assert isinstance(understood(text, kind), str), text


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_much_work_ends_with_the_budget(kind):
    key = first_key(kind)
    for _, response in hostile.BOMBS:
        with in_time():
            assert grade_response(response, key).verdict != Verdict.CORRECT


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_long_texts_are_answered_in_time(kind):
    key = first_key(kind)
    for text in [*hostile.LONG, *hostile.PATTERNS]:
        with in_time():
            assert grade_response(text, key).verdict != Verdict.CORRECT, text[:40]


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_right_answers_of_one_key_are_grouped(kind):
    first = next(row for row in ROWS if row["kind"] == kind)
    right = [
        row["response"]
        for row in ROWS
        if (row["kind"], row["key"], row["verdict"]) == (kind, first["key"], "correct")
    ]
    groups = group_answers(right[:6], key_of(first)).groups
    assert len(groups[0]) >= len(right[:6]) - 1
