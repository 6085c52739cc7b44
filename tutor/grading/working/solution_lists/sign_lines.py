"""Signs and slopes in words: "f'(x) < 0 if x < 2", "f falls on ]-∞ ; 2] and rises on [2 ; ∞["."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import reduce

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_answer, read_expression
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Div,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import (
    EMPTY_SET,
    RealSet,
    Undecidable,
    equal_sets,
    minus,
    union,
)
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.steps.definitions import Function, Unresolved
from tutor.grading.working.factors import without_positive_factors
from tutor.grading.working.solution_lists.monotonicity import is_defined_with_slope
from tutor.grading.working.task import Task

MAX_LENGTH = 160
_NUMBER = r"[-+]?\s?(?:\d{1,4}(?:[./]\d{1,4})?|∞|oo|\\infty)"
_INTERVAL = rf"(?:x\s?(?:∈|\\in|in)\s?)?[\[\](]\s?{_NUMBER}\s?[;,，]\s?{_NUMBER}\s?[\[\])]"
_OR = r"\s?(?:∪|\\cup|and|und|et|y|or|oder|ou|o|和|及|或|与|,|，|、)\s?(?:on |sur |auf |in |en )?"
_BOUND = rf"(?:{_NUMBER}\s?[<≤]\s?)?x\s?[<>≤≥]\s?{_NUMBER}"
_PART = rf"(?:{_INTERVAL}|{_BOUND})"
_WHERE = rf"(?P<where>{_PART}(?:{_OR}{_PART}){{0,2}})"
_TERM = r"(?P<term>[a-z]'{0,2}(?:\s?\(\s?x\s?\))?|[-+\dx²³^()*·. ]{2,24})"
_SIGN = rf"{_TERM}\s?(?P<op>[<>≤≥])\s?0"
_SAME = r"(?:<=>|⇔|⟺|⟷|iff|=>|⇒|→|->|[,，]?\s?得)"
_IF = r"(?:if|for|when|on|wenn|falls|für|auf|si|pour|sur|quand|cuando|para|en|当|[:：])"
_SIGNS = (
    re.compile(rf"(?:令\s?)?{_SIGN}\s?(?:(?P<same>{_SAME})|{_IF})\s?{_WHERE}"),
    re.compile(rf"(?:{_IF}\s?)?{_WHERE}\s?时?\s?[,，:：]?\s?(?:then |we have |gilt )?{_SIGN}"),
)
_RISES = (
    r"increas(?:es|ing)|ris(?:es|ing)|steigt|steigend|wächst|wachsend|croissante?|crece|creciente"
    r"|递增|增"
)
_FALLS = r"decreas(?:es|ing)|falls|falling|fällt|fallend|décroissante?|decrece|decreciente|递减|减"
_KIND = rf"(?:(?P<falls>{_FALLS})|(?P<rises>{_RISES}))"
_NAME = r"(?<![A-Za-zÀ-ÿ])(?:(?:the |la |die )?(?:function |fonction |funktion |función )?"
_NAME += r"[a-z](?:\s?\(\s?x\s?\))?\s?)?"
_SLOPES = (
    re.compile(
        rf"{_NAME}(?:(?:is|ist|est|es)\s)?(?:streng(?: monoton)? |strictement |strictly |monoton )?"
        rf"{_KIND}\s(?:{_IF}\s)?(?:the interval )?{_WHERE}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_NAME}在\s?(?:区间)?{_WHERE}\s?上?\s?[是为]?(?:单调)?{_KIND}(?:函数)?"),
    re.compile(rf"(?:单调)?{_KIND}区间\s?[是为:：]?\s?{_WHERE}"),
)
_OPERATORS = {"<": "<", ">": ">", "≤": "<=", "≥": ">="}
_BETWEEN = re.compile(
    r"(?:[\s,;，；。.、]|and|und|et|y|so|also|donc|luego|thus|hence|sowie|所以|故|因此|即|且)*"
)


def judge_signs(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where all that the line tells of the one function is true; None for anything else.

    Where it rises or falls has to be told whole.
    """
    functions = {f for name, f in task.definitions.functions.items() if "'" not in name}
    text = text.replace("−", "-").replace("′", "'").replace("″", "''").replace("’", "'")
    if len(text) > MAX_LENGTH or len(functions) != 1:
        return None
    [function] = functions
    with suppress(NotDifferentiable, Undecidable, Unresolved, Unreadable, RecursionError):
        if function.variable == "x" and (
            _are_signs(text, function, budget) or _are_slopes(text, function, budget)
        ):
            return proved(ClaimRelation.SOLVE)
    return None


