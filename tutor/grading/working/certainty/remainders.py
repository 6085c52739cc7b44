"""Cases of whole numbers: n = 2k, and then n = 2k + 1."""

from __future__ import annotations

from tutor.grading.parsing.tree import Add, Comparison, Mul, Neg, Num, Sym, Term, Value
from tutor.grading.working.facts import Facts

_WHOLE = frozenset("abklmnpqtz")  # the names of whole numbers in proofs


def is_other_remainder(value: Value, facts: Facts) -> bool:
    """n = 2k + 1 after n = 2k, which was the first of the cases."""
    own = _multiple(value)
    return own is not None and any(_multiple(fact.value) == own for fact in facts.facts)


def _multiple(value: Value) -> tuple[str, Term] | None:
    """The n and the 2k of n = 2k + 1 and of n = 2k; None for anything else."""
    match value:
        case Comparison("=", Sym(name), Add((Mul((Num(), Sym())) as multiple, Num() | Neg(Num())))):
            pass
        case Comparison("=", Sym(name), Mul((Num(), Sym())) as multiple):
            pass
        case _:
            return None
    return (name, multiple) if name in _WHOLE else None
