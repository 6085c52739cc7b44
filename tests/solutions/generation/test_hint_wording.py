"""A hint that speaks about the student, or calls a wrong value the answer, is recognised."""

import csv
from pathlib import Path

import pytest

from tutor.solutions.generation.hint_wording import calls_answer, speaks_past_student

HONEST = Path(__file__).parents[2] / "data" / "honest_hints.csv"


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("You are asked for lowest terms. The answer is 2/6.", "2/6"),
        (r"So the answer is \(\frac{1}{3}\).", "2/6"),
        ("The correct answer is: **5 cm**", "4 cm"),
        ("Look again. The answer is even.", "even"),
        ("所以答案是 7。", "5"),
    ],
)
def test_a_value_that_is_called_the_answer(text, response):
    assert calls_answer(text, response)


@pytest.mark.parametrize(
    "text",
    [
        "Your answer is 2/6. Can you cancel?",
        "The answer is not 2/6.",
        "Check whether the answer is 2/6.",
        "The answer is 3 more than the first number.",
        "The answer is a fraction in lowest terms.",
        "你的答案是 7。",
    ],
)
def test_what_is_said_about_an_answer(text):
    assert not calls_answer(text, "2/6")


def test_the_student_in_the_third_person():
    assert speaks_past_student("The student should look at the sign.", "Solve it.")
    assert speaks_past_student("学生应该看一下符号。", "解方程。")
    assert not speaks_past_student("How old is the student?", "A student is 3 years older …")
    assert not speaks_past_student("How old is the student?", "The student is twice as old as …")
    assert not speaks_past_student("同学，再看一下符号。", "解方程。")
    assert not speaks_past_student("You should look at the sign.", "Solve it.")


def test_no_honest_hint_is_lost():
    with HONEST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lost = [
        row["hint"]
        for row in rows
        if speaks_past_student(row["hint"], row["statement"]) or calls_answer(row["hint"], "?")
    ]
    assert rows
    assert not lost
