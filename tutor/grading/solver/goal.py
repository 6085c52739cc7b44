"""What a problem asks for, read from its statement."""

from __future__ import annotations

import re
from itertools import filterfalse

from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Comparison,
    Logic,
    Mul,
    Num,
    Sym,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.solver.step import Goal, GoalKind
from tutor.grading.working.task import Task

_UNKNOWN = re.compile(
    r"(?:\b(?:for|nach|pour|para|por|f[üu]r)\s+(?:the\s+)?(?:variable\s+|die\s+Variable\s+)?"
    r"|\bmake\s+|\bdrück\w*\s+|\brearrange\s+for\s+|\bexprime[rz]?\s+|\bdespeja[r]?\s+|\bisole[rz]?\s+"
    r"|求出|求|表示|解出)\s?\\?\(?\s?\$?([A-Za-z])(?![A-Za-z])",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[GoalKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            GoalKind.INTEGRATE,
            r"\bintegra|antiderivative|stammfunktion|intégr|primitiv|积分|原函数",
        ),
        (
            GoalKind.DIFFERENTIATE,
            r"differentiat|derivative|\bderive\b|ableit|dérivé|dériver|derivad|deriva\b|求导|导数",
        ),
        (
            GoalKind.FACTOR,
            r"\bfactor|faktorisier|klammer\w{0,9} .{0,30}\baus|ausklammer|zerleg|分解"
            r"|mettre en facteur|\bas a (?:product|(?:perfect )?square(?! root))"
            r"|als (?:Produkt|Quadrat)"
            r"|sous (?:la )?forme de? (?:produit|carré|d'un produit|d'un carré)"
            r"|como (?:un )?(?:producto|cuadrado)|写成.{0,6}(?:乘积|积|平方)|化为.{0,6}(?:乘积|积)",
        ),
        (
            GoalKind.COMPLETE_SQUARE,
            r"complet\w{1,9} the square|vertex form|scheitelpunkt(?:s)?form|quadratische\w? ergänz"
            r"|ergänz\w{0,9} quadratisch"
            r"|(?:in the form|in der form|sous la forme|en la forma).{0,20}\([a-z] ?[+-] ?[a-z]\)\^"
            r"|forme canonique|completa\w{0,9} (?:el )?cuadrad|配方|顶点式",
        ),
        (
            GoalKind.EXPAND,
            r"\bexpand|multiply out|remove the brackets|ausmultiplizier|klammern? .{0,20}auf"
            r"|multipliziere .{0,40}aus|développe|desarrolla|展开|去括号",
        ),
    )
)
_LINE = re.compile(
    r"\bslope|\bgradient|intercept|steigung|achsenabschnitt|\bpente|\bpendiente|ordonnée"
    r"|\btangent|\bnormal|\bline\b|\bgerade|\bdroite|\brecta\b|斜率|截距|切线|法线|直线",
    re.IGNORECASE,
)
_LINE_FORM = re.compile(
    r"\bform\b|\bforme\b|\bforma\b|的形式|linear function|lineare\w? funktion|fonction affine"
    r"|función lineal|一次函数",
    re.IGNORECASE,
)
_SIMPLIFIES = re.compile(
    r"simplif|reduce|rationali|vereinfach|kürze|rational machen|réduire|réduis|racional|化简|约分",
    re.IGNORECASE,
)
_SOLVES = re.compile(
    r"\bsolv|\broots?\s+of|\bsolution|\bsubject\b|\brearrange|\blös|umstell|auflös"
    r"|\bstell\w*\b.{0,60}\bum\b|\bdrück\w*\b.{0,60}\baus\b|\brésou|\bresuelv|\bresolver|\bsolución|\bdespej|\bexprime"
    r"|解|的根|表示",
    re.IGNORECASE,
)


