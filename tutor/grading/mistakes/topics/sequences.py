"""Members and sums of arithmetic and geometric sequences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question, is_right_number
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.mistakes.topics.stories.progressions import KnownProgression, progressions_of
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    BigOperator,
    Div,
    Listing,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget

MAX_COUNT = 200
MAX_PERIODS = 30  # of a growth
MAX_BITS = 4_000  # of a member
MAX_WORK_S = 0.05


def sequence_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    yield from _written_sums(question)
    for progression in progressions_of(question):
        if isinstance(question.right, Listing):
            yield from _next_members(progression, question.right)
        elif question.number is not None:
            yield from _numbers(progression, question)
        elif question.amount is not None and free_names(question.amount) == {"n"}:
            yield from _formulas(progression, question.amount)


def _written_sums(question: Question) -> Iterator[MistakenAnswer]:
    """The sum of k from 1 to 20"""
    for term in question.task.expressions[:2]:
        match term:
            case BigOperator("sum", body, name, Num(low), Num(high)) if question.is_right(term):
                for end, mistake in (
                    ((low, high - 1), MistakeName.OFF_BY_ONE),
                    ((low, high + 1), MistakeName.OFF_BY_ONE),
                    ((low + 1, high), MistakeName.FIRST_TERM_FORGOTTEN),
                ):
                    other = BigOperator("sum", body, name, Num(end[0]), Num(end[1]))
                    yield MistakenAnswer(other, mistake)
                last: Term = substitute(body, Sym(name), Num(high))
                yield MistakenAnswer(last, MistakeName.TERM_FOR_SUM)
                twice = Mul((Num(Fraction(2)), term))
                yield MistakenAnswer(twice, MistakeName.HALF_FORGOTTEN)


def _answer(value: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(value), name)


def _numbers(progression: KnownProgression, question: Question) -> Iterator[MistakenAnswer]:
    counts = {int(n) for n in all_numbers(question) if n.denominator == 1 and 1 < n <= MAX_COUNT}
    counts |= {int(n) for n in re.findall(r"_\{?(\d{1,3})\b", question.statement) if int(n) > 1}
    bits = max(
        abs(progression.step).numerator.bit_length(), progression.step.denominator.bit_length()
    )
    usable = [
        count
        for count in sorted(counts)
        if count <= MAX_COUNT and not (progression.is_geometric and bits * count > MAX_BITS)
    ]
    is_counted = False
    for count in usable:
        if is_right_number(question, progression.member(count)):
            yield from _of_member(progression, count)
            is_counted = True
        elif is_right_number(question, progression.sum(count)):
            yield from _of_sum(progression, count)
            is_counted = True
    counts |= {int(a / b) for a, b in permutations(question.numbers, 2) if b and _is_count(a / b)}
    for count in () if is_counted or not progression.is_geometric else sorted(counts):
        if is_right_number(question, progression.member(count + 1)):
            yield from _of_growth(progression, count)
    is_endless = progression.is_geometric and abs(progression.step) < 1
    if is_endless and is_right_number(question, progression.first / (1 - progression.step)):
        yield from _of_infinite_sum(progression)
    yield from _of_position(progression, question)


def _is_count(quotient: Fraction) -> bool:
    """Whether 24 hours are so many times 6 hours."""
    return quotient.denominator == 1 and 1 < quotient <= MAX_PERIODS


def _of_member(progression: KnownProgression, count: int) -> Iterator[MistakenAnswer]:
    first, step = progression.first, progression.step
    yield _answer(progression.sum(count), MistakeName.TERM_FOR_SUM)
    for other in (count + 1, count - 1):
        yield _answer(progression.member(other), MistakeName.OFF_BY_ONE)
    if progression.is_geometric:
        yield _answer(first + (count - 1) * step, MistakeName.ADDITIVE_FOR_MULTIPLICATIVE)
        if len(progression.given) > 1:
            gap = progression.given[1] - first
            yield _answer(first + (count - 1) * gap, MistakeName.ADDITIVE_FOR_MULTIPLICATIVE)
        for factor in (count - 1, count):
            yield _answer(first * step * factor, MistakeName.POWER_AS_PRODUCT)
        yield _answer(step ** (count - 1), MistakeName.FIRST_TERM_FORGOTTEN)
        yield _answer(step**count, MistakeName.FIRST_TERM_FORGOTTEN)
        return
    for factor in (count - 1, count):
        yield _answer(step * factor, MistakeName.FIRST_TERM_FORGOTTEN)
    yield _answer(first - (count - 1) * step, MistakeName.SIGN_ERROR)
    if step and count * abs(step).numerator.bit_length() < MAX_BITS:
        yield _answer(first * step ** (count - 1), MistakeName.EXPONENT_RULE)


def _of_growth(progression: KnownProgression, count: int) -> Iterator[MistakenAnswer]:
    """50 that double every hour, after 6 hours"""
    first, step = progression.first, progression.step
    yield _answer(first + count * first * (step - 1), MistakeName.LINEAR_FOR_EXPONENTIAL)
    yield _answer(first * step * count, MistakeName.POWER_AS_PRODUCT)
    for other in (count, count + 2):
        yield _answer(progression.member(other), MistakeName.OFF_BY_ONE)
    yield _answer(step**count, MistakeName.FIRST_TERM_FORGOTTEN)


def _of_sum(progression: KnownProgression, count: int) -> Iterator[MistakenAnswer]:
    first, step = progression.first, progression.step
    yield _answer(progression.member(count), MistakeName.TERM_FOR_SUM)
    if progression.is_geometric:
        power = step**count
        if step != 1:
            yield _answer(first * power / (step - 1), MistakeName.MINUS_ONE_FORGOTTEN)
            yield _answer(first * (power - 1), MistakeName.DENOMINATOR_DROPPED)
            yield _answer((power - 1) / (step - 1), MistakeName.FIRST_TERM_FORGOTTEN)
        yield _answer(first * power, MistakeName.MINUS_ONE_FORGOTTEN)
        if step != -1:
            yield _answer(first * (power - 1) / (step + 1), MistakeName.SIGN_ERROR)
        gap = progression.given[1] - first if len(progression.given) > 1 else step
        linear = KnownProgression(False, first, gap, ())
        yield _answer(linear.sum(count), MistakeName.ADDITIVE_FOR_MULTIPLICATIVE)
    else:
        yield _answer(2 * progression.sum(count), MistakeName.HALF_FORGOTTEN)
        yield _answer(count * (first + step) / 2, MistakeName.TERM_FOR_SUM)
        further = count * (2 * first + count * step) / 2
        yield _answer(further, MistakeName.OFF_BY_ONE)
        yield _answer(count * progression.member(count) / 2, MistakeName.FIRST_TERM_FORGOTTEN)
    for other in (count + 1, count - 1):
        yield _answer(progression.sum(other), MistakeName.OFF_BY_ONE)
    yield _answer(progression.sum(count) - first, MistakeName.FIRST_TERM_FORGOTTEN)
    if len(progression.given) > 1:
        yield _answer(sum(progression.given, Fraction(0)), MistakeName.STOPPED_AFTER_GIVEN_TERMS)


def _of_infinite_sum(progression: KnownProgression) -> Iterator[MistakenAnswer]:
    first, ratio = progression.first, progression.step
    right = first / (1 - ratio)
    yield _answer(first / (1 + ratio), MistakeName.SIGN_ERROR)
    yield _answer(first / (ratio - 1), MistakeName.SIGN_ERROR)
    yield _answer((1 - ratio) / first, MistakeName.QUOTIENT_UPSIDE_DOWN)
    yield _answer(right - first, MistakeName.FIRST_TERM_FORGOTTEN)
    yield _answer(1 / (1 - ratio), MistakeName.FIRST_TERM_FORGOTTEN)
    if ratio:
        yield _answer(first / ratio, MistakeName.MINUS_ONE_FORGOTTEN)
    if len(progression.given) > 1:
        yield _answer(sum(progression.given, Fraction(0)), MistakeName.STOPPED_AFTER_GIVEN_TERMS)


def _of_position(progression: KnownProgression, question: Question) -> Iterator[MistakenAnswer]:
    """Which member 59 is"""
    right = question.number
    if right is None or right.denominator != 1 or not 1 < right <= MAX_COUNT:
        return
    if progression.is_geometric and int(right) * progression.step.numerator.bit_length() > MAX_BITS:
        return
    if progression.member(int(right)) in set(question.numbers) - set(progression.given):
        for other in (right - 1, right + 1):
            yield _answer(other, MistakeName.OFF_BY_ONE)


def _formulas(progression: KnownProgression, right: Term) -> Iterator[MistakenAnswer]:
    """For the member, or the sum, as a formula in n"""
    n = Sym("n")
    member, total = _member_in(progression, n), _sum_in(progression, n)
    with WorkBudget(MAX_WORK_S) as budget:
        is_member = same_value(member, right, budget).equal is True
        is_sum = not is_member and same_value(total, right, budget).equal is True
    if not is_member and not is_sum:
        return
    yield MistakenAnswer(total if is_member else member, MistakeName.TERM_FOR_SUM)
    if is_sum and not progression.is_geometric:
        yield MistakenAnswer(Mul((Num(Fraction(2)), right)), MistakeName.HALF_FORGOTTEN)
        last = _member_in(progression, Add((n, ONE)))
        further = Div(Mul((n, Add((Num(progression.first), last)))), Num(Fraction(2)))
        yield MistakenAnswer(further, MistakeName.OFF_BY_ONE)
    for index in (Add((n, ONE)), Add((n, Neg(ONE)))):
        shifted: Term = substitute(right, n, index)
        yield MistakenAnswer(shifted, MistakeName.OFF_BY_ONE)
    if is_member and not progression.is_geometric:
        plain = Add((Num(progression.first), Mul((Num(progression.step), n))))
        yield MistakenAnswer(plain, MistakeName.OFF_BY_ONE)
        turned = Add((n, Num(progression.step)))
        yield MistakenAnswer(turned, MistakeName.ADDITIVE_FOR_MULTIPLICATIVE)


def _member_in(progression: KnownProgression, n: Term) -> Term:
    before = Add((n, Neg(ONE)))
    if progression.is_geometric:
        return Mul((Num(progression.first), Pow(Num(progression.step), before)))
    return Add((Num(progression.first), Mul((Num(progression.step), before))))


def _sum_in(progression: KnownProgression, n: Term) -> Term:
    first = Num(progression.first)
    if not progression.is_geometric:
        return Div(Mul((n, Add((first, _member_in(progression, n))))), Num(Fraction(2)))
    growth = Add((Pow(Num(progression.step), n), Neg(ONE)))
    return Div(Mul((first, growth)), Num(progression.step - 1 or Fraction(1)))


def _next_members(progression: KnownProgression, right: Listing) -> Iterator[MistakenAnswer]:
    """60, 80, 100 and 40, 80, 160 after 5, 10, 20, 40"""
    wanted = [rational_value(part) for part in right.parts if is_term(part)]
    count, given = len(wanted), progression.given
    if wanted == [progression.member(n) for n in range(1, count + 1)]:
        yield from _first_members(progression, count)
    after = len(given)
    if len(given) < 2 or wanted != [progression.member(after + k) for k in range(1, count + 1)]:
        return
    for shift in (-1, 1):
        members = [progression.member(after + shift + k) for k in range(1, count + 1)]
        yield _listing(members, MistakeName.OFF_BY_ONE)
    if progression.is_geometric:
        gap = given[-1] - given[-2]
        members = [given[-1] + k * gap for k in range(1, count + 1)]
        yield _listing(members, MistakeName.ADDITIVE_FOR_MULTIPLICATIVE)
        gap = given[1] - given[0]
        members = [given[-1] + k * gap for k in range(1, count + 1)]
        yield _listing(members, MistakeName.ADDITIVE_FOR_MULTIPLICATIVE)


def _first_members(progression: KnownProgression, count: int) -> Iterator[MistakenAnswer]:
    """5, 3, 1 for 5, -10, 20 with the ratio -2"""
    first, step = progression.first, progression.step
    other = KnownProgression(not progression.is_geometric, first, step, ())
    name = MistakeName.MULTIPLIED_INSTEAD_OF_ADDED
    if progression.is_geometric:
        name = MistakeName.ADDED_INSTEAD_OF_MULTIPLIED
    for start in (1, 2):
        members = [other.member(n) for n in range(start, start + count)]
        yield _listing(members, name)
    yield _listing([progression.member(n) for n in range(2, count + 2)], MistakeName.OFF_BY_ONE)
    turned = KnownProgression(progression.is_geometric, first, -step, ())
    yield _listing([turned.member(n) for n in range(1, count + 1)], MistakeName.SIGN_ERROR)


def _listing(members: list[Fraction], name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Listing(tuple(map(Num, members))), name)
