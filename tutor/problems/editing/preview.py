"""The preview of a problem: its texts, its checks, and an answer that the author tries."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from tutor.figures import without_figures
from tutor.grading import (
    AnswerKey,
    Grade,
    Kind,
    Verdict,
    by_statement,
    grade_response,
)
from tutor.grading.multipart import LETTERS, grade_parts
from tutor.problems.advising.form_advice import decided_forms, form_advice
from tutor.problems.advising.key_doubts import key_doubts
from tutor.problems.checked_key import as_latex
from tutor.problems.checks import TestRun, defects, run_tests
from tutor.problems.content import Content, InvalidRecord, key_from
from tutor.problems.editing.answer_places import AnswerPlace, places_in_form, places_of
from tutor.problems.editing.form import EditorForm
from tutor.problems.editing.record_fields import expected_fields, key_fields, part_fields
from tutor.problems.expected import Expected, parts_with_foreseen, with_foreseen
from tutor.problems.labels import field_name
from tutor.problems.parameters import FILLED, InvalidParameters, Parameters, in_words
from tutor.problems.parts import (
    InvalidParts,
    Part,
    filled_parts,
    hints_of,
    responses_in,
)
from tutor.problems.placeholders import fill
from tutor.problems.records import ProblemRecord, read_expected, read_parts

TRY_LIMIT = 2_000  # characters
_SEED = 1  # of the variant that a form shows
_IN_WORDS = (Kind.TEXT, Kind.CHOICE)


@dataclass
class TrialAnswer:
    """An answer that the author tried on the key, and the grade that a student would get."""

    answer: str
    grade: Grade | None = None
    obstacle: str = ""  # why it could not be tried

    @property
    def state(self) -> str:
        """The verdict as students are shown it, which tells more of a wrong one."""
        if not self.grade or self.grade.verdict != Verdict.INCORRECT:
            return self.grade.verdict.value if self.grade else ""
        if self.grade.score:
            return "partly"
        return "unfinished" if self.grade.is_unfinished else "incorrect"

    @property
    def parts(self) -> list[tuple[str, "TrialAnswer"]]:
        """Each part that was named, with its letter."""
        rows = zip(LETTERS, self.grade.parts if self.grade else (), strict=False)
        return [(letter, TrialAnswer(self.answer, grade)) for letter, grade in rows]


@dataclass(frozen=True)
class ShownPart:
    """A part with its letter and its answer."""

    letter: str
    part: Part

    @property
    def answer(self) -> str:
        return as_latex(self.part.key)

    @property
    def is_formula(self) -> bool:
        return self.part.key.kind not in _IN_WORDS


def shown_parts(content: Content) -> list[ShownPart]:
    return [ShownPart(*row) for row in zip(LETTERS, content.parts, strict=False)]


@dataclass
class ProblemPreview:
    """A problem with the values of one variant, as students see it before they answer; its defects.

    statement: where there are parts, what stands before a). places: where students answer. What
    follows is for teachers alone.
    """

    title: str = ""
    language: str = "en"
    statement: str = ""
    places: list[AnswerPlace] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    solution: str = ""
    values: str = ""
    answer: str = ""
    key: AnswerKey | None = None  # where there are no parts
    is_formula: bool = True
    parts: list[ShownPart] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    tests: list[TestRun] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    trial: TrialAnswer | None = None


def preview_form(form: EditorForm) -> ProblemPreview:
    """Preview a form, also one that is not finished: fields with errors stay empty."""
    form.is_valid()
    record = getattr(form, "record", None)
    preview = preview_content(record.content) if record else _unfinished(form)
    if record:
        preview.advice += decided_forms(record.content, form.left_to_text)
    if form.errors:
        preview.remarks = [
            f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
            for name, errors in form.errors.items()
            for error in errors
        ]
    answer = str(form.data.get("try", ""))[:TRY_LIMIT]
    if answer.strip():
        preview.trial = _trial_of(record, answer) if record else _trial(form, answer)
    return preview


def preview_content(content: Content, seed: int = _SEED) -> ProblemPreview:
    """Preview a stored problem, or one of its variants."""
    try:
        variant = content.variant(seed)
    except InvalidRecord as error:
        return ProblemPreview(
            title=content.title, remarks=[f"{field_name(error.name)}: {error.reason}"]
        )
    return ProblemPreview(
        title=variant.title,
        language=variant.language,
        statement=variant.statement,
        places=places_of(variant),
        hints=[*variant.hints, *hints_of(variant.parts)],
        solution=variant.solution,
        values=values_in_words(content, seed),
        answer="" if variant.parts else as_latex(variant.key),
        key=None if variant.parts else variant.key,
        parts=shown_parts(variant),
        is_formula=variant.key.kind not in _IN_WORDS,
        expected=list(variant.expected),
        tests=run_tests(variant),
        remarks=[f"{field_name(defect.field)}: {defect.message}" for defect in defects(variant)],
        advice=[*form_advice(variant), *key_doubts(variant)],
    )


def _unfinished(form: EditorForm) -> ProblemPreview:
    data = form.cleaned_data
    filled = _filler(form)
    return ProblemPreview(
        title=data.get("title", ""),
        language=data.get("language", "en"),
        statement=filled(data.get("statement", "")),
        places=places_in_form(
            data, [row["text"] for row in data.get("choices", [])], data.get("parts", []), filled
        ),
        hints=[filled(row["text"]) for row in data.get("hints", [])],
        solution=filled(data.get("solution", "")),
    )


def _filler(form: EditorForm) -> Callable[[str], str]:
    """A function that fills the placeholders it can, and leaves the others as written."""
    try:
        parameters = Parameters.read(str(form.data.get("parameters", "")))
        values = parameters.values_of(_SEED)
    except InvalidParameters:
        return str

    def filled(text: str) -> str:
        try:
            return fill(text, parameters, values) if values else text
        except InvalidParameters:
            return text

    return filled


def _trial_of(record: ProblemRecord, answer: str) -> TrialAnswer:
    try:
        return try_answer(record.content.variant(_SEED), answer)
    except InvalidRecord as error:
        return TrialAnswer(answer, obstacle=error.reason)


def _trial(form: EditorForm, answer: str) -> TrialAnswer:
    """On a form of which other fields cannot be used yet."""
    data = form.cleaned_data
    if data.get("parts"):
        return _trial_on_parts(form, answer)
    if not data.get("value") or any(name not in data for name in ("kind", "form")):
        return TrialAnswer(answer, obstacle=_("Write the right answer first."))
    filled = _filler(form)
    statement = without_figures(filled(data.get("statement", "")))
    try:
        key = _filled_key(data, filled)
    except InvalidRecord as error:
        return TrialAnswer(answer, obstacle=error.reason)
    rows = _filled_expected(data.get("expected", []), filled)
    grade = by_statement(grade_response(answer, key), answer, key, statement)
    return TrialAnswer(answer, with_foreseen(grade, answer, key, rows))


def _filled_key(data: dict[str, Any], filled: Callable[[str], str]) -> AnswerKey:
    """Raises InvalidRecord."""
    empty = dict.fromkeys(("unit", "equation", "condition", "tolerance", "shares"), "")
    fields = {**empty, "places": None, **data}
    texts = {name: filled(fields[name]) for name in FILLED if fields[name]}
    return key_from({**key_fields(fields), **texts})


def _trial_on_parts(form: EditorForm, answer: str) -> TrialAnswer:
    """Grade all parts that the text names, each given its earlier answers."""
    filled = _filler(form)
    try:
        parts = filled_parts(read_parts(part_fields(form.cleaned_data["parts"])), filled)
        responses = responses_in(answer, len(parts))
    except (InvalidRecord, InvalidParts) as error:
        return TrialAnswer(answer, obstacle=str(error))
    keys = [part.for_grading() for part in parts]
    expected = _filled_expected(form.cleaned_data.get("expected", []), filled)
    grade = parts_with_foreseen(grade_parts(responses, keys), responses, keys, expected)
    return TrialAnswer(answer, replace(grade, parts=grade.parts[: len(responses)]))


def _filled_expected(rows: list[dict[str, str]], filled: Callable[[str], str]) -> list[Expected]:
    """Those that can be used already."""
    expected: list[Expected] = []
    for fields in expected_fields(rows):
        texts = {name: filled(fields[name]) for name in ("answer", "feedback")}
        with suppress(InvalidRecord):
            expected += read_expected([{**fields, **texts}])
    return expected


def try_answer(content: Content, answer: str) -> TrialAnswer:
    """What a student would be told; `content` is of one variant. Nothing is stored."""
    if not content.parts:
        grade = grade_response(answer, content.key)
        grade = by_statement(grade, answer, content.key, without_figures(content.statement))
        return TrialAnswer(answer, with_foreseen(grade, answer, content.key, content.expected))
    try:
        responses = responses_in(answer, len(content.parts))
    except InvalidParts as error:
        return TrialAnswer(answer, obstacle=str(error))
    keys = [part.for_grading() for part in content.parts]
    grade = parts_with_foreseen(grade_parts(responses, keys), responses, keys, content.expected)
    return TrialAnswer(answer, replace(grade, parts=grade.parts[: len(responses)]))


def values_in_words(content: Content, seed: int) -> str:
    """The values of one variant, such as "a = 3, b = 5"; empty without parameters."""
    if not content.parameters.strip():
        return ""
    try:
        return in_words(content.values_of(seed))
    except InvalidRecord:
        return ""
