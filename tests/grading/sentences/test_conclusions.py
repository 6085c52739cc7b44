"""Answers at the end of a sentence that works them out, and conclusions that say another thing.

`miss` in the table of answers is what the grader still says instead of "correct".
"""

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tutor.grading import Verdict, grade_response, infer_key, read_key
from tutor.grading.comparison.echo import understood

DATA = Path(__file__).parents[2] / "data"
MAX_MISSES = 4


def rows(name):
    text = (DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def key_of(value, kind, decimal_comma=""):
    key = infer_key(value) if kind == "auto" else read_key({"value": value, "kind": kind})
    return replace(key, decimal_comma=True) if decimal_comma else key


def verdict_on(row):
    return grade_response(
        row["response"], key_of(row["key"], row["kind"], row["decimal_comma"])
    ).verdict


def test_a_conclusion_counts_whatever_leads_to_it():
    answers = rows("concluded_answers.csv")
    judged = [(row, verdict_on(row)) for row in answers]
    assert [it for it in judged if it[1] != (it[0]["miss"] or Verdict.CORRECT)] == []
    assert sum(bool(row["miss"]) for row in answers) <= MAX_MISSES


def test_a_conclusion_about_another_thing_does_not_count():
    wrong = rows("concluded_wrongly.csv")
    assert [row for row in wrong if verdict_on(row) == Verdict.CORRECT] == []
    assert len(wrong) >= 180


@pytest.mark.parametrize(
    ("value", "kind", "response"),
    [
        ("x=3 or x=-5", "set", "-5, 3"),
        (r"S=\{2;-\frac52\}", "set", r"{-5/2; 2}"),
        ("x_1=0,x_2=4", "set", "x=4 or x=0"),
        (r"x=\frac{\pi}{3}, \frac{5\pi}{3}", "set", "π/3, 5π/3"),
    ],
)
def test_the_key_of_a_set_may_state_its_elements(value, kind, response):
    assert grade_response(response, key_of(value, kind)).verdict == Verdict.CORRECT


@pytest.mark.parametrize("response", ["-3.3", "{-3,3; 1}"])
def test_one_element_is_no_set_of_two(response):
    key = key_of(r"\mathbb{R}\setminus\{-3,3\}", "interval", "yes")
    assert grade_response(response, key).verdict != Verdict.CORRECT


def test_the_echo_shows_the_two_elements_of_a_set():
    assert understood(r"\{2,5\}", key_of(r"\{2,5\}", "set").kind) == r"\left\{ 2,\, 5 \right\}"


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("y=Ce^{3x}", "y = A e^(2x)"),
        ("y=Ce^{3x}", "y = x e^(3x)"),
        ("y=mx+C", "y = kx + A"),
        ("V=Ce^{3t}", "V = A e^(3t)"),
        ("y=C_1e^{2x}+C_2e^{3x}", "y = A e^(2x) + A e^(3x)"),
    ],
)
def test_only_constants_have_any_name(value, response):
    assert grade_response(response, infer_key(value)).verdict != Verdict.CORRECT
