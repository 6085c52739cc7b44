"""What a problem says, apart from where it is stored: shared by the importer and the admin."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from tutor.grading import (
    AnswerKey,
    Form,
    InvalidKey,
    Kind,
    Unreadable,
    Verdict,
    grade_completion,
    read_key,
)
from tutor.grading.multipart import LETTERS
from tutor.grading.parsing.latex import unit_latex
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.units import read_label, read_unit
from tutor.grading.parsing.words import gives_up
from tutor.problems.coefficients import with_coefficients
from tutor.problems.conditions import check_condition_of_key
from tutor.problems.decimal_commas import with_decimal_commas
from tutor.problems.drawing import InvalidDrawing, read_drawing
from tutor.problems.expected import Expected
from tutor.problems.labels import with_advice
from tutor.problems.parameters import FILLED, InvalidParameters, Parameters, Values
from tutor.problems.parts import InvalidParts, Part, filled_parts, responses_in
from tutor.problems.placeholders import fill

LANGUAGES = ("en", "zh-hans")
LEVELS = range(1, 6)
STATEMENT_LIMIT = 8_000  # characters
SOLUTION_LIMIT = 20_000
LINE_LIMIT = 200
ANSWER_LIMIT = 2_000
_UNIT_START = re.compile(r"\s|[\d\])](?=[^\W\d]|[%°€$£¥])")
MAX_ROWS = 30  # hints, choices, expected answers or tests of one problem


class InvalidRecord(ValueError):
    """Names the field, says what was needed and what came."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True)
class AnswerTest:
    """A unit test of the key: an answer and the verdict that it must get."""

    answer: str
    verdict: str


@dataclass(frozen=True)
class Content:
    """All that a version of a problem freezes. Texts are Markdown with formulas.

    With `parameters` it is a template: its texts and its key hold placeholders, and it can be
    neither shown nor graded before `variant` has put values in their place. With `parts`, `key` is
    that of the last part, where the solution ends. drawing: what is drawn as the answer, see
    `tutor.problems.drawing`; empty for nothing.
    """

    title: str
    statement: str
    key: AnswerKey
    solution: str
    language: str = "en"
    level: int = 3
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    parameters: str = ""
    expected: tuple[Expected, ...] = ()
    tests: tuple[AnswerTest, ...] = ()
    parts: tuple[Part, ...] = ()
    drawing: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise InvalidRecord("language", f"need {' or '.join(LANGUAGES)}, got {self.language!r}")
        if self.level not in LEVELS:
            raise InvalidRecord("level", f"need 1 to {LEVELS[-1]}, got {self.level!r}")
        if self.parts:
            self._check_parts()
        elif self.key.kind == Kind.CHOICE and len(self.choices) < 2:
            raise InvalidRecord(
                "choices", _("an answer of the kind choice needs at least two choices")
            )
        elif self.key.kind != Kind.CHOICE and self.choices:
            takes_none = _("an answer of the kind %(kind)s has no choices")
            raise InvalidRecord("choices", takes_none % {"kind": self.key.kind})
        if self.drawing and not self.parameters.strip():
            self._check_drawing()
        if self.parameters.strip() and "[[" in self.title:
            raise InvalidRecord("title", _("the title is the same in all variants"))

    def _check_drawing(self) -> None:
        if self.parts:
            raise InvalidRecord("drawing", _("a problem with parts has it in its parts"))
        try:
            read_drawing(self.drawing).check(self.key.kind)
        except InvalidDrawing as error:
            raise InvalidRecord("drawing", str(error)) from error

    def _check_parts(self) -> None:
        if self.key != self.parts[-1].key:
            raise InvalidRecord("key", _("a problem with parts has its answers in its parts"))
        if self.choices:
            raise InvalidRecord("choices", _("a problem with parts has none of its own"))
        for test in self.tests:
            self._check_letters("tests", test.answer)
        for row in self.expected:
            if len(list(filter(None, self._check_letters("expected", row.answer)))) != 1:
                values = {"answer": row.answer}
                reason = _("%(answer)s: need the answer to one part, such as b) 64") % values
                raise InvalidRecord("expected", reason)

    def _check_letters(self, name: str, answer: str) -> list[str]:
        try:
            return responses_in(answer, len(self.parts))
        except InvalidParts as error:
            raise InvalidRecord(name, f"{answer}: {error}") from error

    def values_of(self, seed: int) -> dict[str, Any]:
        """The values of the parameters that belong to `seed`. Raises InvalidRecord."""
        return self._picked(seed)[1]

    def _picked(self, seed: int) -> tuple[Parameters, dict[str, Any]]:
        try:
            parameters = Parameters.read(self.parameters)
            return parameters, dict(parameters.values_of(seed))
        except InvalidParameters as error:
            raise InvalidRecord("parameters", str(error)) from error

    def variant(self, seed: int) -> "Content":
        """The content with values in place of its placeholders. Raises InvalidRecord."""
        if not self.parameters.strip():
            return self._with_parts(str, ()) if self.parts else self
        parameters, values = self._picked(seed)
        put_in = _Filling(parameters, values)
        written = self._as_read(with_coefficients)
        if self.key.decimal_comma:
            written = written._as_read(with_decimal_commas)
        in_part = partial(put_in.text, "parts")
        whole = written._with_parts(in_part, values) if self.parts else written
        return replace(
            whole,
            statement=put_in.text("statement", whole.statement),
            solution=put_in.text("solution", whole.solution),
            choices=put_in.texts("choices", whole.choices),
            hints=put_in.texts("hints", whole.hints),
            drawing=put_in.text("drawing", self.drawing),
            key=whole.key if self.parts else self._filled_key(put_in.text),
            expected=tuple(map(put_in.expected, self.expected)),
            tests=tuple(
                replace(row, answer=put_in.text("tests", row.answer)) for row in self.tests
            ),
            parameters="",
        )

    def _as_read(self, change: Callable[[str], str]) -> "Content":
        """With `change` made in the texts that students read."""
        return replace(
            self,
            statement=change(self.statement),
            solution=change(self.solution),
            choices=tuple(map(change, self.choices)),
            hints=tuple(map(change, self.hints)),
            parts=tuple(part.as_read(change) for part in self.parts),
        )

    def keys(self) -> tuple[object, ...]:
        """What decides whether an answer is right."""
        return self.key, self.parameters, tuple((part.key, part.carried) for part in self.parts)

    def with_solution_following(self, before: "Content") -> "Content":
        """With the new answers as the solution, where that was only the answers of `before`."""
        if self.solution != before.solution:
            return self
        is_answer = self.solution in (answer_alone(before.key), before.answers_alone())
        return replace(self, solution=self.answers_alone()) if is_answer else self

    def answers_alone(self) -> str:
        """A reference solution that says the right answers, also those that are computed."""
        content = self if self.parameters.strip() else self.variant(1)
        return answers_alone([part.key for part in content.parts] or [content.key])

    def contradicting_answer(self) -> str:
        """The answer at the end of the solution, if the key calls it wrong; else empty.

        Of a problem whose placeholders are filled.
        """
        grade = grade_completion(self.solution, self.key)
        return grade.answer if grade.verdict == Verdict.INCORRECT else ""

    def _filled_key(self, filled: Callable[[str, str], str]) -> AnswerKey:
        fields = self.key.to_dict()
        texts = {name: filled("key", str(fields[name])) for name in FILLED if name in fields}
        return key_from({**fields, **texts})

    def _with_parts(self, filled: Callable[[str], str], parameters: Iterable[str]) -> "Content":
        try:
            parts = filled_parts(self.parts, filled, parameters)
        except InvalidParts as error:
            raise InvalidRecord("parts", str(error)) from error
        return replace(self, parts=parts, key=parts[-1].key)


