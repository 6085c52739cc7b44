from tutor.grading.numeric.functions import FUNCTIONS
from tutor.grading.parsing.names import KNOWN_FUNCTIONS


def test_functions_that_are_read_as_known_have_values():
    assert frozenset(FUNCTIONS) | {"det"} == KNOWN_FUNCTIONS
