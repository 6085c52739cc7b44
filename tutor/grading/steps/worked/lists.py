"""Lists that are compared entry by entry."""

from __future__ import annotations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import Bracketed, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, StepVerdict, proved
from tutor.grading.steps.definitions import calls_unknown
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.worked.known_facts import KnownFacts
from tutor.grading.steps.worked.link import Link


def compare_lists(link: Link, facts: KnownFacts, budget: WorkBudget) -> ClaimResult | None:
    """((-1 + 2)/2, 4/2) and (0.5, 2); None where one is no list, or nothing is decided."""
    before, after = link.left.value, link.right.value
    if not (isinstance(before, Bracketed) and isinstance(after, Bracketed)):
        return None
    size, brackets = len(before.parts), (before.opening, before.closing)
    if (len(after.parts), (after.opening, after.closing)) != (size, brackets):
        return None
    entries = zip(before.parts, after.parts, strict=True)
    pairs = [(a, b) for a, b in entries if is_term(a) and is_term(b)]
    if len(pairs) == size and all(same_value(*pair, budget).equal for pair in pairs):
        return proved(ClaimRelation.EQUAL)
    if "set" in before.opening or cues.is_denied(link.chain):
        return None
    for pair in pairs:
        if any(map(free_names, pair)) or calls_unknown(pair):
            continue
        numbers = [EquationSide("", part) for part in pair]
        result = compare_numbers(numbers[0], numbers[1], "=", budget, facts.rounded)
        if result.verdict == StepVerdict.REFUTED:
            return result
    return None
