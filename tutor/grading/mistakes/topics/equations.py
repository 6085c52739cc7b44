"""Equations and inequalities in one unknown, solved with one mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.answer_key import Kind
from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules import algebra_rules, calculation_rules
from tutor.grading.mistakes.rules.rewriting import Change, negated, variants
from tutor.grading.mistakes.worded_relations import worded_relations
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    free_names,
    is_term,
)
from tutor.grading.solver import term_builder
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps import rule_slips

TWO = Num(Fraction(2))
_INEQUALITIES = ("<", "<=", ">", ">=")
WrongSolutions = tuple[list[Term], MistakeName]


def _subtracted_first(term: Term) -> Iterator[Term]:
    """(4 - 3)(x - 2) for 4 - 3(x - 2)"""
    match term:
        case Add((first, Neg(Mul((factor, Add() as bracket))))):
            yield Mul((Add((first, Neg(factor))), bracket))
        case Add((first, Mul((factor, Add() as bracket)))):
            yield Mul((Add((first, factor)), bracket))


_RULES: tuple[tuple[MistakeName, Change], ...] = (
    (MistakeName.MINUS_DISTRIBUTED_TO_FIRST_TERM, algebra_rules.minus_to_first_term),
    (MistakeName.DISTRIBUTED_TO_FIRST_TERM, algebra_rules.half_distributed),
    (MistakeName.SQUARED_TERMS_SEPARATELY, rule_slips.split_square),
    (MistakeName.ORDER_OF_OPERATIONS, _subtracted_first),
    (MistakeName.ADDED_DENOMINATORS, calculation_rules.added_denominators),
)


@dataclass(frozen=True, slots=True)
class Equation:
    """op: = or an inequality. name: of the unknown."""

    op: str
    left: Term
    right: Term
    name: str

    @property
    def difference(self) -> Term:
        return Add((self.left, Neg(self.right)))


def equation_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    for equation in equations_of(question):
        yield from _by_rules(equation, question)
        yield from linear_mistakes(equation, question)
        if (coefficients := quadratic(equation.difference, equation.name)) is not None:
            yield from _quadratic_mistakes(equation, coefficients, question)


def equations_of(question: Question) -> Iterator[Equation]:
    """Those of the statement in one unknown; a function's zeros too."""
    for value in (*question.task.equations, *worded_relations(question)):
        match value:
            case Comparison(op, left, right) if is_term(left) and is_term(right):
                names = free_names(value)
                if len(names) == 1:
                    yield Equation(op, left, right, next(iter(names)))
                elif left == Sym("y") and question.key.kind in (Kind.SET, Kind.NUMBER, Kind.LIST):
                    yield from _zeros(right)
    for function in dict.fromkeys(question.task.definitions.functions.values()):
        if question.key.kind in (Kind.SET, Kind.NUMBER, Kind.LIST):
            yield Equation("=", function.body, Num(Fraction(0)), function.variable)


def _zeros(side: Term) -> Iterator[Equation]:
    names = free_names(side)
    if len(names) == 1:
        yield Equation("=", side, Num(Fraction(0)), next(iter(names)))


def answers(
    values: Sequence[Term], equation: Equation, name: MistakeName, question: Question
) -> Iterator[MistakenAnswer]:
    """These solutions, as the key writes them: a set, an inequality, or one number."""
    if equation.op in _INEQUALITIES:
        right = question.right
        if len(values) == 1 and isinstance(right, Comparison):
            yield MistakenAnswer(Comparison(right.op, right.left, values[0]), name)
        elif len(values) == 1 and isinstance(right, Bracketed):
            yield from _rays(values[0], right, name)
        return
    if question.key.kind in (Kind.SET, Kind.LIST) or len(values) > 1:
        yield MistakenAnswer(Bracketed("{", tuple(values), "}"), name)
    if question.key.kind != Kind.SET and question.amount is not None:
        for value in values:
            yield MistakenAnswer(value, name)


