"""The teacher: draws exercises of a family, and lets only verified solutions through."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Self

from tutor.distill.exercise import CHINESE, ENGLISH, Exercise
from tutor.distill.families import (
    arithmetic,
    calculus,
    linear,
    parts,
    polynomials,
    powers,
    sequences,
    stories,
)
from tutor.distill.families.unknown import unknown
from tutor.grading import Verdict, grade_completion
from tutor.grading.steps.checks import StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker

DECLINES = "unknown"
FAMILIES: dict[str, Callable[[Random], Exercise]] = {
    "addition": arithmetic.addition,
    "subtraction": arithmetic.subtraction,
    "multiplication": arithmetic.multiplication,
    "division": arithmetic.division,
    "signed_numbers": arithmetic.signed_numbers,
    "decimals": arithmetic.decimals,
    "order_of_operations": arithmetic.order_of_operations,
    "fraction_sums": parts.fraction_sums,
    "fraction_products": parts.fraction_products,
    "reducing": parts.reducing,
    "percentages": parts.percentages,
    "ratios": parts.ratios,
    "linear_equations": linear.linear_equations,
    "linear_inequalities": linear.linear_inequalities,
    "linear_systems": linear.linear_systems,
    "factoring": polynomials.factoring,
    "quadratic_equations": polynomials.quadratic_equations,
    "quadratic_formula": polynomials.quadratic_formula,
    "powers_and_roots": powers.powers_and_roots,
    "polynomial_values": polynomials.polynomial_values,
    "derivatives": calculus.derivatives,
    "integrals": calculus.integrals,
    "cubic_extrema": calculus.cubic_extrema,
    "sequences": sequences.sequences,
    "word_problems": stories.word_problems,
    DECLINES: unknown,
}
_CHINESE_SHARE = 0.4
_DECLINED_SHARE = 0.03  # of the exercises that are out of scope in a family that is taught
_NUMBER = re.compile(r"(?<![.\d])\d+")
# In f(2), the checker would read f as a factor: another line defines it.
_NAMED_VALUE = re.compile(r"[A-Za-z]\(")


class WrongLesson(Exception):
    """The teacher's own solution is refuted by the grader or by the step checker."""


@dataclass(frozen=True)
class Scope:
    """What a student is taught; everything else it learns to decline.

    largest: the largest number in a problem and in its solution.
    """

    families: frozenset[str] = frozenset(FAMILIES) - {DECLINES}
    largest: int = 10**9

    def to_dict(self) -> dict[str, Any]:
        return {"families": sorted(self.families), "largest": self.largest}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(frozenset(data["families"]), data["largest"])

    def takes(self, family: str, exercise: Exercise) -> bool:
        return family in self.families and largest_number(exercise) <= self.largest


EVERYTHING = Scope()
SMALL_NUMBERS = Scope(largest=144)
# Can be trained in an hour on one core of a busy machine.
BASICS = Scope(
    frozenset(
        {
            "addition",
            "subtraction",
            "multiplication",
            "division",
            "order_of_operations",
            "percentages",
            "fraction_sums",
            "fraction_products",
            "linear_equations",
            "quadratic_equations",
            "derivatives",
            "word_problems",
        }
    ),
    largest=144,
)
SCOPES = {"everything": EVERYTHING, "small-numbers": SMALL_NUMBERS, "basics": BASICS}


def lessons(
    family: str, seed: int, scope: Scope = EVERYTHING, *, held_out: bool = False
) -> Iterator[tuple[Exercise, str, str]]:
    """Endless exercises, each with a language and the verified completion.

    held_out: only exercises that are never trained on; otherwise only the others. An exercise that
    is out of scope must be declined; few of these come from a family that is taught.
    Raises WrongLesson if the teacher made a mistake.
    """
    rng = Random(f"{family} {seed} {held_out}")  # noqa: S311  # the same seed, the same lessons
    while True:
        exercise = FAMILIES[family](rng)
        language = CHINESE if rng.random() < _CHINESE_SHARE else ENGLISH
        if _is_held_out(exercise) != held_out:
            continue
        if not scope.takes(family, exercise):
            if family in scope.families and rng.random() > _DECLINED_SHARE:
                continue
            exercise = Exercise(exercise.identity, exercise.statements)
        completion = exercise.completion(language)
        verify(exercise, completion, language)
        yield exercise, language, completion


def largest_number(exercise: Exercise) -> int:
    formulas = [formula for part in exercise.steps for formula in part.formulas]
    texts = [*exercise.statements.values(), *formulas]
    return max((int(number) for text in texts for number in _NUMBER.findall(text)), default=0)


def verify(exercise: Exercise, completion: str, language: str) -> None:
    """Raises WrongLesson unless the answer is right and no step is refuted."""
    if exercise.key is None:
        return
    grade = grade_completion(completion.partition("</think>")[2], exercise.key)
    if grade.verdict != Verdict.CORRECT:
        raise WrongLesson(f"{exercise.identity}: {grade} for\n{completion}")
    checker = StepChecker(exercise.statements.get(language, ""))
    for formula in (formula for part in exercise.steps for formula in part.formulas):
        if _NAMED_VALUE.search(formula):
            continue
        check = checker.check(f"\\({formula}\\)")
        if check.verdict == StepVerdict.REFUTED:
            raise WrongLesson(f"{exercise.identity}: {check.refuted} in {formula}")


def _is_held_out(exercise: Exercise) -> bool:
    if exercise.key is None:
        return exercise.identity == "unknown:held_out"
    return exercise.is_held_out
