"""The final answer of a working, and whether it is right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from tutor.grading.answer_key import AnswerKey, Form, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.grade import grade_response
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.shapes import definition, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Listing,
    Mul,
    Neg,
    Pow,
    Quantity,
    Sym,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.solving.inequalities import is_solved
from tutor.grading.weighing.key_numbers import (
    gives_each,
    is_fall,
    is_rounding,
    is_told_roughly,
    key_numbers,
    value_of,
)
from tutor.grading.weighing.lacking_numbers import lacks_numbers, numerals
from tutor.grading.weighing.numbers import APART, are_close
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine, last_side
from tutor.grading.working.bare_values import is_bare_value

_WORD = re.compile(r"(?<!\\)[^\W\d_]{4,}")
_ARROW = re.compile(r"-{1,2}>|→|⟶|≙")
_POWER = re.compile(r"\^\{?\d\}?|[²³]")
_LOWERED = str.maketrans("₁₂", "12")
_NUMBERED = re.compile(
    r"(?<![A-Za-z])([a-z])_?1\s?=\s?([^\s,;=]{1,20})\s?(?:[,;]|\b(?:and|or|und|oder|et|ou|y|o)\b|和|或)"
    r"\s?\1_?2\s?=\s?([^\s,;=]{1,20})\s*\Z"
)
_COORDINATES = frozenset("xyz")
MAX_ENDING = 3  # lines of a working in which its answer is looked for
_OF_ORDER = (Kind.INEQUALITY, Kind.INTERVAL)
_SEVERAL = (Kind.LIST, Kind.SET, Kind.TUPLE, Kind.EQUATION)
MAX_WORK_S = 0.05  # of one comparison with the key
_COMPARED = (
    *(Kind.NUMBER, Kind.QUANTITY, Kind.EXPRESSION, Kind.INEQUALITY, Kind.INTERVAL, Kind.LIST),
    *(Kind.SET, Kind.TUPLE, Kind.MATRIX, Kind.RATIO, Kind.ANTIDERIVATIVE, Kind.EQUATION),
)


class AnswerOutcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    LIKELY = "likely"  # it gives the numbers of a key that cannot be compared as a whole
    OPEN = "open"  # not read, not decided, or not there yet


@dataclass(frozen=True, slots=True)
class FinalAnswer:
    """line: of the answer, None where there is none. text: as graded."""

    outcome: AnswerOutcome
    line: int | None = None
    text: str = ""


def final_answer(lines: Sequence[WeighedLine], key: AnswerKey) -> FinalAnswer:
    """What the last line gives or, where that is no answer, one of the lines before it.

    Raises WorkBudgetSpent.
    """
    ending = [line for line in lines if line.read.statements or line.has_digits][-MAX_ENDING:]
    if not ending:
        return FinalAnswer(AnswerOutcome.OPEN)
    if not _is_comparable(key):
        if gives_each(lines[: ending[-1].number + 1], key_numbers(key)):
            return FinalAnswer(AnswerOutcome.LIKELY)
        is_wrong = lacks_numbers(lines, key)
        return FinalAnswer(AnswerOutcome.WRONG if is_wrong else AnswerOutcome.OPEN)
    key = replace(key, unit_optional=True, form=Form.ANY)
    both = _two_solutions(ending[-1])
    if both and _verdict(both, key) == Verdict.INCORRECT:
        return FinalAnswer(AnswerOutcome.WRONG, ending[-1].number, both)
    for text in (*_values(ending[-1]), *_collected(ending, key)):
        if _verdict(text, key) == Verdict.CORRECT:
            return FinalAnswer(AnswerOutcome.RIGHT, ending[-1].number, text)
    answer = _latest_answer(ending, key, _names_above(lines, key))
    if answer.outcome == AnswerOutcome.WRONG and _is_rounded(answer, ending, key):
        return replace(answer, outcome=AnswerOutcome.RIGHT)
    right = key_numbers(key)
    is_read = answer.outcome == AnswerOutcome.RIGHT or len(right.values) < 2 or right.are_same
    if not is_read and gives_each(lines[: ending[-1].number + 1], right):
        return FinalAnswer(AnswerOutcome.LIKELY, ending[-1].number)
    is_open = answer.outcome == AnswerOutcome.OPEN
    if is_open and (_has_wrong_values(lines, key) or lacks_numbers(lines, key)):
        return FinalAnswer(AnswerOutcome.WRONG, ending[-1].number)
    return answer


def _two_solutions(line: WeighedLine) -> str:
    """x = 9 or x = 2 for "Solutions: x1 = 9, x2 = 2" """
    match = _NUMBERED.search(line.text.translate(_LOWERED))
    return f"{match[1]} = {match[2]} or {match[1]} = {match[3]}" if match else ""


def _has_wrong_values(lines: Sequence[WeighedLine], key: AnswerKey) -> bool:
    """Whether each unknown of the key has got a value, and they are not the right ones."""
    listed = solutions(key_value(key))
    names = [name.name for name in listed.names if isinstance(name, Sym)] if listed else []
    if len(set(names)) < 2:
        return False
    claims = [claim for line in lines for claim in line.claims]
    values = {claim.name: last_side(claim) for claim in claims if claim.name in names}
    text = ", ".join(f"{name} = {value}" for name, value in values.items())
    return len(values) == len(names) and _verdict(text, key) == Verdict.INCORRECT


def _names_above(lines: Sequence[WeighedLine], key: AnswerKey) -> dict[int, str]:
    """By line: f'(x), which "= 2x - 5" gives a value that an equation above it begins with."""
    names: dict[int, str] = {}
    name = ""
    if key.kind != Kind.EQUATION or definition(key_value(key)) is None:
        return names
    for line in lines:
        texts = [claim.statement.text for claim in line.results]
        if texts and all(text.startswith("=") for text in texts):
            names[line.number] = name
        elif texts:
            name = texts[-1].partition("=")[0].strip() if "=" in texts[-1] else ""
    return names


