"""The solutions of the cases of an equation: 2x - 1 = 7 gives x = 4, 2x - 1 = -7 gives x = -3."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.comparison.shown_working import holds
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.sentences.answer_shapes import (
    DEFINITION,
    EQUALS,
    AnswerShape,
    letters_of,
    number_in,
    shape_of,
    stem,
)
from tutor.grading.sentences.clauses import TypedStatement, statements_of

MIN_CASES = 2


def solutions_of_cases(text: str, decimal_comma: bool) -> tuple[str, ...]:
    """x = 4 and x = -3, where each fulfils the equations right before it; () for anything else."""
    read = decimal_points(text) if decimal_comma else text
    statements = statements_of(read)
    cases = _cases(statements)
    if len(cases) < MIN_CASES or not all(map(_is_solved, cases)):
        return ()
    solutions = [statement.text for _, solved in cases for statement in solved]
    names = {stem(EQUALS.split(solution)[0].strip()) for solution in solutions}
    if len(names) > 1:
        return ()
    return tuple(each.replace(".", ",") if decimal_comma else each for each in solutions)


Case = tuple[list[TypedStatement], list[TypedStatement]]


def _cases(statements: Sequence[TypedStatement]) -> list[Case]:
    """The equations and the solutions of each; a solution ends the equations before it."""
    cases: list[Case] = []
    for statement in statements:
        if _is_solution(statement.text):
            if not cases:
                return []
            cases[-1][1].append(statement)
        elif cases and not cases[-1][1]:
            cases[-1][0].append(statement)
        else:
            cases.append(([statement], []))
    return cases


def _is_solution(text: str) -> bool:
    named = DEFINITION.fullmatch(text)
    return named is not None and number_in(named[2]) is not None


def _is_solved(case: Case) -> bool:
    equations, solved = case
    return bool(solved) and all(
        _fulfils(solution.text, equation.text) for solution in solved for equation in equations
    )


def _fulfils(solution: str, equation: str) -> bool:
    named = DEFINITION.fullmatch(solution)
    value = number_in(named[2]) if named else None
    letters = letters_of(equation)
    if named is None or value is None or shape_of(equation) != AnswerShape.RELATION:
        return False
    return letters == {stem(named[1])} and holds(equation, stem(named[1]), value) is True
