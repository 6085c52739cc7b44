"""Brackets in brackets."""

from tutor.grading.parsing.answers import read_answer, read_expression


def test_each_of_many_brackets_is_read_once():
    """If each were read twice, the innermost of sixteen would be read 65,536 times."""
    assert read_answer("(" * 16 + "x+1" + ")" * 16) == read_expression("x+1")
