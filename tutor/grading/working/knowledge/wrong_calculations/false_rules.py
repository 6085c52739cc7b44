"""Usual mistakes of algebra that are wrong in every problem: (5x + 9)² = 25x² + 81.

An equation that a problem leads to has solutions that somebody may look for. A false rule holds
nowhere, or for 0 alone. Only where the text says that two things are the same may it be meant.
"""

from __future__ import annotations

from tutor.grading.numeric.intervals import Undefined
from tutor.grading.parsing.tree import Comparison, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words

# (a + b)² = a² + b² and (ab)² = ab² lead to nothing, whatever their letters mean.
_OF_POWERS = (
    *(Slip.SPLIT_SQUARE, Slip.MIDDLE_TERM, Slip.EXPONENT_RULE),
    *(Slip.POWER_OF_POWER, Slip.POWER_OF_PRODUCT),
)
_OF_ONE_VARIABLE = (
    *(Slip.SPLIT_SQUARE, Slip.MIDDLE_TERM, Slip.SPLIT_ROOT, Slip.HALF_DISTRIBUTED),
    *(Slip.MINUS_BRACKET, Slip.ADDED_DENOMINATORS),
)
_TRIVIAL = {Slip.EXPONENT_RULE: (-1, 0, 1), Slip.POWER_OF_POWER: (-1, 0, 1)}
_SAME = words(
    r"same|equals?|equal to|as (?:much|many|large|big) as|gleich|genauso|so (?:viel|groß) wie"
    r"|égale?s?|autant|même|igual(?:es)?|mismo|misma|tanto como",
    "相等|等于|一样|相同",
)


def is_false_rule(equation: Comparison, slip: Slip, text: str, budget: WorkBudget) -> bool:
    """Whether the equation is nothing but this mistake, in a problem with this text.

    Raises WorkBudgetSpent.
    """
    if _SAME.search(text):
        return False
    names = sorted(free_names(equation))
    if len(names) != 1:
        return slip in _OF_POWERS
    if slip not in (*_OF_POWERS, *_OF_ONE_VARIABLE):
        return False
    try:
        zeros = zeros_near(equation, names[0], budget)
    except Undefined:
        return False
    trivial = _TRIVIAL.get(slip, (0,))
    return all(any(zero.contains(number) for number in trivial) for zero in zeros)
