"""Does a problem do what its author means? The key is tried on all that is stored with it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tutor.grading import (
    AnswerKey,
    Form,
    Grade,
    InvalidKey,
    Verdict,
    grade_completion,
    grade_response,
    read_key,
)
from tutor.grading.multipart import LETTERS, PartKey
from tutor.grading.processes.deadline import Deadline
from tutor.problems.content import Content, Expected, InvalidRecord
from tutor.problems.labels import field_name, verdict_name
from tutor.problems.parts import (
    InvalidParts,
    Part,
    grade_said,
    responses_in,
    statement_with,
    worked_out,
)

SAMPLE = 100  # variants
WITHIN_S = 20.0  # wall clock of one sample


@dataclass(frozen=True)
class Finding:
    """Something that the author has to repair; `field` is that of `Content`."""

    field: str
    message: str

    @property
    def field_name(self) -> str:
        return field_name(self.field)


@dataclass(frozen=True)
class TestRun:
    """One unit test, and what the grader says."""

    answer: str
    wanted: str
    grade: Grade

    @property
    def passed(self) -> bool:
        return self.wanted == self.grade.verdict

    @property
    def wanted_name(self) -> str:
        return verdict_name(self.wanted)

    @property
    def verdict_name(self) -> str:
        return verdict_name(self.grade.verdict)


@dataclass(frozen=True)
class BadVariant:
    seed: int
    findings: list[Finding]


@dataclass(frozen=True)
class Sample:
    """bad: in the order of their seeds. distinct: how many different statements there were."""

    size: int
    distinct: int
    bad: list[BadVariant]

    @property
    def is_whole(self) -> bool:
        return self.size == SAMPLE


def run_tests(content: Content) -> list[TestRun]:
    def grade(answer: str) -> Grade:
        if content.parts:
            return grade_said(answer, content.parts)
        return grade_response(answer, content.key)

    return [TestRun(test.answer, test.verdict, grade(test.answer)) for test in content.tests]


def findings(content: Content) -> Iterator[Finding]:
    """What is wrong with a problem whose placeholders are filled."""
    if content.parts:
        yield from _parts(content)
    else:
        yield from _own_answer(content.key)
    for run in run_tests(content):
        if not run.passed:
            yield Finding("tests", _failed(run))
    if not content.parts:
        for row in content.expected:
            yield from _expected(row, content.key)
    yield from _solution(content)


def sample(content: Content) -> Sample:
    """Variants 1 to 100, or as many as time allows, each checked."""
    deadline = Deadline.within(WITHIN_S)
    statements: set[str] = set()
    bad: list[BadVariant] = []
    size = 0
    for seed in range(1, SAMPLE + 1):
        if not deadline.left_s:
            break
        size = seed
        try:
            variant = content.variant(seed)
        except InvalidRecord as error:
            bad.append(BadVariant(seed, [Finding(error.name, error.reason)]))
            continue
        asked = statement_with(variant.statement, variant.parts)
        statements.add(asked + "\0" + "\0".join(variant.choices))
        if found := list(findings(variant)):
            bad.append(BadVariant(seed, found))
    return Sample(size, len(statements), bad)


def feedback_on(
    response: str, key: AnswerKey, expected: Iterable[Expected], within_s: float = 2.0
) -> str:
    """What the author says about this wrong answer, or nothing, also where time runs out.

    Whether it is one of those expected is decided by the grader: x+1 is 1+x here as well.
    """
    deadline = Deadline.within(within_s)
    for row in expected:
        if not deadline.left_s:
            break
        try:
            grade = grade_response(response, key_of(row, key), deadline.left_s)
            if grade.verdict == Verdict.CORRECT:
                return row.feedback
        except InvalidKey:
            continue  # stored past the checks
    return ""


def key_of(row: Expected, key: AnswerKey) -> AnswerKey:
    """The key's kind and reading with the expected wrong answer as its value; any form."""
    fields = {**key.to_dict(), "value": row.answer}
    for name in ("form", "places", "tolerance", "relative"):
        fields.pop(name, None)
    return read_key(fields)


def own_answer(key: AnswerKey) -> str:
    return f"{key.value} {key.unit}".strip()


