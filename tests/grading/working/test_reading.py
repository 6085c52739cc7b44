"""How lines are cut into statements, as people write them in five languages."""

import pytest

from tutor.grading.working.reading import Role, read_line


def statements(line):
    return read_line(line).statements


def texts(line):
    return [statement.text for statement in statements(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("7x + 3 = 24 | -3", ["7x + 3 = 24"]),
        ("also y = 4", ["y = 4"]),
        ("解得 y=4", ["y=4"]),
        ("t = 1 or t = 6", ["t = 1 or t = 6"]),
        ("|t - 2| = 5", ["|t - 2| = 5"]),
    ],
)
def test_a_line_is_cut_into_statements(line, expected):
    assert texts(line) == expected


def test_a_check_with_a_cross_is_rejected():
    [first] = statements("check t=-1: 2*(-1)=2 ✗")
    assert (first.role, first.supposed, first.rejected) == (Role.CHECK, "t=-1", True)
