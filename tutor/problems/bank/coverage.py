"""What the bank covers: skills of the map, figures, parts."""

from collections.abc import Collection, Iterator

from tutor.figures import without_figures
from tutor.problems.bank.questions import questions_of
from tutor.problems.content import Content
from tutor.problems.records import ProblemRecord
from tutor.problems.skills.skill_map import skill_map


def covered(records: Collection[ProblemRecord]) -> set[str]:
    return {skill for record in records for skill in record.skills}


def uncovered(records: Collection[ProblemRecord]) -> list[str]:
    """The paths of skills without a problem, in the order of the map."""
    paths = covered(records)
    return [path for path in skill_map().skills if path not in paths]


def has_figure(content: Content) -> bool:
    """Whether a student sees one, or draws one, before the solution."""
    return any(without_figures(text) != text for text in _asked(content)) or any(
        question.drawing for question in questions_of(content)
    )


def _asked(content: Content) -> Iterator[str]:
    for question in questions_of(content):
        yield question.statement
        yield from question.choices
