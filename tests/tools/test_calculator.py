"""Sums of all kinds against Python's own fractions; what is no sum is told in a sentence."""

import math
import random
from fractions import Fraction

import pytest

from tutor.tools.calculator import calculate
from tutor.tools.reading import NoResult


def some_sum(dice: random.Random, depth: int) -> tuple[str, Fraction]:
    """An expression, and what it comes to by Python's arithmetic."""
    if depth == 0:
        number = Fraction(dice.randint(0, 999), dice.choice([1, 1, 10, 100]))
        return (str(number) if number.denominator == 1 else str(float(number))), number
    (left, a), (right, b) = some_sum(dice, depth - 1), some_sum(dice, depth - 1)
    match dice.choice("+-*/^"):
        case "+":
            return f"({left} + {right})", a + b
        case "-":
            return f"({left} - {right})", a - b
        case "*":
            return rf"({left} \times {right})", a * b
        case "/" if b:
            return rf"\frac{{{left}}}{{{right}}}", a / b
    return f"({left})^{{2}}", a * a


@pytest.mark.parametrize("seed", range(60))
def test_results_agree_with_python(seed):
    text, value = some_sum(random.Random(seed), 2)
    result = calculate(text)
    if value.denominator == 1:
        assert result == str(value)
        return
    sign = "-" if value < 0 else ""
    fraction = rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    assert result.startswith(f"{fraction} ")
    mark, decimals = result.removeprefix(f"{fraction} ").split(" ", 1)
    decimals = decimals.replace(r" \cdot 10^{", "e").rstrip("}")
    if mark == "=":
        assert Fraction(decimals) == value
    else:
        assert mark == r"\approx"
        assert math.isclose(float(decimals), value, rel_tol=1e-11)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"17 \times 24", "408"),
        ("12 × 1,250", "15000"),
        ("2**10", "1024"),
        (r"15\% \cdot 80", "12"),
        ("5! / 3", "40"),
        ("0.1 + 0.2", r"\frac{3}{10} = 0.3"),
        ("-1/8", r"-\frac{1}{8} = -0.125"),
        (r"\sqrt{144}", "12"),
        (r"\sqrt{2}", r"\approx 1.41421356237"),
        (r"\sin(\pi/6)", r"\approx 0.5"),
        ("2^{64}", str(2**64)),
        ("100!", r"\approx 9.33262154439 \cdot 10^{157}"),
    ],
)
def test_it_writes_the_value(text, value):
    assert calculate(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2 +* 3", "I cannot read '2 +* 3': it makes no sense at '*'."),
        ("three apples", "I cannot read 'three apples': those are words."),
        ("x + 1", "'x + 1' has the letter x; a calculation has numbers alone."),
        ("1/0", "'1/0' has no real value that I can find."),
        (r"\sqrt{-4}", r"'\sqrt{-4}' has no real value that I can find."),
        ("2 = 2", "'2 = 2' is a statement; an expression is needed."),
        ("log(100)", r"I do not know the base of log: write \ln, \lg or \log_{2}."),
        ("f(2)", "There is no function f."),
        ("", "The expression is empty."),
        ("1+" * 400 + "1", "That is longer than 500 characters."),
        ("9^{9^{9^9}}", "'9^{9^{9^9}}' has no real value that I can find."),
    ],
)
def test_it_says_why_it_has_no_result(text, reason):
    with pytest.raises(NoResult) as raised:
        calculate(text)
    assert str(raised.value) == reason
