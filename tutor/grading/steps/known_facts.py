"""What a worked solution has stated so far, and what follows from it without more words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.equivalence import same
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    replace,
    walk,
)
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.definitions import Context, Unresolved

MAX_EQUATIONS = 40
MAX_VARIABLES = 4  # of a claim that is looked for among the linear equations
WITHIN_S = 0.1
_COUNTING = frozenset(["permutations", "gcd", "lcm"])  # that only exact.py works out


@dataclass
class KnownFacts:
    """values: numbers that letters stand for. equations: the latest last, functions written out.

    rounded: decimals that stand for something longer, with what they stand for.
    """

    context: Context = field(default_factory=Context)
    values: dict[str, Term] = field(default_factory=dict)
    equations: list[Comparison] = field(default_factory=list)
    rounded: dict[Fraction, Term] = field(default_factory=dict)

    def note(self, left: Term, right: Term) -> None:
        if isinstance(left, Call):
            self.context.define(Comparison("=", left, right))
        try:
            equation = self.context.resolved(Comparison("=", left, right))
        except Unresolved:
            return
        assert isinstance(equation, Comparison)  # noqa: S101 - as it was before
        left, right = sides(equation)
        names = free_names(equation)
        if not names or left == right or _is_identity(left, right, equation.left):
            return
        for letter, value in ((left, right), (right, left)):
            if isinstance(letter, Sym) and not free_names(value):
                self.values[letter.name] = value
        self.equations.append(equation)
        del self.equations[:-MAX_EQUATIONS]

    def learn_calls(self, text: str) -> None:
        numbers = frozenset[str]().union(*map(free_names, self.equations))
        self.context.learn_calls(text, numbers)

    def forget(self, names: frozenset[str]) -> None:
        """What follows is judged by what was written last, right or wrong."""
        self.equations = [known for known in self.equations if not free_names(known) & names]

    def about(self, names: frozenset[str]) -> list[Comparison]:
        """The equations in just these letters, in the order in which they were stated."""
        return [known for known in self.equations if free_names(known) == names]

    def with_values(self, term: Term) -> Term:
        for name in sorted(free_names(term)):
            if name in self.values:
                term = replace(term, Sym(name), self.values[name])
        return term

    def implies(self, claim: Comparison) -> bool:
        """Whether the linear equations that were stated give this one."""
        letters = set(free_names(claim))
        if not 0 < len(letters) <= MAX_VARIABLES:
            return False
        wholes: list[Term] = []
        for known in reversed(self.equations):
            if free_names(known) & letters:
                letters |= free_names(known)
                wholes.append(difference(known))
        wholes += [Add((Sym(n), Neg(self.values[n]))) for n in sorted(letters) if n in self.values]
        names = sorted(letters.union(*(free_names(whole) for whole in wholes)))
        claimed = LinearSystem.of([difference(claim)], names)
        linear = [whole for whole in wholes if LinearSystem.of([whole], names) is not None]
        system = LinearSystem.of(linear, names)
        if claimed is None or system is None or not linear:
            return False
        return system.is_consistent and system.implies(claimed)


def sides(equation: Comparison) -> tuple[Term, Term]:
    left, right = equation.left, equation.right
    assert is_term(left)  # noqa: S101 - for the type checker
    assert is_term(right)  # noqa: S101
    return left, right


def difference(equation: Comparison) -> Term:
    left, right = sides(equation)
    return Add((left, Neg(right)))


def calls_unknown(terms: Sequence[Value]) -> bool:
    """Whether there is a function in them that nobody but the text knows."""
    known = KNOWN_FUNCTIONS | _COUNTING
    return any(isinstance(p, Call) and p.name not in known for term in terms for p in walk(term))


def _is_identity(left: Term, right: Term, written: Value) -> bool:
    """f'(x) = 2x, written out: it holds for every number, and says nothing of x."""
    if isinstance(written, Sym):
        return False
    try:
        return same(left, right, Deadline.within(WITHIN_S)).equal is True
    except DeadlinePassed:
        return False
