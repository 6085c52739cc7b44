"""Numbers that a line calls solutions of the equation: "both x = 2 and x = 9 solve it"."""

from __future__ import annotations

import re

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_answer, read_expression
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Neg,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.witnesses import failing_at, value_at
from tutor.grading.working.knowledge.formulas import term_of
from tutor.grading.working.solution_lists.final_answers import final_result
from tutor.grading.working.task import Task

_NUMBER = r"-?\d{1,6}(?:[./]\d{1,6})?"
_VALUE = re.compile(rf"([a-z])\s?=\s?({_NUMBER})")
_AND = r"\s?(?:,|;|，|；|、|and|or|und|oder|et|ou|y|o|和|或)\s?"
_VALUES = rf"[a-z]\s?=\s?{_NUMBER}(?:{_AND}[a-z]\s?=\s?{_NUMBER}){{0,4}}"
_SO = r"(?:(?:so|and|thus|hence|therefore|also|donc|entonces|所以|因此)[,，]?\s?)?(?:both\s)?"
# A whole line, so that no word beside it can turn what it says: not, possible, of the quadratic.
_CLAIM = re.compile(
    rf"\s?{_SO}(?:{_VALUES}\s?(?:"
    r"solves?(?: (?:it|the equation))?|satisf(?:y|ies) (?:it|the equation)"
    r"|(?:is|are)(?: both)?(?: (?:a|the))?(?: only)? solutions?(?: (?:of|to) the equation)?"
    r"|(?:ist|sind)(?: (?:eine|die|beide))? lösung(?:en)?(?: der gleichung)?"
    r"|(?:lös|erfüll)(?:t|en) die gleichung"
    r"|(?:est|sont)(?: (?:une|la|les|deux))? solutions?(?: de l['’]équation)?"
    r"|(?:es|son)(?: (?:una|la|las))? soluci(?:ón|ones)(?: de la ecuación)?"
    r"|都?是原?方程的解"
    rf")|(?:(?:final )?answer|antwort|réponse|respuesta|答案?)\s?[:：]?\s?{_VALUES})"
    r"\s?[.!。！]?\s?",
    re.IGNORECASE,
)
_WHICH = (
    r"(?:other|another|second|2nd|next|first|1st|andere|zweite|erste|weitere|autre|seconde|deuxième"
    r"|première|otra|segunda|primera) "
)
_SOLUTION = r"(?:solution|root|lösung|racine|solución|raíz)"
_CALLED = re.compile(  # not "solution:", which may be the heading of a working
    r"(?:^|[,;.，；。])\s?(?:(?:the|and|so|then|die|eine|la|le|une|una|el|y|et|und) ){0,2}"
    rf"(?:{_WHICH}(?:{_SOLUTION}|one)(?: (?:is|ist|est|es))?\s?:?"
    rf"|{_SOLUTION} (?:is|ist|est|es)\s?:?)$"
    r"|(?:^|[,;.，；。])(?:另一个?|第[一二]个)[解根][为是]?$"
    r"|^\s?\d\s?(?:\.|st|nd|rd|th|ª|re|ère|e|ème|de)?\s?"
    r"(?:l(?:sg|ös\w{0,4})|sol(?:\w{2,7})?|root|racine|raíz|wurzel)\.?\s?[:=]?$"
    r"|^\s?(?:l(?:sg|ösung)|solution|root|racine|solución|raíz|解)\.?\s?\d\s?[:：=]$",
    re.IGNORECASE,
)
_HEADED = re.compile(  # which may be the heading of a working
    r"^\s?(?:(?:the|die|la) )?(?:solution|lösung|lsg\.?|solución)\s?:$|^解[:：]$", re.IGNORECASE
)
_ONE = re.compile(
    rf"(?:so |also |donc |así que )?(?:one|a|eine|une|una|{_WHICH.strip()})\s?{_SOLUTION}"
    r"\s(?:is|ist|est|es)\s?:?\s?([a-z])\s?=\s?([^=,;]{1,30})",
    re.IGNORECASE,
)
_ONLY = re.compile(  # at the end of a line
    r"(?<![A-Za-z])([a-z])\s?=\s?([^=,;\s]{1,20}),?\s"
    r"(?:(?:das |this |that |which |it |esta |eso )?(?:is|ist|est|es)|c['’]est)\s(?:the|die|la)\s"
    r"(?:only|einzige|seule|única)\s(?:solution|lösung|solución)\s?\.?$"
    r"|(?:only|einzige|seule|única)\s(?:solution|lösung|solución)\s?(?:is|ist|est|es|:)\s?"
    r"([a-z])\s?=\s?([^=,;\s]{1,20})\s?\.?$",
    re.IGNORECASE,
)
_BARE = rf"{_NUMBER}(?:{_AND}{_NUMBER}){{0,4}}"
_MIXED = rf"(?:[a-z]\s?=\s?)?{_NUMBER}(?:{_AND}(?:[a-z]\s?=\s?)?{_NUMBER}){{0,4}}"
_LISTED = re.compile(
    rf"\s?{_SO}(?:(?:the )?solution set|(?:die )?lösungsmenge|ensemble (?:des )?solutions?"
    rf"|(?:el )?conjunto solución|解集|L)\s?(?:is|ist|est|es|为|是|=|:)?"
    rf"\s?\{{\s?({_BARE})\s?\}}\s?[.。!]?"
    rf"|\s?{_SO}(?:the |die |les? |las? )?(?:two |only |beiden |deux |dos )?"
    rf"(?:solutions?|lösung(?:en)?|soluci(?:ón|ones)) "
    rf"(?:of the equation |der gleichung |de l['’]équation |de la ecuación )"
    rf"(?:is|are|ist|sind|est|sont|es|son)\s?({_MIXED})\s?[.。!]?"
    rf"|\s?{_SO}(?:(?:the|this) equation|it|die gleichung|l['’]équation|la ecuación) "
    rf"(?:has|hat|a|tiene) (?:the |two |2 |die |zwei |beiden |deux |dos )?(?:real )?"
    rf"(?:solutions?|lösung(?:en)?|soluci(?:ón|ones))\s?[:,]?\s?({_MIXED})\s?[.。!]?",
    re.IGNORECASE,
)


