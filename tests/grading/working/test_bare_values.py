import pytest

from tests.grading.hostile import SHORT
from tutor.grading.working.bare_values import before_value, is_bare_value


@pytest.mark.parametrize(
    "text",
    ["3", "-3", "x = 3", "x=6/2", "x = 2+1", "= 4", "3/4", r"\frac{3}{4}", r"2\sqrt{3}", "x = ±2",
     "x = 2 or x = -2", "{1, 2}", "(1, 2)", "x_1 = 2, x_2 = 3", "5 cm", "Answer: 3", "2,5"],
)  # fmt: skip
def test_what_is_a_value_alone(text):
    assert is_bare_value(text)


@pytest.mark.parametrize(
    "text",
    ["2x = 6", "x + 1 = 4", "x^2 + 2x", "y = 2x", "9/12 + 10/12", "2 + 2 = 4", "x > 3",
     "so it is easy", "3/", "", "x = 3y or x = 2"],
)  # fmt: skip
def test_what_is_a_step(text):
    assert not is_bare_value(text)


def test_no_text_makes_it_raise():
    for text in SHORT:
        is_bare_value(text)
        before_value([text, text], text)


QUADRATIC, LINEAR = r"Solve \(x^2-2x-15=0\).", r"Solve $5x-7=2x+8$"
INTEGRAL, SUM = r"Work out $\int_0^2 (3x^2+1)dx$.", r"Calculate $\frac12+\frac14$."


@pytest.mark.parametrize(
    "line",
    ["x=5", "x=6", "5=x", "2x=10", "2x=12", "x-1=4", "x-1+x=4+x", "x-1=4 or x-1=-4", "|x-1|=4",
     "|x-1|=5", r"\sqrt{(x-1)^2}=4", "(x-1)^2=16", "x^3=125", "x^3=126", "2^x=32", "x^2<25", "x<6",
     "x>-4", r"x \ne 6", "3<x<5", "(x-6)(x+1)=0", "0=(x-5)(x^2+7x+12)", "(x-5)(x-y)=0", "x=±2",
     "x^2-2x-15+k(x-5)=0", "x=12/3=4", "(x-1)^2=16 => x-1=4", r"x \in \{5, -3\}", "3+4=7", "7+y-y",
     "x=5, x=-3", "0x=0",
     r"\sqrt{2}+x-x=3"],
)  # fmt: skip
def test_a_disguised_value_is_seen_from_its_form(line):
    assert before_value(["x^2-2x-15=0", line, "x^2-2x=15"], QUADRATIC) == 1
    assert before_value([line], QUADRATIC) == 0


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (INTEGRAL, [r"a=\int_0^2 (3x^2+1)dx", "a<11"]),
        ("Calculate $3+4*5$.", ["x=3+4*5", "x^2=530"]),
        (SUM, ["1/2+1/4=x", "1=4x/3"]),
        (SUM, ["x(1/2+1/4)=3x/4", "x=x"]),
        (SUM, ["1/2+1/4=3/4+0x", "x=x"]),
    ],
)
def test_no_letter_carries_what_is_to_be_calculated(statement, lines):
    assert before_value(lines, statement) == 0


def test_after_what_is_to_be_calculated_comes_a_value():
    for line in ("=3/4+y-y", "=5/4", "3/4", "6/8", "1/2+1/4+x=3/4+x"):
        assert before_value([r"\frac12+\frac14", line], SUM) == 1


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (QUADRATIC, ["x^2-2x-15=0", "x^2-2x=15", "x^2-2x+1=16", "x^2=2x+15"]),
        (LINEAR, ["5x-7=2x+8", "5x=2x+15", "3x=15", "so we divide"]),
        (r"Solve $2x+3<9$.", ["2x+3<9", "2x<6"]),
        (r"Simplify $2x+3x$.", ["2x+3x", "5x"]),
        (r"Differentiate $f(x)=x^2$.", ["f'(x)=2x", "y=2x"]),
        (r"Find $\int 2x dx$.", [r"\int 2x dx = x^2+C"] * 2),
        ("A field is twice as long as wide.", ["x+2x=30", "3x=30"]),
    ],
)
def test_ordinary_steps_are_none(statement, lines):
    assert before_value(lines, statement) == len(lines)
    assert before_value([*lines, "x=5"], statement) == len(lines)