def _latest_answer(
    ending: Sequence[WeighedLine], key: AnswerKey, names: Mapping[int, str]
) -> FinalAnswer:
    for index, line in reversed(list(enumerate(ending))):
        answer = _answer(line, key, names.get(line.number, ""))
        if answer.outcome == AnswerOutcome.WRONG and _may_be_right(ending, line, key):
            break
        if answer.outcome != AnswerOutcome.OPEN:
            return answer
        is_other = line.has_digits and (line.results or not line.is_check)
        if is_other and not _only_adds(line, ending[:index], key):
            break
    return FinalAnswer(AnswerOutcome.OPEN)


def _only_adds(line: WeighedLine, before: Sequence[WeighedLine], key: AnswerKey) -> bool:
    """Whether the answer comes before it: "it is 4.32 m tall", the vertex of a parabola."""
    if key.kind in (Kind.NUMBER, Kind.QUANTITY):
        return _only_repeats(line, before)
    return key.kind == Kind.EQUATION and bool(line.results)


def _has_form(key: AnswerKey) -> bool:
    """Whether the answer has letters, so that no other result of a working looks like it."""
    right = key_value(key)
    is_of_letters = is_term(right) and bool(free_names(right))
    return key.kind == Kind.EQUATION or (key.kind == Kind.EXPRESSION and is_of_letters)


def _only_repeats(line: WeighedLine, before: Sequence[WeighedLine]) -> bool:
    """Whether its numbers have just come out: h = 4.32, and then "it is 4.32 m tall"."""
    told = numerals(_POWER.sub("", line.text))
    sides = [last_side(claim) for other in before[-1:] for claim in other.results]
    values = [value for side in sides if "-" not in side for value in numerals(side)]
    return bool(told) and all(value in values for value in told)


def _may_be_right(ending: Sequence[WeighedLine], line: WeighedLine, key: AnswerKey) -> bool:
    """After 60 km/h the same in other words; x = 1 or x = 4, and then x = 1 is denied."""
    if _goes_on(line, key):
        return False
    before = (other for other in ending if other.number < line.number and not other.is_refuted)
    after = (other for other in ending if other.number > line.number)
    is_repeated = any(_answer(other, key).outcome == AnswerOutcome.RIGHT for other in before)
    return is_repeated or any(other.has_denial for other in after)


def _goes_on(line: WeighedLine, key: AnswerKey) -> bool:
    """Whether it changes the answer above it: = 3 after = (x + 6)/(x + 2)."""
    is_equal = all(claim.statement.text.startswith("=") for claim in line.results)
    return _has_form(key) and is_equal


