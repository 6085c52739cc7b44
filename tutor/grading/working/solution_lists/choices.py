"""One of several solutions, where the words of the statement may tell which one is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Comparison, Num, Sym, Value, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.implication import implies
from tutor.grading.steps.witnesses import number
from tutor.grading.working.solution_lists.stated_intervals import interval_in
from tutor.grading.working.task import Task

_CHOOSES = re.compile(
    r"\b(?:negativ|positiv|small|larg|great|least|other|integer|whole|natural|non-?zero|between"
    r"|quadrant|acute|obtuse|distance|length"
    r"|(?:find|give|name|state) (?:an?|one) (?:solution|root)\b"
    r"|kleiner|kleinste|größer|größte|ganz|natürlich|zwischen|spitz|stumpf|abstand|länge"
    r"|(?:gib|nenne|finde|bestimme) eine (?:lösung|nullstelle)\b"
    r"|négativ|petit|grand|entier|naturel|entre|aigu|obtus|longueur"
    r"|(?:donne|trouve|indique)[rz]? une (?:solution|racine)\b"
    r"|menor|mayor|enter|agudo|longitud|(?:da|halla|encuentra|indica) una (?:solución|raíz)\b)"
    r"|[正负負大小较較]|整数|自然数|非零|之间|象限|锐角|钝角|(?<!有)一个[解根]|距离|长",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"n[eé]gativ|[负負]", re.IGNORECASE)


def chosen(
    task: Task, claim: Value, premises: Sequence[Value], budget: WorkBudget
) -> ClaimResult | None:
    """The result for a solution of all premises that is not their only one; None for other claims.

    claim: solved for one variable. In a word problem a = √39 after a² = 39 is proved: lengths and
    numbers of things are positive. So is x = -1 of x = -1 or x = 3 on [-2, 2]. It is unchecked
    where the words may choose, as in "the smaller solution", and where the variable is negative.
    """
    [name] = free_names(claim)
    if interval := interval_in(task.text):
        low, high = map(number, interval)
        inside = [Comparison("<=", low, Sym(name)), Comparison("<=", Sym(name), high)]
        if implies([*inside, *premises], claim, budget).verdict == StepVerdict.PROVED:
            return proved(ClaimRelation.SOLVE)
    is_of_statement = any(name in free_names(equation) for equation in task.equations)
    if not task.text or (is_of_statement and not _CHOOSES.search(task.text)):
        return None

    def implied(known: Sequence[Value], value: Value) -> bool:
        return implies(known, value, budget).verdict == StepVerdict.PROVED

    if not all(implied([claim], premise) for premise in premises):
        return None
    positive = Comparison(">", Sym(name), Num(Fraction(0)))
    may_be_negative = is_of_statement or _NEGATIVE.search(task.text)
    if may_be_negative or not implied([claim], positive):
        return unchecked(ClaimRelation.SOLVE)
    return proved(ClaimRelation.SOLVE) if implied([positive, *premises], claim) else None
