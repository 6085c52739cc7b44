import pytest

from tests.factories import make_assignment, make_problem
from tutor.grading import read_key


@pytest.fixture
def item_with(section):
    """Makes the item of a problem with this stored answer, given to the class."""

    def item_with(value, kind="expression", **fields):
        key = read_key({"value": value, "kind": kind, **fields})
        return make_assignment(section, [make_problem("b", key=key)]).problem_set.items.get()

    return item_with
