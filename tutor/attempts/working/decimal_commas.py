"""Whether lines have decimal commas, and the lines with decimal points, as checks read them."""

from collections.abc import Sequence

from tutor.attempts.models import Attempt
from tutor.attempts.responses import entry_of
from tutor.courses.models import Section
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.problems.models import ProblemVersion


def has_decimal_comma(version: ProblemVersion, section: Section) -> bool:
    """Whether students of the class write 2,5 in lines on this problem."""
    return entry_of(version, section).types_comma


def has_decimal_comma_in(attempt: Attempt) -> bool:
    """Whether its author writes 2,5 in its lines."""
    return has_decimal_comma(attempt.version, attempt.enrollment.section)


def statement_and_lines(
    working: Sequence[str], version: ProblemVersion, *, decimal_comma: bool
) -> list[str]:
    """The statement and the lines, with decimal points. decimal_comma: of the lines."""
    statement = [version.statement_without_figures]
    return [
        *with_points(statement, decimal_comma=entry_of(version).decimal_comma),
        *with_points(working, decimal_comma=decimal_comma),
    ]


def with_points(texts: Sequence[str], *, decimal_comma: bool) -> list[str]:
    return [with_decimal_points(text) if decimal_comma else text for text in texts]
