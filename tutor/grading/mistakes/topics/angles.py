"""Solutions of trigonometric equations, and angles in the wrong measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Root,
    Term,
    Value,
    is_term,
    substitute,
)

_WAVE = re.compile(r"\\?(?:sin|cos|tan)\b|正弦|余弦", re.I)
_N = MistakeName
_PI = Const("pi")
_ONE, _TWO, _THREE = (Num(Fraction(n)) for n in (1, 2, 3))
_VALUES_OF_SINE = (
    *(Div(_ONE, _TWO), Div(Root(_TWO, _TWO), _TWO), Div(Root(_THREE, _TWO), _TWO)),
    *(Num(Fraction(0)), _ONE),
)
_VALUES_OF_TANGENT = (Div(Root(_THREE, _TWO), _THREE), _ONE, Root(_THREE, _TWO), Num(Fraction(0)))


def angle_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    if not question.mentions(_WAVE):
        return
    yield from _values_of_functions(question)
    right = question.right
    parts: tuple[Value, ...] = right.parts if isinstance(right, Bracketed) else ()
    if isinstance(right, Bracketed) and right.opening not in ("{", "{set"):
        return
    turns = [turn for turn in map(_turn, parts or (right,)) if turn is not None]
    if not turns or len(turns) != len(parts or (right,)):
        return
    if not parts:
        yield MistakenAnswer(Num(turns[0] * 180), _N.DEGREES_FOR_RADIANS)
        for wrong in _others(turns[0]):
            yield MistakenAnswer(_angle(wrong), _N.WRONG_TRIGONOMETRIC_VALUE)
        return
    yield _set([Num(turn * 180) for turn in turns], _N.DEGREES_FOR_RADIANS)
    for first in turns:
        for start in (first, *_others(first)):
            for second in (1 - start, 1 + start, 2 - start):
                wrong_pair = {start % 2, second % 2}
                if wrong_pair != {turn % 2 for turn in turns}:
                    members = [_angle(turn) for turn in sorted(wrong_pair)]
                    yield _set(members, _N.WRONG_TRIGONOMETRIC_VALUE)


def _values_of_functions(question: Question) -> Iterator[MistakenAnswer]:
    """-√2/2 and √3/2 for the sine of 240°"""
    for term in question.task.expressions:
        match term:
            case Call("sin" | "cos" | "tan" as name, (angle,)) if question.is_right(term):
                yield MistakenAnswer(Neg(term), _N.SIGN_ERROR)
                for other in ("sin", "cos", "tan"):
                    if other != name:
                        wrong = Call(other, (angle,))
                        yield MistakenAnswer(wrong, _N.WRONG_TRIGONOMETRIC_FUNCTION)
                for value in _VALUES_OF_TANGENT if name == "tan" else _VALUES_OF_SINE:
                    for sign in (value, Neg(value)):
                        yield MistakenAnswer(sign, _N.WRONG_TRIGONOMETRIC_VALUE)


def _others(turn: Fraction) -> tuple[Fraction, ...]:
    """Angles with the value of the other function, or of another special angle."""
    return (Fraction(1, 2) - turn, Fraction(1, 6), Fraction(1, 4), Fraction(1, 3))


def _turn(value: Value) -> Fraction | None:
    """The angle as a share of π; None for anything else."""
    if not is_term(value):
        return None
    as_number: Term = substitute(value, _PI, Num(Fraction(1)))
    turn = rational_value(as_number)
    return turn if as_number != value or turn == 0 else None


def _angle(turn: Fraction) -> Term:
    return Mul((Num(turn), _PI))


def _set(members: list[Term], name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Bracketed("{", tuple(members), "}"), name)
