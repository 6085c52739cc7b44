"""How well the model solves the problems of a set, measured before a class meets them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.functional import cached_property

from tutor.assignments.models import Item
from tutor.engine.completion import Outcome
from tutor.grading import Verdict
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.models import ReadinessSample, State


@dataclass(frozen=True)
class SampledAnswer:
    """Final answers with the same meaning. text: as the first of them was written."""

    text: str
    count: int
    verdict: str


@dataclass(frozen=True)
class Readiness:
    """The model's samples of one problem. version: the sampled one; None before the first."""

    item: Item
    version: ProblemVersion | None
    samples: Sequence[ReadinessSample]

    @cached_property
    def judged(self) -> list[ReadinessSample]:
        """The samples that ended by themselves."""
        ended = (sample for sample in self.samples if sample.state == State.ENDED)
        return [sample for sample in ended if sample.outcome != Outcome.ENGINE_FAILED]

    @property
    def count(self) -> int:
        return len(self.judged)

    @property
    def waiting(self) -> int:
        return sum(sample.state != State.ENDED for sample in self.samples)

    @property
    def failed(self) -> int:
        return len(self.samples) - self.count - self.waiting

    @property
    def right(self) -> int:
        return sum(sample.verdict == Verdict.CORRECT for sample in self.judged)

    @property
    def percent_right(self) -> int:
        return round(100 * self.right / self.count) if self.count else 0

    @property
    def undecided(self) -> int:
        return sum(sample.verdict == Verdict.UNDECIDED for sample in self.judged)

    @property
    def no_answer(self) -> int:
        return sum(not sample.final_answer for sample in self.judged)

    @cached_property
    def answers(self) -> list[SampledAnswer]:
        """The commonest first; an answer that was not compared yet is separate."""
        answered = [sample for sample in self.judged if sample.final_answer]
        counts = Counter(sample.answers_like or sample.number for sample in answered)
        firsts = {sample.number: sample for sample in answered}
        return [
            SampledAnswer(firsts[number].final_answer, count, firsts[number].verdict)
            for number, count in counts.most_common()
            if number in firsts
        ]

    @property
    def agreed(self) -> SampledAnswer | None:
        """The largest group of equal answers, which would win a vote."""
        return self.answers[0] if self.answers else None

    @property
    def is_weak(self) -> bool:
        """Whether most of the decided samples are wrong."""
        decided = self.count - self.undecided
        return decided > 0 and 2 * self.right < decided

    @property
    def tokens(self) -> int | None:
        return round(median(sample.tokens for sample in self.judged)) if self.judged else None

    @property
    def seconds(self) -> float | None:
        times = [sample.seconds for sample in self.judged if sample.seconds is not None]
        return median(times) if times else None


def readiness_of(items: Sequence[Item]) -> list[Readiness]:
    """Two queries. For a problem with parameters, the first variant is sampled."""
    templates = [item.version for item in items if item.version and item.version.is_template]
    variants = {
        variant.template_id: variant
        for variant in ProblemVersion.objects.filter(template__in=templates, seed=1)
    }
    versions = {
        item.pk: variants.get(item.version.pk) if item.version.is_template else item.version
        for item in items
        if item.version
    }
    samples: dict[int, list[ReadinessSample]] = defaultdict(list)
    sampled = [version for version in versions.values() if version]
    for sample in ReadinessSample.objects.filter(version__in=sampled, recipe=recipe_code()):
        samples[sample.version_id].append(sample)
    return [
        Readiness(item, version, samples[version.pk] if version else [])
        for item in items
        for version in [versions.get(item.pk)]
    ]
