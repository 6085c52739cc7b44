"""Answers behind what their writers took back, crossed out or only repeated."""

import pytest

from tutor.grading import Verdict, grade_response, read_key

NUMBER = read_key({"kind": "number", "value": "34"})
CHOICE = read_key({"kind": "choice", "value": "C"})


@pytest.mark.parametrize(
    "response",
    [
        "At first I got 31 but now 34",
        "I first thought it was 43 but then i noticed its 34",
        "Zuerst hatte ich 43, aber richtig ist 34",
        "J'avais trouvé 31 au début, mais en vérifiant c'est 34",
        "Primero puse 31, pero son 34",
        "一开始我算成了31，检查后应该是34",
        "43 - wait, 34",
        "31, ach nein, 34",
        "31，不对，是34",
        "not 31 but 34",
        "不是31，我算出来是34",
        "How many? 34.",
        "Combien ? 34.",
        "<del>31</del> 34",
        "<b>34</b>",
    ],
)
def test_the_last_word_counts(response):
    assert grade_response(response, NUMBER).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    "response",
    [
        "At first I got 34 but now 31",
        "At first I got 31 but my friend says 34",
        "At first I got 31 but now 34 more",
        "31 - wait, 34 or 35",
        "31, no wait, not 34",
        "not 31, not 34",
        "not 31, maybe 34",
        "How many? more than 34",
        "How many? I don't know, 34?",
        "<del>34</del>",
        "~~34~~ 31",
    ],
)
def test_no_other_number_counts(response):
    assert grade_response(response, NUMBER).verdict != Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "is_right"),
    [
        ("so the answer should be C", True),
        ("Of course it's C", True),
        ("Ganz sicher C", True),
        ("只选C", True),
        ("of course not C", False),
        ("it should only be C if x = 2", False),
        ("any of C", False),
    ],
)
def test_choices_in_sure_words(response, is_right):
    verdict = grade_response(response, CHOICE).verdict
    assert (verdict == Verdict.CORRECT) == is_right
