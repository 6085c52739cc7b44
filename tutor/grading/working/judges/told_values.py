"""Functions of which the statement tells values, such as f(2) = 5 and f'(0) = 1, and no rule."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import Call, Comparison, Sym, Term, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.steps.definitions import Function
from tutor.grading.working.facts import STATEMENT, Facts
from tutor.grading.working.progress import GIVEN, UNDECIDED
from tutor.grading.working.task import Task

MAX_PARAMETERS = 4


@dataclass(frozen=True, slots=True)
class _Condition:
    """name^(order)(position) = value"""

    name: str
    order: int
    position: Term
    value: Term

    def of(self, function: Function) -> Comparison:
        """What it says of this function. Raises NotDifferentiable."""
        for _ in range(self.order):
            function = function.derived()
        return Comparison("=", function.at(self.position), self.value)


@dataclass
class ToldValues:
    """set_up: the function f(x) = ax + b of a line, whose letters are sought."""

    conditions: tuple[_Condition, ...] = ()
    set_up: Function | None = None
    names: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, task: Task) -> ToldValues:
        conditions = tuple(_conditions(task))
        names = {condition.name for condition in conditions}
        if len(names) != 1 or names & task.definitions.functions.keys():
            return cls()
        return cls(conditions, _set_up(task, names), frozenset(names))

    def tell(self, facts: Facts) -> None:
        """What is told of the letters of the set-up, as facts."""
        if self.set_up is None:
            return
        for condition in self.conditions:
            with suppress(NotDifferentiable):
                facts.add(condition.of(self.set_up), STATEMENT)

    def judge(self, equation: Comparison, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
        """None for what is not about the function. Raises WorkBudgetSpent."""
        match equation:
            case Comparison("=", Call(called, (argument,)), right) if is_term(right):
                if called.rstrip("'") not in self.names or not is_term(argument):
                    return None
                if not free_names(argument):
                    return self._at(called, argument, right, budget)
                return self._rule(called, argument, right, facts, budget)
        return None

    def _at(
        self, called: str, argument: Term, right: Term, budget: WorkBudget
    ) -> ClaimResult | None:
        """f(2) = 5, as the statement has it, or f(2) = 2a + b."""
        condition = next(_condition(Comparison("=", Call(called, (argument,)), right)), None)
        if condition in self.conditions:
            return GIVEN
        if self.set_up is None or not free_names(right) or condition is None:
            return None
        written = condition.of(self.set_up)
        assert is_term(written.left)  # noqa: S101 - the value of a function is a term
        return proved(ClaimRelation.SUBSTITUTE) if _same(written.left, right, budget) else None

    def _rule(
        self, called: str, argument: Term, body: Term, facts: Facts, budget: WorkBudget
    ) -> ClaimResult | None:
        [variable] = free_names(argument) if len(free_names(argument)) == 1 else [""]
        letters = free_names(body) - {variable}
        if not variable or not 0 < len(letters) <= MAX_PARAMETERS or letters & facts.names:
            return self._derivative(called, variable, body, budget)
        if "'" in called or self.set_up is not None or variable not in free_names(body):
            return self._derivative(called, variable, body, budget)
        self.set_up = Function(variable, body)
        self.tell(facts)
        return GIVEN

    def _derivative(
        self, called: str, variable: str, body: Term, budget: WorkBudget
    ) -> ClaimResult | None:
        """f'(x) = 2ax + b after f(x) = ax² + bx + c"""
        function = self.set_up
        if function is None or function.variable != variable or "'" not in called:
            return None
        try:
            for _ in range(called.count("'")):
                function = function.derived()
        except NotDifferentiable:
            return None
        return proved(ClaimRelation.EVALUATE) if _same(function.body, body, budget) else None

    def judge_solution(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """f(x) = 3x - 1: whether all that is told holds for it; None for another function."""
        match equation:
            case Comparison("=", Call(name, (argument,)), body) if name in self.names:
                if not is_term(body) or not free_names(body) <= free_names(argument):
                    return None
                function = Function(next(iter(free_names(argument)), ""), body)
                return proved(ClaimRelation.SOLVE) if self._fits(function, budget) else UNDECIDED
        return None

    def _fits(self, function: Function, budget: WorkBudget) -> bool:
        try:
            claims = [condition.of(function) for condition in self.conditions]
        except NotDifferentiable:
            return False
        return all(
            is_term(claim.left) and is_term(claim.right) and _same(claim.left, claim.right, budget)
            for claim in claims
        )


def _set_up(task: Task, names: Set[str]) -> Function | None:
    """f(x) = ax² + b of the statement."""
    for equation in task.equations:
        match equation:
            case Comparison("=", Call(name, (Sym(variable),)), body) if name in names:
                if is_term(body) and variable in free_names(body):
                    return Function(variable, body)
    return None


def _same(left: Term, right: Term, budget: WorkBudget) -> bool:
    return same_value(left, right, budget).equal is True


def _conditions(task: Task) -> Iterator[_Condition]:
    for equation in task.equations:
        if isinstance(equation, Comparison):
            yield from _condition(equation)


def _condition(equation: Comparison) -> Iterator[_Condition]:
    match equation:
        case Comparison("=", Call(called, (position,)), value):
            is_told = is_term(position) and is_term(value) and not free_names(position)
            if is_told and len(called.rstrip("'")) == 1 and called != "P":
                yield _Condition(called.rstrip("'"), called.count("'"), position, value)  # type: ignore[arg-type]
