"""What was given and is offered at each level of help: hints, the next line, single steps.

The whole solution, the last level, has a part of the page of its own.
"""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.access import ItemAccess
from tutor.attempts.answering import Answering
from tutor.attempts.help import is_offered, when_offered
from tutor.attempts.models import Attempt, GivenHelp, WithheldHelp
from tutor.attempts.working.check_visibility import CheckVisibility, visibility_for
from tutor.grading import Verdict
from tutor.materials.models import Citation
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.hint_record import asks_model_for_hints
from tutor.solutions.dispatch.next_best import lacks_model
from tutor.solutions.help_given import help_given_at
from tutor.solutions.help_panel.steps import StepSource, StepState
from tutor.solutions.models import AnswerHint, State


class HelpPanel:
    """What `solutions/_help_panel.html` shows to a student who works on an item."""

    def __init__(
        self,
        access: ItemAccess | Answering,
        item: Item,
        version: ProblemVersion,
        attempts: list[Attempt],
        *,
        is_held: bool,
    ) -> None:
        """is_held: whether a running test contains the problem. Then no help is offered, and
        earlier help is not shown either.
        """
        self.access = access
        self.enrollment, self.assignment = access.enrollment, access.assignment
        self.practice, self.terms = access.practice, access.terms
        self.item, self.version, self.attempts = item, version, attempts
        self.is_held = is_held

    @property
    def url(self) -> str:
        if self.practice is not None:
            return reverse("practice-help", args=[self.practice.code])
        return reverse("help", args=[self.item.code])

    # What is given and offered at a level

    @cached_property
    def is_done(self) -> bool:
        return any(attempt.is_right for attempt in self.attempts)

    @cached_property
    def waits_for_own_try(self) -> bool:
        """In a weekly review a student tries each problem alone first."""
        if self.practice is None or not self.practice.is_review:
            return False
        return not any(attempt.is_counted for attempt in self.attempts)

    @property
    def is_self_study(self) -> bool:
        """Then no teacher sees which help was taken."""
        return self.assignment.section.is_self_study

    @cached_property
    def _given(self) -> list[GivenHelp]:
        if self.is_held:
            return []
        enrollment = self.enrollment
        return help_given_at(enrollment.user_id, enrollment.pk, self.item.pk, self.version.pk)

    def _given_at(self, level: HelpLevel) -> list[GivenHelp]:
        return [given for given in self._given if given.level == level]

    def _is_offered(self, level: HelpLevel) -> bool:
        if self.is_held or self.is_done or self._is_off(level) or self.waits_for_own_try:
            return False
        return is_offered(level, self.assignment, self.attempts)

    def _is_off(self, level: HelpLevel) -> bool:
        return level.is_by_model and not self.item.has_model_help

    def _when(self, level: HelpLevel) -> str:
        """When a level will be offered; "" where it is offered now, or never will be."""
        if self.is_held or self.is_done or self._is_off(level) or self._is_offered(level):
            return ""
        if self.waits_for_own_try and is_offered(level, self.assignment, self.attempts):
            return _("after your own first try")
        return when_offered(level, self.assignment)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was taken, and nothing is offered now or later."""
        return not (self.shown_levels or self.says_off)

    @property
    def shown_levels(self) -> set[str]:
        """Those that have a part of the page."""
        is_shown: dict[str, bool] = {
            HelpLevel.HINT: self.shows_hints,
            HelpLevel.ANSWER_HINT: self.shows_answer_hints,
            HelpLevel.LINE: self.shows_lines,
            HelpLevel.STEP: self.shows_steps,
        }
        return {level for level in is_shown if is_shown[level]}

    @property
    def is_closed(self) -> bool:
        """Whether nothing was taken, and nothing may be taken now."""
        return not (self._given or any(map(self._is_offered, HelpLevel)))

    @property
    def says_off(self) -> bool:
        """Whether the teacher has turned off, for this problem, help that is offered elsewhere."""
        never, by_model = Assignment.HelpPolicy.NEVER, (HelpLevel.ANSWER_HINT, HelpLevel.STEP)
        policies = (self.assignment.policy_on(level)[0] for level in by_model)
        is_off = not (self.item.has_model_help or self.is_done or self.is_held)
        return is_off and any(policy != never for policy in policies)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is busy for this student, so that the page should be loaded again."""
        return self.is_writing or (
            self.offers_steps and self.step_source.state == StepState.WORKING
        )

    @cached_property
    def lacks_model(self) -> bool:
        """Whether it waits for a worker that has the model, or for the model's server."""
        return self.is_waiting and lacks_model()

    # The problem's own hints

    @property
    def hints(self) -> list[GivenHelp]:
        return self._given_at(HelpLevel.HINT)

    @property
    def hints_count(self) -> int:
        return len(self.version.hints)

    @property
    def next_hint(self) -> int | None:
        """Its number; None where none is left, or none is offered now."""
        number = len(self.hints) + 1
        exists = number <= len(self.version.hints)
        return number if exists and self._is_offered(HelpLevel.HINT) else None

    @property
    def hints_when(self) -> str:
        return self._when(HelpLevel.HINT) if self.version.hints else ""

    @cached_property
    def shows_hints(self) -> bool:
        """Whether one was given, is offered, or will be."""
        return bool(self.hints or self.next_hint or self.hints_when)

    # Hints about wrong answers

    @cached_property
    def answer_hints(self) -> list[tuple[GivenHelp, Attempt, list[Citation]]]:
        """Each hint that was given, the attempt it is about, and passages to read again."""
        attempts = {attempt.number: attempt for attempt in self.attempts}
        hints = [
            (hint, attempts[hint.number])
            for hint in self._given_at(HelpLevel.ANSWER_HINT)
            if hint.number in attempts
        ]
        citations = Citation.objects.in_use().of(attempt for _hint, attempt in hints)
        return [
            (hint, attempt, citations[attempt.pk])
            for hint, attempt in hints
            if hint.text or citations[attempt.pk]
        ]

    @property
    def has_words(self) -> bool:
        """Whether the model has written any hint for the student."""
        return any(hint.text for hint, _attempt, _citations in self.answer_hints)

    @property
    def has_reading(self) -> bool:
        """Whether passages to read again are shown for the newest wrong attempt."""
        return any(
            citations and attempt == self.wrong_attempt
            for _hint, attempt, citations in self.answer_hints
        )

    @property
    def answer_hints_when(self) -> str:
        when = self._when(HelpLevel.ANSWER_HINT)
        return when if when and self._has_answer_hints else ""

    @cached_property
    def shows_answer_hints(self) -> bool:
        is_asked = self._is_offered(HelpLevel.ANSWER_HINT) and self.answer_hint is not None
        shown = (self.offers_answer_hints, self.answer_hints_when, self.answer_hints)
        return is_asked or any(shown)

    @cached_property
    def offers_answer_hints(self) -> bool:
        return self._is_offered(HelpLevel.ANSWER_HINT) and self._has_answer_hints

    @cached_property
    def _has_answer_hints(self) -> bool:
        """Where no model is asked, passages of the course's material may still help."""
        return self.enrollment.section.cites_material or asks_model_for_hints()

    @cached_property
    def wrong_attempt(self) -> Attempt | None:
        """The newest attempt, if it is wrong and answers the problem as it is now."""
        for latest in self.attempts[-1:]:
            if latest.verdict == Verdict.INCORRECT and latest.version_id == self.version.pk:
                return latest
        return None

    @cached_property
    def answer_hint(self) -> AnswerHint | None:
        """The hint about that attempt, if the student has asked for one."""
        if self.wrong_attempt is None or self.is_held:
            return None
        return AnswerHint.objects.filter(attempt=self.wrong_attempt).first()

    @property
    def lacks_answer_hint(self) -> bool:
        """Whether one was asked for, and nothing was written."""
        nothing_written = (AnswerHint.Source.READING, AnswerHint.Source.NONE)
        return self.answer_hint is not None and self.answer_hint.source in nothing_written

    @property
    def shows_reading(self) -> bool:
        """Whether passages to read again are all that there is instead of a hint."""
        hint = self.answer_hint
        is_reading = hint is not None and hint.source == AnswerHint.Source.READING
        return is_reading and self.has_reading

    @cached_property
    def is_explained(self) -> bool:
        """Whether the page says beside the wrong answer what may have gone wrong."""
        attempt = self.wrong_attempt
        if attempt is None:
            return False
        if attempt.shown_mistake or any(part.shown_mistake for part in attempt.parts_shown):
            return self._visibility.marks
        return bool(attempt.grade and attempt.grade.feedback)

    @property
    def _visibility(self) -> CheckVisibility:
        if isinstance(self.access, Answering):
            return self.access.visibility
        return visibility_for(self.access, self.attempts)

    @property
    def is_writing(self) -> bool:
        return self.answer_hint is not None and self.answer_hint.state != State.ENDED

    # The next line of the student's own working

    @property
    def lines(self) -> list[GivenHelp]:
        return self._given_at(HelpLevel.LINE)

    @property
    def next_line_number(self) -> int:
        return len(self.lines) + 1

    @cached_property
    def offers_lines(self) -> bool:
        is_offered = self._is_offered(HelpLevel.LINE) and not self.version.parts
        return is_offered and not self._only_answer_is_left

    @cached_property
    def _only_answer_is_left(self) -> bool:
        """Whether the line that follows those that were given is the answer itself."""
        if not self.lines:
            return False
        withheld = WithheldHelp.objects.filter(enrollment=self.enrollment, item=self.item)
        return withheld.filter(version=self.version, level=HelpLevel.LINE).exists()

    @property
    def lines_when(self) -> str:
        return "" if self.version.parts else self._when(HelpLevel.LINE)

    @cached_property
    def shows_lines(self) -> bool:
        return bool(self.lines or self.offers_lines or self.lines_when)

    # Steps of a solution

    @property
    def steps(self) -> list[GivenHelp]:
        return self._given_at(HelpLevel.STEP)

    @cached_property
    def step_source(self) -> StepSource:
        return StepSource(self.enrollment, self.item, self.version, self.steps)

    @property
    def steps_when(self) -> str:
        return self._when(HelpLevel.STEP)

    @cached_property
    def shows_steps(self) -> bool:
        return bool(self.steps or self.offers_steps or self.steps_when)

    @cached_property
    def offers_steps(self) -> bool:
        return self._is_offered(HelpLevel.STEP)

    def awaits_step(self, *, is_asked: bool) -> bool:
        """Whether a first step that was asked for can be shown soon or now."""
        is_soon = (StepState.WORKING, StepState.READY)
        is_first = is_asked and self.offers_steps and not self.steps
        return is_first and self.step_source.state in is_soon


def panel_for(item: Item, answering: Answering) -> HelpPanel:
    """For a page that has the answering part too, and so knows the attempts."""
    return HelpPanel(
        answering, item, answering.version, answering.attempts, is_held=answering.is_held
    )


def panel_at(access: ItemAccess) -> HelpPanel:
    attempts = list(access.attempts)
    return HelpPanel(access, access.item, access.version, attempts, is_held=access.is_held)