@dataclass(frozen=True)
class _Filling:
    """Puts the values of one variant in place of placeholders. Raises InvalidRecord."""

    parameters: Parameters
    values: Values

    def text(self, name: str, text: str) -> str:
        try:
            return fill(text, self.parameters, self.values)
        except InvalidParameters as error:
            raise InvalidRecord(name, str(error)) from error

    def texts(self, name: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.text(name, text) for text in texts)

    def expected(self, row: Expected) -> Expected:
        answer, feedback = self.text("expected", row.answer), self.text("expected", row.feedback)
        return replace(row, answer=answer, feedback=feedback)


def answers_alone(keys: Sequence[AnswerKey]) -> str:
    """A reference solution that says the right answer to each part; the last one is the final one.

    A part whose answer is not known yet is left out.
    """
    if len(keys) == 1:
        return answer_alone(keys[0])
    rows = [(letter, key) for letter, key in zip(LETTERS, keys, strict=False) if key.value]
    before = [f"{letter}) {answer_alone(key, framed='%s')}" for letter, key in rows[:-1]]
    last = [f"{letter}) {answer_alone(key)}" for letter, key in rows[-1:]]
    return "\n\n".join([*before, *last])


def answer_alone(key: AnswerKey, framed: str = r"\boxed{%s}") -> str:
    """A reference solution that says the right answer, and no more."""
    if key.form == Form.FREE_TEXT:
        return _("A teacher reads the answers.")
    amount, unit = key.value, key.unit
    if key.kind == Kind.QUANTITY and not unit and "\\" not in amount:
        amount, unit = _amount_and_unit(amount)
    text = f"{amount}{unit_latex(unit)}" if unit else amount
    if not unit and key.kind in (Kind.TEXT, Kind.CHOICE):
        text = rf"\text{{{amount}}}"
    return rf"\({framed % text}\)"


def _amount_and_unit(quantity: str) -> tuple[str, str]:
    """("[[v]]", "km/h") for "[[v]] km/h"; no unit where none is known after a space or a digit."""
    for start in _UNIT_START.finditer(quantity):
        unit = quantity[start.end() :].strip()
        if read_unit(unit) or read_label(unit):
            return quantity[: start.end()].strip(), unit
    return quantity, ""


def key_from(data: Mapping[str, Any]) -> AnswerKey:
    """Raises InvalidRecord unless the grader can use it."""
    try:
        key = read_key(data)
    except InvalidKey as error:
        reason = with_advice(error, str(data.get("value", "")), data.get("kind"))
        raise InvalidRecord("key", reason) from error
    try:
        check_condition_of_key(key)
    except InvalidKey as error:
        raise InvalidRecord("condition", str(error)) from error
    return key


def check_gives_nothing_up(key: Mapping[str, Any]) -> None:
    """Raises InvalidRecord for what students type who have no answer."""
    value = key.get("value")
    if not isinstance(value, str) or key.get("kind") in (Kind.TEXT, Kind.CHOICE):
        return
    try:
        is_given_up = gives_up(normalize_text(value))
    except Unreadable:
        return  # which the check of the whole key reports
    if is_given_up:
        reason = _("“%(answer)s” is read as “I do not know”; use the kind text (a word) or choice")
        raise InvalidRecord("key", reason % {"answer": value})


def template_key(data: Mapping[str, Any], filled: Callable[[str], str]) -> AnswerKey:
    """A key whose texts still hold placeholders; `filled` puts in the values of one variant."""
    if not isinstance(data.get("value"), str):
        raise InvalidRecord("key", _("the answer is missing"))
    texts = {name: data[name] for name in FILLED if isinstance(data.get(name), str)}
    key = key_from({**data, **{name: filled(text) for name, text in texts.items()}})
    return replace(key, **texts)