def feedback_on_parts(
    grade: Grade,
    responses: Sequence[str],
    parts: Sequence[PartKey],
    expected: Iterable[Expected],
    within_s: float = 2.0,
) -> Grade:
    """The grade with what the author says to the wrong answers to its parts."""
    deadline, rows = Deadline.within(within_s), list(expected)
    found = list(grade.parts)
    for n, (response, part) in enumerate(zip(responses, parts, strict=False)):
        if found[n].verdict == Verdict.INCORRECT and response.strip():
            there = expected_in(n, rows, len(parts))
            if said := feedback_on(response, part.key, there, deadline.left_s):
                found[n] = replace(found[n], rule="expected", feedback=said)
    return replace(grade, parts=tuple(found))


def expected_in(place: int, expected: Iterable[Expected], count: int) -> list[Expected]:
    """Those of one of `count` parts, without its letter."""
    found = []
    for row in expected:
        with suppress(InvalidParts):  # stored past the checks
            responses = responses_in(row.answer, count)
            if len(responses) == place + 1:
                found.append(replace(row, answer=responses[-1]))
    return found


def _parts(content: Content) -> Iterator[Finding]:
    parts = content.parts
    for n, (letter, part) in enumerate(zip(LETTERS, parts, strict=False)):
        for row in expected_in(n, content.expected, len(parts)):
            for found in _expected(row, part.key):
                yield Finding("expected", f"{letter}) {found.message}")
        for found in _own_answer(part.key):
            yield Finding("parts", f"{letter}) {found.message}")
        if part.carried and (reason := _wrongly_carried(part, parts[:n])):
            yield Finding("parts", f"{letter}) {reason}")


def _wrongly_carried(part: Part, earlier: Sequence[Part]) -> str:
    """Why the stored answer does not follow from those before; empty where it does."""
    try:
        value = worked_out(part, earlier)
    except InvalidParts as error:
        return str(error)
    grade = grade_response(own_answer(replace(part.key, value=value)), part.key)
    # What follows need not have the form that is asked for.
    if grade.verdict == Verdict.CORRECT or grade.rule == "form":
        return ""
    reason = _("from the right answers before, %(formula)s comes to %(value)s")
    return reason % {"formula": part.carried, "value": value}


def _own_answer(key: AnswerKey) -> Iterator[Finding]:
    if key.form != Form.ANY:
        return  # the stored value need not have the form that is asked for
    grade = grade_response(own_answer(key), key)
    if grade.verdict != Verdict.CORRECT:
        reason = _("the stored answer itself is judged %(verdict)s (%(rule)s) %(feedback)s")
        yield Finding("key", (reason % _said(grade)).strip())


def _failed(run: TestRun) -> str:
    reason = _("%(answer)s: must be %(wanted)s, is %(verdict)s (%(rule)s) %(feedback)s")
    said = {**_said(run.grade), "answer": run.answer, "wanted": verdict_name(run.wanted)}
    return (reason % said).strip()


def _expected(row: Expected, key: AnswerKey) -> Iterator[Finding]:
    try:
        key_of(row, key)
    except InvalidKey as error:
        yield Finding("expected", f"{row.answer}: {error}")
        return
    if grade_response(row.answer, key).verdict == Verdict.CORRECT:
        reason = _("%(answer)s is right by the key, so nobody would see its feedback")
        yield Finding("expected", reason % {"answer": row.answer})


def _solution(content: Content) -> Iterator[Finding]:
    grade = grade_completion(content.solution, content.key)
    if grade.verdict == Verdict.CORRECT:
        return
    if grade.rule == "no_answer":
        yield Finding("solution", _(r"it has no final answer; write it as \boxed{…}"))
    else:
        reason = _("its final answer %(answer)s is judged %(verdict)s (%(rule)s) %(feedback)s")
        yield Finding("solution", (reason % {**_said(grade), "answer": grade.answer}).strip())


def _said(grade: Grade) -> dict[str, str]:
    return {
        "verdict": verdict_name(grade.verdict),
        "rule": grade.rule,
        "feedback": grade.feedback,
    }
