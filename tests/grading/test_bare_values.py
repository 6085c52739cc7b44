import pytest

from tests.grading.hostile import SHORT
from tutor.grading.bare_values import is_bare_value


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
