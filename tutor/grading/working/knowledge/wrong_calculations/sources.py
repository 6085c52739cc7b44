"""All wrong calculations of a task, from every topic."""

from __future__ import annotations

from itertools import chain, islice

from tutor.grading.working.knowledge.wrong_calculations import (
    chances_and_counts,
    growing_rows,
    percents,
    proportions,
)
from tutor.grading.working.knowledge.wrong_calculations.wrong_calculation import WrongCalculation
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_WRONG = 60
_SOURCES = (
    chances_and_counts.draws,
    growing_rows.members,
    chances_and_counts.committees,
    percents.taxes,
    percents.changes,
    proportions.shared_work,
    percents.discounts,
    percents.growth,
    percents.shares,
    percents.shares_of_rest,
    percents.added_interest,
    percents.simple_interest,
    proportions.speeds,
    proportions.same_rates,
    proportions.mean_of_times,
    proportions.scaled,
    proportions.meetings,
    proportions.mixtures,
    proportions.concentrations,
    chances_and_counts.added_trials,
    chances_and_counts.combined_choices,
)


def wrong_calculations(task: Task) -> tuple[WrongCalculation, ...]:
    """Never raises for a task that was read."""
    text = plain_text(task.text)
    wrong = chain.from_iterable(source(text) for source in _SOURCES)
    return tuple(islice(wrong, MAX_WRONG))
