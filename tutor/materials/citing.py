"""Passages for a hint about a wrong answer: those for the model, and those for the student."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.attempts.leak_check import find_leak
from tutor.attempts.models import Attempt
from tutor.materials.flattened import says_flattened, with_powers_of_ten
from tutor.materials.models import Citation, Material, Passage
from tutor.materials.search import PassageMatch, search
from tutor.problems.models import ProblemVersion

MAX_SEARCHED = 5
MAX_IN_PROMPT = 2  # so the model can write only [1] or [2], which give no answer away
MAX_SHOWN = 2
# What a passage must have in common with a problem. `tests.bench.passages` measures these.
MIN_WORDS, MIN_SCORE, MIN_SHARE_OF_BEST = 2, 11.0, 0.5
_NUMBER = re.compile(r"(?:(?<!\s)\s++)?(?<!\\)\[(\d{1,2})\]")


@dataclass(frozen=True)
class Pointers:
    """in_prompt: for the model, numbered from 1. shown: for the student, by the same numbers."""

    in_prompt: list[str]
    shown: dict[int, Passage]

    @classmethod
    def about(cls, attempt: Attempt) -> "Pointers":
        """The prompt depends on no stored answer; a passage that gives it away is not shown."""
        passages = passages_about(attempt)
        shown: dict[int, Passage] = {}
        for number, passage in enumerate(passages, start=1):
            if len(shown) < MAX_SHOWN and not _gives_answer_away(passage, attempt.version):
                shown[number] = passage
        return cls([passage.in_full for passage in passages[:MAX_IN_PROMPT]], shown)

    def only_shown(self, hint: str) -> str:
        """The hint without the numbers of passages that the student does not see."""
        if not self.in_prompt:
            return hint
        return _NUMBER.sub(lambda match: match[0] if int(match[1]) in self.shown else "", hint)

    def cite(self, attempt: Attempt) -> None:
        """Record that the student was pointed to the shown passages."""
        for number, passage in self.shown.items():
            Citation.objects.get_or_create(
                attempt=attempt, passage=passage, defaults={"number": number}
            )


def _gives_answer_away(passage: Passage, version: ProblemVersion) -> bool:
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
    """Best first; empty if the hints of the section use no material."""
    section = attempt.enrollment.section
    if not section.cites_material:
        return []
    query = "\n".join([search_text(attempt.version), *attempt.working])
    return [match.passage for match in worth_citing(search(section, query, MAX_SEARCHED))]


def search_text(version: ProblemVersion) -> str:
    """The problem as a query. Title and skills count twice; hints name what formulas do not."""
    skills = [skill.words for skill in version.problem.skills.all()]
    return "\n".join([*[version.title, *skills] * 2, version.statement_in_words, *version.hints])


def worth_citing(matches: Sequence[PassageMatch]) -> list[PassageMatch]:
    best = max((match.score for match in matches), default=0.0)
    min_score = max(MIN_SCORE, MIN_SHARE_OF_BEST * best)
    return [match for match in matches if match.words >= MIN_WORDS and match.score >= min_score]
