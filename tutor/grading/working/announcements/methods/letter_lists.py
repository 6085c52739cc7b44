"""Lists that take up what is known: entries of a matrix, candidates, what an inequality wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.working.knowledge.vectors import matrices_in
from tutor.grading.working.task import Task

MAX_LENGTH = 90
MAX_FACTS = 4  # the latest, of which a quadratic equation is taken
_NUMBER = r"-?\d{1,6}(?:\.\d{1,4}|/\d{1,4})?"
_ENTRIES = re.compile(
    rf"a\s?=\s?({_NUMBER})(?:\s|,|;|，){{1,3}}b\s?=\s?({_NUMBER})(?:\s|,|;|，){{1,3}}"
    rf"c\s?=\s?({_NUMBER})(?:\s|,|;|，){{1,3}}d\s?=\s?({_NUMBER})"
)
_CANDIDATES = re.compile(
    r"(?:the |les |las |los |die )?(?:candidates?|kandidaten|candidat[oae]?s"
    r"|possible (?:solutions|values)"
    r"|mögliche lösungen|solutions possibles|posibles soluciones|可能的[解根])"
    r"(?: are| sind| sont| son|是|为)?\s?[:：=]?\s?(?:[a-z]\s?=\s?)?"
    rf"(?P<a>{_NUMBER})\s?(?:,|;|and|or|und|oder|et|ou|y|o|和|或|、)\s?(?:[a-z]\s?=\s?)?(?P<b>{_NUMBER})",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"(?:(?:we |i |on |je |wir |man )?(?:want|need|look for|veut|cherche|wollen|brauche?n?|suchen"
    r"|queremos|buscamos|quiero|busco)|要|需要?|求)\s?"
    r"(?:it |that |the (?:part|values?) |x |(?:le produit |das |lo que sea |donde )?)?"
    r"(?P<op>≤|<=|≥|>=|<|>)\s?0",
    re.IGNORECASE,
)
_TWO = Num(Fraction(2))
_OPERATORS = {"≤": "<=", "≥": ">="}


def is_known_list(text: str, task: Task, facts: Sequence[Value]) -> bool:
    """Whether the matrix has these entries, or the latest quadratic equation these solutions."""
    if len(text) > MAX_LENGTH:
        return False
    if (entries := _ENTRIES.fullmatch(text)) is not None:
        return _are_entries(list(map(Fraction, entries.groups())), task)
    if (told := _CANDIDATES.fullmatch(text)) is not None:
        numbers = {Fraction(told["a"]), Fraction(told["b"])}
        return any(_solve(numbers, fact) for fact in facts[-MAX_FACTS:])
    wanted = _WANTED.fullmatch(text)
    operator = _OPERATORS.get(wanted["op"], wanted["op"]) if wanted is not None else ""
    inequalities = [e for e in task.equations if isinstance(e, Comparison) and e.op != "="]
    return bool(operator) and [(e.op, e.right) for e in inequalities] == [(operator, ZERO)]


def _are_entries(told: list[Fraction], task: Task) -> bool:
    """a, b in the first row and c, d in the second, of the only matrix."""
    matrices = list(matrices_in(task.text).values())
    if len(matrices) != 1 or [len(row) for row in matrices[0].rows] != [2, 2]:
        return False
    entries = [entry for row in matrices[0].rows for entry in row if is_term(entry)]
    return [rational_value(entry) for entry in entries] == told


def _solve(numbers: set[Fraction], fact: Value) -> bool:
    """Whether they are both solutions of an equation with a square and no higher power."""
    if not isinstance(fact, Comparison) or fact.op != "=" or len(numbers) != 2:
        return False
    names = free_names(fact)
    exponents = [part.exponent for part in walk(fact) if isinstance(part, Pow)]
    if len(names) != 1 or not exponents or any(e != _TWO for e in exponents):
        return False
    [name] = names
    with suppress(ArithmeticError):
        return all(_is_zero(fact, name, number) for number in numbers)
    return False


def _is_zero(equation: Comparison, name: str, number: Fraction) -> bool:
    sides: list[Term] = [
        substitute(side, Sym(name), Num(number))
        for side in (equation.left, equation.right)
        if is_term(side)
    ]
    values = list(map(rational_value, sides))
    return len(values) == 2 and values[0] is not None and values[0] == values[1]
