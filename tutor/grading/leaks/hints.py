"""Does a hint give the stored answer away, in digits or words, whole or in parts?

A hint leaks the answer if it contains a formula or number that is equivalent to the answer, or all
parts of a set, a tuple, an interval and the like. Some values are in nearly every sentence: 0, 1
and 2, and those in the problem's own text. These count only where the hint presents them as a
result: boxed, called the answer, or equal to a name or a calculation. A formula that is in the
problem's text word for word is never a leak.

Disguises count as well: each reading of a decoder in `disguises` is compared with the answer.

Numbers are compared in any form, since 6/8 gives 3/4 away. Expressions must have the form that the
answer needs: a task to multiply out cannot be explained without the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from tutor.grading.answer_key import AnswerKey, Form, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.numbers import same_number
from tutor.grading.grade import grade_mention
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.leaks import coded_names, codes, disguises, number_words
from tutor.grading.leaks.leaked_choice import leaked_choice
from tutor.grading.leaks.leaked_words import leaked_words
from tutor.grading.leaks.values import rounded
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import as_matrix, expand_plus_minus, is_name
from tutor.grading.parsing.tree import (
    Comparison,
    Quantity,
    Term,
    Unreadable,
    Value,
    children,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import (
    WorkBudget,
    WorkBudgetSpent,
    note_work,
    uncounted,
)
from tutor.grading.prose.mentioned_values import (
    MentionedValue,
    is_numeral,
    mentioned_values,
    quoted_formulas,
    without_spaces,
)

MAX_HINT_WORK_S = 1.5
MAX_COMPARISON_WORK_S = 0.2
MAX_STATEMENTS = 20  # of one hint that are compared with the answer
MAX_CODES = 30  # texts that come out of codes; in honest hints up to eight do, by chance
MAX_CUE = 300  # characters beside a code, which may say what to do with what comes out
_FORMULA = re.compile(r"\$([^$]{1,200})\$|\\\(([^$]{1,200}?)\\\)")
_SENTENCE_END = re.compile(r"[.!?]\s|[\n:。！？：]")
_IS = re.compile(r"\b(?:is|are|equals|ist|lautet|est|es)\b|是|为")
_EVERYWHERE = (0, 1, 2)  # numbers in nearly every explanation
_MAX_VALUES = 8


def leak_in(
    hint: str,
    key: AnswerKey,
    statement: str = "",
    choices: Sequence[str] = (),
    max_work_s: float = MAX_HINT_WORK_S,
) -> str:
    """The piece of the hint that gives the stored answer away; empty if there is none.

    statement, choices: what the student has read anyway. If the hint cannot be read or decided in
    time, that counts as a leak.
    """
    number_words.prepare()
    try:
        if key.kind == Kind.CHOICE:
            return leaked_choice(hint, key, choices)
        if key.kind == Kind.TEXT:
            return leaked_words(hint, key, statement)
        with WorkBudget(max_work_s) as budget:
            prepared, work_s = _prepared(key, "\n\n".join([statement, *choices]), max_work_s)
            note_work(1e6 * work_s)
            search = replace(prepared, budget=budget, harmless=set())
            if key.kind in ANSWER_KINDS and (leak := search.stated_in(hint)):
                return leak
            return search.leak_in(hint) or search.disguised_in(hint)
    except (Unreadable, WorkBudgetSpent, RecursionError):
        return hint[:80]


@dataclass
class _Search:
    """known: the problem's text. quoted: its formulas.

    is_told, parts_told: whether a mention of the answer, or of one of its parts, is no news.
    harmless: mentions that were compared with the answer already.
    """

    key: AnswerKey
    answer: Value
    parts: list[Term]
    budget: WorkBudget
    known: str = ""
    quoted: frozenset[str] = frozenset()
    is_told: bool = False
    parts_told: tuple[bool, ...] = ()
    harmless: set[MentionedValue] = field(default_factory=set)

    @classmethod
    def of(cls, key: AnswerKey, known: str, budget: WorkBudget) -> _Search:
        answer = key_value(key)
        if not free_names(answer):
            key = replace(
                rounded(key) if key.places is not None else key, form=Form.ANY, places=None
            )
        search = cls(key, answer, list(dict.fromkeys(_parts(answer))), budget, known)
        if known.strip():
            # Numerals only: the calculation that is asked for also equals the answer.
            numerals = [value for value in _mentions(known) if is_numeral(value.text)]
            search.quoted = frozenset(quoted_formulas(known))
        else:
            numerals = []
        only = search.parts[0] if key.kind == Kind.SET and len(search.parts) == 1 else answer
        search.is_told = _is_everywhere(only) or any(map(search.is_answer, numerals))
        search.parts_told = tuple(
            _is_everywhere(part) or any(search.is_part(value, part) for value in numerals)
            for part in search.parts
        )
        return search

    def leak_in(self, hint: str) -> str:
        values = [
            value for value in _mentions(hint) if without_spaces(value.text) not in self.quoted
        ]
        for value in values:
            if value in self.harmless:
                continue
            if (value.is_given or not self.is_told) and self.is_answer(value):
                return value.text
            self.harmless.add(value)
        return self._parts_in(values)

    def _parts_in(self, values: list[MentionedValue]) -> str:
        """A part that is presented as a result, or all parts together."""
        mentions = [[value for value in values if self.is_part(value, part)] for part in self.parts]
        for pieces, is_told in zip(mentions, self.parts_told, strict=True):
            results = [value.text for value in pieces if value.is_given]
            if results and not is_told:
                return results[0]
        if not mentions or not all(mentions):
            return ""
        is_news = not all(self.parts_told)
        all_given = all(any(value.is_given for value in pieces) for pieces in mentions)
        return ", ".join(pieces[0].text for pieces in mentions) if is_news or all_given else ""

    def disguised_in(self, hint: str) -> str:
        """A number of the answer in disguise, or all its numbers."""
        for reading in disguises.other_readings(hint):
            if leak := self.leak_in(reading):
                return leak
        unwrapped = codes.first_unwrapped(hint, MAX_CODES + 1)
        if len(unwrapped) > MAX_CODES:
            return hint[:80]
        numbers = self._numbers()
        for reading in codes.all_decoded(hint):
            if self._is_named_in(reading, numbers) or self._states_answer(reading):
                return reading[: codes.MAX_CODE]
        if not numbers:
            return ""
        leaked = self._disguised_numbers(hint, numbers, unwrapped)
        if not self.parts and not self.is_told and leaked:
            return str(leaked.pop())
        return self._parts_disguised(hint, leaked)

    def _disguised_numbers(
        self, hint: str, numbers: set[Fraction], unwrapped: Sequence[str]
    ) -> set[Fraction]:
        """Those of the numbers that the hint, or what it wraps in a code, says in disguise."""
        disguised = disguises.numbers_in(hint, self.known)
        for reading in unwrapped:
            told_how = f"{reading[: codes.MAX_CODE]}\n{hint[:MAX_CUE]}"
            disguised |= disguises.numbers_in(told_how, self.known)
        return {
            number
            for number in numbers
            if {number, abs(number)} & disguised
            or number_words.names_number(hint, number)
            or coded_names.names_in_code(hint, number)
        }

    def _is_named_in(self, reading: str, numbers: set[Fraction]) -> bool:
        return any(number_words.is_name_of(reading, number) for number in numbers)

    def stated_in(self, hint: str) -> str:
        """A formula or a sentence that is the answer, if its kind has rules of its own."""
        for statement in _statements(hint)[:MAX_STATEMENTS]:
            if without_spaces(statement) in self.quoted or statement in self.known:
                continue
            max_work_s = self._time_for_one_s()
            if grade_mention(statement, self.key, max_work_s).verdict == Verdict.CORRECT:
                return statement
        return ""

    def _states_answer(self, reading: str) -> bool:
        """Whether a decoded text is the answer, or a short sentence with it."""
        words = reading.strip()
        if not 0 < len(words) <= codes.MAX_CODE or not any(char.isalnum() for char in words):
            return False
        if self.quoted & {without_spaces(words)}:
            return False
        return any(self.is_answer(value) for value in _mentions(words)[:_MAX_VALUES])

    def _numbers(self) -> set[Fraction]:
        """Those of which the answer is made."""
        terms = self.parts or ([self.answer] if is_term(self.answer) else [])
        return {number for term in terms if (number := rational_value(term)) is not None}

    def _parts_disguised(self, hint: str, leaked: set[Fraction]) -> str:
        """All parts, if one in disguise is news to who has read the problem."""
        if not self.parts or not leaked:
            return ""
        values = _mentions(hint)
        is_news, pieces = False, []
        for part, is_told in zip(self.parts, self.parts_told, strict=True):
            number = rational_value(part)
            if number is not None and number in leaked:
                is_news = is_news or not is_told
                pieces.append(str(number))
            elif any(self.is_part(value, part) for value in values):
                pieces.append("…")
            else:
                return ""
        return ", ".join(pieces) if is_news else ""

    def is_answer(self, mentioned: MentionedValue) -> bool:
        grade = grade_mention(mentioned.text, self.key, self._time_for_one_s())
        if grade.verdict == Verdict.UNDECIDED:  # a 0/0 has no value that could be the answer
            return grade.rule == Rule.DEADLINE or bool(free_names(self.answer))
        return grade.verdict == Verdict.CORRECT

    def is_part(self, mentioned: MentionedValue, part: Term) -> bool:
        try:
            value = read_answer(mentioned.text, self.key.decimal_comma)
        except Unreadable:
            return False
        value = value.amount if isinstance(value, Quantity) else value
        if not is_term(value) or free_names(value) != free_names(part):
            return False
        budget = WorkBudget(self._time_for_one_s())
        if free_names(part):
            return same_value(part, value, budget).equal is not False
        return same_number(part, value, self.key, budget).equal is not False

    def _time_for_one_s(self) -> float:
        """Seconds for one comparison. Raises WorkBudgetSpent."""
        left_s = self.budget.left_s
        if not left_s:
            raise WorkBudgetSpent
        return min(MAX_COMPARISON_WORK_S, left_s)


@lru_cache(maxsize=512)  # of hints, which are often the same in all variants of a problem
def _mentions(text: str) -> tuple[MentionedValue, ...]:
    return tuple(mentioned_values(text))


@lru_cache(maxsize=32)  # a problem is asked for each of its hints
def _prepared(key: AnswerKey, known: str, max_work_s: float) -> tuple[_Search, float]:
    """The search that no hint was given to yet, and the seconds of work that it took."""
    with uncounted(), WorkBudget(max_work_s) as budget:
        return _Search.of(key, known, budget), max_work_s - budget.left_s


def _statements(hint: str) -> list[str]:
    """Its formulas, its sentences, and what they say behind "is" and "=" signs of words."""
    formulas = [formula for pair in _FORMULA.findall(hint) for formula in pair if formula]
    sentences = [sentence.strip(" .!?。") for sentence in _SENTENCE_END.split(hint)]
    ends = [_IS.split(sentence)[-1].strip() for sentence in sentences]
    texts = (text.strip() for text in (*formulas, *sentences, *ends))
    return list(dict.fromkeys(text for text in texts if text))


def _is_everywhere(value: Value) -> bool:
    return is_term(value) and not free_names(value) and rational_value(value) in _EVERYWHERE


def _parts(value: Value) -> Iterator[Term]:
    """The entries, ends, sides or amount of an answer; an expression has no parts."""
    value = expand_plus_minus(value)
    value = as_matrix(value) or value
    if isinstance(value, Quantity):
        yield value.amount
    elif isinstance(value, Comparison):
        for side in (value.left, value.right):
            if not is_term(side):
                yield from _parts(side)
            elif not is_name(side):
                yield side
    elif not is_term(value) or as_matrix(value) is not None:
        for part in children(value):
            yield from [part] if is_term(part) and not is_name(part) else _inner(part)


def _inner(part: Value) -> Iterator[Term]:
    return iter(()) if is_term(part) else _parts(part)