def judge_claimed_solution(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where one of the numbers is none; else its formulas judge the line."""
    equations = [value for value in task.equations if isinstance(value, Comparison)]
    if len(equations) != 1 or equations[0].op != "=" or len(free_names(equations[0])) != 1:
        return None
    [equation], [name] = equations, free_names(equations[0])
    for number in _claimed_numbers(text, name):
        witness = failure_of(equation, name, term_of(number), budget)
        if witness is not None:
            return refuted(ClaimRelation.SOLVE, witness, Slip.EXTRANEOUS_ROOT)
    return None


def judge_one_solution(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved for "one solution is x = π/3", where it is one; None for anything else."""
    match = _ONE.fullmatch(text.strip())
    equations = [e for e in task.equations if isinstance(e, Comparison) and e.op == "="]
    if match is None or len(equations) != 1 or free_names(equations[0]) != {match[1]}:
        return None
    value = read_expression(match[2])
    if not is_term(value) or free_names(value):
        return None
    sides = [substitute(s, Sym(match[1]), value) for s in (equations[0].left, equations[0].right)]
    if not all(map(is_term, sides)) or same_value(sides[0], sides[1], budget).equal is not True:
        return None
    return proved(ClaimRelation.SOLVE)


def judge_only_solution(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted for "x = π/6 is the only solution", where there are others.

    Unchecked for a sine or cosine whose solutions nobody has counted; None otherwise.
    """
    match = _ONLY.search(text)
    equations = [e for e in task.equations if isinstance(e, Comparison) and e.op == "="]
    name, number = (match[1] or match[3], match[2] or match[4]) if match else ("", "")
    if len(equations) != 1 or free_names(equations[0]) != {name}:
        return None
    value = read_answer(f"{name} = {number}")
    result = final_result(value, value, task, budget)
    if result is None:
        is_periodic = _is_trigonometric(equations[0])
        return unchecked(ClaimRelation.SOLVE) if is_periodic else None
    return result if result.verdict == StepVerdict.REFUTED else None


def calls_solution(before: str) -> bool:
    """Whether these words at the beginning of a line call what comes next a solution."""
    return bool(_CALLED.search(before))


def heads_solution(before: str) -> bool:
    """Whether "solution:" stands before what may be one, or the beginning of a working."""
    return bool(_HEADED.search(before))


def judge_called_solution(
    before: str, value: Term, task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """180 - 60 = 120°, which a line calls the other solution of cos x = 1/2, and is none.

    before: what stands before it. None where it is one, may be a rounded one, or is called
    something else.
    """
    equations = [e for e in task.equations if isinstance(e, Comparison) and e.op == "="]
    is_called = calls_solution(before) or heads_solution(before)
    if not is_called or len(equations) != 1 or free_names(value):
        return None
    names = free_names(equations[0])
    if len(names) != 1 or any(isinstance(p, Num) and "." in p.text for p in walk(value)):
        return None
    [name] = names
    readings = (value, Call("degrees", (value,)))
    failures = [failure_of(equations[0], name, reading, budget) for reading in readings]
    if failures[0] is None or (_is_trigonometric(equations[0]) and failures[1] is None):
        return None
    is_opposite = _is_trigonometric(equations[0]) and any(
        failure_of(_of_other_sign(equations[0]), name, reading, budget) is None
        for reading in readings
    )
    return refuted(
        ClaimRelation.SOLVE, failures[0], Slip.WRONG_BRANCH if is_opposite else Slip.NONE
    )


def _of_other_sign(equation: Comparison) -> Comparison:
    """sin x = 0.5 for sin x = -0.5, whose solutions lie in the other quadrants."""
    right = equation.right
    return Comparison("=", equation.left, Neg(right)) if is_term(right) else equation


def _is_trigonometric(equation: Comparison) -> bool:
    return any(isinstance(p, Call) and p.name in ("sin", "cos", "tan") for p in walk(equation))


def _claimed_numbers(text: str, name: str) -> list[str]:
    if listed := _LISTED.fullmatch(text):
        return re.findall(_NUMBER, listed[1] or listed[2] or listed[3])
    if not _CLAIM.fullmatch(text):
        return []
    return [number for other, number in _VALUE.findall(text) if other == name]


def failure_of(equation: Comparison, name: str, number: Term, budget: WorkBudget) -> Witness | None:
    """None where the number is a solution, or where that is not known."""
    value = value_at(number, {}, budget)
    if value is None:
        return None
    point = {name: value}
    for side in (equation.left, equation.right):
        if is_term(side) and value_at(side, point, budget) is None:
            return Witness({name: latex(number)}, "", "", FailingStatement.PREMISE)
    return failing_at(equation, point, budget, FailingStatement.PREMISE)
