from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.functions import FUNCTIONS
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.processes.work_budget import WorkBudget


def test_functions_that_are_read_as_known_have_values():
    assert frozenset(FUNCTIONS) | {"det"} == KNOWN_FUNCTIONS


def test_a_function_of_one_argument_has_no_value_for_two():
    term = read_expression(r"\max(1, 2) + \sin(x, y)")
    assert same_value(term, term, WorkBudget(1)).equal
    other = read_expression(r"\sin(x, y) + 1")
    assert same_value(term, other, WorkBudget(1)).equal is not True