def _rays(value: Term, right: Bracketed, name: MistakeName) -> Iterator[MistakenAnswer]:
    low, high = right.parts
    has_upper_end = is_term(high) and rational_value(high) is not None
    parts = (low, value) if has_upper_end else (value, high)
    yield MistakenAnswer(Bracketed(right.opening, parts, right.closing), name)


def _linear(term: Term, name: str) -> tuple[Fraction, Fraction] | None:
    """a and b of ax + b; None for anything else."""
    linear = linear_coefficients(term, name)
    if linear is None:
        return None
    a, b = (rational_value(part) for part in linear)
    return None if not a or b is None else (a, b)


def _is_solved_by(value: Fraction, question: Question) -> bool:
    """Whether this solution is the right answer, or the end of the right set."""
    right = question.right
    if isinstance(right, Comparison) and is_term(right.right):
        return rational_value(right.right) == value
    if isinstance(right, Bracketed):
        return any(is_term(part) and rational_value(part) == value for part in right.parts)
    return question.number == value


def summands(term: Term) -> tuple[Term, ...]:
    return term.parts if isinstance(term, Add) else (term,)


def with_moved_sign(equation: Equation) -> Iterator[Equation]:
    """A summand that changed sides with its sign unchanged: it counts with the other sign."""
    for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
        parts = summands(side)
        for index in range(len(parts)):
            turned = [negated(p) if at == index else p for at, p in enumerate(parts)]
            yield Equation(equation.op, Add(tuple(turned)), other, equation.name)


def _moved_after_expanding(equation: Equation) -> Iterator[Equation]:
    """3x - x = 6 - 12 after 3(x - 4) = x + 6."""
    sides = [_expanded(side, equation.name) for side in (equation.left, equation.right)]
    if None not in sides:
        left, right = (side for side in sides if side is not None)
        yield from with_moved_sign(Equation(equation.op, left, right, equation.name))


def _expanded(side: Term, name: str) -> Term | None:
    linear = _linear(side, name)
    if linear is None:
        return side if rational_value(side) is not None else None
    factor, constant = map(term_builder.number, linear)
    return term_builder.total((term_builder.product(factor, Sym(name)), constant))


def linear_mistakes(equation: Equation, question: Question) -> Iterator[MistakenAnswer]:
    """Of a linear equation; none of another."""
    linear = _linear(equation.difference, equation.name)
    if linear is None:
        return
    a, b = linear
    right = -b / a
    if not _is_solved_by(right, question):
        return

    def made(value: Fraction, name: MistakeName) -> Iterator[MistakenAnswer]:
        return answers([Num(value)], equation, name, question)

    for moved in (*with_moved_sign(equation), *_moved_after_expanding(equation)):
        wrong = _linear(moved.difference, equation.name)
        if wrong is not None and -wrong[1] / wrong[0] != -right:
            yield from made(-wrong[1] / wrong[0], MistakeName.MOVED_WITHOUT_CHANGING_SIGN)
    if right:
        yield from made(-right, MistakeName.SIGN_LOST_WHEN_DIVIDING)
    for value, name in _wrong_quotients(a, b) if abs(a) != 1 else ():
        yield from made(value, name)
    yield from _unlike_terms(equation, question)
    if abs(a) != 1:
        yield from _on_one_term(equation, question)


def _wrong_quotients(a: Fraction, b: Fraction) -> Iterator[tuple[Fraction, MistakeName]]:
    """The last step of ax + b = 0, done wrongly."""
    if a.denominator == 1:
        for factor, constant in ((a, -b), (-a, b)):
            yield constant - factor, MistakeName.SUBTRACTED_COEFFICIENT
            yield constant * factor, MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED
    else:
        yield -b * a, MistakeName.DIVIDED_INSTEAD_OF_MULTIPLIED
        yield -b * a.numerator, MistakeName.DENOMINATOR_DROPPED
        yield -b / a.numerator, MistakeName.DENOMINATOR_DROPPED
    if b:
        yield -a / b, MistakeName.QUOTIENT_UPSIDE_DOWN
        yield -b, MistakeName.STOPPED_EARLY


