"""When a skill should be asked for again: at growing distance, for as long as it lasts.

After a right first answer without help a skill is due in INTERVALS[0]. If it is right again once
it is due, the next interval applies. Anything else, such as a wrong answer or one after help,
begins anew. Cepeda et al. 2006, "Distributed practice in verbal recall tasks: A review and
quantitative synthesis", Psychological Bulletin 132 (3), has the evidence for the distance.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tutor.attempts.models import ReviewProblem
from tutor.attempts.results.first_answers import FirstAnswer
from tutor.attempts.results.mastery import skills_of
from tutor.problems.models import Skill

INTERVALS = (timedelta(days=3), timedelta(days=10), timedelta(days=30))


@dataclass(frozen=True)
class Recall:
    """How a skill was answered last, and how often it has lasted before."""

    stage: int
    last: FirstAnswer

    @property
    def due_at(self) -> datetime:
        return self.last.answered_at + INTERVALS[self.stage]

    @property
    def reason(self) -> ReviewProblem.Reason:
        if self.last.is_second:
            return ReviewProblem.Reason.SECOND_TRY
        if not self.last.is_right:
            return ReviewProblem.Reason.WRONG
        return ReviewProblem.Reason.HELPED if self.last.helped_by else ReviewProblem.Reason.ALONE

    def after(self, answer: FirstAnswer) -> "Recall":
        alone = ReviewProblem.Reason.ALONE
        renewed = Recall(0, answer)
        if renewed.reason != alone:
            return renewed
        lasted = self.reason == alone and answer.answered_at >= self.due_at
        return Recall(min(self.stage + lasted, len(INTERVALS) - 1), answer)


def recall_after(answers: Iterable[FirstAnswer]) -> Recall | None:
    """answers: to problems with one skill, the oldest first. None of none."""
    recall: Recall | None = None
    for answer in answers:
        recall = recall.after(answer) if recall else Recall(0, answer)
    return recall


def recalls_of(answers: Iterable[FirstAnswer]) -> dict[Skill, Recall]:
    """By skill, from the answers of one student, the oldest first; one query."""
    answers = list(answers)
    skills = skills_of({answer.problem for answer in answers})
    by_skill: dict[Skill, list[FirstAnswer]] = defaultdict(list)
    for answer in answers:
        for skill in skills[answer.problem]:
            by_skill[skill].append(answer)
    recalls = {skill: recall_after(of_skill) for skill, of_skill in by_skill.items()}
    return {skill: recall for skill, recall in recalls.items() if recall is not None}


def due_first(recalls: dict[Skill, Recall], now: datetime) -> list[tuple[Skill, Recall]]:
    """Those that are due, the most overdue for its interval first."""
    due = [(skill, recall) for skill, recall in recalls.items() if recall.due_at <= now]

    def overdue(row: tuple[Skill, Recall]) -> float:
        return (now - row[1].due_at) / INTERVALS[row[1].stage]

    return sorted(due, key=lambda row: (-overdue(row), row[0].name))
