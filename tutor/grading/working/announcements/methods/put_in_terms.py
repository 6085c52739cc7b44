"""What is put in: y = -6/x once k = -6, dy/dx = 5u⁴·6x with u = 3x² + 1; lists of u, u', v, v'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Comparison,
    Div,
    Mul,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.definitions import Function
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.announcements.methods.functions import function_in
from tutor.grading.working.task import Task

MAX_LENGTH = 110
_SIDE = r"[^=<>≤≥≈]{1,50}"
_CHAIN = re.compile(
    r"(?:(?:so|then|also|dann|donc|alors|luego|entonces|则|所以|∴)\s?,?\s?)?"
    r"(?:(?P<slope>d[yf]/dx|[yf]'(?:\(x\))?)|(?P<value>[yf](?:\(x\))?))\s?=\s?"
    rf"(?P<sides>{_SIDE}(?:=\s?{_SIDE}){{0,2}})"
)
_NAMED = re.compile(
    r"(?:let|put|set|setze|sei|on pose|soit|sea|令|设)\s?(?P<letter>[a-z])\s?=\s?"
    r"(?P<term>[^=，,;；]{1,40})\s?[，,;；]\s?(?P<rest>[^，,;；]{3,80})",
    re.IGNORECASE,
)
_PIECE = re.compile(r"(?P<name>[uv])(?P<prime>['′]?)(?:\(x\))?\s?=\s?(?P<term>[^=]{1,40}?)\s?")
_GAP = re.compile(r"\s{2,}|\s?[,;，；、]\s?|\s(?=[uv]['′]?(?:\(x\))?\s?=)")


def is_put_in(text: str, task: Task, known: Known, budget: WorkBudget) -> bool:
    """Whether it is what the statement has, with what is known put in for its letters."""
    if len(text) > MAX_LENGTH:
        return False
    with suppress(Unreadable, RecursionError, NotDifferentiable):
        return (
            _is_parameter_put_in(text, task, known, budget)
            or _is_chain(text, task, known.facts, budget)
            or _is_named_chain(text, task, budget)
            or _are_factors(text, task, budget)
        )
    return False


def _is_parameter_put_in(text: str, task: Task, known: Known, budget: WorkBudget) -> bool:
    """y = -6/x of y = k/x, where k = -6 is known; x and y stay."""
    if text.count("=") != 1:
        return False
    claim = read_expression(text)
    if not isinstance(claim, Comparison) or len(free_names(claim)) < 2:
        return False
    for equation in task.equations:
        if not isinstance(equation, Comparison) or equation.left != claim.left:
            continue
        replaced = free_names(equation) - free_names(claim)
        values = known.values
        if not replaced or not replaced <= values.keys():
            continue
        right: Value = equation.right
        for name in sorted(replaced):
            right = substitute(right, Sym(name), values[name])
        if is_term(right) and is_term(claim.right):
            return same_value(right, claim.right, budget).equal is True
    return False


def _is_chain(text: str, task: Task, facts: Sequence[Value], budget: WorkBudget) -> bool:
    """Each side has another letter, and is the function's term, or its derivative, without it."""
    match = _CHAIN.fullmatch(text.replace("′", "'"))
    function = function_in(task)
    if match is None or function is None:
        return False
    body = function.derived().body if match["slope"] else function.body
    own = list(map(_term, match["sides"].split("=")))
    letters = {name for side in own if side is not None for name in free_names(side)}
    if not letters - {function.variable}:
        return False
    return all(side is not None and _is_same(side, body, function, facts, budget) for side in own)


def _is_same(
    side: Term, body: Term, function: Function, facts: Sequence[Value], budget: WorkBudget
) -> bool:
    letters = free_names(side) - {function.variable}
    if len(letters) > 1:
        return False
    for letter in letters:
        terms = list(_terms_named(facts, letter, function.variable))
        return any(
            same_value(substitute(side, Sym(letter), term), body, budget).equal is True
            for term in terms[-1:]
        )
    return same_value(side, body, budget).equal is True


def _terms_named(facts: Sequence[Value], letter: str, name: str) -> Iterator[Term]:
    for fact in facts:
        match fact:
            case Comparison("=", Sym(left), right) if left == letter and is_term(right):
                if free_names(right) == {name}:
                    yield right


def _is_named_chain(text: str, task: Task, budget: WorkBudget) -> bool:
    """令t=2^x，则y=t²-2t+3"""
    named = _NAMED.fullmatch(text)
    term = _term(named["term"]) if named is not None else None
    if named is None or term is None or named["letter"] in free_names(term):
        return False
    fact = Comparison("=", Sym(named["letter"]), term)
    return _is_chain(named["rest"].strip(), task, [fact], budget)


def _are_factors(text: str, task: Task, budget: WorkBudget) -> bool:
    """u = x², u' = 2x, v = x + 1, v' = 1 of u/v, or of u·v."""
    pieces = [_PIECE.fullmatch(piece.strip()) for piece in _GAP.split(text) if piece.strip()]
    function = function_in(task)
    if not 3 <= len(pieces) <= 4 or None in pieces or function is None:
        return False
    told = {piece["name"] + piece["prime"].replace("′", "'"): _term(piece["term"])
            for piece in pieces if piece is not None}  # fmt: skip
    bodies = {name: term for name, term in told.items() if "'" not in name and term is not None}
    if len(told) != len(pieces) or None in told.values() or len(bodies) != 2:
        return False
    first, second = (bodies[name] for name in sorted(bodies))
    wholes: tuple[Term, Term] = Div(first, second), Mul((first, second))
    if not any(same_value(whole, function.body, budget).equal is True for whole in wholes):
        return False
    return all(
        name[:-1] in bodies
        and same_value(
            differentiate(bodies[name[:-1]], function.variable), term, budget
        ).equal is True
        for name, term in told.items() if name.endswith("'") and term is not None
    )  # fmt: skip


def _term(text: str) -> Term | None:
    value = read_expression(text.strip())
    return value if is_term(value) else None
