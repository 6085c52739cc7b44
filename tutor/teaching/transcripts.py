"""What help a student had with an item, and what they answered, in the order in which it came."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.models import Attempt, GivenHelp, Practice, WithheldHelp, WorkingCheck
from tutor.courses.access import may_manage, visible_section
from tutor.courses.models import Enrollment
from tutor.materials.models import Citation


@dataclass(frozen=True)
class Event:
    """One of the four is there. practice: the number of the further variant; 0 for none.

    citations: passages to which the given help points.
    """

    at: datetime
    practice: int
    given: GivenHelp | None = None
    withheld: WithheldHelp | None = None
    attempt: Attempt | None = None
    check: WorkingCheck | None = None
    citations: list[Citation] = field(default_factory=list)


def events_of(place: Enrollment, item: Item) -> list[Event]:
    """Six queries, the oldest event first."""
    at_item = {"enrollment": place, "item": item}
    given = GivenHelp.objects.filter(**at_item).select_related("version")
    withheld = WithheldHelp.objects.filter(**at_item).select_related("version")
    attempts = list(Attempt.with_practice.filter(**at_item).select_related("grade", "version"))
    cited = Citation.objects.of(attempts)
    read_again = {(one.version_id, one.number): cited[one.pk] for one in attempts}
    checks = WorkingCheck.objects.filter(**at_item)
    practice = dict(Practice.objects.of(place, item).values_list("version", "number"))
    events: Iterable[Event] = chain(
        (
            Event(
                one.given_at,
                practice.get(one.version_id, 0),
                given=one,
                citations=read_again.get((one.version_id, one.number), [])
                if one.level == HelpLevel.REPLY
                else [],
            )
            for one in given
        ),
        (Event(one.withheld_at, practice.get(one.version_id, 0), withheld=one) for one in withheld),
        (Event(one.checked_at, practice.get(one.version_id, 0), check=one) for one in checks),
        (Event(one.submitted_at, practice.get(one.version_id, 0), attempt=one) for one in attempts),
    )
    return sorted(events, key=lambda event: event.at)


@login_required
@require_safe
def transcript(request: AuthedRequest, code: UUID, username: str, item: UUID) -> HttpResponse:
    section = visible_section(request, code)
    places = section.enrollments.select_related("user")
    place = get_object_or_404(places, user__username=username)
    items = Item.objects.filter(problem_set__assignments__section=section)
    found = get_object_or_404(items.select_related("problem__current").distinct(), code=item)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "member": place,
        "item": found,
        "assignment": section.assignments.filter(problem_set=found.problem_set_id)
        .select_related("problem_set")
        .get(),
        "events": events_of(place, found),
    }
    return render(request, "teaching/transcript.html", context)
