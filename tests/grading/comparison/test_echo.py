"""An answer is echoed as it was read; a line of working the whole of it or nothing."""

import pytest

from tests.grading.hostile import SHORT
from tutor.grading import Kind, Unreadable, understood, understood_beginning, understood_line


@pytest.mark.parametrize("response", ["I pass.", "I give up", "我不会"])
def test_giving_up_is_not_read_as_mathematics(response):
    with pytest.raises(Unreadable, match="I do not know"):
        understood(response, Kind.EXPRESSION)
    assert response.lower().strip(".") in understood(response, Kind.TEXT)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("2x+3=7", r"2x + 3 = 7"),
        ("= 2x + 1", r"{} = 2x + 1"),
        ("x^2-1", r"x^{2} -1"),
        ("1 - 2x - (-3)", r"1 -2x -\left(-3\right)"),
        ("3 + 4 = 7 = 8", r"3 + 4 = 7 = 8"),
        ("x = 2 or x = -3", r"x = 2 \lor x = -3"),
        ("x = 1 y=2 and z=3", r"x = 1 \land y = 2 \land z = 3"),
        ("a=-1 c=3", r"a = -1 \land c = 3"),
        ("F = 2 m = 6", r"F = 2 \land m = 6"),
        ("F = m a = 6", "F = ma = 6"),
        ("x1 = 2", "x_{1} = 2"),
        ("x1=2+√3, x2=2-√3", r"x_{1} = 2 + \sqrt{3} \land x_{2} = 2 -\sqrt{3}"),
        ("x1 = 2 und x2 = 3", r"x_{1} = 2 \land x_{2} = 3"),
        ("Q3-Q1=20-10=10", "Q_{3} -Q_{1} = 20 -10 = 10"),
        ("2x1+3x2 = 4", "2x_{1} + 3x_{2} = 4"),
        ("x2 + 3 = 4", r"x \cdot 2 + 3 = 4"),
        ("x3-2x2+1 = 0", r"x \cdot 3 -2x \cdot 2 + 1 = 0"),
        ("x = 1 + 1 = 2 and z = 3", ""),
        ("=> x = 3", "x = 3"),
        ("⇔ x < 3", "x < 3"),
        ("∴ x = 3", "x = 3"),
        ("-> x = 3", "x = 3"),
        (r"2x = 4 \Rightarrow x = 2", r"2x = 4 \;\Rightarrow\; x = 2"),
        ("2x <= 4 => x <= 2", r"2x \le 4 \;\Rightarrow\; x \le 2"),
        (r"\lim_{x\to 2} x^2", r"\lim_{x \to 2} x^{2}"),
        ("so x is even", ""),
        ("2x = 4 | -3", ""),
        ("", ""),
        ("=", ""),
        ("x = 1 =>", "x = 1"),
    ],
)
def test_a_line_is_read_whole_or_not_at_all(line, read):
    assert understood_line(line) == read


def test_a_decimal_comma_is_read_where_the_problem_has_one():
    assert understood_line("x = 2,5", decimal_comma=True) == "x = 2.5"


@pytest.mark.parametrize(
    ("response", "read"),
    [
        ("t: y = x - 2", "y = x -2"),
        ("t : y = x - 2", "y = x -2"),
        ("h1: y = 5", "y = 5"),
        ("g: 2x + y = 3", "2x + y = 3"),
        ("a:b = 3:4", "a : b = 3 : 4"),
        ("x : y = 2x", r"\frac{x}{y} = 2x"),
        ("y = 1x+-2", "y = 1x -2"),
        ("f(x) = x^2+-3x+-2", r"f\left(x\right) = x^{2} -3x -2"),
        ("x = a+-2", r"x = a \pm 2"),
        ("x = 5+-2", r"x = 5 \pm 2"),
    ],
)
def test_names_of_lines_and_added_minuses_are_told_from_quotients_and_two_values(response, read):
    assert understood(response, Kind.EQUATION) == read


def test_no_line_breaks_it():
    for text in SHORT:
        understood_line(text)


@pytest.mark.parametrize(
    ("response", "read"),
    [
        ("sqrt(50", r"\sqrt{50}"),
        ("3/", r"\frac{3}{\square }"),
        ("x^", r"x^{\square }"),
        ("2*(3+", r"2\left(3 + \square \right)"),
        (r"\frac{7}{", r"\frac{7}{\square }"),
        ("|x", r"\left|x\right|"),
        ("{1, 2", r"\left\{ 1,\, 2 \right\}"),
        (r"\sin(", r"\sin\left(\square \right)"),
        ("3//", ""),
    ],
)
def test_an_answer_that_breaks_off_is_read_so_far(response, read):
    assert understood_beginning(response, Kind.EXPRESSION) == read
    if read:
        with pytest.raises(Unreadable, match="breaks off"):
            understood(response, Kind.EXPRESSION)


def test_no_beginning_breaks_it():
    for text in SHORT:
        understood_beginning(text, Kind.EXPRESSION)


def test_words_are_read_where_they_answer_a_question_about_numbers():
    assert understood("no solution", Kind.SET) == r"\text{no solution}"
    with pytest.raises(Unreadable):
        understood("x=5, glaub ich", Kind.SET)


@pytest.mark.parametrize("response", ["asdf", "xy"])
def test_letters_are_no_number(response):
    for kind in (Kind.NUMBER, Kind.QUANTITY):
        with pytest.raises(Unreadable, match=f"the word {response}"):
            understood(response, kind)
    assert understood(response, Kind.EXPRESSION)
    assert "km" in understood("5 km", Kind.QUANTITY)


def test_an_only_element_of_a_set_stands_in_braces():
    assert understood("-5", Kind.SET) == r"\left\{ -5 \right\}"
