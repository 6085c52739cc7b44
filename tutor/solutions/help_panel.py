"""The help on an item's page: hints, what follows a student's own last line, single steps.

Help is noted before it is shown. The whole solution, the last level of help, has a part of the
page of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.access import ItemAccess, requested_access
from tutor.attempts.answering import Answering
from tutor.attempts.check_visibility import is_asked
from tutor.attempts.help import give, is_offered, when_offered
from tutor.attempts.leak_check import give_or_withhold
from tutor.attempts.models import Attempt, GivenHelp, WithheldHelp
from tutor.grading import Verdict
from tutor.limits import is_allowed
from tutor.materials.models import Citation
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.hint_record import asks_model_for_hints
from tutor.solutions.dispatch.next_best import NextBest, needs_next_best
from tutor.solutions.dispatch.queue_status import missing_now
from tutor.solutions.dispatch.quotas import QuotaReached
from tutor.solutions.dispatch.reference_solution import checked_reference
from tutor.solutions.dispatch.shown_steps import shown_steps
from tutor.solutions.dispatch.solver_solution import SolverSolution, solver_solution
from tutor.solutions.dispatch.voting import Vote, best_of, vote_on
from tutor.solutions.models import AnswerHint, CheckedReference, Solution, State
from tutor.solutions.next_line import next_line
from tutor.solutions.requests.answer_hints import request_answer_hint
from tutor.solutions.requests.begin import request_solution

HELP_A_MINUTE = 20


@dataclass(frozen=True)
class NextStep:
    """A step that nothing refutes. number: its position in the solution, from 1."""

    number: int
    text: str


class NoLineKnown(Exception):
    """Its text is for the student."""

    def __str__(self) -> str:
        return _(
            "Lemma is not sure what comes next here. It costs nothing: try a hint, or write down "
            "one line of your own first."
        )


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
        own = self.enrollment.of_same_person()
        given = GivenHelp.objects.filter(enrollment__in=own, item=self.item)
        return list(given.filter(version=self.version).order_by("number"))

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
            HelpLevel.REPLY: self.shows_answer_hints,
            HelpLevel.LINE: self.shows_lines,
            HelpLevel.STEP: self.shows_steps,
        }
        return {level for level in is_shown if is_shown[level]}

    @property
    def says_off(self) -> bool:
        """Whether the teacher has turned off, for this problem, help that is offered elsewhere."""
        never, by_model = Assignment.HelpPolicy.NEVER, (HelpLevel.REPLY, HelpLevel.STEP)
        policies = (self.assignment.policy_on(level)[0] for level in by_model)
        is_off = not (self.item.has_model_help or self.is_done or self.is_held)
        return is_off and any(policy != never for policy in policies)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is busy for this student, so that the page should be loaded again."""
        return self.is_writing or (self.offers_steps and self.steps_state == "working")

    @cached_property
    def lacks_solver(self) -> bool:
        """Whether it waits for a worker that has the model, or for the model's server."""
        return self.is_waiting and missing_now() in {"worker", "server"}

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

    @property
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
            for hint in self._given_at(HelpLevel.REPLY)
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
        when = self._when(HelpLevel.REPLY)
        return when if when and self._has_answer_hints else ""

    @property
    def shows_answer_hints(self) -> bool:
        is_asked = self._is_offered(HelpLevel.REPLY) and self.answer_hint is not None
        shown = (self.offers_answer_hints, self.answer_hints_when, self.answer_hints)
        return is_asked or any(shown)

    @cached_property
    def offers_answer_hints(self) -> bool:
        return self._is_offered(HelpLevel.REPLY) and self._has_answer_hints

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
        return self._is_offered(HelpLevel.LINE) and not self.version.parts

    @property
    def lines_when(self) -> str:
        return "" if self.version.parts else self._when(HelpLevel.LINE)

    @property
    def shows_lines(self) -> bool:
        return bool(self.lines or self.offers_lines or self.lines_when)

    # Steps of a solution

    @property
    def steps(self) -> list[GivenHelp]:
        return self._given_at(HelpLevel.STEP)

    @property
    def has_corrected_steps(self) -> bool:
        """Whether the steps are of a solution that Lemma's calculator has corrected."""
        source = self._source if self.steps else None
        return isinstance(source, Solution) and bool(source.corrections)

    @property
    def has_reference_steps(self) -> bool:
        """Whether the steps are of the teacher's solution."""
        return isinstance(self._source, CheckedReference)

    @property
    def has_solver_steps(self) -> bool:
        """Whether Lemma's own solver has worked the steps out."""
        return isinstance(self._source, SolverSolution)

    @property
    def steps_when(self) -> str:
        return self._when(HelpLevel.STEP)

    @property
    def shows_steps(self) -> bool:
        return bool(self.steps or self.offers_steps or self.steps_when)

    @cached_property
    def offers_steps(self) -> bool:
        return self._is_offered(HelpLevel.STEP)

    @cached_property
    def _solution(self) -> Solution | None:
        """A right solution: the one that the given steps are from, else the winner of the vote."""
        ended = self.version.solutions.filter(state=State.ENDED, verdict=Verdict.CORRECT)
        right = list(ended.defer("reasoning").order_by("number"))
        for last in self.steps[-1:]:
            for solution in right:
                if solution.steps[last.number - 1 : last.number] == [last.text]:
                    return solution
        if self._vote.is_in:
            return self._vote.solution_for(None) if self._vote.is_right else None
        return best_of(self._vote.right or right)

    @cached_property
    def _source(self) -> Solution | NextBest | None:
        """Whose steps are given: those that go on from the step given last, else the best."""
        best = next(self._sources(), None)
        return next(filter(self._goes_on, self._sources()), best) if self.steps else best

    def _sources(self) -> Iterator[Solution | NextBest]:
        """The best first."""
        solution = self._solution
        needs_more = needs_next_best(self._vote, solution)
        if solution is not None and not needs_more:
            yield solution
        if needs_more or self.steps:
            others = (checked_reference(self.version), solver_solution(self.version), solution)
            yield from (other for other in others if other is not None)

    def _goes_on(self, source: Solution | NextBest) -> bool:
        """Whether the step that was given last is one of it."""
        last = self.steps[-1]
        return source.steps[last.number - 1 : last.number] == [last.text]

    @property
    def is_declined(self) -> bool:
        """Whether the model says that it cannot solve this."""
        return self._vote.is_declined

    @cached_property
    def _vote(self) -> Vote:
        return vote_on(self.version)

    @cached_property
    def next_step(self) -> NextStep | None:
        """The step after those that were given, leaving out refuted ones and what rests on them."""
        if self._source is None:
            return None
        last = self.steps[-1].number if self.steps else 0
        sound = (
            NextStep(number, step.text)
            for number, step in enumerate(shown_steps(self._source), start=1)
            if step.mark not in ("refuted", "resting")
        )
        return next((step for step in sound if step.number > last), None)

    @cached_property
    def is_step_withheld(self) -> bool:
        """Whether the student has asked for the next step, and it would reveal the answer."""
        if self.next_step is None:
            return False
        return WithheldHelp.objects.filter(
            enrollment=self.enrollment,
            item=self.item,
            version=self.version,
            level=HelpLevel.STEP,
            number=self.next_step.number,
        ).exists()

    @cached_property
    def steps_state(self) -> str:
        """ready, last (the rest would reveal the answer), working, none (no solution) or ask."""
        if self._source is not None:
            return "last" if self.next_step is None or self.is_step_withheld else "ready"
        if self._vote.running and not self._vote.is_in:
            return "working"
        return "ask" if self._vote.may_ask_again() else "none"

    # Taking help

    def take(self, level: str, number: int) -> None:
        """Give this help if it is the next of its level and offered; else change nothing.

        Raises QuotaReached, and NoLineKnown where nobody can say for sure what comes next.
        """
        if level == HelpLevel.HINT and number == self.next_hint:
            text = self.version.hints[number - 1]
            give(self.enrollment, self.item, self.version, HelpLevel.HINT, number, text)
        elif level == HelpLevel.REPLY and self.wrong_attempt and self.offers_answer_hints:
            if number == self.wrong_attempt.number:
                request_answer_hint(self.wrong_attempt)
        elif level == HelpLevel.LINE and self.offers_lines and number == self.next_line_number:
            self._take_line(number)
        elif level == HelpLevel.STEP and self.offers_steps:
            self._take_step(number)

    def _take_line(self, number: int) -> None:
        given = [line.text for line in self.lines]
        is_limited = self.terms.attempts_allowed is not None
        text = next_line(
            *(self.enrollment, self.item, self.version, self.practice, given),
            spares_values=is_limited and is_asked(self.terms, self.attempts),
        )
        if not text:
            raise NoLineKnown
        give(self.enrollment, self.item, self.version, HelpLevel.LINE, number, text)

    def _take_step(self, number: int) -> None:
        step = self.next_step
        if self._source is None:
            request_solution(self.version, None, self.enrollment)
        elif step is not None and step.number == number:
            give_or_withhold(
                self.enrollment, self.item, self.version, HelpLevel.STEP, step.number, step.text
            )


