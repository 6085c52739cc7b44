"""Answers among words and working, however these are spelled; and answers that hide behind them.

`miss` in the table of chatty answers is what the grader still says instead of "correct".
"""

import csv
import io
from functools import cache
from pathlib import Path

import pytest

from tutor.grading import Verdict, grade_response, infer_key, read_key

DATA = Path(__file__).parents[2] / "data"
MAX_MISSES = 0.12  # of the chatty answers
BESIDE = [  # another answer, a doubt or a denial beside a right one
    ("not ", ""), ("its nto ", ""), ("kein ", ""), ("wenn ", ""), ("is it 99? ", ""),
    ("99, ", ""), ("99 -> ", ""), ("98 99 => ", ""), ("the answer is 99, ", ""),
    ("i got 99. ", ""), ("my answer: 99; ", ""), ("99 und dann ", ""),
    ("", " or 99"), ("", ", or maybe 99"), ("", ", 99"), ("", " -> 99"), ("", ", no 99"),
    ("", ". no wait 99"), ("", " falsch"), ("", " is wrong"), ("", " oder x = 99"),
]  # fmt: skip
IN_NUMBERS = ("number", "quantity", "expression", "equation", "inequality", "ratio", "tuple")


def rows(name):
    text = (DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


CHATTY = rows("chatty_answers.csv")
HOSTILE = rows("shotgun_answers.csv")
SAMPLE = [row for row in CHATTY if not row["miss"] and row["kind"] in IN_NUMBERS][::5]


@cache
def key_of(value, kind, decimal_comma=""):
    fields = {"value": value, "kind": kind}
    return read_key(fields | {"decimal_comma": True} if decimal_comma else fields)


def verdict_on(row, response):
    key = key_of(row["key"], row["kind"], row.get("decimal_comma", ""))
    return grade_response(response, key).verdict


def test_an_answer_among_words_of_any_spelling_is_read():
    judged = [(row, verdict_on(row, row["response"])) for row in CHATTY]
    assert [it for it in judged if it[1] != (it[0]["miss"] or Verdict.CORRECT)] == []
    assert sum(bool(row["miss"]) for row in CHATTY) <= MAX_MISSES * len(CHATTY)


def test_no_answer_is_right_beside_another_one():
    accepted = [row for row in HOSTILE if verdict_on(row, row["response"]) == Verdict.CORRECT]
    assert accepted == []
    assert len(HOSTILE) >= 300


@pytest.mark.parametrize(("before", "behind"), BESIDE)
def test_a_second_answer_or_a_doubt_leaves_a_right_one_unread(before, behind):
    texts = [(row, before + row["response"] + behind) for row in SAMPLE]
    assert [it for it in texts if verdict_on(*it) == Verdict.CORRECT] == []
    assert len(SAMPLE) > 15


@pytest.mark.parametrize(
    ("value", "kind", "response"),
    [
        ("5", "number", "7 => 5"),
        ("2:3", "ratio", "1 : 2 => 2 : 3"),
        ("(2, 3)", "tuple", "(1, 2) => (2, 3)"),
        ("5", "number", "five or six => 5"),
        ("x=3", "equation", "x = 2 => x = 3"),
    ],
)
def test_another_answer_before_an_arrow_is_not_passed_over(value, kind, response):
    assert grade_response(response, key_of(value, kind)).verdict == Verdict.UNREADABLE


@pytest.mark.parametrize("response", ["2x = 10 => x = 5", "x + 1 = 6 => 2x = 10 => x = 5"])
def test_an_equation_before_an_arrow_leads_to_its_solution(response):
    assert grade_response(response, key_of("x=5", "equation")).verdict == Verdict.CORRECT


def test_a_long_text_is_answered_in_linear_work():
    for sign in ("?", ".", "!", "99 -> ", "x = 1, ", "not ", "and 3 "):
        text = sign * (1_900 // len(sign)) + " so 5"
        assert grade_response(text, key_of("5", "number")).verdict != Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("9", "9 stimmt nicht"),
        ("9", "9, das glaub ich aber nicht"),
        ("9", "also 9, das war ein Irrtum"),
        ("9", "9 nope"),
        ("9", "so 9, kidding"),
        ("9", "9 no vale"),
        ("9", "así que 9, me equivoqué"),
        ("9", "9 je crois pas"),
        ("9", "donc 9, erreur"),
        ("9", "9不对"),
        ("9", "答案是9,骗你的"),
        ("x=5", "x=5舍去"),
        ("x=5", "x = 5 is rejected"),
        ("x=5", "x = 5 ist Unsinn"),
        ("x=5", "x = 5 is extraneous"),
    ],
)
def test_an_answer_that_is_taken_back_behind_it_is_not_right(value, response):
    assert grade_response(response, infer_key(value)).verdict != Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("x=3", "x = 3 (x = -2 is rejected)"),
        (r"\emptyset", "Δ = -3 < 0, pas de solution réelle"),
        ("9", "9 red apples"),
    ],
)
def test_what_else_is_denied_behind_an_answer_does_not_matter(value, response):
    assert grade_response(response, infer_key(value)).verdict == Verdict.CORRECT
