"""Coordinate systems that lines cut into fields."""

import re
from fractions import Fraction

import pytest

from tutor.figures import FigureError, draw, draw_regions
from tutor.figures.regions.borders import Border, NoBorder, field_of, fields_between

TWO = "fields\ny <= x + 1\nx + y < 3"
WINDOW = (Fraction(-5), Fraction(-5)), (Fraction(5), Fraction(5))


def test_two_lines_make_four_fields_with_names_and_three_make_seven():
    picture = draw_regions(TWO)
    assert picture.names == (
        "the field above g, below h",
        "the field below g, below h",
        "the field above g, above h",
        "the field below g, above h",
    )
    assert picture.outlines[2] == "M305 30L119 30L212 123.6Z"
    three = draw_regions("fields\ny >= -x\nx > -3\n2y - x < 4\nx from -6 to 6")
    assert len(set(three.outlines)) == len(set(three.names)) == 7
    assert three.names[0] == "the field below g, to the left of h, above k"
    assert len(draw_regions("fields\ny = 1\ny = 2x\ny = 3").names) == 6  # two are parallel


def test_the_words_say_what_is_seen_and_which_field_is_shaded():
    figure = draw(f"{TWO}\nshade y >= 1 + x and y < 3 - x")
    assert figure.alt == (
        "A coordinate system, x from −5 to 5, y from −5 to 5. The line g is solid and goes through "
        "(−5, −4) and (4, 5). The line h is dashed and goes through (−2, 5) and (5, −2). "
        "This part is shaded: the field above g, below h."
    )
    assert figure.svg.count("fig-slice") == 1
    assert figure.svg.count("fig-asymptote") == 1
    assert "The line g is solid." in draw(f"{TWO}\nno numbers").alt


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("y = x", "need two or three lines"),
        ("y = x\ny = 1\ny = 2\ny = 3", "line 5 of the figure: need two or three lines"),
        ("y = x\n2x = 2y", "two of the lines are the same"),
        ("y = x\ny = x + 20", "the line y = x \\+ 20 does not cross"),
        ("y = x\ny = x + 1/20", "too small to press on"),
        ("y = x\nx = 1\nshade y > 2x", "need one field such as"),
        ("y = x\nx = 1\nshade y >= x", "need one field such as"),
        ("y = x\nx = 1\nshade y > x and x > 1", "need one field such as"),
        ("y = x^2\ny = x\nx = 1/0", "need a number such as"),
        ("\n".join(f"y = {n}" for n in range(100)), "need two or three lines"),
    ],
)
def test_fields_that_cannot_be_drawn_say_why(lines, reason):
    with pytest.raises(FigureError) as failure:
        draw(f"fields\n{lines}")
    assert re.search(reason, failure.value.text(str))


@pytest.mark.parametrize(
    ("text", "greater"),
    [
        ("y >= x + 1 and x + y < 3", (True, False)),
        ("x + 1 <= y < 3 - x", (True, False)),
        ("2y <= 2x + 2, y > 3 - x", (False, True)),
        (r"y \\ge x + 1 \\land -x - y < -3", (True, True)),
    ],
)
def test_the_inequalities_of_a_field_are_read_in_every_notation(text, greater):
    borders = [Border.read("y = x + 1"), Border.read("x + y < 3")]
    fields = fields_between(borders, *WINDOW)
    field = field_of(text, borders, fields)
    assert field.greater == greater
    assert field_of(field.condition(borders), borders, fields) == field
    for wrong in (
        "y >= x + 1",
        "y > x + 1 and x + y < 3",
        "y >= x and x + y < 3",
        "hello",
        "(" * 300,
    ):
        with pytest.raises(NoBorder):
            field_of(wrong, borders, fields)


def test_a_field_is_known_by_fewer_inequalities_where_they_leave_one():
    borders = [Border.read("y = 0"), Border.read("y = 2")]
    fields = fields_between(borders, *WINDOW)
    assert [field.greater for field in fields] == [(True, True), (True, False), (False, False)]
    assert field_of("y >= 2", borders, fields).greater == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "y = x^2",
        "z = 1",
        "x < y < 2",
        "0 = 1",
        "y = 10^10^10",
        "y = (x+1)^99999999",
        "y x",
        "y = 1/0",
    ],
)
def test_what_is_no_line_of_the_plane_is_none(text):
    with pytest.raises(NoBorder):
        Border.read(text)
