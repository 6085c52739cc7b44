"""How an integral is found: by parts, its bounds, its antiderivative, and the one in u."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.facts import terms_put_in

MAX_LENGTH = 110
MAX_BODY = 60  # characters of what is integrated
_BY_PARTS = re.compile(
    r"(?:(?:use|using|we use|i use|integrate|integration|on fait une|on intègre|wir benutzen|mit"
    r"|uso|hago|integro|lo hago|利用|用)\s?)?"
    r"(?:(?:integration |integrate )?by parts|partielle(?:r)? integration|partiell"
    r"|(?:une )?(?:intégration )?par parties|IPP|(?:integración |integral )?por partes"
    r"|分部积分法?)",
    re.IGNORECASE,
)
_BOUNDS = re.compile(
    r"(?:the )?(?:limits|bounds|(?:integrations)?grenzen|bornes|límites|limites|上下限)"
    r"(?: are| sind| son| sont)?\s?[:：=]?\s?(?P<first>[^\s,;]{1,8})\s?(?:,|;|and|und|et|y|to|bis"
    r"|à|a|和)\s?(?P<second>[^\s,;]{1,8})",
    re.IGNORECASE,
)
_IN_LETTER = re.compile(
    r"(?:the )?(?:∫|int(?:egral|\.)?|intégrale|积分)\s?(?:of|von|de|from|∫)?\s?"
    rf"(?P<body>[^=]{{1,{MAX_BODY}}}?)(?:\s?d(?P<letter>[a-z]))?\s(?:from|von|de|entre|desde)\s"
    r"(?P<low>[^\s]{1,8})\s(?:to|bis|à|a|et|y|hasta)\s(?P<high>[^\s]{1,8})",
    re.IGNORECASE,
)
_FOUND_IN_LETTER = re.compile(  # ∫ 1/(2u) du = 1/2 [ln u] from 1 to 5
    rf"∫(?!\s?[_^])\s?(?P<body>[^=∫]{{1,{MAX_BODY}}}?)\s?d(?P<letter>[a-z])\s?=\s?(?P<factor>[^=\[\]]{{0,12}}?)"
    r"\s?\[\s?(?P<inner>[^=\[\]]{1,40}?)\s?\]\s?(?:(?:from|von|de|entre|desde|从)\s?(?P<low>[^\s_]{1,8}?)"
    r"\s?(?:to|bis|à|a|et|y|hasta|到)\s?(?P<high>[^\s_]{1,8})"
    r"|_\{?(?P<lower>[^\s^_{}]{1,8})\}?\s?\^\{?(?P<upper>[^\s^_{}]{1,8})\}?)"
)
_REST = re.compile(r"(?:∫|I|J|integral|int)\s?=\s?(?P<right>[^=]{3,90})")


def tells_integration(
    text: str, integrals: Sequence[BigOperator], facts: Sequence[Value], budget: WorkBudget
) -> bool:
    """Whether what it says of the only integral is right. facts: what was said, as u = x² + 1."""
    if len(integrals) != 1 or len(text) > MAX_LENGTH:
        return False
    [integral] = integrals
    if _BY_PARTS.fullmatch(text):
        return _needs_parts(integral)
    with suppress(Unreadable, RecursionError, NotDifferentiable):
        if (bounds := _BOUNDS.fullmatch(text)) is not None:
            return _are_bounds(bounds, integral, budget)
        if (changed := _IN_LETTER.fullmatch(text)) is not None:
            return _is_in_letter(changed, integral, facts, budget)
        if (match := _FOUND_IN_LETTER.fullmatch(text)) is not None:
            return _is_found_in_letter(match, integral, facts, budget)
        if (rest := _REST.fullmatch(text)) is not None and integral.low is None:
            return _goes_on(rest["right"], integral, budget)
    return False


def _needs_parts(integral: BigOperator) -> bool:
    """x e^(2x), x² sin x, x ln x and ln x alone: a power times what is no power."""
    body = integral.body
    if _is_of_line(body, integral.name):
        return isinstance(body, Call) and body.name in ("ln", "log")
    if not isinstance(body, Mul):
        return False
    others = [part for part in body.parts if _is_of_line(part, integral.name)]
    powers = [part for part in body.parts if part not in others]
    has_letter = any(integral.name in free_names(part) for part in powers)
    return len(others) == 1 and has_letter and all(map(_is_polynomial, powers))


def _is_of_line(part: Term, name: str) -> bool:
    """e^(2x), sin 3x, ln x: of a multiple of x."""
    match part:
        case Pow(Const("e"), inner) | Call("sin" | "cos" | "ln" | "log", (inner,)):
            return _is_multiple(inner, name)
    return False


def _is_multiple(inner: Term, name: str) -> bool:
    match inner:
        case Sym(letter):
            return letter == name
        case Neg(part):
            return _is_multiple(part, name)
        case Mul((Num(), Sym(letter))) | Div(Sym(letter), Num()):
            return letter == name
    return False


def _is_polynomial(term: Term) -> bool:
    parts = walk(term)
    return all(
        isinstance(part, Num | Sym | Add | Neg | Mul)
        or (isinstance(part, Pow) and isinstance(part.exponent, Num))
        for part in parts
    )


def _are_bounds(bounds: re.Match[str], integral: BigOperator, budget: WorkBudget) -> bool:
    told = [_term(bounds[name]) for name in ("first", "second")]
    own = [integral.low, integral.high]
    return any(_are_same(told, order, budget) for order in (own, own[::-1]))


def _are_same(told: Sequence[Term | None], own: Sequence[Term | None], budget: WorkBudget) -> bool:
    return all(
        a is not None and b is not None and same_value(a, b, budget).equal is True
        for a, b in zip(told, own, strict=True)
    )


def _is_in_letter(
    changed: re.Match[str], integral: BigOperator, facts: Sequence[Value], budget: WorkBudget
) -> bool:
    """∫ u³ from 1 to 2, of 2x(x² + 1)³ from 0 to 1 with u = x² + 1."""
    ends = [_term(changed["low"]), _term(changed["high"])]
    return _is_integral(_term(changed["body"]), ends, integral, facts, budget)


def _is_found_in_letter(
    match: re.Match[str], integral: BigOperator, facts: Sequence[Value], budget: WorkBudget
) -> bool:
    """Whether the bounds are those of u, and the bracket times its factor is an antiderivative."""
    ends = [_term(match["low"] or match["lower"]), _term(match["high"] or match["upper"])]
    body, inner = _term(match["body"]), _term(match["inner"])
    factor = _term(match["factor"].strip(" ·*") or "1")
    if body is None or inner is None or factor is None or free_names(factor):
        return False
    slope = Mul((factor, differentiate(inner, match["letter"])))
    is_own = free_names(body) == {match["letter"]} and same_value(slope, body, budget).equal is True
    return is_own and _is_integral(body, ends, integral, facts, budget)


def _is_integral(
    body: Term | None,
    ends: Sequence[Term | None],
    integral: BigOperator,
    facts: Sequence[Value],
    budget: WorkBudget,
) -> bool:
    """Whether it comes to the integral, in its own letter or in one put in for a part of it."""
    if body is None or integral.low is None or integral.high is None:
        return False
    names = free_names(body)
    if names == {integral.name}:
        return _are_same([body, *ends], [integral.body, integral.low, integral.high], budget)
    if len(names) != 1:
        return False
    [letter] = names
    for inner in terms_put_in(facts, letter, integral.name):
        slope = differentiate(inner, integral.name)
        whole = Mul((substitute(body, Sym(letter), inner), slope))
        own = [substitute(inner, Sym(integral.name), at) for at in (integral.low, integral.high)]
        if _are_same([whole, *ends], [integral.body, *own], budget):
            return True
    return False


def _goes_on(right: str, integral: BigOperator, budget: WorkBudget) -> bool:
    """x e^(2x)/2 - ∫ e^(2x)/2 dx: its derivative is what is integrated."""
    value = _term(right)
    parts = list(_summands(value)) if value is not None else []
    if sum(isinstance(part, BigOperator) for _, part in parts) != 1:
        return False
    slopes: list[Term] = []
    for sign, part in parts:
        if isinstance(part, BigOperator):
            if part.low is not None or part.kind != "int" or part.name != integral.name:
                return False
            slope: Term = part.body
        else:
            if free_names(part) != {integral.name}:
                return False
            slope = differentiate(part, integral.name)
        slopes.append(slope if sign > 0 else Neg(slope))
    return same_value(Add(tuple(slopes)), integral.body, budget).equal is True


def _summands(term: Term, sign: int = 1) -> Iterator[tuple[int, Term]]:
    match term:
        case Add(parts):
            for part in parts:
                yield from _summands(part, sign)
        case Neg(part):
            yield from _summands(part, -sign)
        case _:
            yield sign, term


def _term(text: str) -> Term | None:
    value = read_expression(text.strip())
    return value if is_term(value) else None
