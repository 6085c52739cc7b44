"""Sums of percentages that are of different amounts: 40 % off and then 50 % off are not 90 % off.

The sum itself is true, so it is not refuted; but it leads nowhere, unless 40 % of 50 % is taken off
later.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Call, Neg, Term, is_term
from tutor.grading.steps.checks import StepCheck
from tutor.grading.working.certainty.calculations import LineResult, calculations, without_praise
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import DOWN, UP
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import PERCENT
from tutor.grading.working.progress import Progress
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.reading import ReadLine

_CUT = words(r"cuts?|cutting|drops?|dropped|gains?|gained|lost", "升")
_AGAIN = words(
    r"again|then|afterwards|later|once more|further"
    r"|(?:second|next|following) (?:year|month|week|day|time)|dann|danach|anschließend|später"
    r"|erneut|noch ?mals?|noch einmal|nochmal"
    r"|(?:zweiten|nächsten|folgenden) (?:jahr|monat|tag)|puis|ensuite|encore|de nouveau|luego"
    r"|después|otra vez|de nuevo|nuevamente",
    "再|然后|又|接着|第二年",
)
_INDEPENDENT = words(
    r"independent\w{0,2}|unabhängig\w{0,2}|indépendant\w{0,3}|independientes?|at least one"
    r"|mindestens eine\w?|au moins une?|al menos un[ao]?",
    "独立|至少",
)


def without_mixed_percents(
    checks: Sequence[StepCheck], lines: Sequence[ReadLine], progress: Progress
) -> list[StepCheck]:
    """The checks, with such sums unchecked."""
    changed, told = list(checks), _percents_of_others(plain_text(progress.facts.task.text))
    if not told:
        return changed
    done = list(calculations(checks, lines, progress))
    for number, own in enumerate(done):
        if _adds(own.formula, told) and not any(_goes_on(own, row) for row in done[number + 1 :]):
            changed = without_praise(changed, own.line, own.claim)
    return changed


def _percents_of_others(text: str) -> list[Fraction]:
    """Both percentages of a text in which they are of different amounts; else empty."""
    told = [Fraction(number.replace(",", ".")) for number in PERCENT.findall(text)]
    is_change = any(pattern.search(text) for pattern in (UP, DOWN, _CUT))
    is_mixed = (is_change and _AGAIN.search(text)) or _INDEPENDENT.search(text)
    return sorted(told) if len(told) == 2 and is_mixed else []


def _adds(formula: Term, told: list[Fraction]) -> bool:
    """40 % + 50 %, 40 + 50 and 0.4 + 0.5."""
    if not isinstance(formula, Add) or len(formula.parts) != len(told):
        return False
    values = [_number(part) for part in formula.parts]
    shares = [number / 100 for number in told]
    own = sorted(value for value in values if value is not None)
    return own in (told, shares)


def _number(term: Term) -> Fraction | None:
    match term:
        case Call("percent", (inner,)) if is_term(inner):
            value = rational_value(inner)
            return None if value is None else value / 100
    return rational_value(term)


def _goes_on(own: LineResult, later: LineResult) -> bool:
    """90 % - 20 % after 40 % + 50 % = 90 %."""
    if not isinstance(later.formula, Add):
        return False
    first, *others = later.formula.parts
    starts_here = first in (own.value, own.formula) or _number(first) == _number(own.value)
    return starts_here and any(isinstance(part, Neg) for part in others)
