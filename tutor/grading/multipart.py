"""Grades the parts of one problem, one after the other; a part may build on earlier ones.

A part is graded by its own key first. If that calls it wrong and the part has a formula, the answer
is compared with the formula's value for the student's own earlier answers. Those enter the formula
as values, never as text, so no answer can change the formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from tutor.grading.answer_key import MAX_WRONG_SCORE, AnswerKey, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.grade import MAX_GRADING_WORK_S, gives_up_on, grade_against, grade_response
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, magnitude, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    BigOperator,
    Comparison,
    Matrix,
    Mul,
    Num,
    PlusMinus,
    Quantity,
    Sym,
    Term,
    Unreadable,
    Value,
    children,
    free_names,
    is_term,
    rebuild,
    walk,
)
from tutor.grading.parsing.units import read_label, read_unit
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.verdicts.asked_for_units import asking_for_unit
from tutor.grading.verdicts.asked_measures import unless_other_measure
from tutor.grading.verdicts.asked_readings import asking_about_reading
from tutor.grading.verdicts.asked_units import unless_other_unit
from tutor.grading.verdicts.both_values import value_of, without_name
from tutor.grading.verdicts.given_names import unless_variable

MAX_PARTS = 12
LETTERS = ascii_lowercase[:MAX_PARTS]
CARRIED_KINDS = (Kind.NUMBER, Kind.EXPRESSION, Kind.QUANTITY)
_MAX_TERMS = 100  # of an answer that is carried forward
_MAX_BITS = 400  # of its numbers


class NoValue(ValueError):
    """An answer cannot be carried forward, or the formula has no value for it."""


@dataclass(frozen=True, slots=True)
class PartKey:
    """How one part is graded.

    weight: its share of the points, a positive whole number.
    carried: the formula for the right answer, in the letters of earlier parts; may be empty.
    credit: the score, 0..1, of an answer that follows from a wrong one.
    prompt: what the part asks, without its figures.
    """

    key: AnswerKey
    weight: int = 1
    carried: str = ""
    credit: float = 1.0
    prompt: str = ""


def grade_parts(
    responses: Sequence[str],
    parts: Sequence[PartKey],
    max_work_s: float = MAX_GRADING_WORK_S,
    *,
    spares_unread: bool = False,
    asks: bool = True,
    asks_for_units: bool = False,
) -> Grade:
    """The grade of all parts together, with the grade of each.

    A missing response counts as left empty; so does one that gives up, where another part has an
    answer. If one part cannot be read, no part is graded: an attempt that costs nothing must not
    tell whether another part is right. With `spares_unread` the others are graded, and a teacher
    looks at the unread one: for answers that the student cannot write again. Without `asks`,
    65/7x and x3 are judged as they are read. With `asks_for_units`, so is no bare number that
    needs a unit.
    """
    budget = WorkBudget(max_work_s)
    responses = [*responses[: len(parts)], *[""] * (len(parts) - len(responses))]
    responses = _without_given_up(responses, parts)
    grades: list[Grade] = []
    for part, response in zip(parts, responses, strict=True):
        earlier = list(zip(responses, parts, grades, strict=False))
        grade = _grade(response, part, earlier, budget)
        grade = unless_variable(grade, response, part.key, part.prompt)
        grade = unless_other_measure(grade, response, part.key, part.prompt)
        grade = unless_other_unit(grade, response, part.key, part.prompt)
        grade = asking_about_reading(grade, response, part.key) if asks else grade
        grades.append(asking_for_unit(grade, response, part.key) if asks_for_units else grade)
    if spares_unread and any(
        grade.verdict != Verdict.UNREADABLE and grade.answer for grade in grades
    ):
        grades = [_left_to_teacher(grade) for grade in grades]
    return _together(grades, parts)


def _without_given_up(responses: list[str], parts: Sequence[PartKey]) -> list[str]:
    """The responses, empty instead of "pass" or "no idea", unless all would be empty then."""
    pairs = zip(responses, parts, strict=True)
    answers = ["" if gives_up_on(response, part.key) else response for response, part in pairs]
    return answers if any(answer.strip() for answer in answers) else responses


def letters_in(value: Value, count: int) -> list[str]:
    """The letters of the first `count` parts that are in a formula, in their order."""
    names = free_names(value)
    return [letter for letter in LETTERS[:count] if letter in names]


def right_answer(part: PartKey, earlier: Sequence[PartKey]) -> Value:
    """The value of the part's formula for the right answers to the earlier parts.

    Raises NoValue, Unreadable.
    """
    formula = read_answer(part.carried, part.key.decimal_comma)
    keys = [(letter, part.key) for letter, part in zip(LETTERS, earlier, strict=False)]
    names = letters_in(formula, len(earlier))
    try:
        with WorkBudget(MAX_GRADING_WORK_S) as budget:
            numbers = {
                letter: _carried_value(key_text(key), key, budget)
                for letter, key in keys
                if letter in names
            }
            return _value_of_formula(formula, numbers, budget)
    except WorkBudgetSpent:
        raise NoValue from None


def written(value: Value) -> str:
    """A value as the text of a key."""
    number = rational_value(value) if is_term(value) and not free_names(value) else None
    if number is None:
        return latex(value)
    if number.denominator == 1:
        return str(number)
    sign = "-" if number < 0 else ""
    return rf"{sign}\frac{{{abs(number.numerator)}}}{{{number.denominator}}}"


Earlier = Sequence[tuple[str, PartKey, Grade]]


def _grade(response: str, part: PartKey, earlier: Earlier, budget: WorkBudget) -> Grade:
    if not response.strip():
        return Grade(Verdict.INCORRECT, 0, Rule.LEFT_EMPTY)
    grade = grade_response(response, part.key, budget.left_s)
    # Where only the form is wrong, the value is right and needs no formula.
    if not part.carried or grade.verdict != Verdict.INCORRECT or grade.rule == Rule.FORM:
        return grade
    try:
        with budget:
            return _carried_grade(response, part, earlier, budget) or grade
    except (NoValue, Unreadable, RecursionError):
        feedback = Feedback(FeedbackCode.NOTHING_TO_CARRY)
        return Grade(Verdict.UNDECIDED, 0, Rule.CARRIED, feedback, response)
    except WorkBudgetSpent:
        return Grade(Verdict.UNDECIDED, 0, Rule.DEADLINE, answer=response)


def _carried_grade(
    response: str, part: PartKey, earlier: Earlier, budget: WorkBudget
) -> Grade | None:
    """None where the answer does not follow either, or an earlier answer is missing."""
    formula = read_answer(part.carried, part.key.decimal_comma)
    letters = letters_in(formula, len(earlier))
    used = [earlier[LETTERS.index(letter)] for letter in letters]
    if not used or any(not text.strip() for text, _, _ in used):
        return None
    numbers = {
        letter: _value_given(*answered, budget)
        for letter, answered in zip(letters, used, strict=True)
    }
    value = _in_unit(_value_of_formula(formula, numbers, budget), part.key)
    grade = grade_against(response, part.key, value, budget.left_s)
    if grade.verdict == Verdict.INCORRECT and grade.rule != Rule.FORM:
        return None
    carried = tuple(letters)
    if grade.verdict != Verdict.CORRECT:
        return replace(grade, carried=carried)
    # What follows from right answers, such as rounded ones, gets the full score.
    score = 1.0 if all(_rests_on_right(letter, earlier) for letter in letters) else part.credit
    return replace(grade, score=score, rule=Rule.CARRIED, carried=carried)


def _rests_on_right(letter: str, earlier: Earlier) -> bool:
    """Whether a part is right, and so are all parts that it builds on."""
    grade = earlier[LETTERS.index(letter)][2]
    is_right = grade.verdict == Verdict.CORRECT
    return is_right and all(_rests_on_right(other, earlier) for other in grade.carried)


def _value_given(text: str, part: PartKey, grade: Grade, budget: WorkBudget) -> Term:
    """The student's own value; the stored one where theirs is right in words that have none."""
    try:
        return _carried_value(text, part.key, budget)
    except (NoValue, Unreadable):
        if grade.verdict != Verdict.CORRECT:
            raise
        return _carried_value(key_text(part.key), part.key, budget)


