"""The whole numbers that fulfil the inequalities of the statement: "integers: 3, 4, 5"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.parsing.tree import Comparison, Logic, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    proved,
)
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_SIZE = 40  # of a whole number that may be listed
_WHOLE = (
    r"(?:positive |non-?negative |natürliche |positiven? |ganzzahlige |ganze )?(?:integers?"
    r"|whole numbers?"
    r"|zahlen|lösungen|entiers?|enteros?|naturels?|naturales)(?: positi\w{1,4}| naturels?| "
    r"naturales"
    r"| solutions?| values?)?(?: of x| sont| sind| are| is| son)*"
)
_LIST = r"[-−]?\d{1,2}(?:\s?(?:[,，、;；]|,?\s(?:and|und|et|y)\s|和)\s?[-−]?\d{1,2}){0,20}"
_LINE = re.compile(
    r"(?:(?:so|also|donc|entonces|∴|所以|故|则)\s?,?\s?)?(?:the |die |les |los |los valores "
    r"|soluciones |solutions )?"
    rf"(?:{_WHOLE}|(?:不等式组?的|它的|其)?(?:所有|全部)?(?:的)?(?:正|非负|负)?整数解?(?:有|是|为)?|[a-z])"
    rf"\s?[=:：∈]?\s?\{{?(?P<list>{_LIST})\}}?",
    re.IGNORECASE,
)
_ASKS_WHOLE = words(
    r"integers?|whole|natural|ganze?\w{0,2}|ganzzahlig\w*|natürlich\w*|enti?ers?|entières?"
    r"|naturels?"
    r"|enter[ao]s?|naturales?",
    "整数|自然数",
)
_NUMBER = re.compile(r"[-−]?\d{1,2}")


def judge_listed_integers(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where these are all of them, or all that are not negative; None for anything else.

    Raises WorkBudgetSpent.
    """
    line = _LINE.fullmatch(text.strip(" .。"))
    if line is None or not _ASKS_WHOLE.search(task.text):
        return None
    conditions = [e for e in task.equations if isinstance(e, Comparison | Logic)]
    names = frozenset[str]().union(*map(free_names, conditions))
    if len(names) != 1 or not task.has_inequality:
        return None
    told = sorted(int(number.replace("−", "-")) for number in _NUMBER.findall(line["list"]))
    [name] = names
    right = [
        number
        for number in range(-MAX_SIZE, MAX_SIZE + 1)
        if not any(
            failing_at(c, {name: Fraction(number)}, budget, FailingStatement.PREMISE)
            for c in conditions
        )
    ]
    if MAX_SIZE in right:
        return None
    lists = [[n for n in right if n >= lowest] for lowest in (0, 1)]
    if -MAX_SIZE not in right:
        lists.append(right)
    return proved(ClaimRelation.SOLVE) if told and told in lists else None
