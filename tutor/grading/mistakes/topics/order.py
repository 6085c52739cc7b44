"""Answers in the wrong order: swapped, reversed, upside down, the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.answer_key import Kind
from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.signs import with_members
from tutor.grading.mistakes.worded_relations import worded_relations
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import as_matrix
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Bracketed,
    Comparison,
    Const,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    NamedSet,
    Neg,
    Ratio,
    SetOperation,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)

_SLOPE = re.compile(r"\bslope|\bgradient\b|\bSteigung|\bpente|\bpendiente|斜率", re.I)
_NEGATIVE_EXPONENT = re.compile(r"\^\s{0,3}+\{?\s{0,3}+\(?\s{0,3}+[-−]|⁻")
_DOMAIN = re.compile(r"\bdomain|Definitions(?:bereich|menge)|définition|dominio|定义域", re.I)
_VECTOR = re.compile(r"gradient|\bvector|Vektor|vecteur|梯度|向量", re.I)
_LIMITS = re.compile(r"\\int\s*(?:\\limits\s*)?_|∫_")
_GROWTH = re.compile(
    r"\b(?:in|de)creas|\bmonoton|\bsteigend|\bfallend|\bwächst|\bcroissan|\bdécroissan|\bcrecien"
    r"|\bdecrecien|\bconcave|\bconvex|\bgekrümmt|递增|递减|增区间|减区间|凹|凸",
    re.I,
)
_INEQUALITY = re.compile(r"[<>≤≥]|\\l[et]\b|\\g[et]\b|\\[lg]eq|\\leqslant|\\geqslant")
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_INFINITY = Const("oo")


def order_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.right
    kind = question.key.kind
    if kind == Kind.INTERVAL and isinstance(right, Bracketed | SetOperation):
        yield from _in_interval(right, question)
    elif kind == Kind.TUPLE and isinstance(right, Bracketed):
        yield from _reversed(right, MistakeName.SWAPPED_COORDINATES)
        if question.mentions(_VECTOR):
            terms = tuple(part for part in right.parts if is_term(part))
            yield MistakenAnswer(Add(terms), MistakeName.SUM_FOR_VECTOR)
    elif isinstance(right, Listing | Bracketed) and question.key.ordered:
        yield from _reversed(right, MistakeName.ORDER_REVERSED)
    elif isinstance(right, Ratio):
        yield MistakenAnswer(Ratio(right.parts[::-1]), MistakeName.ORDER_REVERSED)
    elif isinstance(right, Comparison | Logic):
        yield from _in_statement(right, question)
    elif (matrix := as_matrix(right)) is not None:
        yield from _transposed(matrix)
    elif question.amount is not None:
        yield from _in_term(question.amount, question)


def _reversed(value: Listing | Bracketed, name: MistakeName) -> Iterator[MistakenAnswer]:
    if all(is_term(part) for part in value.parts):
        members = [part for part in value.parts if is_term(part)]
        yield MistakenAnswer(with_members(value, members[::-1]), name)


def _transposed(matrix: Matrix) -> Iterator[MistakenAnswer]:
    if len(matrix.rows) > 1 and len(matrix.rows[0]) > 1:
        columns = tuple(zip(*matrix.rows, strict=True))
        yield MistakenAnswer(Matrix(columns), MistakeName.TRANSPOSED)


def _in_term(term: Term, question: Question) -> Iterator[MistakenAnswer]:
    is_slope = question.mentions(_SLOPE)
    if is_slope:
        yield MistakenAnswer(Neg(term), MistakeName.SUBTRACTED_IN_WRONG_ORDER)
    elif question.mentions(_LIMITS) and not free_names(term):
        yield MistakenAnswer(Neg(term), MistakeName.LIMITS_SWAPPED)
    name = MistakeName.SLOPE_UPSIDE_DOWN if is_slope else MistakeName.QUOTIENT_UPSIDE_DOWN
    if question.mentions(_NEGATIVE_EXPONENT):
        name = MistakeName.SIGN_OF_EXPONENT
    value = rational_value(term)
    if isinstance(term, Div):
        yield MistakenAnswer(Div(term.bottom, term.top), name)
    elif value is None or value != 0:
        yield MistakenAnswer(Div(ONE, term), name)


def _in_statement(value: Comparison | Logic, question: Question) -> Iterator[MistakenAnswer]:
    if isinstance(value, Logic):
        parts = [_turned(part) for part in value.parts]
        if all(part is not None for part in parts):
            turned_parts = tuple(part for part in parts if part is not None)
            turned = Logic("and" if value.op == "or" else "or", turned_parts)
            yield MistakenAnswer(turned, MistakeName.INSIDE_FOR_OUTSIDE)
        return
    turned_one = _turned(value)
    if turned_one is not None:
        yield MistakenAnswer(turned_one, _name_of_turn(question))
    elif (swapped := _with_letters_swapped(value)) is not None:
        yield MistakenAnswer(swapped, MistakeName.REVERSAL_ERROR)


def _name_of_turn(question: Question) -> MistakeName:
    """Not reversed only where an inequality is given that may be divided by a negative number."""
    relations = (*question.task.equations, *worded_relations(question))
    given = (part for value in relations for part in walk(value))
    if any(isinstance(part, Comparison) and _may_reverse(part) for part in given):
        return MistakeName.INEQUALITY_NOT_REVERSED
    return MistakeName.INEQUALITY_WRONG_WAY_ROUND


def _may_reverse(given: Comparison) -> bool:
    """Whether a letter with a minus sign is in it, or a letter on both of its sides."""
    if given.op not in _TURNED:
        return False
    has_minus = any(isinstance(part, Neg) and free_names(part) for part in walk(given))
    return has_minus or bool(free_names(given.left) and free_names(given.right))


def _turned(value: Value) -> Comparison | None:
    if isinstance(value, Comparison) and value.op in _TURNED:
        return Comparison(_TURNED[value.op], value.left, value.right)
    return None


def _with_letters_swapped(value: Comparison) -> Value | None:
    """6S = P for S = 6P; None for other equations."""
    match value:
        case Comparison("=", Sym(name), Mul((_, Sym(other)))) if name != other:
            between = Sym(f"{name}\x00")
            swapped = substitute(value, Sym(name), between)
            swapped = substitute(swapped, Sym(other), Sym(name))
            changed: Value = substitute(swapped, between, Sym(other))
            return changed
    return None


def _in_interval(value: Bracketed | SetOperation, question: Question) -> Iterator[MistakenAnswer]:
    name = MistakeName.INSIDE_FOR_OUTSIDE
    if question.mentions(_GROWTH):
        name = MistakeName.INCREASE_FOR_DECREASE
    elif question.mentions(_DOMAIN):
        name = MistakeName.INEQUALITY_WRONG_WAY_ROUND
    elif _is_ray(value):
        name = _name_of_turn(question)
    yield MistakenAnswer(SetOperation("minus", NamedSet("R"), value), name)
    match value:
        case Bracketed(opening, (low, high), closing):
            turned = Bracketed(opening, (high, low), closing)
            yield MistakenAnswer(turned, MistakeName.ORDER_REVERSED)
    for other in (_with_ends(value, *ends) for ends in ("()", "[]", "[)", "(]")):
        yield MistakenAnswer(SetOperation("minus", NamedSet("R"), other), name)


def _is_ray(value: Value) -> bool:
    if not isinstance(value, Bracketed):
        return False
    return any(part in (_INFINITY, Neg(_INFINITY)) for part in value.parts)


def _with_ends(value: Value, opening: str, closing: str) -> Value:
    """The set with all its ends open, or closed where they are finite."""
    match value:
        case Bracketed(_, (low, high), _):
            left = "(" if low == Neg(_INFINITY) else opening
            right = ")" if high == _INFINITY else closing
            return Bracketed(left, (low, high), right)
        case SetOperation(op, first, second):
            return SetOperation(
                op, _with_ends(first, opening, closing), _with_ends(second, opening, closing)
            )
    return value