def _pieces(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[re.Match[str]]:
    """Those of the pattern that makes up the whole line, with separators between; else none."""
    for pattern in patterns:
        pieces = list(pattern.finditer(text))
        if pieces and _BETWEEN.fullmatch(pattern.sub("", text)):
            return pieces
    return []


def _are_signs(text: str, function: Function, budget: WorkBudget) -> bool:
    pieces = _pieces(text, _SIGNS)
    return bool(pieces) and all(_is_sign(piece, function, budget) for piece in pieces)


def _is_sign(piece: re.Match[str], function: Function, budget: WorkBudget) -> bool:
    term = _term(piece["term"].strip(), function, budget)
    if term is None:
        return False
    told = _intervals(piece["where"], budget)
    asked = _where_signed(term, _OPERATORS[piece["op"]], budget)
    if "same" in piece.groupdict() and piece["same"]:
        return equal_sets(told, asked, budget)
    return equal_sets(minus(told, asked, budget), EMPTY_SET, budget)


def _where_signed(term: Term, operator: str, budget: WorkBudget) -> RealSet:
    """Where term < 0 holds, also of x²e^(-x), whose sign is that of x²."""
    match without_positive_factors(Comparison("=", term, ZERO)):
        case Comparison("=", side, _) if is_term(side):
            return real_set(Comparison(operator, side, ZERO), budget)
    return real_set(Comparison(operator, term, ZERO), budget)


def _term(text: str, function: Function, budget: WorkBudget) -> Term | None:
    """f' and 2x - 4 for f(x) = x² - 4x; None for other terms."""
    if text[0].isalpha() and not (text[0] == "x" or text[1:2].isalnum()):
        for _ in range(text.count("'")):
            function = function.derived()
        return function.body
    own = read_expression(text)
    return next((body for body in _bodies(function) if _is_same(own, body, budget)), None)


def _bodies(function: Function) -> Iterator[Term]:
    for _ in range(3):
        yield function.body
        function = function.derived()


def _is_same(own: Value, body: Term, budget: WorkBudget) -> bool:
    return is_term(own) and same_value(own, body, budget).equal is True


def _are_slopes(text: str, function: Function, budget: WorkBudget) -> bool:
    pieces = _pieces(text, _SLOPES)
    if not pieces or not is_defined_with_slope(function.body):
        return False
    slope = function.derived().body
    for kind, operator in (("rises", ">"), ("falls", "<")):
        told = [_intervals(piece["where"], budget) for piece in pieces if piece[kind]]
        if not told:
            continue
        asked = _where_signed(slope, operator, budget)
        whole = reduce(lambda left, right: union(left, right, budget), told)
        if not _are_alike(whole, asked, function, budget):
            return False
    return True


def _are_alike(told: RealSet, asked: RealSet, function: Function, budget: WorkBudget) -> bool:
    """But for single points, at which nothing may be divided by zero."""
    rest = minus(told, asked, budget)
    has_poles = any(isinstance(p, Div) and free_names(p.bottom) for p in walk(function.body))
    is_right = equal_sets(rest, EMPTY_SET, budget) if has_poles else rest.has_only_points
    return is_right and minus(asked, told, budget).has_only_points


def _intervals(where: str, budget: WorkBudget) -> RealSet:
    parts = (read_answer(part[0].removeprefix("in ")) for part in re.finditer(_PART, where))
    return reduce(
        lambda left, right: union(left, right, budget), (real_set(p, budget) for p in parts)
    )