def _carried_value(text: str, key: AnswerKey, budget: WorkBudget) -> Term:
    """An answer as a formula takes it: its number in the key's unit, or its expression."""
    if key.kind not in CARRIED_KINDS:
        raise NoValue
    value = _stated_value(text, key)
    if isinstance(value, Quantity):
        value = _converted(value, key)
    if not is_term(value) or (free_names(value) and key.kind != Kind.EXPRESSION):
        raise NoValue
    pieces = list(walk(value))
    if len(pieces) > _MAX_TERMS or any(
        isinstance(p, PlusMinus | Matrix | BigOperator) for p in pieces
    ):
        raise NoValue
    _require_value(value, budget)
    return value


def _stated_value(text: str, key: AnswerKey) -> Value:
    """Of a calculation, what it comes to; of an equation x = 4, its right side."""
    if key.kind == Kind.EXPRESSION:
        return without_name(read_answer(text, key.decimal_comma))
    stated = value_of(text, key, units=key.kind == Kind.QUANTITY)
    if stated is not None and is_term(stated) and free_names(stated):
        stated = value_of(text, key, units=True)
    if stated is None:
        raise NoValue
    stated = without_name(stated)
    if isinstance(stated, Comparison) and stated.op == "=":
        return stated.right
    return stated


def _converted(value: Quantity, key: AnswerKey) -> Term:
    right = key_value(key)
    unit = read_unit(value.unit) or read_label(value.unit)
    key_unit = read_unit(right.unit) if isinstance(right, Quantity) else None
    if unit is None or (key_unit is not None and unit.dimension != key_unit.dimension):
        raise NoValue
    if key_unit is None and unit.dimension:
        return value.amount
    factor = unit.factor / key_unit.factor if key_unit else unit.factor
    return value.amount if factor == 1 else Mul((value.amount, Num(factor)))


