"""Says whether a condition holds for an answer, or that it cannot be decided."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from flint import fmpz

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.conditions.comparing import compared, relation_holds, whole_number
from tutor.grading.conditions.multiples import is_divisible, is_multiple, is_perpendicular
from tutor.grading.conditions.polynomials import is_polynomial_with
from tutor.grading.conditions.reader import read_condition
from tutor.grading.conditions.scope import AnswerScope, UndecidedValue, UnfitAnswer, put_in
from tutor.grading.conditions.syntax import (
    AllHold,
    AnyHolds,
    Clause,
    Compared,
    DiffersByConstant,
    DivisibleBy,
    FactorOf,
    HasProperty,
    HoldsAt,
    LiesOn,
    MultipleOf,
    Negated,
    NumberClass,
    PerpendicularTo,
    PolynomialIn,
    Property,
    SameAs,
    Subject,
    TestTree,
    WithNames,
    WrittenExpression,
    symbol_of,
)
from tutor.grading.conditions.truth import ConditionTruth, all_of, any_of
from tutor.grading.kinds.antiderivatives import Antiderivative, AntiderivativeKind
from tutor.grading.kinds.reading import natural_logarithms
from tutor.grading.kinds.vectors import entries_of
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.shapes import expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    ZERO,
    Bracketed,
    Call,
    Comparison,
    Listing,
    Quantity,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget, charge

MAX_ENTRIES = 6  # of an answer whose entries get names
MAX_PRIME_BITS = 200
_WITHOUT_ORDER = (Kind.LIST, Kind.SET)


def truth_of(condition: str, answer: Value, key: AnswerKey, budget: WorkBudget) -> ConditionTruth:
    """Raises InvalidCondition, WorkBudgetSpent."""
    return _truth(read_condition(condition), AnswerScope(answer, key, budget))


def failed_clause(condition: str, answer: Value, key: AnswerKey, budget: WorkBudget) -> str:
    """The first test that does not hold, as it is written; empty where all do."""
    return _failed(read_condition(condition), AnswerScope(answer, key, budget))


def _failed(tree: TestTree, scope: AnswerScope) -> str:
    if _truth(tree, scope) is ConditionTruth.YES:
        return ""
    match tree:
        case AllHold(parts):
            return next(filter(None, (_failed(part, scope) for part in parts)), "")
        case AnyHolds(parts):
            return " or ".join(_text_of(part) for part in parts)
    return _text_of(tree)


def _text_of(tree: TestTree) -> str:
    match tree:
        case AllHold(parts):
            return " and ".join(dict.fromkeys(_text_of(part) for part in parts))
        case AnyHolds(parts):
            return f"({' or '.join(_text_of(part) for part in parts)})"
    return tree.text


def _truth(tree: TestTree, scope: AnswerScope) -> ConditionTruth:
    match tree:
        case Negated(_, part):
            return _truth(part, scope).negated()
        case AllHold(parts):
            return all_of(_truth(part, scope) for part in parts)
        case AnyHolds(parts):
            return any_of(_truth(part, scope) for part in parts)
    try:
        return _truth_of_clause(tree, scope)
    except UnfitAnswer:
        return ConditionTruth.UNFIT
    except UndecidedValue:
        return ConditionTruth.OPEN


def _truth_of_clause(clause: Clause, scope: AnswerScope) -> ConditionTruth:
    match clause:
        case Compared(_, op, left, right):
            return _compared(op, left, right, scope)
        case HasProperty(_, subject, prop):
            return _has_property(subject, prop, scope)
        case HoldsAt(_, point):
            return _holds_at(scope.point_of(point), scope)
        case LiesOn(_, subject, relation):
            return _lies_on(scope.value_of(subject), scope.value_of(relation), scope)
        case DiffersByConstant(_, subject, function):
            return _differs_by_constant(scope.term_of(subject), scope.term_of(function), scope)
        case WithNames():
            return _with_names(clause, scope)


def _compared(
    op: str, left: WrittenExpression, right: WrittenExpression, scope: AnswerScope
) -> ConditionTruth:
    if op in ("=", "!="):
        values = scope.value_of(left), scope.value_of(right)
        if not all(map(is_term, values)):
            same = _is_same(left, right, scope)
            return same if op == "=" else same.negated()
    return compared(op, scope.term_of(left), scope.term_of(right), scope.budget)


def _has_property(subject: WrittenExpression, prop: Property, scope: AnswerScope) -> ConditionTruth:
    match prop:
        case SameAs(value):
            return _is_same(subject, value, scope)
        case MultipleOf(value):
            return is_multiple(subject, value, scope)
        case PerpendicularTo(value):
            return is_perpendicular(subject, value, scope)
        case DivisibleBy(value):
            return is_divisible(scope.term_of(subject), scope.term_of(value), scope.budget)
        case FactorOf(value):
            return is_divisible(scope.term_of(value), scope.term_of(subject), scope.budget)
        case PolynomialIn():
            return is_polynomial_with(scope.term_of(subject), prop, scope)
    return _is_of_class(scope.term_of(subject), prop, scope.budget)


def _is_same(
    subject: WrittenExpression, value: WrittenExpression, scope: AnswerScope
) -> ConditionTruth:
    """The answer itself by the conventions of the key, such as its tolerance."""
    given, right = scope.value_of(subject), scope.value_of(value)
    is_answer = subject.value == symbol_of(0) and subject.subjects == (Subject(),)
    if is_term(given) and is_term(right) and not is_answer:
        return compared("=", given, right, scope.budget)
    if isinstance(right, Comparison):
        given = scope.whole
    return ConditionTruth.of(AnswerComparer(scope.key, scope.budget).whole(right, given).equal)


def _is_of_class(term: Term, number_class: NumberClass, budget: WorkBudget) -> ConditionTruth:
    if free_names(term):
        return ConditionTruth.of(False)
    match number_class:
        case NumberClass.NUMBER:
            return ConditionTruth.YES
        case NumberClass.POSITIVE:
            return compared(">", term, ZERO, budget)
        case NumberClass.NEGATIVE:
            return compared("<", term, ZERO, budget)
    number = whole_number(term, budget)
    if number is None or number_class is NumberClass.WHOLE:
        return ConditionTruth.of(number is not None)
    if number_class is NumberClass.PRIME:
        return _is_prime(number)
    return ConditionTruth.of((number % 2 == 0) == (number_class is NumberClass.EVEN))


def _is_prime(number: int) -> ConditionTruth:
    if number.bit_length() > MAX_PRIME_BITS:
        return ConditionTruth.OPEN
    charge(number.bit_length() ** 2)
    return ConditionTruth.of(number > 1 and bool(fmpz(number).is_prime()))


def _holds_at(point: dict[str, Term], scope: AnswerScope) -> ConditionTruth:
    """With f(x) as y, and an answer such as x = 3 as an equation."""
    relation = expand_plus_minus(scope.whole)
    if isinstance(relation, Comparison):
        left = relation.left
        is_function = isinstance(left, Call) and left.name not in KNOWN_FUNCTIONS
        relation = replace(relation, left=Sym("y")) if is_function else relation
    if isinstance(relation, Quantity) or is_term(relation):
        return ConditionTruth.UNFIT
    return relation_holds(put_in(relation, point), scope.budget)


def _lies_on(value: Value, relation: Value, scope: AnswerScope) -> ConditionTruth:
    """The coordinates of a point in the order of the letters; every value of several."""
    names = sorted(free_names(relation))
    if len(names) == 1:
        values = solutions(expand_plus_minus(value))
        if values is None or not values.values:
            return ConditionTruth.UNFIT
        return all_of(_fulfils(relation, names, (part,), scope) for part in values.values)
    return _fulfils(relation, names, _coordinates(value, scope), scope)


def _fulfils(
    relation: Value, names: list[str], values: tuple[Value, ...], scope: AnswerScope
) -> ConditionTruth:
    terms = [value for value in values if is_term(value)]
    if not len(terms) == len(values) == len(names):
        return ConditionTruth.UNFIT
    return relation_holds(put_in(relation, dict(zip(names, terms, strict=True))), scope.budget)


def _coordinates(value: Value, scope: AnswerScope) -> tuple[Value, ...]:
    """(1, 2), and x = 1, y = 2 in the order of the letters."""
    entries = entries_of(value, scope.budget)
    if entries is not None:
        return entries
    listed = solutions(value)
    if listed is None:
        raise UnfitAnswer
    named = zip(listed.names, listed.values, strict=True)
    if listed.together and all(isinstance(name, Sym) for name in listed.names):
        return tuple(value for _, value in sorted(named, key=lambda pair: pair[0].name))  # type: ignore[union-attr]
    return listed.values


def _differs_by_constant(term: Term, function: Term, scope: AnswerScope) -> ConditionTruth:
    key = AnswerKey("", Kind.ANTIDERIVATIVE, constant_optional=True)
    right, given = (
        Antiderivative(natural, None, natural)
        for natural in map(natural_logarithms, (function, term))
        if is_term(natural)
    )
    return ConditionTruth.of(AntiderivativeKind().compare(right, given, key, scope.budget).equal)


def _with_names(clause: WithNames, scope: AnswerScope) -> ConditionTruth:
    entries = _coordinates(scope.answer, scope)
    if len(entries) != len(clause.names) or len(entries) > MAX_ENTRIES:
        return ConditionTruth.UNFIT
    orders = [entries]
    is_unordered = scope.key.kind in _WITHOUT_ORDER and not scope.key.ordered
    if is_unordered or isinstance(scope.answer, Listing) or _has_braces(scope.answer):
        orders = list(permutations(entries))
    return any_of(_with_entries(clause, order, scope) for order in orders)


def _with_entries(
    clause: WithNames, entries: tuple[Value, ...], scope: AnswerScope
) -> ConditionTruth:
    terms = {name: e for name, e in zip(clause.names, entries, strict=True) if is_term(e)}
    if len(terms) < len(entries):
        return ConditionTruth.UNFIT
    return _truth(clause.condition, replace(scope, names={**scope.names, **terms}))


def _has_braces(value: Value) -> bool:
    return isinstance(value, Bracketed) and value.opening in ("{", "{set")
