"""Judges a line that names a method or takes up what the statement and earlier lines have."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.parsing.tree import BigOperator
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.announcements.methods.chosen_ratios import fits_ratio
from tutor.grading.working.announcements.methods.drawn_shares import is_drawn_share
from tutor.grading.working.announcements.methods.general_terms import is_general_term
from tutor.grading.working.announcements.methods.group_choices import tells_group_choice
from tutor.grading.working.announcements.methods.integration import tells_integration
from tutor.grading.working.announcements.methods.inverse_proportions import is_inverse
from tutor.grading.working.announcements.methods.known_figures import is_known_figure
from tutor.grading.working.announcements.methods.letter_lists import is_known_list
from tutor.grading.working.announcements.methods.limit_forms import is_difference_of_infinities
from tutor.grading.working.announcements.methods.lines_in_space import (
    puts_line_in,
    tells_line,
    tells_plane,
)
from tutor.grading.working.announcements.methods.positive_terms import is_positive
from tutor.grading.working.announcements.methods.put_in_terms import is_put_in
from tutor.grading.working.announcements.methods.similar_triangles import tells_similarity
from tutor.grading.working.announcements.methods.told_results import is_made_of_results
from tutor.grading.working.announcements.methods.topic_sentences import is_topic_sentence
from tutor.grading.working.announcements.methods.turned_signs import turns_sign
from tutor.grading.working.announcements.methods.vector_set_ups import is_vector_set_up
from tutor.grading.working.announcements.methods.worded_formulas import is_worded_formula
from tutor.grading.working.named_relations.quadrant_signs import judge_quadrant_signs
from tutor.grading.working.task import Task


def judge_method(
    text: str, before: Sequence[str], task: Task, known: Known, budget: WorkBudget
) -> ClaimResult | None:
    """Given for a method that fits, proved for what follows; None for anything else."""
    text = text.strip(" .。!;").replace("−", "-").replace("’", "'")
    signs = judge_quadrant_signs(text)
    if signs is not None and signs.verdict == StepVerdict.PROVED:
        return signs  # in a clause
    if (
        fits_ratio(text, task)
        or is_inverse(text, task)
        or tells_similarity(text, task)
        or tells_group_choice(text, task)
        or is_topic_sentence(text, task)
        or is_worded_formula(text, task)
        or is_known_list(text, task, known.facts)
    ):
        return unchecked(ClaimRelation.DEFINE)
    told = [*task.equations, *known.facts]
    follows = (
        turns_sign(text, told)
        or tells_integration(text, _integrals(task, known), told, budget)
        or is_difference_of_infinities(text, task)
        or is_put_in(text, task, known, budget)
        or is_vector_set_up(text, task, known, budget)
        or is_general_term(text, task, budget)
        or tells_line(text, task, budget)
        or puts_line_in(text, task, budget)
        or tells_plane(text, before, task, budget)
        or is_made_of_results(text, before, task, known)
        or is_known_figure(text, task, budget)
        or is_positive(text, task, known.terms, budget)
        or is_drawn_share(text, task)
    )
    return proved(ClaimRelation.IMPLIES) if follows else None


def _integrals(task: Task, known: Known) -> list[BigOperator]:
    """Those of the statement; where it has none, those that lines have."""
    stated = [t for t in task.expressions if isinstance(t, BigOperator) and t.kind == "int"]
    lines = [t for t in known.terms if isinstance(t, BigOperator) and t.kind == "int"]
    return stated or lines[-1:]
