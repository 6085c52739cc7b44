"""All that is known of a task, from every topic."""

from __future__ import annotations

from tutor.grading.working.knowledge import (
    circles,
    complex_numbers,
    derivatives,
    geometry,
    lines,
    listed_sums,
    number_theory,
    percents,
    physics,
    points,
    quadratics,
    ratios,
    remainders,
    sequences,
    statistics,
    vectors,
)
from tutor.grading.working.knowledge.chances import balls, binomials, branches, trials
from tutor.grading.working.knowledge.counting import expansions, ways
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Source
from tutor.grading.working.knowledge.triangles import (
    angle_sums,
    heights,
    right_angled,
    side_ratios,
    sine_and_cosine_rules,
)
from tutor.grading.working.task import Task

MAX_EXPECTED = 200
_SOURCES: tuple[Source, ...] = (
    quadratics.expected,
    geometry.expected,
    physics.expected,
    derivatives.expected,
    percents.expected,
    ratios.expected,
    statistics.expected,
    angle_sums.expected,
    right_angled.expected,
    side_ratios.expected,
    sine_and_cosine_rules.expected,
    heights.expected,
    lines.expected,
    circles.expected,
    points.expected,
    sequences.expected,
    vectors.expected,
    complex_numbers.expected,
    balls.expected,
    trials.expected,
    binomials.expected,
    branches.expected,
    ways.expected,
    remainders.expected,
    number_theory.expected,
    listed_sums.expected,
    expansions.expected,
)


def expected_of(task: Task) -> tuple[ExpectedQuantity, ...]:
    """Never raises for a task that was read."""
    expected = (quantity for source in _SOURCES for quantity in source(task))
    return tuple(quantity for quantity, _ in zip(expected, range(MAX_EXPECTED), strict=False))
