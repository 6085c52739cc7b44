"""A problem with other right answers, as a record that is not stored yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tutor.grading.multipart import LETTERS
from tutor.problems.checks import defects, run_tests
from tutor.problems.content import AnswerTest, Content, InvalidRecord
from tutor.problems.expected import Expected
from tutor.problems.records import ProblemRecord

WHOLE = ""  # instead of the letter of a part


@dataclass(frozen=True)
class CorrectedRecord:
    """dropped_tests, dropped_expected: rows that contradict the corrected answer."""

    record: ProblemRecord
    dropped_tests: tuple[AnswerTest, ...]
    dropped_expected: tuple[Expected, ...]

    @property
    def dropped_answers(self) -> list[str]:
        tests = [test.answer for test in self.dropped_tests]
        return tests + [row.answer for row in self.dropped_expected]


def stored_values(content: Content) -> dict[str, str]:
    """The right answer as written, by the letter of its part; without those that are computed."""
    if not content.parts:
        return {WHOLE: content.key.value}
    parts = zip(LETTERS, content.parts, strict=False)
    return {letter: part.key.value for letter, part in parts if part.key.value}


def with_values(record: ProblemRecord, values: Mapping[str, str]) -> CorrectedRecord:
    """Raises InvalidRecord where an answer cannot be read, or contradicts another one."""
    data = record.to_dict()
    for letter, value in values.items():
        holder = data["parts"][LETTERS.index(letter)] if letter else data
        holder["key"] = {**holder["key"], "value": value}
    corrected = ProblemRecord.from_dict(data)
    content = corrected.content.with_solution_following(record.content)
    variant = content.variant(1)
    passed = [run.passed for run in run_tests(variant)]
    usable = [_is_usable(row, variant) for row in variant.expected]
    consistent = replace(
        content,
        tests=tuple(row for row, passes in zip(content.tests, passed, strict=True) if passes),
        expected=tuple(
            row for row, is_usable in zip(content.expected, usable, strict=True) if is_usable
        ),
    )
    _check(consistent.variant(1))
    return CorrectedRecord(
        replace(corrected, content=consistent),
        tuple(row for row in content.tests if row not in consistent.tests),
        tuple(row for row in content.expected if row not in consistent.expected),
    )


def _is_usable(row: Expected, variant: Content) -> bool:
    alone = replace(variant, expected=(row,), tests=())
    return not any(defect.field == "expected" for defect in defects(alone))


def _check(variant: Content) -> None:
    for defect in defects(variant):
        if defect.blocks or defect.field in ("key", "condition", "parts"):
            raise InvalidRecord(defect.field, defect.message)
