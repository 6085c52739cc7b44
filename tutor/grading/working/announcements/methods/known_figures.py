"""Hypotenuses, determinants and points: h = √(9² + 12²), det ≠ 0 so invertible, N(6|0)."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import ZERO, Num, Sym, Term, Unreadable, is_term, substitute
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.announcements.methods.functions import function_in
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.vectors import determinant, matrices_in
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 90
_NUMBER = r"\d{1,5}(?:\.\d{1,3})?"
_LEGS = re.compile(
    rf"(?:legs|catetos|katheten|cathètes|côtés de l'angle droit|直角边)[^\d.?]{{0,40}}({_NUMBER})"
    rf"[^\d.?]{{1,20}}({_NUMBER})",
    re.IGNORECASE,
)
_RIGHT = words(
    r"right[- ]?(?:angled )?triangle|rechtwinklig\w{0,2}|rectangle|rectángulo", "直角三角形"
)
_HYPOTENUSE = re.compile(
    r"(?:the |die |l'|la )?(?:h|hyp(?:ot[eé]n\w{2,3}|\.)?|hip(?:otenusa|\.)?|斜边)\s?[=:]\s?"
    rf"(?:√|\\sqrt)\s?[({{]\s?(?P<a>{_NUMBER})\s?(?:²|\^2)\s?\+\s?(?P<b>{_NUMBER})\s?(?:²|\^2)\s?[)}}]"
    r"(?P<rest>(?:\s?=[^=]{1,20}){0,3})",
    re.IGNORECASE,
)
_INVERTIBLE = re.compile(
    r"(?:(?:the )?(?:it'?s |it is |es "
    r"|c'est )?(?:det(?:erminant\w?)?\.?(?: of)?\s?\(?[A-Z]?\)?\s?)?"
    r"(?:≠|!=|\\neq?|is not|not|ist nicht|nicht|n'est pas|non|no es|distinto de|不等于|不为)"
    r"\s?(?:0|zero|null|nulle?|cero)\s?[,，]?\s?)(?:(?:so|also|donc|luego|entonces|hence|therefore|→|=>"
    r"|⇒|所以|故)\s?,?\s?)(?:(?:ist|is|it|its|it's|est|es|[A-Z]|the|die|la|matrix|matrice|matriz|矩阵)"
    r"\s?){0,4}(?:invertible|invertierbar|inversible|tiene inversa|可逆|regulär|regular)"
    r"(?: ist [A-Z])?",
    re.IGNORECASE,
)
_ON_AXIS = re.compile(
    r"(?:(?P<zero>N|S_?x|X|Nullstelle|x-intercept)|(?P<start>S_?y|Y|y-intercept))_?[12₁₂]?\s?"
    r"\(\s?(?P<x>-?\d{1,5}(?:\.\d{1,3}|/\d{1,3})?)\s?[|;,]\s?(?P<y>-?\d{1,5}(?:\.\d{1,3}|/\d{1,3})?)\s?\)"
)


def is_known_figure(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether the legs, the matrix or the function of the statement have what the line says."""
    if len(text) > MAX_LENGTH:
        return False
    with suppress(Unreadable, RecursionError, ArithmeticError):
        return (
            _is_hypotenuse(text, task, budget)
            or _is_invertible(text, task, budget)
            or _is_on_axis(text, task)
        )
    return False


def _is_hypotenuse(text: str, task: Task, budget: WorkBudget) -> bool:
    match = _HYPOTENUSE.fullmatch(text)
    told = _LEGS.search(plain_text(task.text)) if _RIGHT.search(task.text) else None
    if match is None or told is None:
        return False
    legs = [Fraction(match["a"]), Fraction(match["b"])]
    if sorted(legs) != sorted(map(Fraction, told.groups())):
        return False
    root = read_expression(rf"\sqrt{{{match['a']}^2+{match['b']}^2}}")
    sides = [read_expression(side) for side in match["rest"].split("=")[1:]]
    return is_term(root) and all(
        is_term(side) and same_value(side, root, budget).equal is True for side in sides
    )


def _is_invertible(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether the only matrix has another determinant than zero."""
    matrices = list(matrices_in(task.text).values())
    if len(matrices) != 1 or not _INVERTIBLE.fullmatch(text):
        return False
    value = determinant(matrices[0])
    return value is not None and same_value(value, ZERO, budget).equal is False


def _is_on_axis(text: str, task: Task) -> bool:
    """The zero, or the value at 0, of the only function."""
    match = _ON_AXIS.fullmatch(text)
    function = function_in(task)
    if match is None or function is None:
        return False
    x, y = Fraction(match["x"]), Fraction(match["y"])
    value: Term = substitute(function.body, Sym(function.variable), Num(x))
    return (y if match["zero"] else x) == 0 and rational_value(value) == y
