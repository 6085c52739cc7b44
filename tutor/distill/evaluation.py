"""Evaluates a student in the engine that will run it: right answers, steps, declined problems."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import sqrt
from typing import Any

from tutor.distill.exercise import DECLINED, Exercise
from tutor.distill.lessons import FAMILIES, Scope, lessons
from tutor.engine.completion import Engine, Outcome, Sampling
from tutor.engine.prompts import SolutionRecipe
from tutor.grading import Verdict, grade_completion
from tutor.grading.steps.worked.step_checker import StepChecker

AT_ONCE = 64
_MAX_LENGTH = 900  # tokens of a completion


@dataclass
class FamilyScore:
    """The counts of one family.

    right of `of`: greedy answers. sampled of `samples`: right samples. majority of `majorities`:
    right majority answers.
    """

    family: str
    right: int = 0
    of: int = 0
    sampled: int = 0
    samples: int = 0
    majority: int = 0
    majorities: int = 0
    steps: Counter[str] = field(default_factory=Counter)

    def to_dict(self) -> dict[str, Any]:
        low, high = wilson(self.right, self.of)
        results: dict[str, Any] = {"right": self.right, "of": self.of}
        results["interval"] = [round(low, 3), round(high, 3)]
        if self.samples:
            results["sampled"] = round(self.sampled / self.samples, 4)
            results["majority"] = round(self.majority / self.majorities, 4)
        return results | {"steps": dict(self.steps)}


@dataclass(frozen=True)
class GradedCompletion:
    """One completion of a student. answer: the final answer as text, "" if there is none."""

    text: str
    is_right: bool
    answer: str


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share of `of` trials, by Wilson's score."""
    if of == 0:
        return 0.0, 1.0
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - reach), min(1.0, middle + reach)


class Evaluation:
    """Asks the engine held-out problems, many at once."""

    def __init__(self, engine: Engine, recipe: SolutionRecipe, scope: Scope) -> None:
        self.engine, self.recipe, self.scope = engine, recipe, scope
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._requests = 0

    async def family(self, family: str, count: int, samples: int, sampled: int) -> FamilyScore:
        """`count` problems greedily; the first `sampled` of them also `samples` times at 0.6."""
        score = FamilyScore(family)
        problems = list(islice(self._problems(family), count))
        for (exercise, language), [written] in zip(
            problems, await self.write(problems, 1, 0.0), strict=True
        ):
            score.of += 1
            score.right += written.is_right
            if exercise.key is not None and written.is_right:
                score.steps.update(_step_verdicts(exercise.statements[language], written.text))
        for many in await self.write(problems[:sampled], samples, 0.6) if samples else []:
            score.samples += len(many)
            score.sampled += sum(completion.is_right for completion in many)
            score.majorities += 1
            score.majority += majority(many).is_right
        return score

    def _problems(self, family: str) -> Iterator[tuple[Exercise, str]]:
        """Problems that were taught; of an untaught family all, which should be declined."""
        for exercise, language, _completion in lessons(family, 1, self.scope, held_out=True):
            if exercise.key is not None or family not in self.scope.families:
                yield exercise, language

    async def write(
        self, problems: Iterable[tuple[Exercise, str]], samples: int, temperature: float
    ) -> list[list[GradedCompletion]]:
        """`samples` completions for each problem."""
        sampling = Sampling(max_tokens=_MAX_LENGTH, temperature=temperature, top_p=0.95)
        return await asyncio.gather(
            *(
                asyncio.gather(
                    *(self._complete(exercise, language, sampling) for _ in range(samples))
                )
                for exercise, language in problems
            )
        )

    async def _complete(
        self, exercise: Exercise, language: str, sampling: Sampling
    ) -> GradedCompletion:
        prompt = self.recipe.prompt(exercise.statements[language], [], language)
        self._requests += 1
        request_id = f"evaluation-{self._requests}"
        text, ended = "", None
        async with self._slots:
            async for delta in self.engine.stream(prompt, sampling, request_id=request_id):
                text += delta.answer
                ended = delta.outcome or ended
        return graded(exercise, text if ended == Outcome.FINISHED else "")


def graded(exercise: Exercise, text: str) -> GradedCompletion:
    """text: without the reasoning. Declining is right if the student was not taught the problem."""
    declines = text.strip() in DECLINED.values()
    if exercise.key is None:
        return GradedCompletion(text, declines, "declined" if declines else text.strip())
    grade = grade_completion(text, exercise.key)
    return GradedCompletion(text, grade.verdict == Verdict.CORRECT, grade.answer.replace(" ", ""))


def majority(written: list[GradedCompletion]) -> GradedCompletion:
    """The first completion with the most common answer."""
    counts = Counter(completion.answer for completion in written)
    return max(written, key=lambda completion: counts[completion.answer])


def summarize(scores: list[FamilyScore], scope: Scope) -> dict[str, Any]:
    """Results over the families that were taught, and for each family."""
    taught = [score for score in scores if score.family in scope.families]
    steps: Counter[str] = sum((score.steps for score in taught), Counter())
    shares = [score.right / score.of for score in taught]
    results: dict[str, Any] = {"mean": round(sum(shares) / len(shares), 4), "steps": dict(steps)}
    if any(score.samples for score in taught):
        results["sampled"] = _mean(score.sampled / score.samples for score in taught)
        results["majority"] = _mean(score.majority / score.majorities for score in taught)
    return results | {"families": {score.family: score.to_dict() for score in scores}}


async def evaluate(
    engine: Engine, recipe: SolutionRecipe, scope: Scope, count: int, samples: int, sampled: int
) -> list[FamilyScore]:
    evaluation = Evaluation(engine, recipe, scope)
    return [await evaluation.family(name, count, samples, sampled) for name in FAMILIES]


def _step_verdicts(statement: str, answer: str) -> Counter[str]:
    """Verdicts on the steps of an answer, the line that repeats its result included."""
    checker = StepChecker(statement)
    blocks = answer.strip().split("\n\n")
    return Counter(str(checker.check(block).verdict) for block in blocks)


def _mean(shares: Iterable[float]) -> float:
    listed = list(shares)
    return round(sum(listed) / len(listed), 4)
