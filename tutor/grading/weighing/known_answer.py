"""The stored answer as values for the unknowns of a working."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from tutor.grading.answer_key import AnswerKey
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import definition, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Quantity,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.weighing.asked_angles import angles, asked_ratio
from tutor.grading.weighing.final_answer import AnswerOutcome, FinalAnswer
from tutor.grading.weighing.key_numbers import key_numbers
from tutor.grading.weighing.named_unknowns import named_unknowns
from tutor.grading.weighing.numbers import (
    EXACT,
    Values,
    are_close,
    holds,
    is_name,
    number,
    without_degrees,
)
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine
from tutor.grading.working.task import Task

MAX_UNKNOWNS = 3


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """The values of the unknowns that make the stored answer: one mapping for each solution.

    The numbers of 12 and 31 may be those of x and y in either order.
    """

    solutions: tuple[Values, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for values in self.solutions for name in values)


def known_answer(
    lines: Sequence[WeighedLine],
    key: AnswerKey,
    answer: FinalAnswer,
    task: Task,
    budget: WorkBudget,
) -> KnownAnswer:
    if told := named_unknowns(lines, key_text(key)):
        return KnownAnswer((told,))
    right = expand_plus_minus(key_value(key))
    named = list(_named(right))
    if named:
        return KnownAnswer(tuple(named))
    amounts = [amount for amount in map(bare_term, _members(right)) if amount is not None]
    if isinstance(right, Bracketed) and right.opening == "(" and len(right.parts) == len(amounts):
        names = sorted(task.names)
        if len(names) == len(amounts):
            return KnownAnswer((dict(zip(names, amounts, strict=True)),))
        return KnownAnswer(())
    if isinstance(right, Listing) and not right.either:
        names = sorted(own_values(lines, budget))
        if 1 < len(names) == len(amounts) <= MAX_UNKNOWNS:
            orders = permutations(amounts)
            return KnownAnswer(tuple(dict(zip(names, o, strict=True)) for o in orders))
    ratio = asked_ratio(None if answer.line is None else lines[answer.line])
    if ratio is not None:
        given = angles(*ratio, amounts, task.equations, budget)
        return KnownAnswer(tuple({ratio[1]: angle} for angle in given))
    name = _asked_name(lines, answer.text, task, budget)
    values: list[Values] = [{name: amount} for amount in amounts] if name else []
    if not values and answer.outcome in (AnswerOutcome.RIGHT, AnswerOutcome.LIKELY):
        values = _found_among(lines, key, budget)
    return KnownAnswer(tuple(v for v in values if not _contradicts_task(v, task, budget)))


def _found_among(lines: Sequence[WeighedLine], key: AnswerKey, budget: WorkBudget) -> list[Values]:
    """x = 9 of a working for Zinhle 9, Thabo 14, where it finds no other unknown."""
    unknowns = {
        claim.name: claim.terms[-1]
        for line in lines
        for claim in line.claims
        if claim.name and len(claim.terms) > 1 and not claim.statement.supposed
        if number(claim.terms[-1], budget) is not None
    }
    if len(unknowns) != 1:
        return []
    [(name, term)] = unknowns.items()
    value = number(term, budget)
    right = key_numbers(key).values
    is_among = value is not None and any(are_close(value, other, EXACT) for other in right)
    return [{name: term}] if is_among else []


def _contradicts_task(values: Values, task: Task, budget: WorkBudget) -> bool:
    """Whether the problem's own equations say otherwise: sin a = 3/5, where sin 2a is asked."""
    equations = [
        value
        for value in task.equations
        if isinstance(value, Comparison) and value.op == "=" and free_names(value) == values.keys()
    ]
    readings = (values, without_degrees(values))
    return any(
        all(holds(equation, reading, budget) is False for reading in readings)
        for equation in equations
    )


def _named(right: Value) -> Iterator[Values]:
    """x = 3, y = 2 is one solution, x = 3 or x = -2 are two; not max 17 at x = 3, min 2 at 5."""
    if isinstance(right, Logic) and any(map(is_term, right.parts)):
        return
    listed = solutions(right)
    if listed is None or not all(isinstance(name, Sym) for name in listed.names):
        return
    pairs = [
        (name.name, amount)
        for name, value in zip(listed.names, listed.values, strict=True)
        if isinstance(name, Sym) and (amount := bare_term(value)) is not None
    ]
    if len(pairs) != len(listed.values):
        return
    if len({name for name, _ in pairs}) == len(pairs):
        yield dict(pairs)
    elif len({name for name, _ in pairs}) == 1:
        yield from ({name: amount} for name, amount in pairs)


def _members(right: Value) -> tuple[Value, ...]:
    listed = solutions(right)
    if isinstance(right, Bracketed | Listing | Logic):
        return right.parts if isinstance(right, Bracketed) else (listed.values if listed else ())
    return (right,)


def bare_term(value: Value) -> Term | None:
    """The 4 in x = 4 and in 4 cm; None for a value that is not one number."""
    pair = definition(value)
    bare = pair[1] if pair else value
    bare = bare.amount if isinstance(bare, Quantity) else bare
    return bare if is_term(bare) and not free_names(bare) else None


def _asked_name(lines: Sequence[WeighedLine], answer: str, task: Task, budget: WorkBudget) -> str:
    """The unknown that the working gives the value of its answer.

    Not the x of f(x) = x² and g(x) = 2x, which may be where they meet, and not that of f(x) where
    it has another value: the answer is one of f.
    """
    variables = Counter(f.variable for f in task.definitions.functions.values())
    values = own_values(lines, budget)
    own = answer_number(answer, budget)
    names = [name for name, value in values.items() if own is not None and are_close(value, own)]
    is_only = len(task.names) == 1 and not task.asks_for_limit  # the x of lim does not get a value
    open_names = [name for name in task.names if not (variables[name] and name in values)]
    names = names[-1:] or (open_names if is_only else [])
    if not names and not answer and not values and not task.names:
        letters = [letter for line in lines for claim in line.claims for letter in _unknowns(claim)]
        names = list(dict.fromkeys(letters)) if len(set(letters)) == 1 else []  # without a solution
    return next((name for name in names if variables[name] < 2), "")


def _unknowns(claim: WeighedClaim) -> frozenset[str]:
    equation = claim.equation
    return frozenset() if equation is None else free_names(equation)


def answer_number(text: str, budget: WorkBudget) -> float | None:
    try:
        term = bare_term(read_answer(text, units=True))
    except (Unreadable, RecursionError):
        return None
    return None if term is None else number(term, budget)


def own_values(lines: Sequence[WeighedLine], budget: WorkBudget) -> dict[str, float]:
    """What the working itself makes its unknowns, the latest last."""
    values: dict[str, float] = {}
    for line in lines:
        for claim in line.claims:
            terms = claim.terms
            if len(terms) > 1 and is_name(terms[0]) and not claim.statement.supposed:
                value = number(terms[-1], budget)
                name = terms[0].name  # type: ignore[union-attr]
                if value is not None:
                    values.pop(name, None)
                    values[name] = value
    return values
