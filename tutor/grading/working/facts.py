"""What is known in a working so far: equations, values and functions, each with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.definitions import Definitions, Unresolved
from tutor.grading.working.factors import without_exponential_factor
from tutor.grading.working.task import Task

STATEMENT = -1  # the line number of what the statement gives
MAX_FACTS = 60
MAX_VARIABLES = 4  # of a claim that is compared with a linear system


@dataclass(frozen=True, slots=True)
class Fact:
    """line: the number of the line that says it, or STATEMENT. label: its writer's name for it.

    is_certain: whether it was read whole, and holds in every case. supposed: where it holds.
    """

    value: Value
    line: int = STATEMENT
    label: str = ""
    is_certain: bool = True
    supposed: str = ""

    @property
    def names(self) -> frozenset[str]:
        return free_names(self.value)


@dataclass
class Facts:
    """expression: what a line without a left side goes on from. values: numbers of variables.
    function_values: numbers of sines, cosines and tangents.

    rounded: decimals that were rounded, with the terms that they stand for. cases: inequalities in
    which the lines after them hold, until another one comes.
    """

    task: Task
    facts: list[Fact] = field(default_factory=list)
    values: dict[str, Term] = field(default_factory=dict)
    rounded: dict[Fraction, Term] = field(default_factory=dict)
    function_values: dict[Term, Term] = field(default_factory=dict)
    expression: Term | None = None
    cases: list[Fact] = field(default_factory=list)

    @classmethod
    def of(cls, task: Task) -> Facts:
        facts = cls(task)
        for equation in task.equations:
            facts.add(equation, STATEMENT)
        facts.expression = task.expressions[0] if task.expressions else None
        return facts

    @property
    def definitions(self) -> Definitions:
        return self.task.definitions

    @property
    def names(self) -> frozenset[str]:
        known = frozenset[str]().union(*(fact.names for fact in self.facts))
        return known.union(self.task.names, self.values)

    def resolved(self, value: Value) -> Value:
        """With functions and derivatives written out; y' of an unknown y stays.

        Raises Unresolved for an unknown function.
        """
        try:
            return self.definitions.resolved(value)
        except Unresolved:
            if not any(isinstance(part, Sym) and "'" in part.name for part in walk(value)):
                raise
            return value

    def add(
        self,
        value: Value,
        line: int,
        label: str = "",
        *,
        is_certain: bool = True,
        supposed: str = "",
    ) -> None:
        try:
            value = self.resolved(value)
        except Unresolved:
            return
        if not free_names(value):
            return
        for part in _conjuncts(value):
            if isinstance(part, Comparison) and part.op == "=":
                self._learn_value(part)
        value = without_exponential_factor(value)
        self.facts.append(Fact(value, line, label, is_certain, supposed))
        del self.facts[:-MAX_FACTS]

    def open_case(self, inequalities: Sequence[Comparison], line: int) -> None:
        if inequalities:
            self.cases.append(Fact(Logic("and", tuple(inequalities)), line))

    @property
    def opened_ranges(self) -> list[Value]:
        """Inequalities of lines, the latest first."""
        told = [fact for fact in (*self.facts, *self.cases) if fact.line != STATEMENT]
        return [fact.value for fact in sorted(told, key=lambda fact: -fact.line)]

    def _learn_value(self, equation: Comparison) -> None:
        left, right = equation.left, equation.right
        for name, value in ((left, right), (right, left)):
            if not is_term(value) or free_names(value):
                continue
            if isinstance(name, Sym):
                self.values[name.name] = value
            elif isinstance(name, Call) and name.name in ("sin", "cos", "tan"):
                self.function_values[name] = value

    def add_implicit_derivatives(self, line: int) -> None:
        """2x + 2y·y' = 0 for x² + y² = 25."""
        for equation in tuple(self.equations()):
            left, right = equation.left, equation.right
            if free_names(equation) != {"x", "y"} or not (is_term(left) and is_term(right)):
                continue
            side = Add((left, Neg(right)))
            with suppress(NotDifferentiable):
                by_x, by_y = differentiate(side, "x"), differentiate(side, "y")
                derived = Add((by_x, Mul((by_y, Sym("y'")))))
                self.facts.append(Fact(Comparison("=", derived, ZERO), line))

    def forget(self, names: frozenset[str]) -> None:
        """Drop what is known about these variables: later lines are checked against newer ones."""
        self.facts = [fact for fact in self.facts if not fact.names & names]
        for name in names:
            self.values.pop(name, None)

    def goes_back_to_case(self, value: Value) -> bool:
        """Whether it is the other one of two solutions: x = 3 of x = 2 or x = 3, after y for x = 2.

        What was found since then is forgotten: it held in the first case.
        """
        for number in range(len(self.facts) - 1, -1, -1):
            known = self.facts[number].value
            if isinstance(known, Logic) and known.op == "or" and value in known.parts:
                for fact in self.facts[number + 1 :]:
                    for name in fact.names:
                        self.values.pop(name, None)
                del self.facts[number + 1 :]
                return True
        return False

    def about(self, names: frozenset[str]) -> list[Fact]:
        """The facts in exactly these variables, in the order in which they were stated."""
        return [fact for fact in self.facts if fact.names == names]

    def with_values(self, value: Value) -> Value:
        for name in sorted(free_names(value)):
            if name in self.values:
                value = substitute(value, Sym(name), self.values[name])
        return self._with_function_values(value)

    def _with_function_values(self, value: Value) -> Value:
        """sin x = 3/5 and cos x = 4/5 put in, also in tan x."""
        for call, known in self.function_values.items():
            value = substitute(value, call, known)
        for part in tuple(walk(value)) if self.function_values else ():
            match part:
                case Call("tan", arguments):
                    sine, cosine = (
                        self.function_values.get(Call(name, arguments)) for name in ("sin", "cos")
                    )
                    if sine is not None and cosine is not None:
                        value = substitute(value, part, Div(sine, cosine))
        return value

    def with_definitions(self, value: Value) -> Value:
        """With names such as u in u = x² written out."""
        for fact in reversed(self.facts):
            match fact.value:
                case Comparison("=", Sym(name), term) if is_term(term):
                    if free_names(term) and name not in free_names(term):
                        value = substitute(value, Sym(name), term)
        return value

    def equations(self) -> Iterator[Comparison]:
        """All known equations, also those joined by "and"."""
        for fact in self.facts:
            for part in _conjuncts(fact.value):
                if isinstance(part, Comparison) and part.op == "=":
                    yield part

    def linear_system(self, names: frozenset[str]) -> LinearSystem | None:
        """The linear equations that say anything of these variables; None where none does."""
        related, sides = set(names), []
        for stated in reversed(list(self.equations())):
            is_value = isinstance(stated.left, Sym) and not free_names(stated.right)
            equation = stated if is_value else self.with_values(stated)
            assert isinstance(equation, Comparison)  # noqa: S101 - it was one before
            left, right = equation.left, equation.right
            if self._is_other_curve(stated, names):
                continue
            if is_term(left) and is_term(right) and free_names(equation) & related:
                related |= free_names(equation)
                sides.append(Add((left, Neg(right))))
        columns = sorted(related)
        linear = [side for side in sides if LinearSystem.of([side], columns) is not None]
        return LinearSystem.of(linear, columns) if linear else None

    def _is_other_curve(self, equation: Comparison, names: frozenset[str]) -> bool:
        """y = 2x - 7 of the statement, while a parallel to it is sought."""
        if not self.task.asks_for_curve or equation not in self.task.equations:
            return False
        return {"x", "y"} <= free_names(equation) and not {"x", "y"} <= names


def _conjuncts(value: Value) -> tuple[Value, ...]:
    return value.parts if isinstance(value, Logic) and value.op == "and" else (value,)


def terms_put_in(facts: Iterable[Value], letter: str, name: str) -> Iterator[Term]:
    """x² + 1 for the letter u and the name x, where u = x² + 1 is known."""
    for fact in facts:
        match fact:
            case Comparison("=", Sym(left), right) if left == letter and is_term(right):
                if free_names(right) == {name}:
                    yield right
