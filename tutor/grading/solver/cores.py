"""Where the unknown of an equation is: alone, or in one term that can be isolated first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.grading.parsing.tree import Add, Term, Value, free_names, walk
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.sums import Summand, expanded, power


@dataclass(frozen=True, slots=True)
class Core:
    """base to the exponent: x, x², √(x + 7) or sin x. Everything else is free of the unknown."""

    base: Term
    exponent: int = 1

    @property
    def term(self) -> Term:
        return power(self.base, self.exponent)

    def is_in(self, summand: Summand) -> bool:
        return summand.contains(self.base)

    def is_within(self, value: Value) -> bool:
        return self.base in walk(value)

    def is_multiple(self, summand: Summand) -> bool:
        """Whether the summand is the core times a factor that is free of its base."""
        powers = [(base, n) for base, n in summand.powers if self.base in walk(base)]
        return powers == [(self.base, self.exponent)]

    def factor(self, summand: Summand) -> Summand:
        """What the core is multiplied by, in a multiple of it."""
        rest = tuple(p for p in summand.powers if p != (self.base, self.exponent))
        return Summand(summand.coefficient, rest, summand.is_divided)


def core_of(relation: Relation, name: str) -> Core | None:
    """None where the unknown occurs in different terms, such as x² and x."""
    parts = [part for side in relation.sides for part in side]
    core = _common_core(parts, name)
    if core is not None and not _is_plain_bracket(core):
        return core
    whole = _common_core((inner for part in parts for inner in expanded(part)), name)
    return whole if whole is not None and not _is_plain_bracket(whole) else None


def _is_plain_bracket(core: Core) -> bool:
    return isinstance(core.base, Add) and core.exponent == 1


def _common_core(parts: Iterable[Summand], name: str) -> Core | None:
    cores: set[Core] = set()
    for part in parts:
        own = [Core(base, n) for base, n in part.powers if name in free_names(base)]
        if len(own) > 1:
            return None
        cores.update(own)
    return cores.pop() if len(cores) == 1 else None
