"""Grades a student's answer, or the final answer in a model's completion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase

from tutor.grading.answer_key import AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.comparison.forms import is_subject, missing_form
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.comparison.outcomes import same_outcomes
from tutor.grading.comparison.predicates import is_family, time_as_ratio
from tutor.grading.comparison.renaming import numbered_solutions, renamings
from tutor.grading.comparison.response_reader import (
    divides_by_zero,
    has_glued_unit,
    has_plus_minus,
    number_alone,
    other_decimal,
    quantity_alone,
    read_response,
    require_case,
    require_known_words,
    with_imaginary_unit,
    with_products,
    with_same_names,
    with_share,
    with_subscripts,
)
from tutor.grading.comparison.shown_working import (
    last_of_equals,
    without_reason_behind,
)
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.numeric import operation_work
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.answers import read_answer, read_plain_answer
from tutor.grading.parsing.boxes import unwrap, without_label
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.shorthand import fold_mixed, fold_repeating
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Quantity,
    Ratio,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.words import (
    MAX_CHOICE,
    answers_in_words,
    choice_letters,
    clock_time,
    gives_up,
    plain_words,
    without_reason,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, charge
from tutor.grading.prose.final_answer import answer_candidates, without_formula_signs
from tutor.grading.sentences.concepts import is_meaning, meaning_of
from tutor.grading.sentences.conclusions import (
    is_called_wrong,
    is_taken_back,
    stated_before_arrow,
)
from tutor.grading.sentences.readings import readings
from tutor.grading.sentences.words import denies
from tutor.grading.solving.inequalities import is_solved

_YUAN = re.compile("块钱?")
_SLASHED_POINT = re.compile(r"\(\s?[-+]?[\d.]{1,9}(?:\s?/\s?[-+]?[\d.]{1,9}){1,2}\s?\)\s?\Z")
_MAPS_TO = re.compile(r"\A ?([A-Za-z]) ?: ?([a-z]) ?(?:->|\\(?:to|mapsto)(?![a-z])|↦)")
_NUMERAL = re.compile(r"-?\d++(?:[.,]\d++)?")
_CONCLUSION = re.compile(
    r"[,;.]? ?\b(?:so|therefore|thus|hence|also|daher|folglich|donc|luego|entonces)\b|所以|因此"
)
_LETTER = re.compile("[A-Za-z]")
_NUMBERS = (Kind.NUMBER, Kind.QUANTITY)
_OF_SEVERAL_NUMBERS = (Kind.LIST, Kind.SET, Kind.TUPLE, Kind.INTERVAL)
_OF_ONE_NUMBER = (*_NUMBERS, Kind.EQUATION, Kind.LIST, Kind.SET)  # x = 2.5, and {2.5}
_IN_WORDS = (Kind.TEXT, Kind.CHOICE, Kind.TRUTH)
MAX_GRADING_WORK_S = 1.2  # for one answer


def grade_response(response: str, key: AnswerKey, max_work_s: float = MAX_GRADING_WORK_S) -> Grade:
    """Grades an answer that was typed or pasted. No text makes it raise."""
    return _grade(response, key, None, max_work_s)


def grade_against(response: str, key: AnswerKey, value: Value, max_work_s: float) -> Grade:
    """As `grade_response`, but the right answer is `value`, not the key's own."""
    return _grade(response, key, value, max_work_s)


def gives_up_on(response: str, key: AnswerKey) -> bool:
    """Whether the response says "I do not know", and that is not the answer itself."""
    try:
        return _gives_up_on(normalize_text(response), key)
    except Unreadable:
        return False


def _gives_up_on(response: PlainText, key: AnswerKey) -> bool:
    if key.kind == Kind.TEXT or not gives_up(response):
        return False
    return plain_words(response) != plain_words(normalize_text(key.value))


