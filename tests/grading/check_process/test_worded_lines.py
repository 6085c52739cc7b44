"""What a student is shown of a line whose formulas stand between words."""

import time

import pytest

from tests.grading.hostile import SHORT
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.check_process.worded_lines import read_worded_line


@pytest.mark.parametrize(
    ("line", "formulas"),
    [
        ("subtract 3: 2x = 6/4", r"2x = \frac{6}{4}"),
        ("3x - 7 = 8   |+7", r"3x -7 = 8"),
        ("x=1: 4=2A, so A=2", r"4 = 2A;\quad A = 2"),
        ("check x=3: √9=3", r"\sqrt{9} = 3"),
        ("length = 5+3 = 8 cm", r"\text{length} = 5 + 3 = 8\,\text{cm}"),
        ("A = 3*4 = 12 cm^2", r"A = 3 \cdot 4 = 12\,\text{cm}^{2}"),
        ("P(at least one)=1-1/4", r"\text{P(at least one)} = 1 -\frac{1}{4}"),
        ("10% of 600 = 60", r"10\% \cdot 600 = 60"),
        ("解：原式=x²+4", r"\text{原式} = x^{2} + 4"),
        ("所以 x≥2 或 x≤-3", r"x \ge 2 \lor x \le -3"),
        ("= lim x→2 (x+2)", r"{} = \lim_{x \to 2} \left(x + 2\right)"),
    ],
)
def test_the_formulas_of_a_line_are_shown(line, formulas):
    assert read_worded_line(line) == (formulas, (), True)


@pytest.mark.parametrize(
    "line", ["Let x be the width", "There are 32 more girls.", "no solution", "Lisa is 13"]
)
def test_what_looks_as_it_was_typed_is_read_and_not_shown_again(line):
    assert read_worded_line(line) == ("", (), True)


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("f'(x) = 2x foo", ("foo",)),
        ("x = 2, so (x+3)(x-2 = 0", ("(x+3)(x-2 = 0",)),
        ("∵a⊥b，∴a·b=0", ("a⊥b",)),
    ],
)
def test_it_says_which_part_was_not_read(line, unread):
    read = read_worded_line(line)
    assert read.is_read
    assert read.unread == unread


@pytest.mark.parametrize("line", ["that is easy", "", "(x+3)(x-2 = 0", "2x = = 4"])
def test_where_nothing_is_read_nothing_is_shown(line):
    read = read_worded_line(line)
    assert (read.formulas, read.is_read) == ("", False)


def test_no_line_breaks_it_or_takes_long():
    for text in SHORT:
        before_s = time.thread_time()
        read_worded_line(text[:500])
        assert time.thread_time() - before_s < 1, text


@pytest.mark.parametrize(
    ("line", "formulas"),
    [
        ("add 7: (3x)/1 = 15", r"\frac{3x}{1} = 15"),
        ("plus 7: 3x/2 = 15", r"\frac{3x}{2} = 15"),
        ("Fall 1: x² > 2", "x^{2} > 2"),
    ],
)
def test_words_before_a_colon_are_no_factors(line, formulas):
    reader = LineReader(decimal_comma=False)
    assert reader.read(line) == ""
    assert reader.worded[line].formulas == formulas


def test_a_letter_before_a_colon_stays_in_its_formula():
    assert LineReader(decimal_comma=False).read("x : 2 = 3/4")
