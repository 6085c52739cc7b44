"""Operations and powers that are said in Chinese words."""

import pytest

from tutor.grading import Verdict, grade_response, read_key
from tutor.grading.parsing.natural.chinese import fold_operations


@pytest.mark.parametrize(
    ("response", "value", "kind"),
    [
        ("3.84乘以10的5次方", "3.84*10^5", "number"),
        ("3.84乘10的五次方", "3.84*10^5", "number"),
        ("3.84×10的5次幂", "3.84*10^5", "number"),
        ("7x减5", "7x-5", "expression"),
        ("x的平方加上5", "x^2+5", "expression"),
        ("(x+1)的立方", "(x+1)^3", "expression"),
        ("3除以x", "3/x", "expression"),
        ("5平方米", "5 m^2", "quantity"),
    ],
)
def test_words_of_operations_are_read(response, value, kind):
    grade = grade_response(response, read_key({"value": value, "kind": kind}))
    assert grade.verdict == Verdict.CORRECT


@pytest.mark.parametrize("response", ["2的3次方", "3乘4", "7减5"])
def test_what_is_still_to_be_worked_out_is_no_number(response):
    grade = grade_response(response, read_key({"value": "9", "kind": "number"}))
    assert grade.verdict == Verdict.INCORRECT


@pytest.mark.parametrize("text", ["方程两边同时除以2", "30名乘客", "4的平方根", "共3次", "减去它"])
def test_other_words_stay(text):
    assert fold_operations(text) == text