def grade_completion(text: str, key: AnswerKey) -> Grade:
    """Grades the final answer in a model's text; its thoughts before </think> do not count."""
    if key.kind == Kind.CHOICE and (letters := _choice_letters(text)):
        return replace(grade_response(text, key), answer=", ".join(sorted(letters)))
    with_unit = key.kind == Kind.QUANTITY and bool(key.unit) and not key.unit_optional
    for candidate in answer_candidates(text, kind=key.kind, with_unit=with_unit):
        if not candidate.strip():
            continue
        grade = _grade(candidate, key, None, MAX_GRADING_WORK_S, is_typed=False)
        is_clear = grade.verdict != Verdict.UNREADABLE and not _is_prose(candidate, key)
        if is_clear or grade.verdict == Verdict.CORRECT:
            return replace(grade, answer=without_formula_signs(candidate))
    feedback = Feedback(FeedbackCode.NO_FINAL_ANSWER)
    return Grade(Verdict.UNREADABLE, 0, Rule.NO_ANSWER, feedback)


def _choice_letters(completion: str) -> frozenset[str]:
    try:
        return choice_letters(normalize_text(completion, MAX_CHOICE))
    except Unreadable:
        return frozenset()


def _is_prose(candidate: str, key: AnswerKey) -> bool:
    """Whether the candidate is a sentence with the answer somewhere in it."""
    if key.kind in (Kind.TEXT, Kind.CHOICE):
        return False
    try:
        return isinstance(read_answer(candidate, key.decimal_comma), Words)
    except Unreadable:
        return False


def _grade(
    response: str,
    key: AnswerKey,
    value: Value | None,
    max_work_s: float,
    *,
    is_typed: bool = True,
) -> Grade:
    """is_typed: by a student, perhaps as a sentence; the sentences of a model are cut elsewhere."""
    if key.form == Form.FREE_TEXT and response.strip():
        return Grade(Verdict.UNDECIDED, 0, Rule.FREE_TEXT, answer=response)
    try:
        plain = normalize_text(response)
    except Unreadable as error:
        return _unread(error, key, response)
    with WorkBudget(max_work_s):  # for all readings together
        grade = _grade_by_commas(plain, key, value, max_work_s)
        if is_typed and grade.verdict != Verdict.CORRECT and grade.rule != Rule.DEADLINE:
            grade = _within_sentence(plain, key, value, max_work_s, grade)
    return replace(grade, answer=response)


def _grade_by_commas(
    response: PlainText, key: AnswerKey, value: Value | None, max_work_s: float
) -> Grade:
    """With a decimal comma, (2,3) is also read as a point: as two and three tenths it is none."""
    grade = _grade_as_written(response, key, value, max_work_s)
    may_separate = key.decimal_comma and key.kind in _OF_SEVERAL_NUMBERS and "," in response
    if grade.verdict == Verdict.CORRECT or not may_separate or ";" in response:
        return grade
    right = key_value(key) if value is None else value
    separated = replace(key, decimal_comma=False)
    other = _grade_as_written(response, separated, right, max_work_s)
    return other if other.verdict == Verdict.CORRECT else grade


def _grade_as_written(
    response: PlainText, key: AnswerKey, value: Value | None, max_work_s: float
) -> Grade:
    try:
        with WorkBudget(max_work_s) as budget:
            plain = PlainText(_without_wrapping(response, key.kind, key.decimal_comma))
            charge(operation_work.READING * len(plain))
            grade = _grade_plain(plain, key, value, budget)
    except Unreadable as error:
        return _unread(error, key, response)
    except (WorkBudgetSpent, RecursionError):
        return Grade(Verdict.UNDECIDED, 0, Rule.DEADLINE)
    if grade.verdict == Verdict.CORRECT and not _follows(plain, key, value, max_work_s):
        return _unread(Unreadable(FeedbackCode.UNREAD), key, response)
    return grade


def _follows(text: PlainText, key: AnswerKey, value: Value | None, max_work_s: float) -> bool:
    """Whether no other answer stands before an arrow, and no "wrong" behind the answer."""
    if key.kind in _IN_WORDS:
        return True
    if is_called_wrong(text):
        return False
    if key.kind in ANSWER_KINDS:  # p => q is a formula of logic
        return True
    may_choose = key.kind in (Kind.LIST, Kind.SET)
    beside = stated_before_arrow(text, key.decimal_comma, may_choose=may_choose)
    return beside is not None and _are_right(beside, key, value, max_work_s)


def _unread(error: Unreadable, key: AnswerKey, response: str) -> Grade:
    feedback = replace(error.feedback, with_examples=key.kind not in ANSWER_KINDS)
    return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, feedback, response)


