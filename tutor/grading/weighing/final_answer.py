"""The final answer of a working, and whether it is right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from tutor.grading.answer_key import AnswerKey, Form, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.feedback import FeedbackCode
from tutor.grading.grade import grade_response
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.currencies import without_rare_signs
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.shapes import definition, expand_plus_minus, solutions
from tutor.grading.parsing.tree import Num, Quantity, Sym, Unreadable, free_names, is_term, walk
from tutor.grading.parsing.units import read_unit
from tutor.grading.sentences.answer_shapes import shape_of
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.weighing.answer_texts import (
    behind_arrow,
    collected,
    compact,
    is_number,
    may_be_answer,
    names_above,
    two_solutions,
    values_of,
)
from tutor.grading.weighing.key_numbers import (
    SEVERAL_AMOUNTS,
    denies_solutions,
    gives_each,
    is_fall,
    is_rounded_to,
    is_rounding,
    is_told_roughly,
    key_numbers,
    value_of,
)
from tutor.grading.weighing.lacking_numbers import lacks_numbers, numerals
from tutor.grading.weighing.numbers import APART, are_close
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine, last_side
from tutor.grading.working.reading.statement import NO_SOLUTION, Role

_WORD = re.compile(r"(?<!\\)[^\W\d_]{4,}")
_POWER = re.compile(r"\^\{?\d\}?|[²³]")
_SEVERAL_AMOUNTS = re.compile(  # 144 min, 8640 s
    r"\d[^,，;；、\d]{0,20}(?:[，;；、]|, )[^\d]{0,20}\d"
)
_BETWEEN = re.compile(r"[,;，；、和与]|\s(?:and|or|und|oder|et|ou|y|o)\s")  # the parts of a list
_OF_NUMBERS = (r"^\circ", "%")  # units of solutions and shares
_CURVATURE = re.compile(r"\s?[A-Za-z]''\s?(?:\([^()=]{1,20}\)\s?)?[=<>]")
_DECIMAL = re.compile(r"\d{1,15}\.\d{1,15}")
MIN_DIGITS = 2  # significant ones, of a rounded answer
MAX_DECIMALS = 4  # of a number that need not be rounded
MAX_ENDING = 3  # lines of a working in which its answer is looked for
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
    last = ending[-1].number
    if _denies_solutions(ending[-1]) and key.kind in (Kind.NUMBER, Kind.QUANTITY):
        return FinalAnswer(AnswerOutcome.WRONG, last)
    if denies_solutions(key):
        return _answer_where_none_is(ending[-1])
    if not _is_comparable(key):
        told = next((line.number for line in reversed(ending) if not line.is_check), last)
        return FinalAnswer(_outcome_by_numbers(lines, told, key))
    key = replace(key, unit_optional=True, form=Form.ANY)
    both = two_solutions(ending[-1])
    if both and _verdict(both, key) == Verdict.INCORRECT:
        return FinalAnswer(AnswerOutcome.WRONG, last, both)
    texts = (*values_of(ending[-1]), *behind_arrow(ending[-1]), *collected(ending, key))
    for text in texts:
        if _verdict(text, key) == Verdict.CORRECT:
            return FinalAnswer(AnswerOutcome.RIGHT, last, text)
    answer = _answer_above(lines, ending, key)
    if answer.outcome == AnswerOutcome.WRONG and _lists_amounts(key):
        return FinalAnswer(_outcome_by_numbers(lines, last, key))
    return answer


def _denies_solutions(line: WeighedLine) -> bool:
    """Whether it ends with the words "no solution"."""
    return bool(line.read.statements) and line.read.statements[-1].text == NO_SOLUTION


def _answer_where_none_is(line: WeighedLine) -> FinalAnswer:
    """Of the last line, where the stored answer is that there is no solution."""
    if _denies_solutions(line):
        return FinalAnswer(AnswerOutcome.RIGHT, line.number)
    values = [c for c in line.results if _gives_value(c) and not c.is_limited]
    if not values or line.has_denial:
        return FinalAnswer(AnswerOutcome.OPEN)
    return FinalAnswer(AnswerOutcome.WRONG, line.number, last_side(values[-1]))


def _gives_value(claim: WeighedClaim) -> bool:
    """x = 3, or x = 3 or x = -2"""
    return bool(claim.name or claim.alternatives) and value_of(last_side(claim)) is not None


def _outcome_by_numbers(lines: Sequence[WeighedLine], last: int, key: AnswerKey) -> AnswerOutcome:
    """Of a key that no text can be compared with. last: the number of the last line."""
    if gives_each(lines[: last + 1], key_numbers(key)):
        return AnswerOutcome.LIKELY
    return AnswerOutcome.WRONG if lacks_numbers(lines, key) else AnswerOutcome.OPEN


def _answer_above(
    lines: Sequence[WeighedLine], ending: Sequence[WeighedLine], key: AnswerKey
) -> FinalAnswer:
    """Where the last line has no right answer. ending: the lines that may have one."""
    last = ending[-1].number
    answer = _latest_answer(ending, key, names_above(lines, key))
    if answer.outcome == AnswerOutcome.WRONG and _is_rounded(answer, ending, key):
        return replace(answer, outcome=AnswerOutcome.RIGHT)
    if answer.outcome == AnswerOutcome.WRONG and _is_coarse_rounding(answer.text, key):
        return replace(answer, outcome=AnswerOutcome.OPEN)
    right = key_numbers(key)
    is_read = answer.outcome == AnswerOutcome.RIGHT or len(right.values) < 2 or right.are_same
    if not is_read and any(gives_each(lines[: line.number + 1], right) for line in _told(ending)):
        return FinalAnswer(AnswerOutcome.LIKELY, last)
    is_open = answer.outcome == AnswerOutcome.OPEN
    if is_open and len(right.values) > 1 and _answers_other_number(ending[-1], right.values):
        return FinalAnswer(AnswerOutcome.WRONG, last)
    if is_open and (_has_wrong_values(lines, key) or lacks_numbers(lines, key)):
        return FinalAnswer(AnswerOutcome.WRONG, last)
    return answer


def _told(ending: Sequence[WeighedLine]) -> Sequence[WeighedLine]:
    """The last line, and the one before a test such as "in 12 years 24 and 48, 48 = 2·24"."""
    is_tested = len(ending) > 1 and _ends_in_test(ending[-1]) and not ending[-2].is_refuted
    return ending[-2:] if is_tested else ending[-1:]


def _ends_in_test(line: WeighedLine) -> bool:
    """Whether it ends with true arithmetic about a number that it has told before."""
    test = line.claims[-1] if len(line.claims) > 1 else None
    if test is None or test.check is None or test.check.verdict != StepVerdict.PROVED:
        return False
    first = test.terms[0] if test.terms else None
    told = [value for claim in line.claims[:-1] for value in numerals(claim.statement.text)]
    return isinstance(first, Num) and float(first.value) in told


def _is_ticked_test(line: WeighedLine) -> bool:
    """75 · 1.2 = 90 ✓"""
    return bool(line.claims) and all(
        claim.statement.ticked
        and claim.check is not None
        and claim.check.verdict == StepVerdict.PROVED
        and not any(map(free_names, claim.terms))
        for claim in line.claims
    )


def _answers_other_number(line: WeighedLine, right: Sequence[float]) -> bool:
    """Whether it answers with one number, which is none of those that are asked for."""
    answers = [claim for claim in line.claims if claim.statement.role == Role.ANSWER]
    value = value_of(answers[0].statement.text) if len(answers) == len(line.claims) == 1 else None
    return value is not None and not any(are_close(value, number, APART) for number in right)


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


def _latest_answer(
    ending: Sequence[WeighedLine], key: AnswerKey, names: Mapping[int, str]
) -> FinalAnswer:
    for index, line in reversed(list(enumerate(ending))):
        answer = _answer(line, key, names.get(line.number, ""))
        if answer.outcome == AnswerOutcome.WRONG and _is_rounding_of_key(answer.text, key):
            return replace(answer, outcome=AnswerOutcome.RIGHT)
        is_wrong = answer.outcome == AnswerOutcome.WRONG
        if is_wrong and not has_swapped_unit(answer.text, key) and _may_be_right(ending, line, key):
            break
        if answer.outcome != AnswerOutcome.OPEN:
            return answer
        if index and _is_ticked_test(line):
            tested = _answer(ending[index - 1], key, names.get(ending[index - 1].number, ""))
            return tested if tested.outcome == AnswerOutcome.RIGHT else answer
        is_other = line.has_digits and (line.results or not line.is_check)
        if is_other and not _only_adds(line, ending[:index], key):
            break
    return FinalAnswer(AnswerOutcome.OPEN)


def _only_adds(line: WeighedLine, before: Sequence[WeighedLine], key: AnswerKey) -> bool:
    """Whether the answer comes before it: "it is 4.32 m tall", A'' = -4 < 0, a vertex."""
    if key.kind in (Kind.NUMBER, Kind.QUANTITY):
        return _only_repeats(line, before) or _tells_kind_of_extremum(line)
    return key.kind == Kind.EQUATION and bool(line.results)


def _has_form(key: AnswerKey) -> bool:
    """Whether the answer has letters, so that no other result of a working looks like it."""
    right = key_value(key)
    is_of_letters = is_term(right) and bool(free_names(right))
    return key.kind == Kind.EQUATION or (key.kind == Kind.EXPRESSION and is_of_letters)


def _tells_kind_of_extremum(line: WeighedLine) -> bool:
    """A'' = -4 < 0"""
    texts = [claim.statement.text for claim in line.results]
    return bool(texts) and all(_CURVATURE.match(text) for text in texts)


def _only_repeats(line: WeighedLine, before: Sequence[WeighedLine]) -> bool:
    """Whether its numbers have just come out: h = 4.32, and then "it is 4.32 m tall", or 59 %."""
    told = numerals(_POWER.sub("", line.text))
    sides = [last_side(claim) for other in before[-1:] for claim in other.results]
    values = [value for side in sides if "-" not in side for value in numerals(side)]
    percent = 0.01 if "%" in line.text else 1.0
    return bool(told) and all(
        value in values
        or any(is_rounding(line.text, percent * value, right) for right in map(float, values))
        for value in told
    )


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
    if has_swapped_unit(answer.text, key):
        return False
    if value is None or (key.kind == Kind.EQUATION and definition(key_value(key)) is None):
        return False
    after = (line for line in ending if line.number >= (answer.line or 0))
    if is_told_roughly(key, value) or any(is_fall(key, value, line.text) for line in after):
        return True
    if _is_rounding_of_key(answer.text, key):
        return True
    for line in ending:
        earlier = _answer(line, key)
        number = value_of(earlier.text) if earlier.outcome == AnswerOutcome.RIGHT else None
        if number is not None and are_close(number, value, APART):
            return True
    return False


def _is_rounding_of_key(text: str, key: AnswerKey) -> bool:
    """53.6 % for 15/28"""
    value, right = value_of(text), key_numbers(key)
    is_one = len(right.values) == 1 or right.are_same
    is_curve = key.kind == Kind.EQUATION and definition(key_value(key)) is None
    if value is None or is_curve or not is_one or has_swapped_unit(text, key):
        return False
    return any(map(partial(is_rounding, text, value), right.values))


def _is_coarse_rounding(text: str, key: AnswerKey) -> bool:
    """0.67 for 2/3, and 1.4 for √2: true as far as it goes, if nothing says how far to go."""
    value, right = value_of(text), key_numbers(key).values
    is_told = any(isinstance(part, Num) and "." in part.text for part in walk(key_value(key)))
    if value is None or len(right) != 1 or is_told or round(right[0], MAX_DECIMALS) == right[0]:
        return False
    numeral = max(_DECIMAL.findall(text), key=len, default="")
    digits = numeral.replace(".", "").lstrip("0")
    return len(digits) >= MIN_DIGITS and is_rounded_to(text, value, right[0])


def has_swapped_unit(text: str, key: AnswerKey) -> bool:
    """80 m/s for 80 km/h, and 35 cm for 35 cm²: the right number alone, but not 10 € per kg."""
    right = key_value(key)
    if value_of(text) not in key_numbers(key).values:
        return False
    with suppress(Unreadable, RecursionError):
        own = read_answer(text, units=True)
        if isinstance(own, Quantity) and isinstance(right, Quantity):
            units = read_unit(own.unit), read_unit(right.unit)
            bases = [{base for base, _ in unit.dimension} for unit in units if unit is not None]
            are_alike = len(bases) == 2 and bases[0] == bases[1] != set()
            return are_alike and units[0] != units[1]
    return False


def _is_comparable(key: AnswerKey) -> bool:
    if key.kind == Kind.QUANTITY and SEVERAL_AMOUNTS.search(key_text(key)):
        return False
    return key.kind in _COMPARED and not (key.kind == Kind.LIST and _has_words(key))


def _is_part_of_key(text: str, key: AnswerKey) -> bool:
    """Whether it is one of two different things that are asked for: -2 < x ≤ 4; -1, 0, 1, 2."""
    parts = [part.strip() for part in key_text(key).split(";")]
    shapes = {shape_of(part) for part in parts}
    return len(shapes) > 1 and compact(text) in map(compact, parts)


def _has_words(key: AnswerKey) -> bool:
    """length 2√29, M(3|1|2): two answers, with the names of what they are."""
    names = _WORD.findall(key_text(key))
    return any(name.lower() not in {*KNOWN_FUNCTIONS, "oder"} for name in names)


def _lists_amounts(key: AnswerKey) -> bool:
    """12 cm and 5 cm, which are also given as 12 and 5."""
    if key.kind != Kind.LIST:
        return False
    with suppress(Unreadable, RecursionError):
        parts = [read_answer(part, units=True) for part in _BETWEEN.split(key_text(key)) if part]
        amounts = [pair[1] if (pair := definition(part)) else part for part in parts]
        return any(isinstance(a, Quantity) and a.unit not in _OF_NUMBERS for a in amounts)
    return False


def _answer(line: WeighedLine, key: AnswerKey, name: str = "") -> FinalAnswer:
    """name: of what the line goes on with, if it begins with an equals sign."""
    if any(claim.statement.ticked or claim.is_cut for claim in line.results):
        return FinalAnswer(AnswerOutcome.OPEN)
    texts = values_of(line)
    for text in (f"{name} = {text}" for text in texts) if name else texts:
        if _lists_right_number(text, key):
            return FinalAnswer(AnswerOutcome.WRONG, line.number, text)
        if not may_be_answer(text, key) and not lacks_constant(text, key):
            continue
        verdict = _verdict(text, key)
        if verdict == Verdict.INCORRECT and _is_part_of_key(text, key):
            continue
        if verdict in (Verdict.CORRECT, Verdict.INCORRECT):
            outcome = AnswerOutcome.RIGHT if verdict == Verdict.CORRECT else AnswerOutcome.WRONG
            return FinalAnswer(outcome, line.number, text)
    return FinalAnswer(AnswerOutcome.OPEN)


def _verdict(text: str, key: AnswerKey) -> Verdict:
    """Another name than the key's says nothing of the value, as the D of D = (-1, 3]."""
    grade = grade_response(without_rare_signs(text), key, MAX_WORK_S)
    return Verdict.UNDECIDED if grade.rule == Rule.NAMES else grade.verdict


def lacks_constant(text: str, key: AnswerKey) -> bool:
    """Whether it is an antiderivative but for its constant: x^3 for x^3 + C."""
    if key.kind != Kind.ANTIDERIVATIVE:
        return False
    feedback = grade_response(text, key, MAX_WORK_S).feedback
    return feedback is not None and feedback.code == FeedbackCode.CONSTANT_MISSING


def _lists_right_number(text: str, key: AnswerKey) -> bool:
    """Whether it is the right number beside others: x = 4 or x = -2."""
    if not is_number(key_value(key)):
        return False
    with suppress(Unreadable, RecursionError):
        listed = solutions(expand_plus_minus(read_answer(text)))
        is_list = listed is not None and len(listed.values) > 1 and not listed.together
        verdict = _verdict(text, replace(key, kind=Kind.LIST)) if is_list else None
        return verdict == Verdict.INCORRECT
    return False
