"""The wrong answers to one item of an assignment, those of one meaning together."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.advice import (
    WRONG,
    is_wrong_at,
    part_reading_key,
    reading_key,
    spread,
    wrong_answers,
    wrong_at_part,
)
from tutor.attempts.models import Advice, Attempt
from tutor.courses.access import may_manage
from tutor.grading import group_answers
from tutor.grading.multipart import LETTERS
from tutor.problems.models import ProblemVersion
from tutor.teaching.access import assignment_or_404
from tutor.teaching.forms import AdviceForm
from tutor.teaching.statistics import part_figures, statistics_of
from tutor.teaching.tasks import send_advice

GROUPING_S = 2.0  # of one page, for all its versions together
SPREADING_S = 1.0  # what is not reached then is a worker's
MOST_EXAMPLES = 6
MOST_GROUPS = 60


@dataclass(frozen=True)
class Said:
    """A wrong answer: that of an attempt, or that to one of its parts."""

    attempt: Attempt
    text: str
    reading: str
    advice: Advice | None


@dataclass
class AnswerGroup:
    """Answers of one meaning. written: each way to write it, with how often it came.

    letter: of the part that they answer; empty where the problem has none.
    """

    version: ProblemVersion
    letter: str
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
    """The commonest first, part by part. Answers mean something by their own variant alone."""
    rows: dict[tuple[ProblemVersion, str], list[Said]] = defaultdict(list)
    advice = assignment.advice.filter(item=item).exclude(part="").select_related("author").in_bulk()
    for attempt in (
        Attempt.objects.filter(
            item=item, enrollment__section=assignment.section_id, grade__verdict__in=WRONG
        )
        .select_related("version__answer_key", "advice", "grade")
        .defer("working", "checks")
        .order_by("pk")
    ):
        for letter, said in _wrong_in(attempt, advice):
            rows[attempt.version, letter].append(said)
    groups: list[AnswerGroup] = []
    is_whole = True
    for (version, letter), said_there in rows.items():
        found, is_finished = _grouped(version, letter, said_there, GROUPING_S / len(rows))
        groups += found
        is_whole = is_whole and is_finished
    groups.sort(key=lambda one: (one.letter, -one.students, -one.attempts, one.answer))
    return AnswerGroups(groups, is_whole)


def _wrong_in(attempt: Attempt, advice: dict[int, Advice]) -> Iterator[tuple[str, Said]]:
    """By the letter of the part; a part that was left empty says nothing."""
    if not attempt.parts:
        yield "", Said(attempt, attempt.response, attempt.reading, attempt.advice)
    for place, row in enumerate(attempt.parts):
        if is_wrong_at(attempt, place):
            known = advice.get(row.get("advice", 0))
            yield LETTERS[place], Said(attempt, row["response"], row["reading"], known)


def _grouped(
    version: ProblemVersion, letter: str, said: list[Said], within_s: float
) -> tuple[list[AnswerGroup], bool]:
    counts = Counter(one.text for one in said)
    answers = [answer for answer, _count in counts.most_common()]
    key = part_reading_key(version, letter) if letter else reading_key(version)
    if key is None:
        return [_group(version, letter, said, [answer], counts) for answer in answers], True
    grouping = group_answers(answers, key, within_s)
    return [
        _group(version, letter, said, [answers[place] for place in places], counts)
        for places in grouping.groups
    ], grouping.is_whole


def _group(
    version: ProblemVersion, letter: str, said: list[Said], answers: list[str], counts: Counter[str]
) -> AnswerGroup:
    members = [one for one in said if one.text in set(answers)]
    return AnswerGroup(
        version=version,
        letter=letter,
        attempts=len(members),
        students=len({one.attempt.enrollment_id for one in members}),
        written=[(answer, counts[answer]) for answer in answers],
        reading=next((one.reading for one in members if one.text == answers[0]), ""),
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
        "parts": part_figures(assignment, found),
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
    part = form.cleaned_data["part"]
    if part not in (LETTERS[: len(version.parts)] if version.parts else [""]):
        raise Http404
    advice = Advice(
        assignment=assignment,
        item=found,
        version=version,
        part=part,
        answer=form.cleaned_data["answer"],
        text=form.cleaned_data["text"],
        author=request.user,
    )
    _given(advice).delete()  # its attempts keep none, or get the new one
    if advice.text:
        advice.save()
        if not spread(advice, SPREADING_S):
            send_advice(advice.pk)
        messages.success(request, _("All who gave this answer read it, and all who will give it."))
    else:
        messages.success(request, _("Nothing is said to this answer any more."))
    return address


def _given(advice: Advice) -> QuerySet[Advice]:
    """What was said so far to who gave this very answer; a 404 where nobody did."""
    if not advice.part:
        given = wrong_answers(advice).filter(response=advice.answer)
        return Advice.objects.filter(attempts=get_object_or_404(given[:1]))
    rows = [attempt.parts[LETTERS.index(advice.part)] for attempt in wrong_at_part(advice)]
    said = [row.get("advice") for row in rows if row["response"] == advice.answer]
    if not said:
        raise Http404
    return Advice.objects.filter(pk=said[0])


def item_or_404(request: AuthedRequest, code: UUID, item: UUID) -> tuple[Assignment, Item]:
    assignment = assignment_or_404(request.user, code)
    items = Item.objects.filter(problem_set=assignment.problem_set_id)
    return assignment, get_object_or_404(
        items.select_related("problem__current", "problem_set"), code=item
    )