def _value_of_formula(formula: Value, numbers: Mapping[str, Term], budget: WorkBudget) -> Value:
    value = _substitute(formula, numbers)
    _require_value(value, budget)
    return value


def _substitute(value: Value, numbers: Mapping[str, Term]) -> Value:
    """Puts all numbers in at once, so that no number is put into another.

    Raises NoValue where a sum or an integral runs over a variable of a number.
    """
    if isinstance(value, BigOperator):
        taken = {*numbers, *(name for number in numbers.values() for name in free_names(number))}
        if value.name in taken:
            raise NoValue
    if isinstance(value, Sym):
        return numbers.get(value.name, value)
    if not children(value):
        return value
    result: Value = rebuild(value, lambda part: _substitute(part, numbers))
    return result


def _in_unit(value: Value, key: AnswerKey) -> Value:
    own = key_value(key)
    return Quantity(value, own.unit) if isinstance(own, Quantity) and is_term(value) else value


def _require_value(value: Value, budget: WorkBudget) -> None:
    """Raises NoValue where it contains an undefined number, such as 1/0, or a huge one."""
    is_number = (
        is_term(value) and not free_names(value) and not isinstance(value, Matrix | PlusMinus)
    )
    if not is_number:
        for part in children(value):
            _require_value(part, budget)
        return
    number = rational_value(value)  # type: ignore[arg-type]
    if number is not None:
        bits = max(number.numerator.bit_length(), number.denominator.bit_length())
    else:
        bits = abs(_magnitude(value, budget) or 0)  # type: ignore[arg-type]
    if bits > _MAX_BITS:
        raise NoValue


def _magnitude(term: Term, budget: WorkBudget) -> int | None:
    try:
        with precision(BASE_BITS):
            return magnitude(Evaluator({}, budget, real=True).value(term))
    except (Undefined, OverflowError):
        raise NoValue from None


def _together(grades: Sequence[Grade], parts: Sequence[PartKey]) -> Grade:
    if any(grade.verdict == Verdict.UNREADABLE for grade in grades):
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, parts=tuple(map(_withheld, grades)))
    if all(grade.verdict == Verdict.CORRECT for grade in grades):
        return Grade(Verdict.CORRECT, 1, Rule.PARTS, parts=tuple(grades))
    score = weighted([grade.score for grade in grades], [part.weight for part in parts])
    is_open = any(grade.verdict == Verdict.UNDECIDED for grade in grades)
    is_late = any(grade.rule == Rule.DEADLINE for grade in grades)
    verdict = Verdict.UNDECIDED if is_open else Verdict.INCORRECT
    return Grade(verdict, score, Rule.DEADLINE if is_late else Rule.PARTS, parts=tuple(grades))


def weighted(scores: Sequence[float], weights: Sequence[int]) -> float:
    """The score of all parts together, 0..1; 1 only if every part has it."""
    if all(score == 1 for score in scores):
        return 1.0
    reached = sum(weight * score for score, weight in zip(scores, weights, strict=True))
    return min(round(reached / sum(weights), 6), MAX_WRONG_SCORE)


def _left_to_teacher(grade: Grade) -> Grade:
    is_unread = grade.verdict == Verdict.UNREADABLE
    return replace(grade, verdict=Verdict.UNDECIDED) if is_unread else grade


def _withheld(grade: Grade) -> Grade:
    if grade.verdict == Verdict.UNREADABLE:
        return grade
    return Grade(Verdict.UNDECIDED, 0, Rule.UNJUDGED, answer=grade.answer)
