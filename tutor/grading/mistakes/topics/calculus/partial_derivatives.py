"""Partial derivatives and gradients of functions of several variables."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.wrong_derivatives import wrong_derivatives
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Neg,
    Sym,
    Term,
    free_names,
    is_term,
)

MAX_VARIABLES = 3
_N = MistakeName


def partial_derivative_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    for value in question.task.equations:
        match value:
            case Comparison("=", Call(_, arguments), body) if is_term(body):
                names = [part.name for part in arguments if isinstance(part, Sym)]
                if 2 <= len(names) == len(arguments) <= MAX_VARIABLES:
                    try:
                        yield from _of_function(body, names, question)
                    except NotDifferentiable:
                        return


def _of_function(body: Term, names: list[str], question: Question) -> Iterator[MistakenAnswer]:
    for name in names:
        if not question.is_right(differentiate(body, name)):
            continue
        others = [other for other in names if other != name]
        for other in others:
            yield MistakenAnswer(differentiate(body, other), _N.OTHER_PART_ANSWERED)
        yield MistakenAnswer(_all_derived(body, names), _N.OTHER_LETTER_NOT_CONSTANT)
        yield MistakenAnswer(_others_derived(body, name, others), _N.OTHER_LETTER_NOT_CONSTANT)
        for other in others:
            mixed = differentiate(differentiate(body, name), other)
            yield MistakenAnswer(mixed, _N.OTHER_LETTER_NOT_CONSTANT)
        total = Add(tuple(differentiate(body, each) for each in names))
        yield MistakenAnswer(total, _N.OTHER_LETTER_NOT_CONSTANT)
        for mistake, wrong in wrong_derivatives(body, name):
            yield MistakenAnswer(wrong, mistake)
        yield MistakenAnswer(Neg(differentiate(body, name)), _N.SIGN_ERROR)
        return


def _summands(body: Term) -> tuple[Term, ...]:
    return body.parts if isinstance(body, Add) else (body,)


def _all_derived(body: Term, names: list[str]) -> Term:
    """6x²y + 2 for x³y² + 2y: each letter of a summand is derived, one after the other."""
    changed: list[Term] = []
    for part in _summands(body):
        for name in names:
            if name in free_names(part):
                part = differentiate(part, name)
        changed.append(part)
    return Add(tuple(changed))


def _others_derived(body: Term, name: str, others: list[str]) -> Term:
    """3x²y² + 2 for x³y² + 2y by x: the summand without x is derived by y."""
    changed: list[Term] = []
    for part in _summands(body):
        names = free_names(part)
        letters = [name] if name in names else [other for other in others if other in names]
        changed += [differentiate(part, letter) for letter in letters]
    return Add(tuple(changed))
