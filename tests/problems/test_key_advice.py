"""Whoever stores an answer that cannot be used reads what to write instead."""

import pytest

from tutor.problems.content import InvalidRecord
from tutor.problems.records import ProblemRecord

PARAMETERS = "a = 1..5\nb = 2..4"


def reason_for(value, parameters="", in_part=False):
    key = {"kind": "number", "value": value}
    texts = dict.fromkeys(("slug", "title", "statement", "solution"), "x")
    answers = {"parts": [{"prompt": "x", "key": key}]} if in_part else {"key": key}
    with pytest.raises(InvalidRecord) as refused:
        ProblemRecord.from_dict({**texts, **answers, "parameters": parameters})
    return refused.value.reason


@pytest.mark.parametrize("in_part", [False, True])
@pytest.mark.parametrize(
    ("value", "parameters", "advice"),
    [
        ("a*b", PARAMETERS, "For the values of parameters, write [[a*b]]."),
        ("2,5 m", "", "as its kind, or leave the unit out."),
        ("x=6", "", "Write only 6."),
    ],
)
def test_an_unusable_answer_is_refused_with_advice(value, parameters, advice, in_part):
    assert reason_for(value, parameters, in_part).endswith(advice)


def test_there_is_no_advice_where_nobody_knows_what_is_meant():
    assert reason_for("cat", "").endswith("is no number.")
    assert reason_for("c*d", PARAMETERS).endswith("is no number.")