def _unlike_terms(equation: Equation, question: Question) -> Iterator[MistakenAnswer]:
    """5x = 15 for 7 - 2x = 15"""
    for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
        inner, outer = _linear(side, equation.name), rational_value(other)
        if inner is None or outer is None or not inner[1]:
            continue
        for total in (inner[0] + inner[1], abs(inner[0]) + abs(inner[1])):
            if total:
                yield from answers(
                    [Num(outer / total)], equation, MistakeName.UNLIKE_TERMS_COMBINED, question
                )


def _on_one_term(equation: Equation, question: Question) -> Iterator[MistakenAnswer]:
    """x + 3 = 4 for 2x + 3 = 8"""
    for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
        inner, outer = _linear(side, equation.name), rational_value(other)
        if inner is None or outer is None or not inner[1]:
            continue
        factor, constant = inner
        for value in (outer / factor - constant, outer - constant / factor):
            yield from answers([Num(value)], equation, MistakeName.ON_ONE_TERM_ONLY, question)


def quadratic(term: Term, name: str) -> tuple[Fraction, Fraction, Fraction] | None:
    """c, b and a of ax² + bx + c; None for anything else."""
    quotient = rational_function(term, name)
    if quotient is None or quotient.bottom.degree() > 0 or quotient.top.degree() != 2:
        return None
    bottom = quotient.bottom[0]
    parts = [quotient.top[n] / bottom for n in range(3)]
    c, b, a = (Fraction(int(part.p), int(part.q)) for part in parts)
    return c, b, a


def root(value: Fraction) -> Term:
    """Worked out where it is rational."""
    exact = rational_value(Root(Num(value), TWO))
    return Num(exact) if exact is not None else Root(Num(value), TWO)


def pair(middle: Fraction, distance: Term) -> list[Term]:
    """middle ± distance"""
    if (number := rational_value(distance)) is not None:
        return [Num(value) for value in dict.fromkeys((middle - number, middle + number))]
    return [Add((Num(middle), Neg(distance))), Add((Num(middle), distance))]


def roots(a: Fraction, b: Fraction, c: Fraction) -> list[Term]:
    """Real ones of ax² + bx + c = 0."""
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        return []
    return pair(-b / (2 * a), root(discriminant / (4 * a * a)))


def _quadratic_mistakes(
    equation: Equation, coefficients: tuple[Fraction, Fraction, Fraction], question: Question
) -> Iterator[MistakenAnswer]:
    c, b, a = coefficients
    if equation.op in _INEQUALITIES:
        yield from _quadratic_inequality(equation, coefficients, question)
        return
    discriminant = b * b - 4 * a * c
    if discriminant < 0 or not _has_solutions(roots(a, b, c), question):
        return
    for values, name in (*_wrong_formulas(a, b, c), *_left_out(a, b, c)):
        yield from answers(values, equation, name, question)
    for moved in with_moved_sign(equation):
        if values := _roots_of(moved):
            yield from answers(values, equation, MistakeName.SIGN_ERROR, question)


