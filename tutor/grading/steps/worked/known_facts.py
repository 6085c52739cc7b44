"""The equations, values and definitions that a worked solution has stated so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.prose import cues
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.definitions import Definitions, Unresolved
from tutor.grading.steps.equation_side import EquationSide, read_side

MAX_EQUATIONS = 40
MAX_VARIABLES = 4  # of a claim that is compared with the linear equations
MAX_IDENTITY_WORK_S = 0.1  # to see that an equation is one
# Letters of real numbers. Others may have a meaning in words, such as a root of unity.
USUAL_VARIABLES = frozenset("xytu")


@dataclass
class KnownFacts:
    """values: numbers that variables stand for. equations: the latest last, functions written out.

    rounded: decimals that were rounded, with the terms that they stand for. variables: letters
    that the text uses for numbers, and not as units. has_euler_number, has_imaginary_unit: whether
    e and i are these numbers so far. has_roots: whether letters may be roots of an equation in
    another letter. has_scale: whether lengths stand for others. sure: what the problem states, and
    what was proved. names: all letters of equations so far. derived: functions with a derivative.
    function_values: numbers that functions were proved to have. given_functions: those that the
    problem defines. assumed: what f is called in the problem where it has another name or none.
    expressions: those that the problem gives without a relation.
    latest_side: the last side of the latest formula, which a formula that begins with = goes on
    from. latest_equation: the latest formula, where it is an equation, even if it is only
    supposed. latest_variable: what the latest formula of this step is about, or "".
    """

    definitions: Definitions = field(default_factory=Definitions)
    values: dict[str, Term] = field(default_factory=dict)
    equations: list[Comparison] = field(default_factory=list)
    rounded: dict[Fraction, Term] = field(default_factory=dict)
    variables: frozenset[str] = frozenset()
    has_euler_number: bool = False
    has_imaginary_unit: bool = False
    has_roots: bool = False
    has_scale: bool = False
    sure: set[Value] = field(default_factory=set)
    inequalities: list[Value] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    derived: set[str] = field(default_factory=set)
    function_values: list[Term] = field(default_factory=list)
    given_functions: frozenset[str] = frozenset()
    assumed: Definitions = field(default_factory=Definitions)
    expressions: list[Term] = field(default_factory=list)
    latest_side: EquationSide | None = None
    latest_equation: Comparison | None = None
    latest_variable: str = ""

    def add(
        self, left: Term, right: Term, *, is_sure: bool = False, is_general: bool = True
    ) -> None:
        """is_general: it holds for every value of its letters, so that it may define a function."""
        if isinstance(left, Call) and is_general:
            self.definitions.define(Comparison("=", left, right))
            if left.name.endswith("'"):
                self.derived.add(left.name.rstrip("'"))
        try:
            equation = self.definitions.resolved(Comparison("=", left, right))
        except Unresolved:
            return
        assert isinstance(equation, Comparison)  # noqa: S101 - it was one before
        left, right = sides(equation)
        names = free_names(equation)
        self.names |= names
        if is_sure:
            self.sure.add(equation)
        if not names or left == right or _is_identity(left, right, equation.left):
            return
        for variable, value in ((left, right), (right, left)):
            if isinstance(variable, Sym) and not free_names(value):
                self.values[variable.name] = value
        self.equations.append(equation)
        del self.equations[:-MAX_EQUATIONS]

    def learn_names(self, text: str) -> None:
        """Note which letters of the text stand for functions, and which for numbers."""
        numbers = frozenset[str]().union(*map(free_names, self.equations))
        self.definitions.learn_calls(text, numbers)
        self.variables |= cues.letters_used(text)
        self.has_euler_number |= cues.has_euler_number(text)
        self.has_imaginary_unit |= cues.has_imaginary_unit(text)
        self.has_roots |= cues.has_roots(text)
        self.has_scale |= cues.has_scale(text)

    def side(self, text: str, *, is_typed: bool = False) -> EquationSide:
        return read_side(text, self.definitions.called, variables=self.variables, is_typed=is_typed)

    def forget(self, names: frozenset[str]) -> None:
        """Drop the equations in these variables: later claims are checked against newer ones."""
        self.equations = [known for known in self.equations if not free_names(known) & names]

    def about(self, names: frozenset[str]) -> list[Comparison]:
        """The equations in exactly these variables, in the order in which they were stated."""
        return [known for known in self.equations if free_names(known) == names]

    def add_inequality(self, value: Value, *, is_sure: bool = False) -> None:
        self.names |= free_names(value)
        self.inequalities.append(value)
        del self.inequalities[:-MAX_EQUATIONS]
        if is_sure:
            self.sure.add(value)

    def is_sure(self, claim: Comparison) -> bool:
        return claim in self.sure

    def stationary(self, variable: str) -> list[Comparison]:
        """f'(x) = 0 for each function of this variable whose derivative was written down."""
        equations: list[Comparison] = []
        for name in sorted(self.derived):
            function = self.definitions.functions.get(name)
            if function is None or function.variable != variable:
                continue
            with suppress(NotDifferentiable):
                equations.append(Comparison("=", function.derived().body, ZERO))
        return equations

    def functions_of_one_variable(self) -> list[Term]:
        """What the known functions and their derivatives come to."""
        bodies = [function.body for function in self.definitions.functions.values()]
        for name in sorted(self.derived & self.definitions.functions.keys()):
            with suppress(NotDifferentiable):
                bodies.append(self.definitions.functions[name].derived().body)
        return bodies

    def are_free(self, names: frozenset[str]) -> bool:
        """Whether these usual letters stand for any number: no equation restricts them."""
        return names <= USUAL_VARIABLES and not self.may_restrict(names)

    def restrict(self, names: frozenset[str], but_for: Comparison | None = None) -> bool:
        """Whether these letters have values, or stand in an equation without any others."""
        if names & self.values.keys():
            return True
        return any(free_names(known) <= names for known in self.equations if known != but_for)

    def may_restrict(self, names: frozenset[str]) -> bool:
        """Whether these letters may depend on each other by what is known.

        y = x^2 + 3 says nothing about x as long as nothing else is known about y.
        """
        known = {known: free_names(known) for known in self.equations}
        for equation, letters in known.items():
            others = letters - names
            if others == letters:
                continue
            elsewhere = [known[other] for other in known if other != equation]
            is_private = any(
                name not in self.values and not any(name in other for other in elsewhere)
                for name in others
            )
            if not is_private:
                return True
        return bool(names & self.values.keys())

    def with_values(self, term: Term) -> Term:
        for name in sorted(free_names(term)):
            if name in self.values:
                term = substitute(term, Sym(name), self.values[name])
        return term

    def written_in(self, term: Term, names: frozenset[str]) -> Term:
        """The term with its other letters replaced, where one is known to be: a = x + 3."""
        term = self.with_values(term)
        for name in sorted(free_names(term) - names):
            meanings = (sides(known) for known in reversed(self.equations))
            for variable, meaning in meanings:
                if variable == Sym(name) and free_names(meaning) <= names:
                    term = substitute(term, Sym(name), meaning)
                    break
        return term

    def imply(self, claim: Comparison) -> bool:
        """Whether the claim follows from the known linear equations."""
        system, claimed = _linear_systems(claim, self.equations, self.values)
        return bool(system and claimed and system.is_consistent and system.implies(claimed))

    def contradict(self, claim: Comparison) -> dict[str, Fraction] | None:
        """A solution of the known linear equations in several letters, if none fulfils the claim.

        Equations in a single letter are left out: they may be those of another case.
        """
        known = [equation for equation in self.equations if len(free_names(equation)) > 1]
        system, claimed = _linear_systems(claim, known, {})
        if system is None or claimed is None or not system.is_consistent:
            return None
        if not claimed.is_consistent:  # that there is no solution may be just what it shows
            return None
        is_contradicted = not system.joined(claimed).is_consistent
        return system.solution(Fraction(0)) if is_contradicted else None