def _within_sentence(
    text: PlainText, key: AnswerKey, value: Value | None, max_work_s: float, whole: Grade
) -> Grade:
    """The grade of an answer within words, if it is right; otherwise that of the whole text."""
    if whole.feedback and whole.feedback.code == FeedbackCode.DIVISION_BY_ZERO:
        return whole
    for reading in readings(text, key, whole.verdict):
        grade = _grade_by_commas(PlainText(reading.text), key, value, max_work_s)
        if grade.verdict != Verdict.CORRECT:
            continue
        if not _are_right(reading.beside, key, value, max_work_s):
            continue
        if reading.is_sure:
            return grade
        if whole.verdict == Verdict.INCORRECT and not whole.score:
            return Grade(Verdict.UNDECIDED, 0, Rule.WORDS)
    return whole


def _are_right(
    statements: Sequence[str], key: AnswerKey, value: Value | None, max_work_s: float
) -> bool:
    """In any form: x(x - 3) + 2 may stand on the way to its factors."""
    loose = replace(key, form=Form.ANY)
    grades = (_grade_by_commas(PlainText(text), loose, value, max_work_s) for text in statements)
    return all(grade.verdict == Verdict.CORRECT for grade in grades)


def _without_wrapping(response: PlainText, kind: Kind, decimal_comma: bool) -> str:
    """The answer without its label, dollar signs and full stop. A tick may be the answer."""
    if kind == Kind.TEXT:
        return response
    if kind in (Kind.TRUTH, Kind.CHOICE):
        return without_label(response)
    text = fold_repeating(response)
    answer = without_reason_behind(text)
    if answer != text and is_taken_back(text[len(answer) :], answer, decimal_comma):
        return unwrap(text)
    return unwrap(answer)


def _grade_plain(
    response: PlainText, key: AnswerKey, value: Value | None, budget: WorkBudget
) -> Grade:
    if key.kind == Kind.CHOICE:
        return _grade_choice(response, key)
    if key.kind == Kind.TEXT:
        return _grade_words(response, key)
    if _gives_up_on(response, key):
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, Feedback(FeedbackCode.GIVES_UP))
    if answer_kind := ANSWER_KINDS.get(key.kind):
        own = answer_kind.read(normalize_text(key_text(key)), key)
        result = answer_kind.compare(own, answer_kind.read(response, key), key, budget)
        return _by_comparison(result)
    if (outcomes := same_outcomes(response, key)) is not None:
        return _by_comparison(outcomes)
    right, given = read_both(response, key, value)
    comparer = AnswerComparer(key, budget)
    result = comparer.whole(right, given)
    if key.any_letters and not result:
        equals = (comparer.whole(right, renamed) for renamed in renamings(right, given))
        result = next(filter(None, equals), result)
    if result.equal is False:
        rule = _rule_for_open(response, right, given, comparer)
        result = result if rule is None else Equality(None, rule)
    if result and not key.guessed and is_solved(right) and not is_solved(given):
        feedback = Feedback(FeedbackCode.UNSOLVED_INEQUALITY)
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, feedback)
    if result and key.form == Form.SUBJECT and (missing := _missing_subject(right, given)):
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, missing)
    return _with_form(result, given, key)


def _rule_for_open(
    response: PlainText, right: Value, given: Value, comparer: AnswerComparer
) -> Rule | None:
    """By which another answer may be meant as the right one; None where it is wrong."""
    key = comparer.conventions
    if key.kind in _OF_ONE_NUMBER:
        decimal = other_decimal(response, key)
        if decimal is not None and comparer.whole(right, decimal):
            return Rule.NUMBERS
    if is_family(right) and not is_family(given) and free_names(given):
        return Rule.FAMILIES  # π/6 + 2kπ without its k ∈ ℤ
    return Rule.NAMES if _are_numbered_otherwise(right, given, comparer) else None


def _are_numbered_otherwise(right: Value, given: Value, comparer: AnswerComparer) -> bool:
    """x_1 = -2, x_2 = 3 for x_1 = 3, x_2 = -2: of a quadratic equation it is the same."""
    solutions, others = numbered_solutions(right), numbered_solutions(given)
    return solutions is not None and others is not None and bool(comparer.whole(solutions, others))


