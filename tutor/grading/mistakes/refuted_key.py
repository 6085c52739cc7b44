"""Tells whether a stored answer is false by the statement of its problem alone."""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.answer_key import IN_WORDS, AnswerKey
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.comparison.keys import key_text
from tutor.grading.parsing.tree import FAILURES
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose.formulas import find_formulas
from tutor.grading.prose.plain_statements import with_formulas_marked
from tutor.grading.solver.goal import read_goal
from tutor.grading.solver.step import Goal, GoalKind
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import WorkingChecker

MAX_WORK_S = 0.3
# Beside the one formula of a statement that asks for nothing else: "What is 7 · 8?" does, "What is
# the last digit of 3^98?" does not.
_MAX_WORDS = {
    GoalKind.EVALUATE: 2,
    GoalKind.EXPAND: 4,
    GoalKind.FACTOR: 4,
    GoalKind.SIMPLIFY: 4,
    GoalKind.SOLVE: 6,
}
_WORD = re.compile(r"\d|[\u4e00-\u9fff]{1,2}|(?:(?![\u4e00-\u9fff])[^\W\d_])+")
# What asks for nothing but the unknown: "for x", "Give the value of x.". U is the unknown.
_NAMES_UNKNOWN = (
    r"\b(?:and )?(?:give|find|state|determine|calculate|enter|write(?: down)?|work out|what is)"
    r" (?:the )?(?:exact )?(?:value |values |solution |solutions )?(?:of |for )?U",
    r"\b(?:und )?(?:gib|gebt|bestimme|berechne|nenne|notiere|schreibe|ermittle|finde|was ist"
    r"|wie groß ist|wie lautet) (?:den |die |alle )?(?:Werte? |Lösung(?:en)? )?(?:von |für )?U"
    r"(?: an\b| auf\b)?",
    r"\b(?:et )?(?:donne[rz]?|trouve[rz]?|détermine[rz]?|calcule[rz]?|écri(?:s|re|vez)|que vaut"
    r"|quelle est) (?:la |les )?(?:valeurs? |solutions? )?(?:de |pour )?U",
    r"\b(?:y )?(?:da|dé|di|indica|halla|encuentra|determina|calcula|escribe|cuánto vale|cuál es)"
    r" (?:el |los |la |las )?(?:valor(?:es)? |solución |soluciones )?(?:de |para )?U",
    r"(?:并|请)?(?:求出|求|给出|写出|解出|计算) ?(?:未知数)? ?U ?(?:的(?:值|解))?",
    r"关于 ?U ?的",
    r"\b(?:nach|for|für|pour|para|d['’]inconnue|con incógnita)(?: real| reelles?)? U(?: auf\b)?",
)
_ABOUT_WRITING = re.compile(  # "Give a whole number.", "without a calculator"
    r"\b(?:give|write|enter) (?:the |an? |your )?(?:exact |only |whole |simplified |both |all )?"
    r"(?:result|answer|number|value|fraction|decimal|interval|expression|solutions?)"
    r"(?: (?:as|in) (?:an? )?[a-z]{1,12}(?: (?:terms|form|number|notation))?)?(?=[.;!])"
    r"|\bwithout (?:a |your )?calculator\b"
    r"|\b(?:gib|schreibe) (?:das |die |den |eine? )?(?:genaue[ns]? |ganze )?"
    r"(?:Ergebnis|Zahl|Wert|Lösung(?:en)?|Bruch)(?: als (?:ganze |gekürzten )?\w{1,12})?(?: an)?"
    r"(?=[.;!])"
    r"|\b(?:donne|écris) (?:le |la |les |un |une )?(?:résultat|nombre|valeur|fraction|solutions?)"
    r"(?: (?:entier|exacte?|irréductible))?(?=[.;!])"
    r"|\b(?:da|escribe) (?:el |la |las |un |una )?(?:resultado|número|valor|fracción|solución)"
    r"(?: (?:entero|exacto|irreducible))?(?=[.;!])"
    r"|不用计算器|结果(?:是整数|(?:写|化)成最简分[数式]|用科学记数法表示)",
    re.IGNORECASE,
)
_ASKS_FOR_ANOTHER = re.compile(  # which is no solution itself: "the sum of the solutions of"
    r"\b(?:sum|product|difference|number of|how many|larg|small|great|less|positive|negative"
    r"|Summe|Produkt|Differenz|Anzahl|wie viele|größ|groß|klein|somme|produit|différence|nombre de"
    r"|combien|plus (?:grand|petit)|suma|producto|diferencia|número de|cuánt[ao]s|mayor|menor"
    r"|double|twice|half|doppelt|hälfte|moitié|doble|mitad)"
    r"|[之的]和|之积|乘积|之差|几个|多少个|个数|较[大小]|最[大小]|[正负][数根解]",
    re.IGNORECASE,
)
_RELATION = re.compile(r"[=<>≤≥]|\\(?:le|ge|in|lt|gt)")


def is_key_refuted(statement: str, key: AnswerKey) -> bool:
    """Whether the stored answer, written as a line of working, does not follow. Never raises.

    Only of a statement that plainly asks for the value, or the solutions, of its one formula: what
    else asks for one may be answered by another value.
    """
    if key.condition or key.kind in IN_WORDS:
        return False
    with suppress(*FAILURES), WorkBudget(MAX_WORK_S):
        checker = WorkingChecker(statement)
        goal = read_goal(checker.progress.facts.task)
        if _asks_for_value(statement, goal):
            return next(checker.check([_line(goal, key)])).verdict == StepVerdict.REFUTED
    return False


def _asks_for_value(statement: str, goal: Goal) -> bool:
    """Of its one formula; a formula that only names the unknown is none."""
    marked = with_formulas_marked(statement)
    if len(goal.unknowns) == 1:
        marked = _without_unknown(marked, goal.unknowns[0])
    if goal.kind == GoalKind.SOLVE and _ASKS_FOR_ANOTHER.search(marked):
        return False
    marked = _ABOUT_WRITING.sub(" ", marked)
    return _words_beside_formula(marked) <= _MAX_WORDS.get(goal.kind, -1)


def _without_unknown(marked: str, name: str) -> str:
    letter = re.escape(name)
    unknown = rf"(?:\\\( ?{letter} ?\\\)|\$ ?{letter} ?\$|{letter}(?![A-Za-z_0-9]))"
    for phrase in _NAMES_UNKNOWN:
        marked = re.sub(phrase.replace("U", unknown), " ", marked, flags=re.IGNORECASE)
    return marked


def _words_beside_formula(marked: str) -> float:
    """How many; infinite where there is not exactly one formula."""
    formulas = [span for span, _kind in find_formulas(marked)]
    if len(formulas) != 1:
        return float("inf")
    (formula,) = formulas
    return len(_WORD.findall(f"{marked[: formula.start]} {marked[formula.end :]}"))


def _line(goal: Goal, key: AnswerKey) -> str:
    text = key_text(key)
    value = f"{with_decimal_points(text) if key.decimal_comma else text} {key.unit}".strip()
    if goal.kind != GoalKind.SOLVE:
        return f"= {value}"
    is_bare = len(goal.unknowns) == 1 and not _RELATION.search(value)
    return f"{goal.unknowns[0]} = {value}" if is_bare else value
