"""Members of a sequence that a formula gives: a_n = 2n² - 1."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.calculation_rules import CALCULATION_RULES
from tutor.grading.mistakes.rules.rewriting import variants
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Listing,
    Mul,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    has_part,
    is_term,
    substitute,
)

MAX_MEMBERS = 8
MAX_INDEX = 60
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)


def member_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    for value in question.task.equations:
        match value:
            case Comparison("=", Call(called, (Sym(name),)), body) if (
                called.endswith("_") and is_term(body) and free_names(body) == {name}
            ):
                yield from _of_rule(body, name, question)


def _of_rule(body: Term, name: str, question: Question) -> Iterator[MistakenAnswer]:
    if has_part(body, Call):
        return
    starts: tuple[int, ...] = (1, 0)
    if isinstance(question.right, Listing):
        count = len(question.right.parts)
    else:
        ordinals = [n for n, word in enumerate(_ORDINALS, 1) if word in question.statement.lower()]
        count = 1
        starts = (*(int(n) for n in question.numbers if _is_index(n)), *ordinals)
    for start in starts if count <= MAX_MEMBERS else ():
        if _is_right(_members(body, name, start, count), question):
            for first in (start - 1, start + 1):
                yield _answer(_members(body, name, first, count), MistakeName.OFF_BY_ONE)
            yield from _by_rules(body, name, start, count)
            return


def _is_index(number: Fraction) -> bool:
    return number.denominator == 1 and 0 < number <= MAX_INDEX


def _members(body: Term, name: str, start: int, count: int) -> list[Term]:
    indices = range(start, start + count)
    return [substitute(body, Sym(name), Num(Fraction(index))) for index in indices]


def _is_right(members: list[Term], question: Question) -> bool:
    if not isinstance(question.right, Listing):
        return question.is_right(members[0])
    wanted = [rational_value(part) for part in question.right.parts if is_term(part)]
    return None not in wanted and wanted == [rational_value(member) for member in members]


def _answer(members: list[Term], name: MistakeName) -> MistakenAnswer:
    if len(members) == 1:
        return MistakenAnswer(members[0], name)
    values = [rational_value(member) for member in members]
    parts = [
        member if value is None else Num(value)
        for value, member in zip(values, members, strict=True)
    ]
    return MistakenAnswer(Listing(tuple(parts)), name)


def _squared_product(term: Term) -> Iterator[Term]:
    """(2n)² for 2n²"""
    match term:
        case Mul((Num() as factor, Pow(Sym() as letter, exponent))):
            yield Pow(Mul((factor, letter)), exponent)


def _by_rules(body: Term, name: str, start: int, count: int) -> Iterator[MistakenAnswer]:
    """The same mistake in each member."""
    for mistake, change in (
        *CALCULATION_RULES,
        (MistakeName.ORDER_OF_OPERATIONS, _squared_product),
    ):
        for variant in variants(body, change):
            if free_names(variant) == {name}:
                yield _answer(_members(variant, name, start, count), mistake)