class TakeHelpForm(forms.Form):
    level = forms.ChoiceField(choices=HelpLevel)
    number = forms.IntegerField(min_value=0, max_value=1_000_000)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_panel(request: AuthedRequest, **at: UUID) -> HttpResponse:
    """The help part of an item's page; posting takes the next piece of help."""
    access = requested_access(request, **at)
    problem = take_help(request, access) if request.method == "POST" else ""
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
        return redirect(f"{access.get_absolute_url()}#help")
    panel, level = panel_at(access), request.POST.get("level", "")
    refused = level if problem and level in panel.shown_levels else ""
    taken = "" if problem else level
    context = {"item": access.item, "panel": panel, "problem": problem}
    context |= {"taken": taken, "refused": refused}
    return render(request, "solutions/_help_panel.html", context)


def take_help(request: AuthedRequest, access: ItemAccess) -> str:
    """Returns a sentence where nothing could be taken, else ""."""
    form = TakeHelpForm(request.POST)
    if not form.is_valid():
        return _("This help does not exist.")
    if not is_allowed("help", request.user.pk, per_minute=HELP_A_MINUTE):
        return _("That was too fast. Wait a minute.")
    try:
        panel_at(access).take(form.cleaned_data["level"], form.cleaned_data["number"])
    except (QuotaReached, NoLineKnown) as error:
        return str(error)
    return ""


def panel_for(item: Item, answering: Answering) -> HelpPanel:
    """For a page that has the answering part too, and so knows the attempts."""
    return HelpPanel(
        answering, item, answering.version, answering.attempts, is_held=answering.is_held
    )


def panel_at(access: ItemAccess) -> HelpPanel:
    attempts = list(access.attempts)
    return HelpPanel(access, access.item, access.version, attempts, is_held=access.is_held)
