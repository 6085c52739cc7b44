"""The ladder of help on an item's page: own hints, a hint about a wrong answer, single steps.

What is given is written down before it is shown. The whole solution, the last level, has a part of
the page of its own.
"""

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
from tutor.attempts.help import give, is_offered, when_offered
from tutor.attempts.leak_check import give_or_withhold
from tutor.attempts.models import Attempt, GivenHelp, WithheldHelp
from tutor.grading import Verdict
from tutor.limits import is_allowed
from tutor.materials.models import Citation
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.quotas import NotNow
from tutor.solutions.dispatch.reference_solution import checked_reference
from tutor.solutions.dispatch.shown_steps import shown_steps
from tutor.solutions.dispatch.voting import Vote, best_of
from tutor.solutions.generation.hints import request_reply
from tutor.solutions.models import CheckedReference, Reply, Solution, State
from tutor.solutions.tasks import missing_now, request_solution, vote_on

HELP_A_MINUTE = 20


@dataclass(frozen=True)
class Step:
    """A step of a right solution that nothing refutes. number: its place there, from 1."""

    number: int
    text: str


class Ladder:
    """What `solutions/_ladder.html` shows to a student who works on an item."""

    def __init__(
        self,
        place: ItemAccess | Answering,
        item: Item,
        version: ProblemVersion,
        attempts: list[Attempt],
        *,
        is_held: bool,
    ) -> None:
        """is_held: whether a test that runs has the problem. There is no help here then, nor is
        any shown that was given before.
        """
        self.enrollment, self.assignment = place.enrollment, place.assignment
        self.practice = place.practice
        self.item, self.version, self.attempts = item, version, attempts
        self.is_held = is_held

    @property
    def url(self) -> str:
        if self.practice is not None:
            return reverse("practice-help", args=[self.practice.code])
        return reverse("help", args=[self.item.code])

    @cached_property
    def is_done(self) -> bool:
        return any(attempt.is_right for attempt in self.attempts)

    @cached_property
    def _given(self) -> list[GivenHelp]:
        if self.is_held:
            return []
        mine = self.enrollment.of_same_person()
        given = GivenHelp.objects.filter(enrollment__in=mine, item=self.item)
        return list(given.filter(version=self.version))

    def _of(self, level: HelpLevel) -> list[GivenHelp]:
        return sorted(
            (one for one in self._given if one.level == level), key=lambda one: one.number
        )

    def _is_offered(self, level: HelpLevel) -> bool:
        if self.is_held or self.is_done or self._is_off(level):
            return False
        return is_offered(level, self.assignment, self.attempts)

    def _is_off(self, level: HelpLevel) -> bool:
        return level.is_by_model and not self.item.has_model_help

    def _when(self, level: HelpLevel) -> str:
        """For a level that is not offered yet."""
        if self.is_held or self.is_done or self._is_off(level) or self._is_offered(level):
            return ""
        return when_offered(level, self.assignment)

    # The problem's own hints

    @property
    def hints(self) -> list[GivenHelp]:
        return self._of(HelpLevel.HINT)

    @property
    def hints_count(self) -> int:
        return len(self.version.hints)

    @property
    def next_hint(self) -> int | None:
        """Its number; None where none is left, or none is offered now."""
        number = len(self.hints) + 1
        is_there = number <= len(self.version.hints)
        return number if is_there and self._is_offered(HelpLevel.HINT) else None

    @property
    def shows_hints(self) -> bool:
        """Whether there is anything to say of them: one was given, is offered, or will be."""
        return bool(self.hints or self.next_hint or self.hints_when)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was taken, and nothing is offered now or later."""
        parts = (self.shows_hints, self.shows_replies, self.shows_steps, self.says_off)
        return not any(parts)

    @property
    def says_off(self) -> bool:
        """Whether the model would help here, had nobody turned it off for this problem."""
        never = Assignment.HelpPolicy.NEVER
        policies = (
            self.assignment.policy_on(level)[0] for level in (HelpLevel.REPLY, HelpLevel.STEP)
        )
        is_off = not (self.item.has_model_help or self.is_done or self.is_held)
        return is_off and any(policy != never for policy in policies)

    @property
    def hints_when(self) -> str:
        return self._when(HelpLevel.HINT) if self.version.hints else ""

    # Hints about wrong answers

    @cached_property
    def replies(self) -> list[tuple[GivenHelp, Attempt, list[Citation]]]:
        """What was said to which attempt, and where its student can read again."""
        attempts = {attempt.number: attempt for attempt in self.attempts}
        given = [one for one in self._of(HelpLevel.REPLY) if one.number in attempts]
        cited = Citation.objects.in_use().of(attempts[one.number] for one in given)
        said = ((one, attempts[one.number], cited[attempts[one.number].pk]) for one in given)
        return [(one, attempt, where) for one, attempt, where in said if one.text or where]

    @property
    def has_words(self) -> bool:
        """Whether the model has said anything to the student."""
        return any(given.text for given, _attempt, _where in self.replies)

    @property
    def has_reading(self) -> bool:
        """Whether what to read again about the newest wrong attempt is shown."""
        return any(
            where and attempt == self.wrong_attempt for _given, attempt, where in self.replies
        )

    @property
    def replies_when(self) -> str:
        return self._when(HelpLevel.REPLY)

    @property
    def shows_replies(self) -> bool:
        return bool(self.replies or self.offers_replies or self.replies_when)

    @cached_property
    def offers_replies(self) -> bool:
        return self._is_offered(HelpLevel.REPLY)

    @cached_property
    def wrong_attempt(self) -> Attempt | None:
        """The newest, where it is wrong and answers the problem as it is now."""
        for latest in self.attempts[-1:]:
            if latest.verdict == Verdict.INCORRECT and latest.version_id == self.version.pk:
                return latest
        return None

    @cached_property
    def reply(self) -> Reply | None:
        """What was asked for about that attempt."""
        if self.wrong_attempt is None or self.is_held:
            return None
        return Reply.objects.filter(attempt=self.wrong_attempt).first()

    @property
    def is_writing(self) -> bool:
        return self.reply is not None and self.reply.state != State.ENDED

    # Steps of a solution

    @property
    def steps(self) -> list[GivenHelp]:
        return self._of(HelpLevel.STEP)

    @property
    def has_corrected_steps(self) -> bool:
        """Whether the steps are of a solution that Lemma's calculator has corrected."""
        source = self._source if self.steps else None
        return isinstance(source, Solution) and bool(source.corrections)

    @property
    def has_own_steps(self) -> bool:
        """Whether the steps are of the teacher's solution, since the model has none to show."""
        return isinstance(self._source, CheckedReference)

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
        """A finished one whose answer agrees with the stored one: that of the steps so far, or what
        the vote has chosen.
        """
        ended = self.version.solutions.filter(state=State.ENDED, verdict=Verdict.CORRECT)
        right = list(ended.defer("reasoning").order_by("number"))
        for last in self.steps[-1:]:
            for one in right:
                if one.steps[last.number - 1 : last.number] == [last.text]:
                    return one
        if self._vote.is_in:
            return self._vote.found_by(None) if self._vote.is_right else None
        return best_of(self._vote.right or right)

    @cached_property
    def _source(self) -> Solution | CheckedReference | None:
        """Whose steps are given: the teacher's where the model's tries gave nothing."""
        if self._solution is not None or not (self._vote.abstains or self._vote.gave_nothing):
            return self._solution
        return checked_reference(self.version)

    @cached_property
    def _vote(self) -> Vote:
        return vote_on(self.version)

    @cached_property
    def following_step(self) -> Step | None:
        """The one after those that were given. What is refuted, or rests on it, is left out."""
        if self._source is None:
            return None
        last = self.steps[-1].number if self.steps else 0
        sound = (
            Step(number, step.text)
            for number, step in enumerate(shown_steps(self._source), start=1)
            if step.mark not in ("refuted", "resting")
        )
        return next((step for step in sound if step.number > last), None)

    @cached_property
    def is_step_withheld(self) -> bool:
        """Whether the following step was asked for, and would say the answer."""
        step = self.following_step
        if step is None:
            return False
        return WithheldHelp.objects.filter(
            enrollment=self.enrollment,
            item=self.item,
            version=self.version,
            level=HelpLevel.STEP,
            number=step.number,
        ).exists()

    @cached_property
    def steps_state(self) -> str:
        """ready, last (the rest would say the answer), working, none (the model failed) or ask."""
        if self._source is not None:
            step = self.following_step
            return "ready" if step is not None and not self.is_step_withheld else "last"
        if self._vote.running and not self._vote.is_in:
            return "working"
        return "ask" if self._vote.may_ask_again() else "none"

    @property
    def is_waiting(self) -> bool:
        """Whether something is being worked out that the page should ask for again."""
        return self.is_writing or (self.offers_steps and self.steps_state == "working")

    @cached_property
    def lacks_solver(self) -> bool:
        """Whether it waits for a worker that has the model, or for the model's server."""
        return self.is_waiting and missing_now() in {"worker", "server"}

    # Climbing

    def take(self, level: str, number: int) -> None:
        """Give what was asked for, if it is the next thing and offered; else change nothing."""
        if level == HelpLevel.HINT and number == self.next_hint:
            text = self.version.hints[number - 1]
            give(self.enrollment, self.item, self.version, HelpLevel.HINT, number, text)
        elif level == HelpLevel.REPLY and self.wrong_attempt and self.offers_replies:
            if number == self.wrong_attempt.number:
                request_reply(self.wrong_attempt)
        elif level == HelpLevel.STEP and self.offers_steps:
            self._take_step(number)

    def _take_step(self, number: int) -> None:
        step = self.following_step
        if self._source is None:
            request_solution(self.version, None, self.enrollment)
        elif step is not None and step.number == number:
            give_or_withhold(
                self.enrollment, self.item, self.version, HelpLevel.STEP, step.number, step.text
            )


