"""What a line supposes, such as x = -3 or -2 < x < 5, as facts that hold in it alone."""

from __future__ import annotations

from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Logic,
    Sym,
    Term,
    free_names,
    is_term,
)
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Facts


def put_in(supposed: Claim, facts: Facts, line: int) -> frozenset[str]:
    """Take a supposition, such as x = -3, (3, 4) or f'(x) = 0; the names that it fixes."""
    if isinstance(supposed.value, Logic):  # -2 < x < 5
        facts.add(supposed.value, line)
        return frozenset()
    if supposed.value is not None and is_term(supposed.value):
        return _put_in_number(supposed.value, facts)
    if isinstance(supposed.value, Bracketed):
        if (supposed.value.opening, supposed.value.closing) != ("(", ")"):
            return frozenset()  # in [-2, 2]
        point = [part for part in supposed.value.parts if is_term(part)]
        pairs = dict(zip(("x", "y", "z"), point, strict=False))
        facts.values.update(pairs)
        return frozenset(pairs)
    terms = [term for term in supposed.terms if term is not None]
    if len(terms) != 2:
        return supposed.names
    left, right = terms
    defines = facts.definitions.defines
    if isinstance(left, Sym) and supposed.operators[0] == "=" and not defines(left.name):
        facts.values[left.name] = right
        return supposed.names
    facts.add(Comparison(supposed.operators[0], left, right), line)
    return frozenset()


def _put_in_number(number: Term, facts: Facts) -> frozenset[str]:
    """At 9: 1/6, where only one variable can be 9."""
    expression = facts.expression
    names = free_names(expression) if expression is not None else frozenset[str]()
    if len(names) != 1 or free_names(number):
        return frozenset()
    [name] = names
    facts.values[name] = number
    return names
