"""What the grader says is a sentence in English and in Chinese."""

import re

import pytest
from django.utils.translation import override

from tutor.attempts.wording import sentence
from tutor.grading import AnswerKey, Kind, grade_response, read_key

ROW = r"\begin{pmatrix}1&2&3\end{pmatrix}"


@pytest.mark.parametrize(
    ("response", "key", "said"),
    [
        ("3/2", {"value": "1.5", "form": "decimal_places", "places": 1}, "1 place after the"),
        ("3/2", {"value": "1.50", "form": "decimal_places", "places": 2}, "2 places after the"),
        ("6/2", {"value": "3", "form": "significant_figures", "places": 1}, "with 1 significant f"),
        ("3.0", {"value": "3", "form": "significant_figures", "places": 1}, "have 1 significant f"),
        ("[5,6]", {"value": "[5]", "kind": "tuple"}, "1 entry."),
        (r"\begin{pmatrix}1&2\end{pmatrix}", {"value": ROW, "kind": "matrix"}, "1 row and 3 col"),
    ],
)
def test_it_counts_one_as_one(response, key, said):
    feedback = grade_response(response, read_key({"kind": "number"} | key)).feedback
    assert said in feedback
    assert not re.search(r"\b1 (places|significant figures|entries|rows|columns)\b", feedback)
    with override("zh-hans"):
        assert not re.search("[a-z]", sentence(feedback))


def test_who_gives_up_hears_the_way_out_in_chinese():
    feedback = grade_response("pass", AnswerKey("7", Kind.NUMBER)).feedback
    with override("zh-hans"):
        assert sentence(feedback).endswith("可以留空，或请求帮助。")
