"""Checks a problem of the bank by its draws, as a teacher would who solves every variant."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tutor.figures import without_figures
from tutor.grading import Verdict, grade_response
from tutor.grading.leaks.hints import leak_in
from tutor.grading.solver.solve import solve
from tutor.problems.bank.questions import questions_of
from tutor.problems.bank.solution_steps import StepKind, steps_of
from tutor.problems.checks import Defect, defects_of_key, defects_of_texts
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.expected import foreseen
from tutor.problems.records import ProblemRecord

DRAWS = 200
MIN_DISTINCT = 20  # statements among the draws
SOLVED_DRAWS = 3  # that are also given to the solver, which takes longer
MAX_KEYS = 2 * DRAWS  # remembered from one language of a problem for the other

UNDECIDED = "neither proved nor a definition"


@dataclass
class ProblemCheck:
    """What the draws of one problem showed; equal draws are checked once.

    steps: how many steps of its solutions were decided in each way.
    solved: of the first draws, how many the solver takes from the statement to the key.
    """

    slug: str
    failures: list[str] = field(default_factory=list)
    variants: set[Content] = field(default_factory=set)
    steps: Counter[StepKind] = field(default_factory=Counter)
    solved: int = 0


def check_problem(
    record: ProblemRecord, draws: int = DRAWS, solved_draws: int = SOLVED_DRAWS
) -> ProblemCheck:
    check = ProblemCheck(record.slug)
    for seed in range(1, draws + 1):
        try:
            variant = record.content.variant(seed)
        except InvalidRecord as error:
            check.failures.append(f"{seed}: {error}")
            continue
        if variant not in check.variants:
            check.variants.add(variant)
            check.failures += [f"{seed}: {reason}" for reason in _failures(variant, check.steps)]
            check.solved += len(check.variants) <= solved_draws and _is_solved(variant)
    distinct = len({(variant.statement, variant.choices) for variant in check.variants})
    if distinct < min(MIN_DISTINCT, draws // 2):
        check.failures.append(f"only {distinct} different statements in {draws} draws")
    return check


def _failures(variant: Content, steps: Counter[StepKind]) -> Iterator[str]:
    for defect in _defects(variant):
        yield f"{defect.field}: {defect.message}"
    yield from _check_steps(variant, steps)


def _defects(variant: Content) -> Iterator[Defect]:
    yield from _of_key(_without_sentences(variant))
    yield from defects_of_texts(variant)
    for asked in questions_of(variant):
        for hint in asked.hints:
            if leak := leak_in(hint, asked.key, asked.statement, asked.choices):
                yield Defect("hints", f"“{hint}” gives the answer away: {leak}")


@lru_cache(maxsize=MAX_KEYS)
def _of_key(variant: Content) -> tuple[Defect, ...]:
    return (*defects_of_key(variant), *_hidden_mistakes(variant))


def _hidden_mistakes(variant: Content) -> Iterator[Defect]:
    """Those that an earlier mistake covers, so that a student reads its sentence."""
    for asked in questions_of(variant):
        for row in asked.expected:
            if foreseen(row.answer, asked.key, asked.expected) != row:
                yield Defect("mistakes", f"{row.answer} has the sentence of another one")


def _without_sentences(variant: Content) -> Content:
    """What both languages of a problem have in common, if they have the same numbers."""
    return replace(
        variant,
        title="",
        statement="",
        solution="",
        language="en",
        hints=(),
        expected=tuple(
            replace(row, feedback=str(number)) for number, row in enumerate(variant.expected)
        ),
        parts=tuple(replace(part, prompt="", hints=()) for part in variant.parts),
    )


def _check_steps(variant: Content, steps: Counter[StepKind]) -> Iterator[str]:
    """Counts the steps of the solution; a reason for each that is not as it should be."""
    for step, kind in steps_of(variant):
        steps[kind] += 1
        if kind == StepKind.REFUTED:
            yield f"solution: refuted: {step}"
        elif kind == StepKind.UNPROVED:
            yield f"solution: {UNDECIDED}: {step}"


def _is_solved(variant: Content) -> bool:
    derivation = solve(without_figures(variant.statement))
    if not derivation.is_complete or not derivation.steps:
        return False
    line = derivation.steps[-1].line
    answers = (line, line.rpartition("=")[2].strip())
    return any(grade_response(a, variant.key).verdict == Verdict.CORRECT for a in answers)
