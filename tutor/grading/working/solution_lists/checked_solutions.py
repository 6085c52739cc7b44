"""Solutions that a line says to have checked, without a calculation: "check: both work"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.parsing.tree import Comparison, free_names
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, proved, refuted
from tutor.grading.working.knowledge.formulas import term_of
from tutor.grading.working.solution_lists.claimed_solutions import failure_of
from tutor.grading.working.task import Task

_NUMBER = r"[-−]?\d{1,6}(?:[./]\d{1,6})?"
_AND = r"\s?(?:,|;|，|；|、|and|or|und|oder|et|ou|y|o|和|或)\s?"
# A whole line, so that no word beside it can turn what it says.
_ALL_FIT = re.compile(
    r"\s?(?:(?:the )?(?:check|test|probe|kontrolle|vérification|on vérifie|comprobación|comprobamos"
    r"|检验|验证|经检验)\s?[:：,，]?\s?)?"
    r"(?:so |also |donc |así que )?"
    r"(?:(?:they )?(?:both|all|beide|alle|les deux|toutes|los dos|las dos|ambas|ambos)"
    r"(?: of them)?(?: (?:solutions?|roots?|values?|lösungen|werte|valeurs|soluciones|valores))?\s"
    r"(?:work|fit|hold|check(?: out)?|are (?:valid|ok|fine|right|(?:real )?solutions)|passen"
    r"|stimmen|gelten|sind (?:richtig|gültig|ok|lösungen)|conviennent|marchent"
    r"|sont (?:valables|bonnes|correctes|solutions)|valen|sirven|cumplen"
    r"|son (?:válid[ao]s|correct[ao]s|soluciones))"
    r"|(?:两个|两根|二者|两者|两解)?(?:都|均)(?:成立|满足|符合|是原?方程的[解根])"
    r"|(?:两个|两根|两解)(?:都|均)?(?:成立|满足|符合))"
    r"\s?[.!。！✓]?\s?",
    re.IGNORECASE,
)


def judge_checked_solutions(
    text: str, before: Sequence[str], task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """Refuted where one of the solutions that stand above is none, and proved where each is one."""
    equations = [e for e in task.equations if isinstance(e, Comparison) and e.op == "="]
    if not _ALL_FIT.fullmatch(text) or len(equations) != 1 or len(free_names(equations[0])) != 1:
        return None
    [equation], [name] = equations, free_names(equations[0])
    numbers = _listed_above(before, name)
    for number in numbers:
        witness = failure_of(equation, name, term_of(number), budget)
        if witness is not None:
            return refuted(ClaimRelation.SOLVE, witness, Slip.EXTRANEOUS_ROOT)
    return proved(ClaimRelation.SOLVE) if numbers else None


def _listed_above(before: Sequence[str], name: str) -> list[str]:
    """2 and 9 of x = 2 or 9, and of x = 2 and x = 9 on lines of their own; the latest ones."""
    own = rf"(?<![A-Za-z]){re.escape(name)}[_₁₂12]{{0,2}}\s?=\s?"
    several = re.compile(rf"{own}({_NUMBER})(?:{_AND}(?:{own})?({_NUMBER}))(?![\d./*^²])")
    single = re.compile(rf"{own}({_NUMBER})(?![\d./*^²])")
    for line in reversed(before):
        if match := several.search(line):
            return [number.replace("−", "-") for number in match.groups()]
    ends = [match[1].replace("−", "-") for line in before if (match := single.search(line))]
    return ends if len(set(ends)) == 2 else []