def _linear_systems(
    claim: Comparison, known: Sequence[Comparison], values: Mapping[str, Term]
) -> tuple[LinearSystem | None, LinearSystem | None]:
    """The linear ones of the known equations that the claim depends on, and the claim itself."""
    names = set(free_names(claim))
    if not 0 < len(names) <= MAX_VARIABLES:
        return None, None
    premises: list[Term] = []
    for equation in reversed(known):
        if free_names(equation) & names:
            names |= free_names(equation)
            premises.append(difference(equation))
    premises += [Add((Sym(name), Neg(values[name]))) for name in sorted(names & values.keys())]
    columns = sorted(names.union(*map(free_names, premises)))
    linear = [term for term in premises if LinearSystem.of([term], columns) is not None]
    system = LinearSystem.of(linear, columns) if linear else None
    return system, LinearSystem.of([difference(claim)], columns)


def sides(equation: Comparison) -> tuple[Term, Term]:
    left, right = equation.left, equation.right
    assert is_term(left)  # noqa: S101 - for the type checker
    assert is_term(right)  # noqa: S101
    return left, right


def difference(equation: Comparison) -> Term:
    left, right = sides(equation)
    return Add((left, Neg(right)))


def _is_identity(left: Term, right: Term, written: Value) -> bool:
    """f'(x) = 2x, written out: it holds for every number, so it tells nothing about x."""
    if isinstance(written, Sym):
        return False
    try:
        with WorkBudget(MAX_IDENTITY_WORK_S) as budget:
            return same_value(left, right, budget).equal is True
    except WorkBudgetSpent:
        return False