class ClimbForm(forms.Form):
    level = forms.ChoiceField(choices=HelpLevel)
    number = forms.IntegerField(min_value=0, max_value=1_000_000)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: AuthedRequest, **at: UUID) -> HttpResponse:
    """The help part of an item's page; posting takes the next piece of help."""
    access = requested_access(request, **at)
    item = access.item
    problem = climb(request, access) if request.method == "POST" else ""
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
        return redirect(f"{access.get_absolute_url()}#help")
    context = {"item": item, "ladder": ladder_at(access), "problem": problem}
    context["taken"] = request.POST.get("level", "")
    return render(request, "solutions/_ladder.html", context)


def climb(request: AuthedRequest, access: ItemAccess) -> str:
    """A sentence where nothing could be taken."""
    form = ClimbForm(request.POST)
    if not form.is_valid():
        return _("This help is not there.")
    if not is_allowed("help", request.user.pk, per_minute=HELP_A_MINUTE):
        return _("That was too fast. Wait a minute.")
    try:
        ladder_at(access).take(form.cleaned_data["level"], form.cleaned_data["number"])
    except NotNow as error:
        return str(error)
    return ""


def ladder_for(item: Item, answering: Answering) -> Ladder:
    """On a page that has the answering part too, and so knows the attempts."""
    at = (answering, item, answering.version, answering.attempts)
    return Ladder(*at, is_held=answering.is_held)


def ladder_at(access: ItemAccess) -> Ladder:
    attempts = list(access.attempts)
    return Ladder(access, access.item, access.version, attempts, is_held=access.is_held)
