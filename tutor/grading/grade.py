"""Grades a student's answer, or the final answer in a model's completion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey, Form, Grade, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.comparison.outcomes import same_outcomes
from tutor.grading.comparison.shown_working import without_reason_behind
from tutor.grading.feedback import EXAMPLES_OF, SAYS_WHAT_TO_TYPE, Feedback, FeedbackCode
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.numeric import operation_work
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.boxes import unwrap, without_label
from tutor.grading.parsing.natural.chinese import fold_operations
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.shorthand import fold_repeating
from tutor.grading.parsing.tree import Unreadable, Value, Words
from tutor.grading.parsing.words import MAX_CHOICE, choice_letters, gives_up, plain_words
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, charge
from tutor.grading.prose.final_answer import answer_candidates, without_formula_signs
from tutor.grading.sentences.bare_answers import asks_for_answer
from tutor.grading.sentences.conclusions import is_taken_back, stated_before_arrow
from tutor.grading.sentences.doubts import is_negated, is_withdrawn
from tutor.grading.sentences.readings import PossibleAnswer, readings
from tutor.grading.sentences.understood import is_named, is_rough, is_understood
from tutor.grading.verdicts.asked_lines import unless_other_line_form
from tutor.grading.verdicts.asked_measures import unless_other_measure
from tutor.grading.verdicts.asked_names import without_asked_name
from tutor.grading.verdicts.asked_ordinals import without_asked_ordinal
from tutor.grading.verdicts.asked_percent import without_asked_percent
from tutor.grading.verdicts.asked_sets import unless_other_set
from tutor.grading.verdicts.asked_units import unless_other_unit
from tutor.grading.verdicts.asked_vectors import unless_turned_vector
from tutor.grading.verdicts.by_condition import grade_by_condition
from tutor.grading.verdicts.choices import grade_choice
from tutor.grading.verdicts.given_names import unless_given_name, unless_variable
from tutor.grading.verdicts.lone_terms import lacks_equals
from tutor.grading.verdicts.question_words import without_question_words
from tutor.grading.verdicts.several_values import gives_several, leaves_open
from tutor.grading.verdicts.told_twice import told_forms, told_keys
from tutor.grading.verdicts.unfinished_answers import unless_unfinished
from tutor.grading.verdicts.unsolved_equations import unless_unsolved
from tutor.grading.verdicts.values import by_comparison, grade_value
from tutor.grading.verdicts.words import grade_words

_OF_SEVERAL_NUMBERS = (Kind.LIST, Kind.SET, Kind.TUPLE, Kind.INTERVAL)
_IN_WORDS = (Kind.TEXT, Kind.CHOICE, Kind.TRUTH)
_NUMBERS = (Kind.NUMBER, Kind.QUANTITY)
_IN_SENTENCES = (
    *_NUMBERS,
    *(Kind.EXPRESSION, Kind.EQUATION, Kind.INEQUALITY, Kind.TUPLE, Kind.RATIO, Kind.ANTIDERIVATIVE),
)
_IDLE_SPACES = re.compile(r"(?<![\w.,])\s+|\s+(?![\w.,])")
MAX_GRADING_WORK_S = 1.2  # for one answer
MAX_REGRADING_WORK_S = 0.2  # for an answer without what the statement says


def grade_response(response: str, key: AnswerKey, max_work_s: float = MAX_GRADING_WORK_S) -> Grade:
    """Grades an answer that was typed or pasted. No text makes it raise."""
    return _told(response, key, WorkBudget(max_work_s))[0]


def _told(response: str, key: AnswerKey, budget: WorkBudget) -> tuple[Grade, str, AnswerKey]:
    """The grade, and the form of the response and of the key by which it is right."""
    told = [(form, own) for form in told_forms(response, key) for own in told_keys(key)]
    graded = ((_Grader(own, budget).grade(form), form, own) for form, own in told)
    first = grade, form, own = next(graded)
    if grade.verdict != Verdict.CORRECT:
        right = (row for row in graded if row[0].verdict == Verdict.CORRECT)
        grade, form, own = next(right, first)
    return replace(grade, answer=response), form, own


def grade_against(response: str, key: AnswerKey, value: Value, max_work_s: float) -> Grade:
    """As `grade_response`, but the right answer is `value`, not the key's own."""
    return _Grader(key, WorkBudget(max_work_s), value).grade(response)


