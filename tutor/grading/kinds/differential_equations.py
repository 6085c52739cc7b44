"""General solutions of differential equations, put into the equation; their constants counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flint import arb

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.calculus import plain_constants, real_value
from tutor.grading.kinds.equation_reader import (
    DifferentialEquation,
    read_equation,
    without_arguments,
)
from tutor.grading.kinds.reaching import can_take
from tutor.grading.kinds.reading import natural_logarithms, read_tree, split_declaration
from tutor.grading.kinds.vectors import Vector, rank
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import Equality, difference, same_value
from tutor.grading.numeric.intervals import BASE_BITS, Ball, precision
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Const,
    Div,
    Neg,
    PlusMinus,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    has_part,
    is_term,
    rebuild,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable

PARTLY = 0.5  # the share for solutions that are right but not all, or that have idle constants


@dataclass(frozen=True, slots=True)
class GeneralSolution:
    """left = right for a solution that is not solved for the function; otherwise left is None."""

    left: Term | None
    right: Term

    @property
    def source(self) -> Value:
        return self.right if self.left is None else Comparison("=", self.left, self.right)


class GeneralSolutionKind(AnswerKind[GeneralSolution]):
    def read(self, text: PlainText, key: AnswerKey) -> GeneralSolution:
        body, _ = split_declaration(text)
        value = natural_logarithms(read_tree(plain_constants(body), key))
        if is_term(value):
            return GeneralSolution(None, value)
        if isinstance(value, Comparison) and value.op == "=":
            left, right = without_arguments(value.left), without_arguments(value.right)
            if is_term(left) and is_term(right):
                return GeneralSolution(left, right)
        raise Unreadable(FeedbackCode.UNREAD)

    def check(self, right: GeneralSolution, key: AnswerKey) -> None:
        try:
            read_equation(key)
        except (Unreadable, RecursionError) as error:
            raise InvalidKey(
                f"The differential equation cannot be read: {error} Write it like y' = 2y."
            ) from error
        result = self.compare(right, right, key, WorkBudget(1.0))
        if not result:
            reason = result.feedback or "We could not check it."
            raise InvalidKey(f"The answer is not the general solution of the equation. {reason}")

    def compare(
        self, right: GeneralSolution, given: GeneralSolution, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        equation = read_equation(key)
        try:
            return _judged(equation, right, given, budget)
        except (NotDifferentiable, Undecidable):
            return Equality(None, Rule.SUBSTITUTION)

    def shown(self, answer: GeneralSolution) -> str:
        return latex(answer.source)


# Judging


def _judged(
    equation: DifferentialEquation,
    right: GeneralSolution,
    given: GeneralSolution,
    budget: WorkBudget,
) -> Equality:
    """Raises NotDifferentiable and Undecidable."""
    term = _explicit(equation, given)
    if term is None:
        return _judged_implicitly(equation, given, budget)
    if has_part(term, PlusMinus):
        raise Undecidable
    names, key = free_names(term), _explicit(equation, right)
    if names & set(equation.derivatives):
        return Equality(False, Rule.SUBSTITUTION)
    values = _with_derivatives(equation, term)
    if not _solves(equation, values, budget):
        return _wrong(FeedbackCode.NOT_A_SOLUTION)
    constants = sorted(names - {equation.variable} - equation.parameters)
    return _by_constants(equation, values[: equation.order], key, constants, budget)


def _wrong(code: FeedbackCode, share: float = 0.0, **params: int) -> Equality:
    return Equality(False, Rule.SUBSTITUTION, Feedback(code, params), share)


def solves(equation: DifferentialEquation, term: Term, budget: WorkBudget) -> bool:
    """Whether function = term fulfils it for all numbers in place of the other letters.

    Raises NotDifferentiable and Undecidable.
    """
    return _solves(equation, _with_derivatives(equation, term), budget)


def solves_implicitly(
    equation: DifferentialEquation, sides: tuple[Term, Term], budget: WorkBudget
) -> bool:
    """Whether F(x, y) = G(x, C) does, which has one constant.

    Raises NotDifferentiable and Undecidable.
    """
    return bool(_judged_implicitly(equation, GeneralSolution(*sides), budget))


def _explicit(equation: DifferentialEquation, given: GeneralSolution) -> Term | None:
    if given.left is None:
        return given.right
    for name, value in ((given.left, given.right), (given.right, given.left)):
        is_name = isinstance(name, Sym) and name.name.partition("_")[0] == equation.function
        if is_name and equation.function not in free_names(value):
            return value
    return None


def _with_derivatives(equation: DifferentialEquation, term: Term) -> list[Term]:
    """y, y', … up to the order of the equation. Raises NotDifferentiable."""
    values = [term]
    for _ in range(equation.order):
        values.append(differentiate(values[-1], equation.variable))
    return values


def _solves(equation: DifferentialEquation, values: Sequence[Term], budget: WorkBudget) -> bool:
    """Raises Undecidable."""
    sides = [_put_in(side, equation, values) for side in (equation.left, equation.right)]
    equal = same_value(sides[0], sides[1], budget).equal
    if equal is None:
        raise Undecidable
    return equal


