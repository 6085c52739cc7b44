"""Limits on new solutions: a student's slots, and the class's tokens of the day.

A solution that is there already costs nothing, and neither does one that somebody else asked for.
Teachers, who demonstrate, have no limit.
"""

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from tutor.courses.models import Enrollment, Section
from tutor.solutions.models import Solution, State


class QuotaReached(Exception):
    """Says why, and what to do instead, in the student's language."""


def check_quotas(enrollment: Enrollment) -> None:
    """Raise QuotaReached where the student may have no new solution now.

    Call it in the transaction that stores the solution: it lets one transaction by at a time.
    """
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    running = (
        Solution.objects.exclude(state=State.ENDED)
        .filter(enrollment__user=enrollment.user_id)
        .order_by("pk")
    )
    titles = list(running.values_list("version__title", flat=True))
    if len(titles) >= settings.SOLUTION_SLOTS:
        raise QuotaReached(
            _(
                "Still being worked out for you: %(titles)s. Wait until one has ended, or cancel "
                "one, and ask again."
            )
            % {"titles": ", ".join(titles)}
        )
    if tokens_left(enrollment.section) == 0:
        raise QuotaReached(
            _(
                "Your class has used up today’s new solutions. You can still see the ones that are "
                "there. Ask for new ones tomorrow."
            )
        )


def tokens_left(section: Section) -> int | None:
    """The class's tokens that are left today; None where the teacher has set no limit."""
    if section.daily_tokens is None:
        return None
    of_class = Solution.objects.begun_today(section).filter(enrollment__section=section)
    used = of_class.aggregate(tokens=Sum("completion_tokens"))["tokens"]
    return max(0, section.daily_tokens - (used or 0))