def read_goal(task: Task) -> Goal:
    """Never raises."""
    equations = tuple(value for value in task.equations if _is_to_solve(value))
    equations = tuple(filterfalse(_is_condition, equations)) or equations
    equations = () if all(map(_measures_figure, equations)) else equations
    equations = tuple(value for value in equations if not is_form(value, task))
    if equations and (_SOLVES.search(task.text) or not _kind_named(task)):
        return _solving(task, equations)
    kind = _kind_named(task)
    if kind is not None:
        return Goal(kind, task, _term(task))
    terms = [term for term in task.expressions if not _is_measure(term)]
    if not terms:
        return Goal(GoalKind.FIND, task)
    start = terms[0]
    if any(is_unknown_call(part) for part in walk(start)):
        return Goal(GoalKind.FIND, task)
    if any(isinstance(part, BigOperator) and part.kind == "int" for part in walk(start)):
        return Goal(GoalKind.INTEGRATE, task, start)
    if _SIMPLIFIES.search(task.text) or free_names(start):
        return Goal(GoalKind.SIMPLIFY, task, start)
    return Goal(GoalKind.EVALUATE, task, start)


def _is_measure(value: Value) -> bool:
    """30° and 20 %, which a problem in words gives."""
    match value:
        case Call("degrees" | "percent", (Num(),)):
            return True
    return False


def is_unknown_call(value: Value) -> bool:
    """f'(3), P(A)"""
    return isinstance(value, Call) and value.name not in KNOWN_FUNCTIONS


def _kind_named(task: Task) -> GoalKind | None:
    return next((kind for kind, words in _KINDS if words.search(task.text)), None)


def _is_to_solve(value: Value) -> bool:
    """3x = 12 and y = 2x + 1, but not f(x) = 2x, which defines something."""
    match value:
        case Comparison("=", Call(_, (Sym(),)) as called, _) if _is_named_function(called):
            return False
    return bool(free_names(value))


def is_form(value: Value, task: Task) -> bool:
    """y = kx + b, in which the answer is to be given; y' = 2xy, whose solution is a function."""
    names = free_names(value)
    if any(name.endswith("'") for name in names):
        return len(names) > 1
    match value:
        case Comparison("=", Sym("y"), right) if _LINE_FORM.search(task.text):
            is_asked = any(name in names for name in _UNKNOWN.findall(task.text))
            return "x" in names and len(free_names(right) - {"y"}) > 2 and not is_asked
    return False


def _measures_figure(value: Value) -> bool:
    """AB = 3 and ∠A = 120°"""
    match value:
        case Comparison("=", Mul((Sym(first), Sym(second))), length):
            return len(first + second) == 2 and (first + second).isupper() and _is_number(length)
        case Comparison("=", Sym(name), size):
            return name.startswith("line ") and _is_number(size)
    return False


def _is_number(value: Value) -> bool:
    return is_term(value) and not free_names(value)


def _is_condition(value: Value) -> bool:
    """0 ≤ x, x ≠ 2 or x ∈ [0, π], beside an equation."""
    match value:
        case Comparison("=", _, _):
            return False
        case Comparison(_, left, right):
            sides = (left, right), (right, left)
            return any(isinstance(side, Sym) and not free_names(other) for side, other in sides)
    return False


def _is_named_function(called: Call) -> bool:
    return len(called.name) == 1


def _solving(task: Task, equations: tuple[Value, ...]) -> Goal:
    start = equations[0] if len(equations) == 1 else Logic("and", equations)
    names = free_names(start)
    asked = [name for name in _UNKNOWN.findall(task.text) if name in names]
    if len(equations) == 1 and len(names) > 1:
        about_line = ("y",) if names == {"x", "y"} and _LINE.search(task.text) else ()
        unknowns = (
            tuple(asked[:1])
            or about_line
            or (_first_unknown(names) if _SOLVES.search(task.text) else ())
        )
    else:
        unknowns = tuple(sorted(names))
    return Goal(GoalKind.SOLVE, task, start, unknowns)


def _first_unknown(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in ("x", "y") if name in names)[:1]


def _term(task: Task) -> Value | None:
    """The term to work on: one that stands alone, or the right side of y = … and f(x) = …."""
    if task.expressions:
        return task.expressions[0]
    for value in task.equations:
        if isinstance(value, Comparison) and value.op == "=" and is_term(value.right):
            return value.right
    return None
