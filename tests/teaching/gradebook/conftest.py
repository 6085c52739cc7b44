import pytest

from tests.factories import make_assignment, make_problem


@pytest.fixture
def two_items(section):
    """An assignment of two items of 1 and 3 points."""
    assignment = make_assignment(section, [make_problem("one"), make_problem("two")])
    first, second = assignment.problem_set.items.all()
    second.points = 3
    second.save()
    return assignment, first, second
