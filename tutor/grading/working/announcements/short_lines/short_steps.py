"""Short steps with an arrow: "d=6 → r=3", "(5±1)/2 → 2 y 3", "x=0 → u=1, x=1 → u=2", |·(x-3)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, unchecked
from tutor.grading.working.facts import terms_put_in
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import read_rational
from tutor.grading.working.task import Task

MAX_LENGTH = 110
_TO = r"\s?(?:→|->|=>|⇒|⟹|[,;，]?\s?(?:so|also|donc|luego|entonces|daher|所以|则|故))\s?"
_AND = r"\s?(?:,|;|，|；|、|\b(?:and|or|und|oder|et|ou|y|o)\b|和|或|与)\s?"
_NUMBER = r"[-−]?\d{1,6}(?:\.\d{1,4}|/\d{1,4})?"
_UNIT = r"\s?(?:[kmcd]?m|in|ft)?\s?"
_RADIUS = re.compile(
    rf"(?:[^\d=]{{0,20}}[:：]\s?)?(?:d|D|diam\w{{0,6}}\.?|durchmesser|直径)\s?[=是为]\s?"
    rf"(?P<d>{_NUMBER}){_UNIT}{_TO}(?:r|R|radius|rayon|radio|半径)\s?[=是为]\s?"
    rf"(?:{_NUMBER}{_UNIT}[/:÷]\s?2\s?=\s?)?(?P<r>{_NUMBER}){_UNIT}",
    re.IGNORECASE,
)
_GIVES = r"(?:da|gives|get|ergibt|gibt|also|donne|sale|quedan?|des|das|得)?"
_ROOTS = re.compile(
    rf"(?:[^\W\d_]{{2,12}}\s?[:：]\s?)?(?:(?P<name>[a-z])(?:_?\{{?1,2\}}?|₁,₂)?\s?=\s?)?"
    rf"(?P<sides>[^→:;]*±[^→:;]*?)\s?(?:→|->|=>|⇒|⟹|[:,;])\s?{_GIVES}\s?"
    rf"(?:[a-z](?:_?1|₁)?\s?=\s?)?(?P<a>{_NUMBER}){_AND}(?:[a-z](?:_?2|₂)?\s?=\s?)?(?P<b>{_NUMBER})"
)
_PUT_IN = re.compile(
    rf"(?P<x>[a-z])\s?=\s?(?P<at>{_NUMBER})"
    rf"(?:\s?(?:→|->|=>|⇒|⟹|:)\s?|\s?[,，]?\s?(?:gives|so|then|donne|ergibt|da|时)[,，]?\s?)(?P<u>[a-z])\s?=\s?(?P<value>{_NUMBER})"
)
_OPERATION = re.compile(
    r"\|\s?(?:[-−+·*×:÷/]\s?(?:\d{1,4}(?:/\d{1,3})?[a-z]?|[a-z]|\([a-z0-9+\-−*^² ]{1,15}\))"
    r"|√|\(\s?\)²|²)"
)
_REFERENCE = re.compile(
    r"(?:the |der |el |l['’]|un |an? )?(?:basic|reference|related|ref\.?) (?:angle|∠)|bezugswinkel"
    r"|basiswinkel|hilfswinkel|referenzwinkel|(?:angle|ang\.) de (?:référence|ref\.?)"
    r"|(?:ángulo|áng\.?|ang\.?) de (?:referencia|ref\.?)|参考角|锐角|基准角",
    re.IGNORECASE,
)
_ANGLE = re.compile(
    r"\s?(?:=|:|：|is|ist|est|es|是|为|α\s?=)?\s?(?:(?P<degrees>\d{1,2}(?:\.\d)?)\s?°"
    r"|(?P<top>\d?)\s?π\s?(?:/\s?(?P<bottom>\d{1,2})))\s?"
)
_PERPENDICULAR = re.compile(
    r"(?:因为|∵|since|because|weil|da|car|como|comme|由|已知)?\s?(?:\\vec\s?\{?)?([a-z])\}?\s?"
    r"(?:⊥|\\perp)\s?(?:\\vec\s?\{?)?([a-z])\}?",
    re.IGNORECASE,
)
_IS_PERPENDICULAR = words(
    r"perpendicular(?:es)?|orthogonal\w{0,2}|orthogonaux|senkrecht|perpendiculaires?|ortogonales",
    r"⊥|\\perp|垂直",
)
_VALUE_OF = {"sin": math.sin, "cos": math.cos, "tan": math.tan}
CLOSE = 1e-9


def judge_short_step(text: str, task: Task, facts: Sequence[Value]) -> ClaimResult | None:
    """Proved or given for a right step of these kinds; None for anything else.

    facts: what was said before.
    """
    text = text.strip(" .。").replace("−", "-")
    if len(text) > MAX_LENGTH:
        return None
    with suppress(Unreadable, RecursionError, ArithmeticError):
        known = [*task.equations, *facts]
        if _is_radius(text, task) or _are_roots(text, known) or _are_put_in(text, known):
            return proved(ClaimRelation.EVALUATE)
        if _is_reference(text, known):
            return proved(ClaimRelation.EVALUATE)
        if _OPERATION.fullmatch(text) or _is_perpendicular(text, task):
            return unchecked(ClaimRelation.DEFINE)
    return None


def judge_put_in(text: str, task: Task) -> ClaimResult | None:
    """Proved for "x = 0 → u = 1, x = 2 → u = 5" where the statement has u = x² + 1; else None."""
    with suppress(Unreadable, RecursionError, ArithmeticError):
        is_right = len(text) <= MAX_LENGTH and _are_put_in(text.strip(" .。"), task.equations)
        return proved(ClaimRelation.EVALUATE) if is_right else None
    return None


def _is_radius(text: str, task: Task) -> bool:
    match = _RADIUS.fullmatch(text)
    if match is None:
        return False
    diameter = Fraction(match["d"])
    return diameter in task.numbers and Fraction(match["r"]) * 2 == diameter


def _are_roots(text: str, known: Sequence[Value]) -> bool:
    """Whether the numbers are those of the last term with ±, and where a known equation holds."""
    match = _ROOTS.fullmatch(text)
    if match is None:
        return False
    told = {Fraction(match["a"]), Fraction(match["b"])}
    for side in match["sides"].split("="):
        if {read_rational(side.replace("±", sign)) for sign in "+-"} != told:
            return False
    return any(all(_holds(fact, number) for number in told) for fact in known)


def _holds(fact: Value, number: Fraction) -> bool:
    """Whether both sides are the same there, of an equation or of an inequality."""
    if not isinstance(fact, Comparison) or len(free_names(fact)) != 1:
        return False
    [name] = free_names(fact)
    sides = [rational_value(_put(side, name, number)) for side in (fact.left, fact.right)
             if is_term(side) and fact.left != Sym(name)]  # fmt: skip
    return len(sides) == 2 and sides[0] is not None and sides[0] == sides[1]


def _put(term: Value, name: str, number: Fraction) -> Term:
    value: Term = substitute(term, Sym(name), Num(number))
    return value


def _are_put_in(text: str, known: Sequence[Value]) -> bool:
    """Whether each number of u is the one of u = x² + 1 there."""
    pieces = list(_PUT_IN.finditer(text))
    if not pieces or re.sub(_AND, "", _PUT_IN.sub("", text)).strip(" ,;"):
        return False
    return all(
        any(
            rational_value(_put(inner, piece["x"], Fraction(piece["at"])))
            == Fraction(piece["value"])
            for inner in terms_put_in(known, piece["u"], piece["x"])
        )
        for piece in pieces
    )


def _is_reference(text: str, known: Sequence[Value]) -> bool:
    """Whether the acute angle has the ratio of cos x = -1/2 without its sign."""
    begin = _REFERENCE.match(text)
    angle = _ANGLE.fullmatch(text, begin.end()) if begin is not None else None
    if angle is None:
        return False
    if angle["degrees"]:
        radians = math.radians(float(angle["degrees"]))
    else:
        radians = int(angle["top"] or 1) * math.pi / int(angle["bottom"])
    ratios = list(_ratios(known))[-1:]
    is_acute = 0 < radians < math.pi / 2
    return is_acute and any(abs(_VALUE_OF[n](radians) - abs(v)) < CLOSE for n, v in ratios)


def _ratios(known: Sequence[Value]) -> Iterator[tuple[str, float]]:
    """The cosine and -1/2 of cos x = -1/2, whose square is rational."""
    for fact in known:
        match fact:
            case Comparison("=", Call(("sin" | "cos" | "tan") as name, (Sym(_),)), right):
                if is_term(right) and not free_names(right):
                    square = _square(right)
                    if square is not None and square >= 0:
                        yield name, math.sqrt(square)


def _square(term: Term) -> Fraction | None:
    """3/4 of √3/2; None where it is not rational."""
    match term:
        case Neg(inner):
            return _square(inner)
        case Root(inner, Num(index)) if index == 2:
            return rational_value(inner)
        case Div(top, bottom):
            above, below = _square(top), _square(bottom)
            return above / below if above is not None and below else None
    own = rational_value(term)
    return None if own is None else own * own


def _is_perpendicular(text: str, task: Task) -> bool:
    match = _PERPENDICULAR.fullmatch(text)
    if match is None or not _IS_PERPENDICULAR.search(task.text):
        return False
    return all(re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", task.text) for name in match.groups())