def _is_rounded(answer: FinalAnswer, ending: Sequence[WeighedLine], key: AnswerKey) -> bool:
    """Whether it is a right value in another writing: 9/11, about 81.8 %; 4 % less for -4 %."""
    value = value_of(answer.text)
    if value is None or (key.kind == Kind.EQUATION and definition(key_value(key)) is None):
        return False
    after = (line for line in ending if line.number >= (answer.line or 0))
    if is_told_roughly(key, value) or any(is_fall(key, value, line.text) for line in after):
        return True
    right = key_numbers(key)
    is_one = len(right.values) == 1 or right.are_same
    if is_one and any(map(partial(is_rounding, answer.text, value), right.values)):
        return True
    for line in ending:
        earlier = _answer(line, key)
        number = value_of(earlier.text) if earlier.outcome == AnswerOutcome.RIGHT else None
        if number is not None and are_close(number, value, APART):
            return True
    return False


def _is_comparable(key: AnswerKey) -> bool:
    return key.kind in _COMPARED and not (key.kind == Kind.LIST and _has_words(key))


def _has_words(key: AnswerKey) -> bool:
    """length 2√29, M(3|1|2): two answers, with the names of what they are."""
    names = _WORD.findall(key_text(key))
    return any(name.lower() not in KNOWN_FUNCTIONS for name in names)


def _answer(line: WeighedLine, key: AnswerKey, name: str = "") -> FinalAnswer:
    """name: of what the line goes on with, if it begins with an equals sign."""
    if any(claim.statement.ticked or claim.is_cut for claim in line.results):
        return FinalAnswer(AnswerOutcome.OPEN)
    texts = _values(line)
    for text in (f"{name} = {text}" for text in texts) if name else texts:
        if _lists_right_number(text, key):
            return FinalAnswer(AnswerOutcome.WRONG, line.number, text)
        if not _may_be_answer(text, key):
            continue
        verdict = _verdict(text, key)
        if verdict in (Verdict.CORRECT, Verdict.INCORRECT):
            outcome = AnswerOutcome.RIGHT if verdict == Verdict.CORRECT else AnswerOutcome.WRONG
            return FinalAnswer(outcome, line.number, text)
    return FinalAnswer(AnswerOutcome.OPEN)


def _verdict(text: str, key: AnswerKey) -> Verdict:
    """Another name than the key's says nothing of the value, as the D of D = (-1, 3]."""
    grade = grade_response(text, key, MAX_WORK_S)
    return Verdict.UNDECIDED if grade.rule == Rule.NAMES else grade.verdict


def _values(line: WeighedLine) -> Iterator[str]:
    """What the claims of a line end with, the last one first, alone and with its name."""
    rejected = {_compact(c.statement.text) for c in line.results if c.statement.rejected}
    for claim in reversed([c for c in line.results if not c.statement.rejected]):
        if _is_assigned(claim, line):
            continue
        text = _ARROW.split(claim.statement.text)[-1].lstrip("=≈ ")
        if remaining := _without(rejected, text):
            yield from remaining
            continue
        if _is_unsolved(claim):
            yield text
            continue
        sides = (last_side(claim), text) if claim.claim.operators else (text, last_side(claim))
        yield from dict.fromkeys(sides)


def _is_assigned(claim: WeighedClaim, line: WeighedLine) -> bool:
    """6 in "6 pumps -> 13.5 h", whose answer is 13.5 h."""
    arrow = _ARROW.search(line.text)
    before = line.text[: arrow.start()] if arrow else ""
    is_bare = not claim.claim.operators and bool(claim.terms) and not free_names(claim.terms[0])
    is_last = claim is line.results[-1]
    return is_bare and not is_last and claim.statement.text in before


def _without(rejected: Collection[str], text: str) -> tuple[str, ...]:
    """What is left of x = 8 or x = -2 where x = -2 is out; empty where nothing is crossed out."""
    parts = text.split(" or ")
    left = [part for part in parts if _compact(part) not in rejected]
    return (" or ".join(left),) if left and len(left) < len(parts) else ()


def _is_bound(claim: WeighedClaim) -> bool:
    """x < 5"""
    bound = claim.inequality
    return bound is not None and is_solved(bound) and not _has_function(bound)


def _compact(text: str) -> str:
    return "".join(text.split())


def _is_unsolved(claim: WeighedClaim) -> bool:
    """2x = 10: its right side is no value of x. In xy² = 10, a quantity has got one."""
    if len(claim.terms) != 2:
        return False
    left, right = claim.terms
    is_worked_out = not isinstance(left, Add | Mul | Neg | Pow) or bool(free_names(right))
    return len(free_names(left)) == 1 and not is_worked_out


