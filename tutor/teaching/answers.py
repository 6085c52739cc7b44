"""The wrong answers to one item of an assignment, those of one meaning together."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.advice import reading_key, spread, wrong_answers
from tutor.attempts.models import Advice, Attempt
from tutor.courses.views import may_manage
from tutor.grading import Verdict, group_answers
from tutor.problems.models import ProblemVersion
from tutor.teaching.access import assignment_or_404
from tutor.teaching.forms import AdviceForm
from tutor.teaching.statistics import statistics_of
from tutor.teaching.tasks import send_advice

GROUPING_S = 2.0  # of one page, for all its versions together
SPREADING_S = 1.0  # what is not reached then is a worker's
MOST_EXAMPLES = 6
MOST_GROUPS = 60


@dataclass
class AnswerGroup:
    """Answers of one meaning. written: each way to write it, with how often it came."""

    version: ProblemVersion
    attempts: int
    students: int
    written: list[tuple[str, int]]
    reading: str
    advice: Advice | None

    @property
    def answer(self) -> str:
        """The commonest way to write it stands for all."""
        return self.written[0][0]

    @property
    def examples(self) -> list[tuple[str, int]]:
        return self.written[:MOST_EXAMPLES]

    @property
    def more(self) -> int:
        return max(0, len(self.written) - MOST_EXAMPLES)


@dataclass(frozen=True)
class AnswerGroups:
    """is_whole: False where the time did not suffice to compare each answer."""

    groups: list[AnswerGroup]
    is_whole: bool

    @property
    def shown(self) -> list[AnswerGroup]:
        return self.groups[:MOST_GROUPS]

    @property
    def versions(self) -> int:
        return len({group.version.pk for group in self.groups})


def answer_groups(assignment: Assignment, item: Item) -> AnswerGroups:
    """The commonest first. A variant's answers mean something by that variant alone."""
    rows: dict[ProblemVersion, list[Attempt]] = defaultdict(list)
    wrong = [Verdict.INCORRECT, Verdict.UNDECIDED]
    for attempt in (
        Attempt.objects.filter(
            item=item, enrollment__section=assignment.section_id, grade__verdict__in=wrong
        )
        .select_related("version__answer_key", "advice")
        .defer("working", "checks")
        .order_by("pk")
    ):
        rows[attempt.version].append(attempt)
    groups: list[AnswerGroup] = []
    is_whole = True
    for version, attempts in rows.items():
        found, is_finished = _grouped(version, attempts, GROUPING_S / len(rows))
        groups += found
        is_whole = is_whole and is_finished
    groups.sort(key=lambda group: (-group.students, -group.attempts, group.answer))
    return AnswerGroups(groups, is_whole)


def _grouped(
    version: ProblemVersion, attempts: list[Attempt], within_s: float
) -> tuple[list[AnswerGroup], bool]:
    counts = Counter(attempt.response for attempt in attempts)
    answers = [answer for answer, _count in counts.most_common()]
    key = reading_key(version)
    if key is None:
        return [_group(version, attempts, [answer], counts) for answer in answers], True
    grouping = group_answers(answers, key, within_s)
    return [
        _group(version, attempts, [answers[place] for place in places], counts)
        for places in grouping.groups
    ], grouping.is_whole


def _group(
    version: ProblemVersion, attempts: list[Attempt], answers: list[str], counts: Counter[str]
) -> AnswerGroup:
    members = [attempt for attempt in attempts if attempt.response in set(answers)]
    return AnswerGroup(
        version=version,
        attempts=len(members),
        students=len({attempt.enrollment_id for attempt in members}),
        written=[(answer, counts[answer]) for answer in answers],
        reading=next((one.reading for one in members if one.response == answers[0]), ""),
        advice=next((one.advice for one in members if one.advice), None),
    )


@login_required
@require_safe
def answers(request: AuthedRequest, code: UUID, item: UUID) -> HttpResponse:
    assignment, found = item_or_404(request, code, item)
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "item": found,
        "figures": statistics_of(assignment, [found])[0],
        "found": answer_groups(assignment, found),
    }
    return render(request, "teaching/answers.html", context)


@login_required
@require_POST
def advise(request: AuthedRequest, code: UUID, item: UUID) -> HttpResponse:
    """Say something to all who give an answer of this meaning, now and later."""
    assignment, found = item_or_404(request, code, item)
    form = AdviceForm(request.POST)
    address = redirect("answers", assignment.code, found.code)
    if not form.is_valid():
        messages.error(request, form.first_error)
        return address
    version = get_object_or_404(ProblemVersion, code=form.cleaned_data["version"])
    advice = Advice(
        assignment=assignment,
        item=found,
        version=version,
        answer=form.cleaned_data["answer"],
        text=form.cleaned_data["text"],
        author=request.user,
    )
    given = wrong_answers(advice).filter(response=advice.answer).select_related("advice")
    attempt = get_object_or_404(given[:1])
    if attempt.advice:
        attempt.advice.delete()  # its attempts keep none, or get the new one
    if advice.text:
        advice.save()
        if not spread(advice, SPREADING_S):
            send_advice(advice.pk)
        messages.success(request, _("All who gave this answer read it, and all who will give it."))
    else:
        messages.success(request, _("Nothing is said to this answer any more."))
    return address


def item_or_404(request: AuthedRequest, code: UUID, item: UUID) -> tuple[Assignment, Item]:
    assignment = assignment_or_404(request.user, code)
    items = Item.objects.filter(problem_set=assignment.problem_set_id)
    return assignment, get_object_or_404(
        items.select_related("problem__current", "problem_set"), code=item
    )
