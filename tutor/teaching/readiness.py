"""What the model achieves at the problems of a set: measured before a class meets them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.models import Item, ProblemSet
from tutor.assignments.problem_sets import items_of, visible_set
from tutor.engine.completion import Outcome
from tutor.grading import Verdict
from tutor.limits import is_allowed
from tutor.problems.content import InvalidRecord
from tutor.problems.models import ProblemVersion
from tutor.solutions.generation.readiness_samples import request_samples
from tutor.solutions.models import Sample, State
from tutor.solutions.tasks import missing_now, recipe_code

COUNTS = [4, 8, 16]
STARTS_A_MINUTE = 6


@dataclass(frozen=True)
class Answer:
    """One meaning of final answers, as the first of them was written."""

    text: str
    count: int
    verdict: str


@dataclass(frozen=True)
class Readiness:
    """One problem of the set. version: that which is sampled; None where there is none yet."""

    item: Item
    version: ProblemVersion | None
    samples: Sequence[Sample]

    @cached_property
    def judged(self) -> list[Sample]:
        """Those that came to an end of their own."""
        ended = (sample for sample in self.samples if sample.state == State.ENDED)
        return [sample for sample in ended if sample.outcome != Outcome.ENGINE_FAILED]

    @property
    def count(self) -> int:
        return len(self.judged)

    @property
    def waiting(self) -> int:
        return sum(sample.state != State.ENDED for sample in self.samples)

    @property
    def failed(self) -> int:
        return len(self.samples) - self.count - self.waiting

    @property
    def right(self) -> int:
        return sum(sample.verdict == Verdict.CORRECT for sample in self.judged)

    @property
    def percent_right(self) -> int:
        return round(100 * self.right / self.count) if self.count else 0

    @property
    def undecided(self) -> int:
        return sum(sample.verdict == Verdict.UNDECIDED for sample in self.judged)

    @property
    def no_answer(self) -> int:
        return sum(not sample.final_answer for sample in self.judged)

    @cached_property
    def answers(self) -> list[Answer]:
        """The commonest first; what was not compared yet stands by itself."""
        answered = [sample for sample in self.judged if sample.final_answer]
        counts = Counter(sample.answers_like or sample.number for sample in answered)
        firsts = {sample.number: sample for sample in answered}
        return [
            Answer(firsts[number].final_answer, count, firsts[number].verdict)
            for number, count in counts.most_common()
            if number in firsts
        ]

    @property
    def agreed(self) -> Answer | None:
        """The largest group of equal answers, which a vote would take."""
        return self.answers[0] if self.answers else None

    @property
    def is_weak(self) -> bool:
        """Whether a student would as a rule meet a wrong solution, so far as that was decided."""
        decided = self.count - self.undecided
        return decided > 0 and 2 * self.right < decided

    @property
    def tokens(self) -> int | None:
        return round(median(sample.tokens for sample in self.judged)) if self.judged else None

    @property
    def seconds(self) -> float | None:
        times = [sample.seconds for sample in self.judged if sample.seconds is not None]
        return median(times) if times else None


def readiness_of(items: Sequence[Item]) -> list[Readiness]:
    """Two queries. Of a problem with parameters it is the first variant that is sampled."""
    templates = [item.version for item in items if item.version and item.version.is_template]
    variants = {
        variant.template_id: variant
        for variant in ProblemVersion.objects.filter(template__in=templates, seed=1)
    }
    versions = {
        item.pk: variants.get(item.version.pk) if item.version.is_template else item.version
        for item in items
        if item.version
    }
    samples: dict[int, list[Sample]] = defaultdict(list)
    wanted = [version for version in versions.values() if version]
    for sample in Sample.objects.filter(version__in=wanted, recipe=recipe_code()):
        samples[sample.version_id].append(sample)
    return [
        Readiness(item, version, samples[version.pk] if version else [])
        for item in items
        for version in [versions.get(item.pk)]
    ]


class StartForm(forms.Form):
    count = forms.TypedChoiceField(coerce=int, choices=[(n, n) for n in COUNTS])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def readiness(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = visible_set(request, code)
    may_edit = ProblemSet.objects.editable_by(request.user).contains(found)
    may_start = request.user.is_teacher or request.user.is_superuser
    if request.method == "POST":
        _act(request, found, may_edit=may_edit, may_start=may_start)
        return redirect("readiness", found.code)
    rows = readiness_of(items_of(found))
    total = sum(len(row.samples) for row in rows)
    waiting = sum(row.waiting for row in rows)
    context = {
        "problem_set": found,
        "rows": rows,
        "may_edit": may_edit,
        "may_start": may_start,
        "counts": COUNTS,
        "recipe": recipe_code(),
        "total": total,
        "waiting": waiting,
        "ended": total - waiting,
        "missing": missing_now() if waiting else "",
    }
    if "HX-Request" not in request.headers:
        return render(request, "teaching/readiness.html", context)
    response = render(request, "teaching/_readiness.html", context)
    if not waiting:
        response["HX-Refresh"] = "true"  # the table has all of it now
    return response


def _act(request: AuthedRequest, found: ProblemSet, *, may_edit: bool, may_start: bool) -> None:
    act, _colon, name = request.POST.get("do", "").partition(":")
    if act in {"help_on", "help_off"} and may_edit:
        item = get_object_or_404(found.items.filter(code__in=_codes(name)))
        item.has_model_help = act == "help_on"
        item.save(update_fields=["has_model_help"])
    elif act == "stop" and may_start:
        _stop(found)
        messages.success(request, _("What was still waiting is not drawn. What is there stays."))
    elif act == "start" and may_start:
        _start(request, found)
    else:
        raise Http404


def _codes(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _start(request: AuthedRequest, found: ProblemSet) -> None:
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how many samples of each problem."))
        return
    if not is_allowed("readiness", request.user.pk, per_minute=STARTS_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return
    versions = [version for item in items_of(found) if (version := _sampled(item))]
    with transaction.atomic():
        new = request_samples(versions, form.cleaned_data["count"])
    text = ngettext("%(n)s sample is being drawn.", "%(n)s samples are being drawn.", new)
    nothing = _("There are so many already. A problem that is changed is sampled anew.")
    messages.success(request, text % {"n": new} if new else nothing)


def _sampled(item: Item) -> ProblemVersion | None:
    try:
        return item.version.variant(1) if item.version else None
    except InvalidRecord:
        return None  # its parameters have no values any more


def _stop(found: ProblemSet) -> None:
    problems = found.items.values("problem")
    Sample.objects.queued().filter(version__problem__in=problems).delete()