def _missing_subject(right: Value, given: Value) -> Feedback | None:
    pair = definition(right)
    if pair is None or is_subject(given, pair[0]):
        return None
    return Feedback(FeedbackCode.NOT_THE_SUBJECT, {"text": str(getattr(pair[0], "name", ""))})


def read_both(
    response: PlainText, key: AnswerKey, value: Value | None = None
) -> tuple[Value, Value]:
    """The right answer and the given one. Raises Unreadable.

    Where only one of them has a unit, letters in the other may be a unit too.
    """
    right = key_value(key) if value is None else value
    if _is_single(right, key):
        response = PlainText(fold_mixed(response))
    bare_right = _without_name(right)
    units = isinstance(bare_right, Quantity)
    kind = Kind.LIST if "+-" in response and has_plus_minus(right) else key.kind
    response = with_subscripts(_as_written_by_others(response, bare_right), right)
    if key.kind == Kind.QUANTITY:
        response = quantity_alone(response, key.decimal_comma)
    if key.kind == Kind.EXPRESSION and not isinstance(right, Comparison):
        response = PlainText(last_of_equals(response, key.decimal_comma))
    if key.kind == Kind.NUMBER:
        response = with_share(number_alone(response, key.decimal_comma), bare_right)
    if key.kind == Kind.QUANTITY and "元" in key_text(key):
        response = PlainText(_YUAN.sub("元", response))
    if key.kind in (Kind.EXPRESSION, Kind.EQUATION):
        response = with_products(response, right)
    given = read_response(response, kind, key.decimal_comma, units)
    if "0" in response and divides_by_zero(given) and not divides_by_zero(right):
        raise Unreadable(FeedbackCode.DIVISION_BY_ZERO)
    if right != given and _LETTER.search(response):
        right, given = with_same_names(right, given)
        given = with_imaginary_unit(right, given) if "j" in response else given
        require_case(response, right, given)
    if key.kind == Kind.RATIO:
        right, given = time_as_ratio(right), time_as_ratio(given)
    bare_given = _without_name(given)
    if isinstance(bare_given, Quantity) and not isinstance(bare_right, Quantity):
        right = _with_unit(normalize_text(key_text(key)), right, key) if value is None else right
    elif is_term(bare_given) and free_names(bare_given) and not free_names(bare_right):
        if has_glued_unit(response):
            raise Unreadable(FeedbackCode.UNREAD_AT, text=repr(response.strip()[-1]))
        given = _with_unit(response, given, key)
    if key.kind in _NUMBERS and free_names(_without_name(given)) and not free_names(bare_right):
        require_known_words(response)
    in_words = isinstance(given, Words) and not isinstance(right, Words)
    if in_words and not answers_in_words(response):
        raise Unreadable(FeedbackCode.UNREAD)
    return right, given


def _as_written_by_others(response: PlainText, right: Value) -> PlainText:
    """f(x) = 3x for f: x -> 3x, and S(-2; -3) for S(-2/-3) where a point is asked for."""
    if isinstance(right, Bracketed) and len(right.parts) > 1 and "/" in response:
        parts = response.count("/") + 1
        if parts == len(right.parts) and _SLASHED_POINT.search(response):
            return PlainText(response.replace("/", "; "))
    return PlainText(_MAPS_TO.sub(r"\1(\2) =", response)) if ":" in response else response


def _with_unit(text: PlainText, value: Value, key: AnswerKey) -> Value:
    """5 m as five metres, where only that makes sense."""
    return read_plain_answer(text, key.decimal_comma, units=True) if free_names(value) else value


def _is_single(value: Value, key: AnswerKey) -> bool:
    """Whether "2 and 1/2" cannot be two answers."""
    takes_several = key.kind in (Kind.LIST, Kind.SET, Kind.TUPLE)
    bare = _without_name(value)
    return not takes_several and (is_term(bare) or isinstance(bare, Quantity))


def _without_name(value: Value) -> Value:
    """The 4 in x = 4."""
    pair = definition(value)
    return pair[1] if pair else value


