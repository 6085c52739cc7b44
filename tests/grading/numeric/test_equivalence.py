"""Equality of values that differ by almost nothing."""

import pytest

from tutor.grading import Verdict, grade_response, infer_key

NEARLY = [
    (r"e^{\pi\sqrt{163}}", "262537412640768744"),
    (r"\pi", r"\pi+10^{-150}"),
    ("1", "e^{10^{-200}}"),
    (r"\sqrt2", r"\sqrt2\cdot(1+10^{-250})(1-10^{-250})"),
    ("x^2", "x^{2+10^{-200}}"),
    ("0", r"\sin(\pi)+10^{-40}"),
    ("0", r"\sin(\pi\cdot 10^{-50})"),
    (r"\frac1{2004!}", r"\frac1{2006!}"),
    ("2^{-99}", "2^{-98}"),
    ("(x+1)^{200}", "(x+1)^{200}+10^{-30}"),
    ("x", r"x+\frac{1}{9^{99}}"),
    (r"\frac{\pi}{4}", r"\arctan(1+10^{-300})"),
    ("9^{9^{9^{9}}}", "9^{9^{9^{9}}}+1"),
    ("3", "2.9999999"),
    ("12345678", "12345679"),
    ("(x-a)^{6000}", "(x-a)^{5999}"),
    (r"\lfloor x\rfloor", r"\lceil x\rceil-1"),
    (r"\sin x", r"\sin(x+10^{-80})"),
    ("|x|", r"\sqrt{x^2+10^{-90}}"),
]


@pytest.mark.parametrize(("gold", "response"), NEARLY)
def test_what_is_nearly_equal_is_not_equal(gold, response):
    assert grade_response(response, infer_key(gold)).verdict != Verdict.CORRECT
    assert grade_response(gold, infer_key(response)).verdict != Verdict.CORRECT