def _wrong_formulas(a: Fraction, b: Fraction, c: Fraction) -> Iterator[WrongSolutions]:
    """Slips in (-b ± √(b² - 4ac))/(2a)."""
    discriminant, other = b * b - 4 * a * c, b * b + 4 * a * c
    middle, distance = -b / (2 * a), root(discriminant)
    if b:
        yield pair(-middle, _divided(distance, 2 * a)), MistakeName.SIGN_OF_B_LOST
    if other >= 0:
        yield pair(middle, _divided(root(other), 2 * a)), MistakeName.SIGN_ERROR
        yield pair(-middle, _divided(root(other), 2 * a)), MistakeName.SIGN_ERROR
    yield pair(-b, _divided(distance, 2 * a)), MistakeName.ON_ONE_TERM_ONLY
    yield pair(middle, distance), MistakeName.ON_ONE_TERM_ONLY
    yield pair(-b, distance), MistakeName.DENOMINATOR_DROPPED
    yield pair(-b / 2, _divided(distance, Fraction(2))), MistakeName.FACTOR_FORGOTTEN
    yield pair(-b / a, _divided(distance, a)), MistakeName.FACTOR_FORGOTTEN
    yield pair(middle, Num(discriminant / (2 * a))), MistakeName.ROOT_FORGOTTEN
    yield pair(middle, Num(discriminant / (4 * a * a))), MistakeName.ROOT_FORGOTTEN


def _left_out(a: Fraction, b: Fraction, c: Fraction) -> Iterator[WrongSolutions]:
    """x = 0 and x = 5 for x² - 5x + 6 = 0, and x = 8 for x² = 16."""
    if b and c:
        yield roots(a, b, Fraction(0)), MistakeName.TERM_DROPPED
    if not b and -c / a > 0:
        yield pair(Fraction(0), Num(-c / a / 2)), MistakeName.ROOT_AS_HALF
        yield pair(Fraction(0), Num(-c / a)), MistakeName.ROOT_FORGOTTEN


def _roots_of(equation: Equation) -> list[Term]:
    """Those of a quadratic equation; empty for others."""
    coefficients = quadratic(equation.difference, equation.name)
    if coefficients is None:
        return []
    c, b, a = coefficients
    return roots(a, b, c)


def _divided(term: Term, divisor: Fraction) -> Term:
    value = rational_value(term)
    return Num(value / divisor) if value is not None else Div(term, Num(divisor))


def _has_solutions(values: Sequence[Term], question: Question) -> bool:
    """Whether the right answer is among these, or all of these."""
    if question.amount is not None:
        return any(question.is_right(value) for value in values)
    return True  # a set is compared as a whole, and the wrong ones differ from it


def _quadratic_inequality(
    equation: Equation, coefficients: tuple[Fraction, Fraction, Fraction], question: Question
) -> Iterator[MistakenAnswer]:
    """x > 8 for x² > 16"""
    c, b, a = coefficients
    x = Sym(equation.name)
    if b or -c / a <= 0:
        return
    for bound, name in (
        (Num(-c / a / 2), MistakeName.ROOT_AS_HALF),
        (Num(-c / a), MistakeName.ROOT_FORGOTTEN),
    ):
        yield MistakenAnswer(Comparison(equation.op, x, bound), name)
        yield MistakenAnswer(Comparison(equation.op, Call("abs", (x,)), bound), name)
    positive = Comparison(equation.op, x, root(-c / a))
    yield MistakenAnswer(positive, MistakeName.ONLY_POSITIVE_CASE)


def _by_rules(equation: Equation, question: Question) -> Iterator[MistakenAnswer]:
    """A side multiplied out by a wrong rule, and the rest right."""
    for name, change in _RULES:
        for left, right in _changed_sides(equation, change):
            wrong = Equation(equation.op, left, right, equation.name)
            values = solutions_of(wrong)
            if values:
                yield from answers(values, equation, name, question)


def _changed_sides(equation: Equation, change: Change) -> Iterator[tuple[Term, Term]]:
    lefts, rights = (list(variants(side, change)) for side in (equation.left, equation.right))
    for left in lefts:
        yield left, equation.right
    for right in rights:
        yield equation.left, right
    if lefts and rights:
        yield lefts[-1], rights[-1]


def solutions_of(equation: Equation) -> list[Term]:
    """Real ones of a linear or quadratic equation; empty for others."""
    linear = _linear(equation.difference, equation.name)
    if linear is not None:
        return [Num(-linear[1] / linear[0])]
    return _roots_of(equation)
