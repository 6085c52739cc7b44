"""Solutions that lines give to the differential equation of a statement, put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.kinds.differential_equations import solves, solves_implicitly
from tutor.grading.kinds.equation_reader import DifferentialEquation, without_arguments
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import difference, same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    BigOperator,
    Call,
    Comparison,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.equation_slips import summands
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.lines import points_in
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.task import Task

_PRIMED = re.compile(r"([A-Za-z])('{1,3})(?:_([a-z]))?")
# Other letters may belong to an attempt, as in y = ax + b
_CONSTANT = re.compile(r"[cCK](?:_?\d)?")
_PASSES = words(
    r"pass(?:es|ing)?(?: through)?|goes through|contains|through|durch|geht durch|verläuft durch"
    r"|passe par|passant par|pasa por|por el punto",
    "过点|经过",
)
_ROOT_LETTERS = frozenset(["lambda", "r", "m", "s", "k", "q"])


@dataclass
class DifferentialTask:
    """conditions: y(0) = 3 as the point 0 and the value 3, of the function itself.

    solution: the latest that was proved, with its constants.
    """

    equation: DifferentialEquation
    conditions: tuple[tuple[Term, Term], ...] = ()
    solution: Term | None = None

    @classmethod
    def of(cls, task: Task) -> DifferentialTask | None:
        """None for a statement without one, or with several."""
        equations = [e for value in task.equations if (e := _equation(value)) is not None]
        if len(equations) != 1:
            return None
        return cls(equations[0], tuple(_conditions(task, equations[0].function)))

    def judge(self, claim: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """None for what is no solution, or for one in letters whose meaning is unknown."""
        left, right = without_arguments(claim.left), without_arguments(claim.right)
        if claim.op != "=" or not is_term(left) or not is_term(right) or _is_beyond(left, right):
            return None
        with suppress(NotDifferentiable, Undecidable):
            match claim.left:
                case Call(name, (point,)) if name == self.equation.function:
                    if not free_names(point):
                        return self._at_point(point, right, budget)
            if left == Sym(self.equation.function):
                return self._explicit(right, budget)
            return self._implicit(left, right, budget) or self._characteristic(left, right, budget)
        return None

    def condition_of(self, solution: Term) -> Comparison | None:
        """C + 3 = 1 for y = Ce^(-2x) + 3 and y(0) = 1."""
        if len(self.conditions) != 1:
            return None
        [(point, value)] = self.conditions
        return Comparison("=", substitute(solution, Sym(self.equation.variable), point), value)

    def _constants(self, *terms: Term) -> frozenset[str]:
        names = frozenset[str]().union(*map(free_names, terms))
        own = {self.equation.variable, *self.equation.derivatives}
        return names - own - self.equation.parameters

    def _explicit(self, body: Term, budget: WorkBudget) -> ClaimResult | None:
        names = free_names(body)
        if not names and solves(self.equation, body, budget):
            return proved(ClaimRelation.SOLVE)  # a constant solution
        if names & set(self.equation.derivatives) or self.equation.variable not in names:
            return None  # y = 3, at some point
        constants = self._constants(body)
        if solves(self.equation, body, budget):
            self.solution = body
            missed = None if constants else self._missed(body, budget)
            return missed or proved(ClaimRelation.SOLVE)
        are_usual = len(constants) <= self.equation.order and all(
            map(_CONSTANT.fullmatch, constants)
        )
        if not are_usual or self._solves_homogeneous(body, budget):
            return None
        witness = Witness({}, self.equation.function, latex(body))
        return refuted(ClaimRelation.SOLVE, witness, self._slip(body, budget))

    def _missed(self, body: Term, budget: WorkBudget) -> ClaimResult | None:
        """A condition that the solution does not fulfil."""
        variable = self.equation.variable
        for point, value in self.conditions:
            reached = substitute(body, Sym(variable), point)
            if same_value(reached, value, budget).equal is False:
                witness = Witness({variable: latex(point)}, latex(reached), latex(value))
                shifted = Add((body, difference(value, reached)))
                is_open = solves(self.equation, shifted, budget)
                slip = Slip.CONSTANT_FORGOTTEN if is_open else Slip.NONE
                return refuted(ClaimRelation.SUBSTITUTE, witness, slip)
        return None

    def _slip(self, body: Term, budget: WorkBudget) -> Slip:
        """CONSTANT_LATE for y = e^(2x) + C, LOST_SIGN for y = Ce^(2x) of y' = -2y."""
        for name in self._constants(body):
            parts = summands(body)
            others = tuple(part for part in parts if part != Sym(name))
            if len(others) == len(parts):
                continue
            without = Add(others)
            with suppress(NotDifferentiable, Undecidable):
                if solves(self.equation, without, budget):
                    return Slip.CONSTANT_LATE
        variable = Sym(self.equation.variable)
        with suppress(NotDifferentiable, Undecidable):
            if solves(self.equation, substitute(body, variable, Neg(variable)), budget):
                return Slip.LOST_SIGN
        return Slip.NONE

    def _solves_homogeneous(self, body: Term, budget: WorkBudget) -> bool:
        """Whether it solves the equation without the terms that have no y."""
        side: Term = difference(self.equation.left, self.equation.right)
        rest = side
        for name in self.equation.derivatives:
            rest = substitute(rest, Sym(name), ZERO)
        homogeneous = DifferentialEquation(
            difference(side, rest), ZERO, self.equation.function, self.equation.variable,
            self.equation.order,
        )  # fmt: skip
        return rational_value(rest) != 0 and solves(homogeneous, body, budget)

    def _at_point(self, point: Term, value: Term, budget: WorkBudget) -> ClaimResult | None:
        """y(0) = C, where y = Ce^x was proved."""
        if self.solution is None:
            return None
        reached = substitute(self.solution, Sym(self.equation.variable), point)
        is_reached = same_value(reached, value, budget).equal
        return proved(ClaimRelation.EVALUATE) if is_reached else None

    def _implicit(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """ln|y| = x² + C"""
        names = free_names(left) | free_names(right)
        is_of_both = {self.equation.function, self.equation.variable} <= names
        if not is_of_both or names & set(self.equation.derivatives[1:]):
            return None
        constants = self._constants(left, right)
        if len(constants) != 1 or not all(map(_CONSTANT.fullmatch, constants)):
            return None
        sides = (_without_bars(left), _without_bars(right))
        if solves_implicitly(self.equation, sides, budget):
            return proved(ClaimRelation.SOLVE)
        return refuted(ClaimRelation.SOLVE, Witness({}, latex(left), latex(right)))

    def _characteristic(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """λ² + 4 = 0 for y'' + 4y = 0"""
        names = free_names(left) | free_names(right)
        if len(names) != 1 or not names <= _ROOT_LETTERS - set(self.equation.derivatives):
            return None
        coefficients = self._coefficients()
        if coefficients is None:
            return None
        letter = Sym(next(iter(names)))
        powers = [Mul((Num(c), Pow(letter, Num(Fraction(n))))) for n, c in enumerate(coefficients)]
        claimed, expected = difference(left, right), Add(tuple(powers))
        return proved(ClaimRelation.DEFINE) if same_value(claimed, expected, budget).equal else None

    def _coefficients(self) -> list[Fraction] | None:
        """Of y, y', …; None unless all are numbers."""
        side = difference(self.equation.left, self.equation.right)
        slopes = [rational_value(differentiate(side, name)) for name in self.equation.derivatives]
        known = [slope for slope in slopes if slope is not None]
        return known if len(known) == len(slopes) else None


def _equation(value: Value) -> DifferentialEquation | None:
    """y' = 2xy, with y' and dy/dx as letters."""
    if not isinstance(value, Comparison) or value.op != "=":
        return None
    left, right = without_arguments(value.left), without_arguments(value.right)
    if not is_term(left) or not is_term(right):
        return None
    primed = {match for name in free_names(left) | free_names(right)
              if (match := _PRIMED.fullmatch(name))}  # fmt: skip
    functions = {match[1] for match in primed}
    if len(functions) != 1:
        return None
    function = functions.pop()
    by = {match[3] for match in primed if match[3]}
    for match in primed:
        plain = Sym(match[1] + match[2])
        left, right = (
            substitute(left, Sym(match[0]), plain),
            substitute(right, Sym(match[0]), plain),
        )
    order = max(len(match[2]) for match in primed)
    names = free_names(left) | free_names(right)
    usual = "t" if function == "x" or ("t" in names and "x" not in names) else "x"
    variable = by.pop() if len(by) == 1 else usual
    return DifferentialEquation(left, right, function, variable, order)


def _conditions(task: Task, function: str) -> Iterator[tuple[Term, Term]]:
    for value in task.equations:
        match value:
            case Comparison("=", Call(name, (point,)), right) if name == function:
                if is_term(right) and not free_names(point) and not free_names(right):
                    yield point, right
    points = points_in(task.text)
    if len(points) == 1 and _PASSES.search(task.text):
        [(x, y)] = points
        yield number_term(x), number_term(y)


def _is_beyond(*terms: Term) -> bool:
    """Whether there is an integral in it, or a function that nothing tells."""
    parts = [part for term in terms for part in walk(term)]
    return any(isinstance(part, BigOperator) for part in parts)


def _without_bars(term: Term) -> Term:
    """ln y for ln|y|, which has the same derivative."""

    def bare(part: Value) -> Value:
        match part:
            case Call("ln", (Call("abs", (inner,)),)):
                return Call("ln", (inner,))
        changed: Value = rebuild(part, bare)
        return changed

    changed: Term = bare(term)  # type: ignore[assignment]
    return changed