def _with_form(result: Equality, value: Value, key: AnswerKey) -> Grade:
    """The grade by the comparison, and for an equal value by its form."""
    if result and (feedback := _missing_form(_without_name(value), key)):
        return Grade(Verdict.INCORRECT, 0, Rule.FORM, feedback)
    return _by_comparison(result)


def _by_comparison(result: Equality) -> Grade:
    if result.equal is None:
        return Grade(Verdict.UNDECIDED, 0, result.rule, result.feedback)
    if not result.equal:
        return Grade(Verdict.INCORRECT, min(result.share, 0.99), result.rule, result.feedback)
    return Grade(Verdict.CORRECT, 1, result.rule, result.feedback)


def _missing_form(value: Value, key: AnswerKey) -> Feedback | None:
    amount = value.amount if isinstance(value, Quantity) else value
    if isinstance(value, Quantity) and key.form == Form.LOWEST_TERMS and _is_percent(value, key):
        amount = Call("percent", (value.amount,))  # 75% is no fraction
    return missing_form(amount, key) if is_term(amount) or isinstance(amount, Ratio) else None


def _is_percent(value: Quantity, key: AnswerKey) -> bool:
    return bool(re.search("%|percent", value.unit)) and "%" not in key.value + key.unit


def _grade_choice(response: PlainText, key: AnswerKey) -> Grade:
    right, chosen = choice_letters(normalize_text(key.value)), choice_letters(response)
    if not chosen:
        raise Unreadable(FeedbackCode.UNREAD_CHOICE)
    if chosen == right:
        return Grade(Verdict.CORRECT, 1, Rule.CHOICE)
    if key.shares:
        return Grade(Verdict.INCORRECT, _added_shares(chosen, key.shares), Rule.SHARES)
    if not chosen < right:
        return Grade(Verdict.INCORRECT, 0, Rule.CHOICE)
    feedback = Feedback(FeedbackCode.CHOICE_MISSING)
    return Grade(Verdict.INCORRECT, len(chosen) / len(right), Rule.CHOICE, feedback)


def _added_shares(chosen: frozenset[str], shares: str) -> float:
    total = sum(
        float(share)
        for letter, share in zip(ascii_uppercase, shares.split(), strict=False)
        if letter in chosen
    )
    return min(max(round(total / 100, 6), 0.0), 0.99)


def _grade_words(response: PlainText, key: AnswerKey) -> Grade:
    right = plain_words(normalize_text(key.value), key.ignore_case)
    given = plain_words(response, key.ignore_case)
    if not given:
        raise Unreadable(FeedbackCode.EMPTY)
    others = (PlainText(unwrap(response)), without_reason(response))
    if (right_time := clock_time(key.value)) is not None and right_time == clock_time(response):
        return Grade(Verdict.CORRECT, 1, Rule.WORDS)
    is_right = right in (given, *(plain_words(text, key.ignore_case) for text in others))
    if not is_right and key.ignore_case:
        return _grade_meaning(response, key)
    return Grade(Verdict.CORRECT if is_right else Verdict.INCORRECT, float(is_right), Rule.WORDS)


def _has_numbers_of(right: str, response: PlainText) -> bool:
    """Whether it has the two or more numbers of a right answer in words, in their order."""
    numbers = _NUMERAL.findall(normalize_text(right))
    return len(numbers) > 1 and numbers == _NUMERAL.findall(response)


def _grade_meaning(response: PlainText, key: AnswerKey) -> Grade:
    """A sentence that has the right words among others is not understood."""
    right, given = meaning_of(normalize_text(key.value)), meaning_of(response)
    *before, conclusion = _CONCLUSION.split(response)
    if before and right and right == meaning_of(PlainText(conclusion)):
        given = right if not any(map(denies, re.findall(r"[^\W\d_]+", before[0]))) else given
    if right and right == given:
        return Grade(Verdict.CORRECT, 1, Rule.WORDS)
    others = set(given) - set(right)
    if _has_numbers_of(key.value, response):
        return Grade(Verdict.UNDECIDED, 0, Rule.WORDS)  # centre (1, -2), r = 3 in other words
    is_open = bool(right) and set(right) < set(given)
    is_open = is_open and not any(denies(word) or is_meaning(word) for word in others)
    return Grade(Verdict.UNDECIDED if is_open else Verdict.INCORRECT, 0, Rule.WORDS)