def _put_in(side: Term, equation: DifferentialEquation, values: Sequence[Term]) -> Term:
    """All at once, since the solution may have a letter such as y' in no place."""
    by_name = dict(zip(equation.derivatives, values, strict=True))

    def change(part: Term) -> Term:
        if isinstance(part, Sym):
            return by_name.get(part.name, part)
        changed: Term = rebuild(part, change)
        return changed

    return change(side)


def _by_constants(
    equation: DifferentialEquation,
    values: Sequence[Term],
    key: Term | None,
    constants: list[str],
    budget: WorkBudget,
) -> Equality:
    """values: the solution and its derivatives below the order of the equation."""
    slopes = [tuple(differentiate(value, name) for value in values) for name in constants]
    free = rank(slopes, budget) if slopes else 0
    if free < equation.order:
        code = FeedbackCode.CONSTANTS_TOO_FEW if constants else FeedbackCode.NO_FREE_CONSTANT
        return _wrong(code, PARTLY, n=equation.order)
    if len(constants) > equation.order:
        return _wrong(FeedbackCode.CONSTANTS_TOO_MANY, PARTLY, n=equation.order)
    if _reaches_everything(equation, values[0], key, constants, slopes, budget):
        return Equality(True, Rule.SUBSTITUTION)
    return Equality(None, Rule.SUBSTITUTION)


def _reaches_everything(
    equation: DifferentialEquation,
    term: Term,
    key: Term | None,
    constants: Sequence[str],
    slopes: Sequence[Vector],
    budget: WorkBudget,
) -> bool:
    """Whether every solution comes from some constants; False where that is not certain."""
    is_affine = not any(free_names(slope[0]) & set(constants) for slope in slopes)
    if equation.is_linear():
        is_affine = is_affine or _is_amplitude_and_phase(constants, slopes, budget)
    if is_affine or equation.order > 1 or key is None:
        return is_affine
    return _reaches_key(equation, term, key, constants[0], budget)


def _is_amplitude_and_phase(
    constants: Sequence[str], slopes: Sequence[Vector], budget: WorkBudget
) -> bool:
    """A sin(x + b): a multiple of what changes its sign as the phase grows by half a turn.

    Between the two signs it takes every direction, so that A and b reach every start.
    """
    for index, phase in enumerate(constants):
        others = [slope[0] for n, slope in enumerate(slopes) if n != index]
        if len(others) != 1 or free_names(others[0]) & (set(constants) - {phase}):
            continue
        turned = substitute(others[0], Sym(phase), Add((Sym(phase), Const("pi"))))
        if same_value(turned, Neg(others[0]), budget):
            return True
    return False


def _reaches_key(
    equation: DifferentialEquation, term: Term, key: Term, constant: str, budget: WorkBudget
) -> bool:
    """Whether some constant gives the term each of a few values that the key takes."""
    parameters = dict.fromkeys(equation.parameters, arb(1.375))
    own = free_names(key) - {equation.variable} - equation.parameters
    with precision(BASE_BITS):
        for x in (0.4375, 1.3125, 2.1875):
            fixed: dict[str, Ball] = {**parameters, equation.variable: arb(x)}
            value_of = partial(_number, point=fixed, budget=budget)
            for level in (-1.75, 0.625, 3.5):
                point = fixed | dict.fromkeys(own, arb(level))
                wanted = _number(key, point, budget)
                if wanted is not None and not can_take(term, wanted, constant, value_of):
                    return False
    return True


def _number(term: Term, point: dict[str, Ball], budget: WorkBudget) -> float | None:
    value = real_value(term, point, budget)
    return None if value is None else float(value.mid())


# Solutions that are not solved for the function


def _judged_implicitly(
    equation: DifferentialEquation, given: GeneralSolution, budget: WorkBudget
) -> Equality:
    """F(x, y) = C: the equation must hold with y' = -F_x / F_y. Raises Undecidable."""
    if equation.order != 1 or given.left is None:
        raise Undecidable
    whole = difference(given.left, given.right)
    names = free_names(whole) - {equation.variable, equation.function} - equation.parameters
    if equation.function not in free_names(whole):
        return Equality(False, Rule.SUBSTITUTION)
    if not names:
        return _wrong(FeedbackCode.NO_FREE_CONSTANT, 0.0, n=1)
    if len(names) > 1:
        raise Undecidable
    constant = next(iter(names))
    slope = differentiate(whole, constant)
    if constant in free_names(slope) or same_value(slope, ZERO, budget):
        raise Undecidable
    level = Neg(Div(substitute(whole, Sym(constant), ZERO), slope))
    by_variable = differentiate(level, equation.variable)
    by_function = differentiate(level, equation.function)
    values: list[Term] = [Sym(equation.function), Neg(Div(by_variable, by_function))]
    if _solves(equation, values, budget):
        return Equality(True, Rule.SUBSTITUTION)
    return _wrong(FeedbackCode.NOT_A_SOLUTION)
