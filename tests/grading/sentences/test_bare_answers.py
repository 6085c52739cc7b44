"""The bare answer that Lemma asks about, where it stands in a sentence."""

import pytest

from tutor.grading import Kind
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.sentences.bare_answers import bare_answer


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("8 Teiler: 1,2,4,8,11,22,44,88", "8"),
        ("8 divisors (1, 2, 4, 8, 11, 22, 44, 88)", "8"),
        ("8 Teiler, nämlich 1; 2; 4; 8; 11; 22; 44; 88", "8"),
        ("I think it is three quarters", "three quarters"),
        ("it should be two thirds", "two thirds"),
        ("I think it is three hundred", "three hundred"),
        ("I think it is twenty five", "twenty five"),
        ("I guess seven children", "seven"),
        ("I think it is three dozens", ""),
        ("i think three and a half", ""),
    ],
)
def test_a_number_in_words_is_whole_or_not_asked_about(sentence, answer):
    assert bare_answer(normalize_text(sentence), Kind.NUMBER, decimal_comma=False) == answer
