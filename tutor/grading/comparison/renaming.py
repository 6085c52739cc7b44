"""The same answer in other letters: f(t) = t^2 for f(x) = x^2, or any letters by the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.same_names import VARIABLES
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Listing,
    Logic,
    Sym,
    Value,
    free_names,
    substitute,
    walk,
)

_FUNCTIONS = (Sym("y"), Call("y", (Sym("x"),)), Call("y", (Sym("t"),)))
_ARGUMENTS = frozenset(["x", "t"])
_NUMBERED_SOLUTION = re.compile(r"[xz]_\d")  # a_1 is a member of a sequence
_CONSTANTS = ({"C"}, {"C_1", "C_2"}, {"A", "B"}, {"C_1"}, {"K"})
_CONSTANT = re.compile(r"[A-DKa-ck](?:_\d)?")
MAX_RENAMED = 4  # letters, so 24 orders


def with_argument_of(key: Value, response: Value) -> Value:
    """f(x) = x^2 for f(t) = t^2, if the key is about f(x); other responses as they are."""
    pairs = definition(key), definition(response)
    match [pair and pair[0] for pair in pairs]:
        case [Call(name, (Sym() as wanted,)), Call(other, (Sym() as given,))]:
            may_rename = {wanted, given} <= VARIABLES and wanted.name not in free_names(response)
            if name == other and wanted != given and may_rename:
                renamed: Value = substitute(response, given, wanted)
                return renamed
    return response


def numbered_solutions(value: Value) -> Listing | None:
    """3, -2 for x_1 = 3, x_2 = -2; None for anything else."""
    match value:
        case Logic("and", parts) | Listing(parts):
            pairs = [definition(part) for part in parts]
        case _:
            return None
    named = [pair for pair in pairs if pair is not None and isinstance(pair[0], Sym)]
    names = {pair[0].name for pair in named if isinstance(pair[0], Sym)}
    are_numbered = all(map(_NUMBERED_SOLUTION.fullmatch, names)) and len(names) == len(parts)
    return Listing(tuple(pair[1] for pair in named)) if are_numbered else None


def names_constants(key: Value, conventions: AnswerKey) -> bool:
    """Whether letters of the key are constants with any names.

    So it is in x^2 + C, and in a general solution such as y = Ce^{3x}, which has no letters but
    constants.
    """
    if conventions.kind == Kind.EXPRESSION and _has_added_constant(key):
        return True
    pair = definition(key) if conventions.kind == Kind.EQUATION else None
    if pair is None or pair[0] not in _FUNCTIONS:
        return False
    letters = {name for name in free_names(pair[1]) if name not in _ARGUMENTS}
    arguments = free_names(pair[1]) & _ARGUMENTS
    return len(arguments) == 1 and letters in _CONSTANTS


def _has_added_constant(key: Value) -> bool:
    """Whether it ends on + C, and is about a variable."""
    pair = definition(key)
    term = pair[1] if pair else key
    has_it = isinstance(term, Add) and Sym("C") in term.parts
    is_single = sum(part == Sym("C") for part in walk(term)) == 1
    return has_it and is_single and not VARIABLES.isdisjoint(map(Sym, free_names(term)))


def with_constants_of(key: Value, response: Value) -> Iterator[Value]:
    """The response with the constants of the key, one for one."""
    own = free_names(response) - free_names(key)
    if own and all(map(_CONSTANT.fullmatch, own)):
        yield from renamings(key, response)


def renamings(key: Value, response: Value) -> Iterator[Value]:
    """The response with its own letters in place of those of the key that it lacks, in any order.

    Letters that both have stay as they are; none where their numbers differ or are large.
    """
    names = free_names(key), free_names(response)
    lacking, own = sorted(names[0] - names[1]), sorted(names[1] - names[0])
    if len(lacking) != len(own) or not 0 < len(own) <= MAX_RENAMED:
        return
    for order in permutations(lacking):
        renamed = response
        for given, wanted in zip(own, order, strict=True):
            renamed = substitute(renamed, Sym(given), Sym(wanted))
        yield renamed
