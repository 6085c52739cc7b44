"""How good a student is, through the engine that will run it: right answers, steps, declines."""

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
from tutor.engine.prompts import Recipe
from tutor.grading import Verdict, grade_completion
from tutor.grading.steps.checks import StepChecker

AT_ONCE = 64
_LONGEST = 900  # tokens; what runs longer is lost


@dataclass
class Tally:
    """Of one family. sampled, majority: right answers among the samples, and of their majority."""

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
        found: dict[str, Any] = {"right": self.right, "of": self.of}
        found["interval"] = [round(low, 3), round(high, 3)]
        if self.samples:
            found["sampled"] = round(self.sampled / self.samples, 4)
            found["majority"] = round(self.majority / self.majorities, 4)
        return found | {"steps": dict(self.steps)}


@dataclass(frozen=True)
class Written:
    """One completion of a student. answer: the final one as text, "" where there is none."""

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

    def __init__(self, engine: Engine, recipe: Recipe, scope: Scope) -> None:
        self.engine, self.recipe, self.scope = engine, recipe, scope
        self._places = asyncio.Semaphore(AT_ONCE)
        self._asked = 0

    async def family(self, family: str, count: int, samples: int, sampled: int) -> Tally:
        """`count` problems greedily; the first `sampled` of them also `samples` times at 0.6."""
        tally = Tally(family)
        problems = list(islice(self._problems(family), count))
        for (exercise, language), [written] in zip(
            problems, await self.write(problems, 1, 0.0), strict=True
        ):
            tally.of += 1
            tally.right += written.is_right
            if exercise.key is not None and written.is_right:
                tally.steps.update(_step_verdicts(exercise.statements[language], written.text))
        for many in await self.write(problems[:sampled], samples, 0.6) if samples else []:
            tally.samples += len(many)
            tally.sampled += sum(one.is_right for one in many)
            tally.majorities += 1
            tally.majority += majority(many).is_right
        return tally

    def _problems(self, family: str) -> Iterator[tuple[Exercise, str]]:
        """Those that were taught; of a family that was not, all are to be declined."""
        for exercise, language, _completion in lessons(family, 1, self.scope, held_out=True):
            if exercise.key is not None or family not in self.scope.families:
                yield exercise, language

    async def write(
        self, problems: Iterable[tuple[Exercise, str]], samples: int, temperature: float
    ) -> list[list[Written]]:
        """For each problem so many completions."""
        sampling = Sampling(max_tokens=_LONGEST, temperature=temperature, top_p=0.95)
        return await asyncio.gather(
            *(
                asyncio.gather(*(self._one(exercise, language, sampling) for _ in range(samples)))
                for exercise, language in problems
            )
        )

    async def _one(self, exercise: Exercise, language: str, sampling: Sampling) -> Written:
        prompt = self.recipe.prompt(exercise.statements[language], [], language)
        self._asked += 1
        request_id = f"evaluation-{self._asked}"
        text, ended = "", None
        async with self._places:
            async for delta in self.engine.stream(prompt, sampling, request_id=request_id):
                text += delta.answer
                ended = delta.outcome or ended
        return judged(exercise, text if ended == Outcome.FINISHED else "")


def judged(exercise: Exercise, text: str) -> Written:
    """text: without the reasoning. To decline is right where the student was not taught."""
    declines = text.strip() in DECLINED.values()
    if exercise.key is None:
        return Written(text, declines, "declined" if declines else text.strip())
    grade = grade_completion(text, exercise.key)
    return Written(text, grade.verdict == Verdict.CORRECT, grade.answer.replace(" ", ""))


def majority(written: list[Written]) -> Written:
    """The first with the commonest answer."""
    counts = Counter(one.answer for one in written)
    return max(written, key=lambda one: counts[one.answer])


def summed_up(tallies: list[Tally], scope: Scope) -> dict[str, Any]:
    """Over the families that were taught; declining is told apart."""
    taught = [tally for tally in tallies if tally.family in scope.families]
    steps: Counter[str] = sum((tally.steps for tally in taught), Counter())
    shares = [tally.right / tally.of for tally in taught]
    found: dict[str, Any] = {"mean": round(sum(shares) / len(shares), 4), "steps": dict(steps)}
    if any(tally.samples for tally in taught):
        found["sampled"] = _mean(tally.sampled / tally.samples for tally in taught)
        found["majority"] = _mean(tally.majority / tally.majorities for tally in taught)
    return found | {"families": {tally.family: tally.to_dict() for tally in tallies}}


async def evaluate(
    engine: Engine, recipe: Recipe, scope: Scope, count: int, samples: int, sampled: int
) -> list[Tally]:
    evaluation = Evaluation(engine, recipe, scope)
    return [await evaluation.family(name, count, samples, sampled) for name in FAMILIES]


def _step_verdicts(statement: str, answer: str) -> Counter[str]:
    """Verdicts on the blocks of an answer but its last one, which only repeats it."""
    checker = StepChecker(statement)
    blocks = answer.strip().split("\n\n")[:-1]
    return Counter(str(checker.check(block).verdict) for block in blocks)


def _mean(shares: Iterable[float]) -> float:
    listed = list(shares)
    return round(sum(listed) / len(listed), 4)