def grade_mention(text: str, key: AnswerKey, max_work_s: float) -> Grade:
    """As `grade_response`, whatever words stand around the answer: a hint may give it away."""
    return _Grader(key, WorkBudget(max_work_s), any_words=True).grade(text)


def by_statement(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade of `grade_response` in view of the problem's statement.

    It is not correct any more where the answer is unfinished, in another form than asked for, or in
    another unit; and correct where only that is too much which the statement itself says: the
    percent sign, the term that it asks for, its words around the amount, or that its number is
    one of an order.
    """
    if grade.verdict == Verdict.CORRECT:
        _, response, key = _told(response, key, WorkBudget(MAX_REGRADING_WORK_S))
    if (number := without_asked_ordinal(response, key, statement)) != response:
        grade = replace(grade_response(number, key), answer=grade.answer)
        response = number
    for bare in (without_asked_percent, without_asked_name, without_question_words):
        rest = response if grade.verdict == Verdict.CORRECT else bare(response, key, statement)
        again = grade if rest == response else grade_response(rest, key, MAX_REGRADING_WORK_S)
        if again.verdict == Verdict.CORRECT:
            grade = replace(again, answer=grade.answer)
    grade = unless_variable(grade, response, key, statement)
    grade = unless_given_name(grade, response, key, statement)
    grade = unless_other_measure(grade, response, key, statement)
    grade = unless_other_unit(grade, response, key, statement)
    grade = unless_unsolved(grade, response, key, statement)
    grade = unless_other_set(grade, response, key, statement)
    grade = unless_turned_vector(grade, response, key, statement)
    grade = unless_other_line_form(grade, response, key, statement)
    return unless_unfinished(grade, response, key, statement)


def grade_completion(text: str, key: AnswerKey) -> Grade:
    """Grades the final answer in a model's text; its thoughts before </think> do not count."""
    if key.kind == Kind.CHOICE and (letters := _choice_letters(text)):
        return replace(grade_response(text, key), answer=", ".join(sorted(letters)))
    with_unit = key.kind == Kind.QUANTITY and bool(key.unit) and not key.unit_optional
    for candidate in answer_candidates(text, kind=key.kind, with_unit=with_unit):
        if not candidate.strip():
            continue
        grader = _Grader(key, WorkBudget(MAX_GRADING_WORK_S))
        grade = grader.grade(candidate, is_typed=False)
        is_right = grade.verdict == Verdict.CORRECT
        is_read = grade.verdict != Verdict.UNREADABLE
        if is_right or (is_read and not _is_prose(candidate, key)):
            return replace(grade, answer=without_formula_signs(candidate))
    feedback = Feedback(FeedbackCode.NO_FINAL_ANSWER)
    return Grade(Verdict.UNREADABLE, 0, Rule.NO_ANSWER, feedback)


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


@dataclass(frozen=True, slots=True)
class _Grader:
    """Grades one response by one key, in several readings if it must.

    budget: for all readings together. value: the right answer, if it is not the key's own.
    any_words: also words that are not understood may stand around an answer.
    """

    key: AnswerKey
    budget: WorkBudget
    value: Value | None = None
    any_words: bool = False

    def grade(self, response: str, *, is_typed: bool = True) -> Grade:
        """is_typed: by a student, perhaps as a sentence; those of a model are cut elsewhere."""
        if self.key.form == Form.FREE_TEXT and response.strip():
            return Grade(Verdict.UNDECIDED, 0, Rule.FREE_TEXT, answer=response)
        try:
            text = PlainText(fold_operations(normalize_text(response)))
        except Unreadable as error:
            return self._unread(error, response)
        with self.budget:
            grade = self._by_commas(text)
            refused = set() if grade.verdict == Verdict.CORRECT else {_without_idle_spaces(text)}
            if is_typed and not self._is_named(text, grade):
                grade = self._unread(Unreadable(FeedbackCode.UNREAD), text)
            if is_typed and self._may_say_more(grade):
                grade = self._within_sentence(text, grade, refused)
        if is_typed and grade.verdict in (Verdict.UNREADABLE, Verdict.INCORRECT):
            grade = self._asking(grade, text)
        return replace(grade, answer=response)

    def _asking(self, grade: Grade, text: PlainText) -> Grade:
        """The grade that asks for one value, an equation, or the bare answer that is meant."""
        key, feedback = self.key, grade.feedback
        if key.kind in _NUMBERS and gives_several(text, key):
            asked = Feedback(FeedbackCode.ONE_VALUE_ASKED)
            if grade.verdict == Verdict.INCORRECT and not leaves_open(text):
                return replace(grade, feedback=feedback or asked)
            return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, asked)
        if grade.verdict == Verdict.INCORRECT and not grade.score and lacks_equals(text, key):
            feedback = Feedback(FeedbackCode.EQUATION_ASKED)
            return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, feedback)
        if feedback is None or grade.verdict != Verdict.UNREADABLE:
            return grade
        asked = asks_for_answer(feedback, text, key.kind, key.decimal_comma)
        return replace(grade, feedback=asked)

    def _may_say_more(self, grade: Grade) -> bool:
        """Whether another reading may be right; where a condition decides, one value of many."""
        if grade.verdict == Verdict.CORRECT or grade.rule == Rule.DEADLINE:
            return False
        return not self.key.condition or grade.verdict == Verdict.UNREADABLE

    def _within_sentence(self, text: PlainText, whole: Grade, refused: set[str]) -> Grade:
        """The grade of an answer within words, if it is right; otherwise that of the whole text.

        refused: texts that are known not to be right; others of the kind are added.
        """
        if whole.feedback and whole.feedback.code == FeedbackCode.DIVISION_BY_ZERO:
            return whole
        if self.key.kind not in (*_IN_WORDS, *ANSWER_KINDS) and is_withdrawn(text):
            return whole
        for reading in readings(text, self.key, whole.verdict):
            if (compact := _without_idle_spaces(reading.text)) in refused:
                continue
            grade = self._by_commas(PlainText(reading.text))
            if grade.verdict != Verdict.CORRECT:
                refused.add(compact)
                continue
            if not self._are_right(reading.beside):
                continue
            if reading.is_sure and self._is_understood(text, reading):
                return grade
            if whole.verdict == Verdict.INCORRECT and not whole.score:
                return Grade(Verdict.UNDECIDED, 0, Rule.WORDS)
        return whole

    def _is_named(self, text: PlainText, grade: Grade) -> bool:
        """Whether the words around a right number are known to leave it as it is."""
        if self.any_words or grade.verdict != Verdict.CORRECT:
            return True
        is_equation = self.key.kind == Kind.EQUATION and " " in text
        if is_equation or self.key.kind in _NUMBERS:
            return is_named(text, self.key.decimal_comma)
        return self.key.kind not in _IN_SENTENCES or not is_rough(text)

    def _is_understood(self, text: PlainText, reading: PossibleAnswer) -> bool:
        """Whether the words around an answer are known to leave it as it is."""
        is_closed = reading.is_closed or self.key.kind not in _IN_SENTENCES
        return self.any_words or is_closed or is_understood(text, self.key.decimal_comma)

    def _are_right(self, statements: Sequence[str]) -> bool:
        """In any form: x(x - 3) + 2 may stand on the way to its factors."""
        if not statements:
            return True
        loose = replace(self, key=replace(self.key, form=Form.ANY))
        grades = (loose._by_commas(PlainText(text)) for text in statements)
        return all(grade.verdict == Verdict.CORRECT for grade in grades)

    def _by_commas(self, text: PlainText) -> Grade:
        """With a decimal comma, (2,3) is read as two and three tenths, and then as a point."""
        grade = self._as_written(text)
        may_separate = self.key.decimal_comma and self.key.kind in _OF_SEVERAL_NUMBERS
        if grade.verdict == Verdict.CORRECT or not may_separate or "," not in text or ";" in text:
            return grade
        right = self.value
        if right is None and not self.key.condition:
            right = key_value(self.key)
        separated = replace(self, key=replace(self.key, decimal_comma=False), value=right)
        other = separated._as_written(text)
        return other if other.verdict == Verdict.CORRECT else grade

    def _as_written(self, text: PlainText) -> Grade:
        """The grade of the whole text."""
        try:
            answer = PlainText(_without_wrapping(text, self.key))
            charge(operation_work.READING * len(answer))
            grade = self._by_kind(answer)
        except Unreadable as error:
            return self._unread(error, text)
        except (WorkBudgetSpent, RecursionError):
            return Grade(Verdict.UNDECIDED, 0, Rule.DEADLINE)
        if grade.verdict == Verdict.CORRECT and not self._stands_behind(answer):
            return self._unread(Unreadable(FeedbackCode.UNREAD), text)
        return grade

    def _by_kind(self, answer: PlainText) -> Grade:
        """By the rules of the key's kind. Raises Unreadable."""
        key = self.key
        if key.kind == Kind.CHOICE:
            return grade_choice(answer, key)
        if key.kind == Kind.TEXT:
            return grade_words(answer, key)
        if _gives_up_on(answer, key):
            return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, Feedback(FeedbackCode.GIVES_UP))
        if key.condition and self.value is None:
            return grade_by_condition(answer, key, self.budget)
        if kind := ANSWER_KINDS.get(key.kind):
            right = kind.read(normalize_text(key_text(key)), key)
            return by_comparison(kind.compare(right, kind.read(answer, key), key, self.budget))
        if (outcomes := same_outcomes(answer, key)) is not None:
            return by_comparison(outcomes)
        return grade_value(answer, key, self.value, self.budget)

    def _stands_behind(self, answer: PlainText) -> bool:
        """Whether no other answer stands before an arrow, and no "wrong" behind the answer."""
        key = self.key
        if key.kind == Kind.TRUTH and is_negated(answer):
            return False
        if key.kind in (*_IN_WORDS, *ANSWER_KINDS):  # p => q is a formula of logic
            return True
        if is_withdrawn(answer):
            return False
        may_choose = key.kind in (Kind.LIST, Kind.SET)
        beside = stated_before_arrow(answer, key.decimal_comma, may_choose=may_choose)
        return beside is not None and self._are_right(beside)

    def _unread(self, error: Unreadable, response: str) -> Grade:
        feedback, kind = error.feedback, self.key.kind
        if kind not in ANSWER_KINDS and feedback.code not in SAYS_WHAT_TO_TYPE:
            own = kind if kind in EXAMPLES_OF else ""
            feedback = replace(feedback, with_examples=True, kind=own)
        return Grade(Verdict.UNREADABLE, 0, Rule.PARSE, feedback, response)


def _without_idle_spaces(text: str) -> str:
    """`x = 3` and `x=3` are one answer; `2 1/2` and `21/2` are two."""
    return _IDLE_SPACES.sub("", text)


def _without_wrapping(response: PlainText, key: AnswerKey) -> str:
    """The answer without its label, dollar signs and full stop. A tick may be the answer."""
    if key.kind == Kind.TEXT:
        return response
    if key.kind in (Kind.TRUTH, Kind.CHOICE):
        return without_label(response)
    text = fold_repeating(response, key.decimal_comma)
    answer = without_reason_behind(text)
    if answer != text and is_taken_back(text[len(answer) :], answer, key.decimal_comma):
        return unwrap(text)
    return unwrap(answer)
