"""Checks a problem: its key must judge the answers, tests and solution stored with it as meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tutor.grading import (
    AnswerKey,
    Form,
    Grade,
    InvalidKey,
    Rule,
    Verdict,
    grade_completion,
    grade_response,
)
from tutor.grading.multipart import LETTERS
from tutor.grading.processes.timeout import Timeout
from tutor.pictures.models import Picture
from tutor.problems.answer_figures import can_be_drawn
from tutor.problems.conditions import (
    check_condition,
    condition_in,
    is_condition,
    wrong_example,
)
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.drawing import read_drawing
from tutor.problems.expected import Expected, expected_in, key_of
from tutor.problems.figures import figure_errors
from tutor.problems.labels import feedback_sentence, field_name, verdict_name
from tutor.problems.parts import (
    InvalidParts,
    Part,
    carried_value,
    grade_lettered,
    hints_of,
    statement_with,
)

SAMPLE_SIZE = 100  # variants
MAX_SAMPLE_S = 20.0  # wall clock


@dataclass(frozen=True)
class Defect:
    """Something that the author has to correct; `field` is a field of `Content`."""

    field: str
    message: str
    blocks: bool = False  # the problem cannot be stored with it, whatever the field

    @property
    def field_name(self) -> str:
        return field_name(self.field)


@dataclass(frozen=True)
class TestRun:
    """One unit test of the key: the verdict that it must get, and the grade that it got."""

    answer: str
    expected: str
    grade: Grade

    @property
    def passed(self) -> bool:
        return self.expected == self.grade.verdict

    @property
    def expected_name(self) -> str:
        return verdict_name(self.expected)

    @property
    def verdict_name(self) -> str:
        return verdict_name(self.grade.verdict)


@dataclass(frozen=True)
class BadVariant:
    seed: int
    defects: list[Defect]


@dataclass(frozen=True)
class VariantSample:
    """Variants that were checked.

    bad: in the order of their seeds. distinct: the number of different statements.
    """

    size: int
    distinct: int
    bad: list[BadVariant]

    @property
    def is_whole(self) -> bool:
        return self.size == SAMPLE_SIZE


def run_tests(content: Content) -> list[TestRun]:
    def grade(answer: str) -> Grade:
        if content.parts:
            return grade_lettered(answer, content.parts)
        return grade_response(answer, content.key)

    return [TestRun(test.answer, test.verdict, grade(test.answer)) for test in content.tests]


def defects(content: Content) -> Iterator[Defect]:
    """The defects of a problem whose placeholders are filled."""
    yield from defects_of_key(content)
    yield from defects_of_texts(content)


def defects_of_key(content: Content) -> Iterator[Defect]:
    """Of all that is the same in every language."""
    yield from _defects_of_drawings(content)
    if content.parts:
        yield from _defects_of_parts(content)
    else:
        yield from _defects_of_stored_answer(content.key)
    for run in run_tests(content):
        if not run.passed:
            yield Defect("tests", _failure_message(run))
    if not content.parts:
        for row in content.expected:
            yield from _defects_of_expected(row, content.key)


def defects_of_texts(content: Content) -> Iterator[Defect]:
    yield from _defects_of_figures(content)
    yield from _defects_of_solution(content)


def missing_pictures(content: Content) -> Iterator[Defect]:
    """Notes which pictures the texts show, so that these are kept."""
    for name, rows in _texts_of(content).items():
        for reference in Picture.objects.touch(rows):
            reason = _("the picture %(name)s is not stored: add it again")
            yield Defect(name, reason % {"name": reference.name}, blocks=True)


def _defects_of_figures(content: Content) -> Iterator[Defect]:
    for name, rows in _texts_of(content).items():
        for error in (error for text in rows for error in figure_errors(text)):
            yield Defect(name, error, blocks=True)


def texts_of(content: Content) -> list[str]:
    """All texts that may have figures and pictures."""
    return [text for rows in _texts_of(content).values() for text in rows]


def _texts_of(content: Content) -> dict[str, Sequence[str]]:
    return {
        "statement": [content.statement],
        "choices": content.choices,
        "parts": [text for part in content.parts for text in (part.prompt, *part.choices)],
        "expected": [row.feedback for row in content.expected],
        "hints": [*content.hints, *hints_of(content.parts)],
        "solution": [content.solution],
    }


def _defects_of_drawings(content: Content) -> Iterator[Defect]:
    reason = _("the right answer %(answer)s cannot be drawn on this grid")
    rows = [("", content.drawing, content.key)]
    rows += [
        (f"{letter}) ", part.drawing, part.key)
        for letter, part in zip(LETTERS, content.parts, strict=False)
    ]
    for letter, drawing, key in rows:
        if drawing and not can_be_drawn(read_drawing(drawing), key.value):
            name = "parts" if letter else "drawing"
            yield Defect(name, letter + reason % {"answer": key.value}, blocks=True)


def sample_variants(content: Content) -> VariantSample:
    """Check variants 1 to 100, or as many as time allows."""
    timeout = Timeout(MAX_SAMPLE_S)
    statements: set[str] = set()
    bad: list[BadVariant] = []
    size = 0
    for seed in range(1, SAMPLE_SIZE + 1):
        if not timeout.left_s:
            break
        size = seed
        try:
            variant = content.variant(seed)
        except InvalidRecord as error:
            bad.append(BadVariant(seed, [Defect(error.name, error.reason)]))
            continue
        statement = statement_with(variant.statement, variant.parts)
        statements.add(statement + "\0" + "\0".join(variant.choices))
        if failures := list(defects(variant)):
            bad.append(BadVariant(seed, failures))
    return VariantSample(size, len(statements), bad)


def stored_answer(key: AnswerKey) -> str:
    return f"{key.value} {key.unit}".strip()


def _defects_of_parts(content: Content) -> Iterator[Defect]:
    parts = content.parts
    for n, (letter, part) in enumerate(zip(LETTERS, parts, strict=False)):
        for row in expected_in(n, content.expected, len(parts)):
            for defect in _defects_of_expected(row, part.key):
                yield Defect("expected", f"{letter}) {defect.message}")
        for defect in _defects_of_stored_answer(part.key):
            yield Defect("parts", f"{letter}) {defect.message}")
        if part.carried and (reason := _wrongly_carried(part, parts[:n])):
            yield Defect("parts", f"{letter}) {reason}")


def _wrongly_carried(part: Part, earlier: Sequence[Part]) -> str:
    """Why the stored answer does not follow from the earlier ones; empty where it does."""
    try:
        value = carried_value(part, earlier)
    except InvalidParts as error:
        return str(error)
    grade = grade_response(stored_answer(replace(part.key, value=value)), part.key)
    # A carried answer need not have the form that the key asks for.
    if grade.verdict == Verdict.CORRECT or grade.rule == Rule.FORM:
        return ""
    reason = _("from the right answers before, %(formula)s comes to %(value)s")
    return reason % {"formula": part.carried, "value": value}


def _defects_of_stored_answer(key: AnswerKey) -> Iterator[Defect]:
    if key.condition:
        if reason := wrong_example(key):
            yield Defect("condition", reason)
        return
    if key.form != Form.ANY:
        return  # the stored value need not have the form that is asked for
    grade = grade_response(stored_answer(key), key)
    if grade.verdict != Verdict.CORRECT:
        reason = _("the right answer itself is judged %(verdict)s %(feedback)s")
        yield Defect("key", (reason % _grade_values(grade)).strip())


def _failure_message(run: TestRun) -> str:
    reason = _("%(answer)s: must be %(wanted)s, is %(verdict)s %(feedback)s")
    values = {
        **_grade_values(run.grade),
        "answer": run.answer,
        "wanted": verdict_name(run.expected),
    }
    return (reason % values).strip()


def _defects_of_expected(row: Expected, key: AnswerKey) -> Iterator[Defect]:
    if row.is_every_other:
        return
    is_test = is_condition(row.answer, key)
    try:
        check_condition(condition_in(row.answer)) if is_test else key_of(row, key)
    except InvalidKey as error:
        yield Defect("expected", f"{row.answer}: {error}")
        return
    if not (is_test or row.is_right) and grade_response(row.answer, key).verdict == Verdict.CORRECT:
        reason = _("%(answer)s is right by the key, so nobody would see its feedback")
        yield Defect("expected", reason % {"answer": row.answer})


def _defects_of_solution(content: Content) -> Iterator[Defect]:
    grade = grade_completion(content.solution, content.key)
    if grade.verdict == Verdict.CORRECT or content.key.form == Form.FREE_TEXT:
        return
    if grade.rule == Rule.NO_ANSWER:
        yield Defect("solution", _(r"its final answer has no box; write \boxed{…} around it"))
    else:
        reason = _("its final answer %(answer)s is judged %(verdict)s %(feedback)s")
        yield Defect(
            "solution", (reason % {**_grade_values(grade), "answer": grade.answer}).strip()
        )


def disagreement(content: Content) -> str:
    """A sentence if the solution ends with an answer that the key calls wrong; else empty."""
    if not (answer := content.contradicting_answer()):
        return ""
    sentence = _(
        "The right answer is stored as %(key)s, but the stored solution ends with %(answer)s. "
        "Students do not see this solution."
    )
    return sentence % {"key": stored_answer(content.key), "answer": answer}


def _grade_values(grade: Grade) -> dict[str, str]:
    return {
        "verdict": verdict_name(grade.verdict),
        "feedback": feedback_sentence(grade.feedback),
    }
