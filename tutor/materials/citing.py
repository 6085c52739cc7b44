"""Which passages go with a hint about a wrong answer, and which of them its student is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.attempts.leak_check import find_leak
from tutor.attempts.models import Attempt
from tutor.materials.flattened import says_flattened, with_powers_of_ten
from tutor.materials.models import Citation, Material, Passage
from tutor.materials.search import Found, search
from tutor.problems.models import ProblemVersion

MOST_LOOKED_AT = 5
MOST_TOLD = 2  # to the model; so what it may say is [1] or [2], which no leak is made of
MOST_SHOWN = 2
# What a passage must have in common with a problem. `tests.bench.passages` measures these.
LEAST_WORDS, LEAST_SCORE, OF_BEST = 2, 11.0, 0.5
_NUMBER = re.compile(r"(?:(?<!\s)\s++)?(?<!\\)\[(\d{1,2})\]")


@dataclass(frozen=True)
class Pointers:
    """told: to the model, numbered from 1. shown: to the student, by the same numbers."""

    told: list[str]
    shown: dict[int, Passage]

    @classmethod
    def about(cls, attempt: Attempt) -> "Pointers":
        """What is told depends on no stored answer; what would say it is not shown."""
        passages = passages_about(attempt)
        shown: dict[int, Passage] = {}
        for number, passage in enumerate(passages, start=1):
            if len(shown) < MOST_SHOWN and not _says_answer(passage, attempt.version):
                shown[number] = passage
        return cls([passage.in_full for passage in passages[:MOST_TOLD]], shown)

    def only_shown(self, hint: str) -> str:
        """The hint without the numbers of passages that its student is not shown."""
        if not self.told:
            return hint
        return _NUMBER.sub(lambda found: found[0] if int(found[1]) in self.shown else "", hint)

    def cite(self, attempt: Attempt) -> None:
        """Note that the student was pointed to what is shown."""
        for number, passage in self.shown.items():
            Citation.objects.get_or_create(
                attempt=attempt, passage=passage, defaults={"number": number}
            )


def _says_answer(passage: Passage, version: ProblemVersion) -> bool:
    if find_leak(passage.in_full, version):
        return True
    if passage.material.kind != Material.Kind.PDF:
        return False
    answers = version.checked_key.answers()
    if any(says_flattened(passage.in_full, answer.value) for answer in answers):
        return True
    raised = with_powers_of_ten(passage.in_full)
    return raised != passage.in_full and bool(find_leak(raised, version))


def passages_about(attempt: Attempt) -> list[Passage]:
    """The best first; none where the section's hints use no material."""
    section = attempt.enrollment.section
    if not section.cites_material:
        return []
    asked = "\n".join([about(attempt.version), *attempt.working])
    return [one.passage for one in worth_citing(search(section, asked, MOST_LOOKED_AT))]


def about(version: ProblemVersion) -> str:
    """What says most of a problem stands twice; its own hints name what formulas leave unsaid."""
    skills = [skill.shown_name for skill in version.problem.skills.all()]
    return "\n".join([*[version.title, *skills] * 2, version.statement, *version.hints])


def worth_citing(found: Sequence[Found]) -> list[Found]:
    best = max((one.score for one in found), default=0.0)
    least = max(LEAST_SCORE, OF_BEST * best)
    return [one for one in found if one.words >= LEAST_WORDS and one.score >= least]
