"""Values, derivatives, integrals and inverses of the functions that are known."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Comparison,
    Mul,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Function, Unresolved
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.equal_terms import equal_terms
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.progress import UNDECIDED, Progress

_ANTIDERIVATIVE = Sym("F")
_DERIVES = re.compile(  # a statement for which a prime means a derivative
    r"'|′|\\prime|deriv|dériv|ableit|tangent|normal|slope|steig|pente|pendiente|extrem|m[aá]xim|m[ií]nim|optim|óptim"
    r"|largest|smallest|größt|kleinst|grand|petit|mayor|menor|integra|differen|rate|函数|导|切线|斜率|最|极",
    re.IGNORECASE,
)
_SUBSTITUTED = frozenset(f"{name}'" for name in "utvwzs")


@dataclass
class FunctionJudge:
    """Each method returns None for what is no line of its kind."""

    progress: Progress

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def evaluation(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """f(2) = 5, y' = 2x: the definition of f, written out; None for anything else."""
        left, right = equation.left, equation.right
        if equation.op != "=" or not is_term(left) or not is_term(right):
            return None
        match left:
            case Call(name, (argument,)) if self.facts.definitions.defines(name):
                if isinstance(argument, Sym) and not free_names(right):
                    return None  # f'(x) = 0 asks for x
            case Sym(name) if "'" in name and self.facts.definitions.defines(name):
                pass
            case Sym(name) if name in self.facts.definitions.functions:
                return self._rewritten(self.facts.definitions.functions[name], right, budget)
            case _:
                return None
        name = self.facts.definitions.without_variable(name)
        if (composed := self._composed(name, right, budget)) is not None:
            return composed
        written = self._written_out(right, name) if self._is_rule(right, name) else right
        result = self._compared(left, right if written is None else written, budget)
        if result.verdict == StepVerdict.REFUTED and written is None:
            return unchecked(ClaimRelation.EVALUATE)
        right = right if written is None else written
        if result.is_decided:
            result = replace(result, relation=ClaimRelation.EVALUATE)
        if result.verdict == StepVerdict.REFUTED and self._is_turned(left, right, budget):
            return replace(result, slip=Slip.COMPOSITION_ORDER)
        if result.verdict == StepVerdict.REFUTED and result.witness and name.endswith("'"):
            function = self.facts.definitions.functions[name.rstrip("'")]
            for _ in range(name.count("'") - 1):
                function = function.derived()
            slip = slip_in_derivative(function.body, right, function.variable, budget)
            if isinstance(left, Sym) and self._is_of_other_curve(name, right, budget):
                return proved(ClaimRelation.EVALUATE)
            if isinstance(left, Sym) and not slip and not _DERIVES.search(self.facts.task.text):
                return UNDECIDED  # V' may be the new volume
            return refuted(ClaimRelation.EVALUATE, result.witness, slip)
        return result

    def _composed(self, name: str, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """y' = 5(4x - 1)⁴ after y = u⁵ and u = 4x - 1; None for anything else."""
        function = self.facts.definitions.functions.get(name.removesuffix("'"))
        if function is None or not name.endswith("'") or len(free_names(right)) != 1:
            return None
        inner = self.progress.with_known(Sym(function.variable))
        [variable] = free_names(right)
        if free_names(inner) != {variable} or variable == function.variable:
            return None
        body = Function(function.variable, function.body).at(inner)
        try:
            derived = differentiate(body, variable)
        except NotDifferentiable:
            return None
        result = equal_terms(derived, right, ClaimRelation.EVALUATE, budget)
        if result.witness is None:
            return result if result.is_decided else None
        slip = slip_in_derivative(body, right, variable, budget)
        return refuted(ClaimRelation.EVALUATE, result.witness, slip)

    def _rewritten(self, function: Function, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """f = (4x + 1)^(1/2) for f(x) = √(4x + 1); another f may be a part of it."""
        if free_names(right) != {function.variable}:
            return None
        is_same = same_value(function.body, right, budget).equal
        return proved(ClaimRelation.EVALUATE) if is_same else None

    def part_at_argument(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """x² = 4 and 3x = 6, parts of f(2); None for what does not hold there."""
        match self.facts.task.expressions, equation:
            case (Call(name, (argument,)),), Comparison("=", left, right) if is_term(left):
                function = self.facts.definitions.functions.get(name)
                is_only_task = len(self.facts.task.equations) <= 1 and not free_names(argument)
                if function is None or not is_only_task or free_names(right):
                    return None
                is_part = free_names(left) == {function.variable} and not isinstance(left, Sym)
                if not is_part or not is_term(right):
                    return None
                value = replace(function, body=left).at(argument)
                if same_value(value, right, budget).equal:
                    self.progress.cases.append(equation)
                    return proved(ClaimRelation.EVALUATE)
        return None

    def _is_turned(self, left: Term, right: Term, budget: WorkBudget) -> bool:
        """f(g(x)) worked out as g(f(x))."""
        match left:
            case Call(outer, (Call(inner, (argument,)),)) if self.facts.definitions.defines(inner):
                turned = Call(inner, (Call(outer, (argument,)),))
                return self._compared(turned, right, budget).verdict == StepVerdict.PROVED
        return False

    def _is_of_other_curve(self, name: str, right: Term, budget: WorkBudget) -> bool:
        """y' = 2x where the statement has y = x² + 1 and y = 6x."""
        for equation in self.facts.task.equations:
            match equation:
                case Comparison("=", Sym(letter), body) if f"{letter}'" == name and is_term(body):
                    names = free_names(body)
                    if len(names) != 1:
                        continue
                    with suppress(NotDifferentiable):
                        derived = differentiate(body, next(iter(names)))
                        if same_value(derived, right, budget).equal:
                            return True
        return False

    def _written_out(self, rule: Term, name: str) -> Term | None:
        """u'v + uv' after u = x² and v = eˣ, with its letters put in; None with unknown ones."""
        written = self.progress.with_known(self._with_derivatives(rule))
        return None if self._is_rule(written, name) else written

    def _with_derivatives(self, term: Term) -> Term:
        with suppress(Unresolved):
            value = self.facts.definitions.resolved(term)
            return value if is_term(value) else term
        return term

    def _is_rule(self, right: Term, name: str) -> bool:
        """y' = (u'v - uv')/v² for y = x²/sin x, a rule in letters of its own."""
        function = self.facts.definitions.functions.get(name.rstrip("'"))
        return function is not None and not free_names(right) <= {
            function.variable,
            *free_names(function.body),
        }

    def integrated(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """I = … and F(x) = … for the integral of the statement; None for anything else."""
        right = equation.right
        integral = self._integral_named(equation.left)
        if integral is None or equation.op != "=" or not is_term(right):
            return None
        if equation.left == _ANTIDERIVATIVE and free_names(right) != {integral.name}:
            return None
        self.facts.definitions.define(equation)
        if integral.low is not None and integral.name in free_names(right):
            return UNDECIDED  # [x eˣ], without its bounds
        result = self._compared(integral, right, budget)
        is_sure = len(self.facts.task.equations) < 2  # F may belong to the difference of two curves
        return result if result.verdict == StepVerdict.PROVED or is_sure else None

    def _integral_named(self, name: Value) -> BigOperator | None:
        task, functions = self.facts.task, self.facts.definitions.functions
        integrals = [t for t in task.expressions if isinstance(t, BigOperator) and t.kind == "int"]
        match name:
            case Sym("I_0" | "J" as letter) if len(integrals) == 1 and letter not in task.names:
                return integrals[0]
            case Sym("F") if len(integrals) == 1 and "F" not in task.names:
                return replace(integrals[0], low=None, high=None)
            case Call(letter, (Sym(variable),)) if letter.isupper() and letter not in functions:
                function = functions.get(letter.lower())
                is_other = letter == "F" and "y" in functions and len(task.equations) > 1
                if function is not None and function.variable == variable and not is_other:
                    return self._integral_of(function)
                if not functions and len(integrals) == 1 and integrals[0].name == variable:
                    return BigOperator("int", integrals[0].body, variable, None, None)
        return None

    def _integral_of(self, function: Function) -> BigOperator | None:
        """None where it calls unknown functions."""
        try:
            body = self.facts.definitions.resolved(function.body)
        except Unresolved:
            return None
        return BigOperator("int", body, function.variable, None, None) if is_term(body) else None

    def inverted(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """f⁻¹(x) = … of a known f; None for anything else."""
        match equation:
            case Comparison("=", Call(name, (Sym(variable),)), right) if name.endswith("^-1"):
                function = self.facts.definitions.functions.get(name.removesuffix("^-1"))
                if function is None or not is_term(right) or free_names(right) != {variable}:
                    return None
                return self._compared(function.at(right), Sym(variable), budget)
        return None

    def differential(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """x dx = du/2 after u = x²; None for anything else."""
        left, right = equation.left, equation.right
        if not is_term(left) or not isinstance(right, Mul) or self._is_derivative(left):
            return None
        *factors, derivative = right.parts
        if not isinstance(derivative, Sym) or derivative.name not in _SUBSTITUTED:
            return None
        if not self.facts.definitions.defines(derivative.name):
            return None
        result = self._compared(left, right, budget)
        if result.verdict != StepVerdict.REFUTED:
            return result
        inverted = self._compared(Mul((left, *factors)), derivative, budget)
        is_inverted = inverted.verdict == StepVerdict.PROVED
        return replace(result, slip=Slip.DIVIDED_WRONGLY) if is_inverted else result

    def _is_derivative(self, term: Term) -> bool:
        """f'(x), which du is no part of."""
        return isinstance(term, Call | Sym) and "'" in term.name

    def antiderived(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """v = eˣ after dv = eˣ dx; None for anything else."""
        left, right = equation.left, equation.right
        if not isinstance(left, Sym) or not is_term(right) or len(free_names(right)) != 1:
            return None
        for fact in self.facts.facts:
            match fact.value:
                case Comparison("=", Sym(name), known) if name == f"{left.name}'":
                    [variable] = free_names(right)
                    try:
                        derived = differentiate(right, variable)
                    except NotDifferentiable:
                        return None
                    assert is_term(known)  # noqa: S101 - `read_claim` reads terms beside =
                    result = equal_terms(known, derived, ClaimRelation.EVALUATE, budget)
                    if result.witness is None:
                        return result
                    is_negative = same_value(known, Neg(derived), budget).equal
                    slip = Slip.LOST_SIGN if is_negative else Slip.INTEGRAL_RULE
                    return replace(result, slip=slip)
        return None

    def _compared(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
        sides = EquationSide("", left), EquationSide("", right)
        return compare_sides(*sides, "=", self.facts, budget)