def _may_be_answer(text: str, key: AnswerKey) -> bool:
    """Whether a text is worked out as far as an answer of the key's kind."""
    right = key_value(key)
    with suppress(Unreadable, RecursionError):
        value = read_answer(text, key.decimal_comma, key.kind == Kind.QUANTITY)
        if _has_several(right):
            return _has_several(value) and _is_point(value) == _is_point(right)
        if key.kind in _OF_ORDER and _has_function(value):
            return False
        if key.kind == Kind.EQUATION and definition(right) is None:
            names = free_names(right)
            is_curve = len(names) > 1 and names <= _COORDINATES
            return is_curve and isinstance(value, Comparison) and free_names(value) == names
        if _is_of_line(right) and not free_names(value):
            return False  # the -2 of y = 3x - 2
        if isinstance(value, Quantity) or is_bare_value(text):
            return _is_number(value) or not _is_number(right)
        if key.kind == Kind.EQUATION:
            return _defines_with_names_of(right, value)
        if key.kind in _OF_ORDER:
            return is_solved(value)
        if key.kind == Kind.EXPRESSION:
            return is_term(value) and free_names(value) <= free_names(right)
    return False


def _defines_with_names_of(right: Value, value: Value) -> bool:
    """Not where a letter has no value yet: P(x) = ax(x + 1), and P(x) = 2x(x + 1) is right."""
    own, stored = definition(value), definition(right)
    if own is None or stored is None:
        return own is not None
    return free_names(own[1]) <= free_names(stored[1]) | free_names(stored[0])


def _is_of_line(right: Value) -> bool:
    """y = 3x - 2"""
    named = definition(right)
    return named is not None and is_term(named[1]) and bool(free_names(named[1]))


def _has_function(value: Value) -> bool:
    """|x - 6| < 2"""
    return any(isinstance(part, Call) and free_names(part) for part in walk(value))


def _is_point(value: Value) -> bool:
    """(3, 2) and S(3, 2), but not {3, 2} and 3, 2."""
    named = definition(value)
    value = named[1] if named else value
    return isinstance(value, Bracketed) and not value.opening.startswith("{")


def _lists_right_number(text: str, key: AnswerKey) -> bool:
    """Whether it is the right number beside others: x = 4 or x = -2."""
    if not _is_number(key_value(key)):
        return False
    with suppress(Unreadable, RecursionError):
        listed = solutions(expand_plus_minus(read_answer(text)))
        is_list = listed is not None and len(listed.values) > 1 and not listed.together
        verdict = _verdict(text, replace(key, kind=Kind.LIST)) if is_list else None
        return verdict == Verdict.INCORRECT
    return False


def _is_number(value: Value) -> bool:
    named = definition(value)
    value = named[1] if named else value
    return isinstance(value, Quantity) or is_term(value)


def _has_several(value: Value) -> bool:
    """Whether it is a list, a set or a point, and not one value."""
    named = definition(value)
    value = named[1] if named else value
    listed = solutions(expand_plus_minus(value))
    if isinstance(value, Listing):
        return True
    return isinstance(value, Bracketed) or (listed is not None and len(listed.values) > 1)


def _collected(ending: Sequence[WeighedLine], key: AnswerKey) -> Iterator[str]:
    """Values of several claims as one answer: x1 = 7 and x2 = 3, (6, 0) and (0, 14)."""
    claims = [claim for line in ending for claim in line.claims]
    if key.kind in _OF_ORDER:
        bounds = [claim for claim in claims if _is_bound(claim)][-2:]
        if len({bound.claim.operators[0][0] for bound in bounds}) == 2:  # x < 5 and x > -3
            texts = [bound.statement.text for bound in bounds]
            yield from (f" {word} ".join(texts) for word in ("and", "or"))
    if key.kind not in _SEVERAL:
        return
    sides = [last_side(claim) for claim in claims]
    points = [side for side in sides if side.startswith("(")]
    pairs = zip(claims, sides, strict=True)
    named = [f"{claim.name} = {side}" for claim, side in pairs if claim.name]
    for texts in (sides, named, points):
        for count in range(2, len(texts) + 1):
            yield ", ".join(texts[-count:])
