"""Grading normalizes each response once, whatever its kind, and hands the plain text on."""

import sys

import pytest

from tutor.grading import AnswerKey, Kind, Verdict, grade_response
from tutor.grading.parsing import normalize


@pytest.fixture
def normalized(monkeypatch):
    """The texts that were normalized, in order."""
    texts = []
    original = normalize.normalize_text

    def record(text, *limit):
        texts.append(text)
        return original(text, *limit)

    for name, module in list(sys.modules.items()):
        if name.startswith("tutor.") and getattr(module, "normalize_text", None) is original:
            monkeypatch.setattr(module, "normalize_text", record)
    return texts


@pytest.mark.parametrize(
    ("response", "key", "verdict"),
    [
        ("8/2", AnswerKey("4", Kind.NUMBER), Verdict.CORRECT),
        ("７", AnswerKey("4", Kind.NUMBER), Verdict.INCORRECT),
        ("2 and 1/2", AnswerKey("2.5", Kind.NUMBER), Verdict.CORRECT),
        ("5 m", AnswerKey("5", Kind.NUMBER), Verdict.CORRECT),
        ("I don't know", AnswerKey("4", Kind.NUMBER), Verdict.UNREADABLE),
        ("three apples or so", AnswerKey("4", Kind.NUMBER), Verdict.UNREADABLE),
        ("no solution", AnswerKey("4", Kind.NUMBER), Verdict.INCORRECT),
        ("does not exist", AnswerKey("DNE", Kind.NUMBER), Verdict.CORRECT),
        ("5 m/s", AnswerKey("18", Kind.QUANTITY, unit="km/h"), Verdict.CORRECT),
        ("x² − 1", AnswerKey("(x-1)(x+1)", Kind.EXPRESSION), Verdict.CORRECT),
        ("x > 3", AnswerKey(r"(3, \infty)", Kind.INTERVAL), Verdict.CORRECT),
        ("2, 3", AnswerKey("3, 2", Kind.LIST), Verdict.CORRECT),
        ("A and C", AnswerKey("A, C", Kind.CHOICE), Verdict.CORRECT),
        ("the Tuesday", AnswerKey("tuesday", Kind.TEXT), Verdict.CORRECT),
        ("", AnswerKey("4", Kind.NUMBER), Verdict.UNREADABLE),
        ("9" * 3_000, AnswerKey("4", Kind.NUMBER), Verdict.UNREADABLE),
    ],
)
def test_a_response_is_normalized_once(response, key, verdict, normalized):
    grade = grade_response(response, key)
    assert normalized.count(response) == 1
    assert set(normalized) <= {response, key.value}
    assert grade.verdict == verdict
