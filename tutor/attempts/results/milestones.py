"""What an answer has brought about: a set that is all right, a skill that is secure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from tutor.attempts.models import Attempt
from tutor.attempts.results.assignment_progress import AssignmentProgress
from tutor.attempts.results.mastery import Level, Mastery, mastery_of
from tutor.attempts.sealing import sealed_attempts
from tutor.courses.models import Enrollment
from tutor.problems.models import Skill

FRESH = timedelta(minutes=10)  # how long the page says so


@dataclass(frozen=True)
class Milestone:
    """finished: how many problems the set has, where all of them are right now; otherwise 0."""

    finished: int = 0
    skills: list[Skill] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.finished or self.skills)


def milestone_of(attempt: Attempt, progress: AssignmentProgress | None) -> Milestone:
    """Of a right answer that has just come. progress: with the assignment; None for practice."""
    if attempt.submitted_at < timezone.now() - FRESH:
        return Milestone()
    finished = len(progress.items) if progress and progress.is_complete else 0
    return Milestone(finished, _secure_now(attempt))


def _secure_now(attempt: Attempt) -> list[Skill]:
    """The skills of the problem that are secure by this answer; six queries."""
    user = attempt.enrollment.user_id
    own = Enrollment.objects.filter(user=user).students()
    skills = list(attempt.item.problem.skills.all())
    answers = Attempt.with_practice.filter(enrollment__in=own, item__problem__skills__in=skills)
    answers = answers.exclude(sealed_attempts(user)).distinct()
    now = mastery_of(answers).get(user, {})
    before = mastery_of(answers.exclude(pk=attempt.pk)).get(user, {})

    return [row for row in skills if _is_secure(now, row) and not _is_secure(before, row)]


def _is_secure(masteries: Mapping[Skill, Mastery], skill: Skill) -> bool:
    return skill in masteries and masteries[skill].level == Level.SECURE
