"""Where a student may go on from an item or a practice."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property

from tutor.assignments.models import Item
from tutor.attempts.access import ItemAccess
from tutor.attempts.models import Attempt, Practice, ReviewProblem
from tutor.attempts.practising.weekly_reviews import review_with
from tutor.attempts.results.assignment_progress import AssignmentProgress, progress_of
from tutor.attempts.results.milestones import Milestone, milestone_of
from tutor.problems.models import Skill


@dataclass(frozen=True)
class NextSteps:
    """What the page offers after an answer. attempts: the student's at it, with grades."""

    access: ItemAccess
    attempts: Sequence[Attempt]

    @cached_property
    def progress(self) -> AssignmentProgress | None:
        """With the whole assignment; None in practice."""
        if self.access.practice is not None:
            return None
        assignment = self.access.assignment
        return progress_of(self.access.enrollment.user, [assignment]).get(assignment.pk)

    @property
    def next_item(self) -> Item | None:
        """One that is not right yet."""
        return self.progress.next_after(self.access.item) if self.progress else None

    @cached_property
    def milestone(self) -> Milestone | None:
        if not self.attempts or not self.attempts[-1].is_right:
            return None
        return milestone_of(self.attempts[-1], self.progress)

    @cached_property
    def next_in_review(self) -> ReviewProblem | None:
        """What comes next in the weekly review that this practice is part of."""
        practice = self.access.practice
        if practice is None or not practice.is_review:
            return None
        return review_with(practice).next_beside(practice)

    @cached_property
    def practised_skills(self) -> list[Skill]:
        """In practice where no further variant is offered: those of the problem."""
        is_self_study = self.access.assignment.section.is_self_study
        if self.access.practice is None or (self.access.version.seed and not is_self_study):
            return []
        return list(self.access.item.problem.skills.all())

    @property
    def practised_skill(self) -> Skill | None:
        """The one to go on with."""
        return next(iter(self.practised_skills), None)

    @property
    def practised_names(self) -> list[str]:
        """Beside the title: whoever chose one of the skills sees its name."""
        title = self.access.version.title
        return [name for skill in self.practised_skills if (name := skill.shown_name) != title]

    @property
    def may_go_on(self) -> bool:
        """Whether a further variant may be begun: not before this one was tried."""
        is_practice, version = self.access.practice is not None, self.access.item.version
        if is_practice and not any(attempt.is_counted for attempt in self.attempts):
            return False
        return version is not None and version.is_template

    @cached_property
    def earlier_practices(self) -> list[Practice]:
        """What was practised at the item so far."""
        return list(Practice.objects.of(self.access.enrollment, self.access.item).with_results())
