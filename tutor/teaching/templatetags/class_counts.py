"""What the tabs of a class count."""

from dataclasses import dataclass

from django import template
from django.utils import timezone

from tutor.courses.models import Section
from tutor.teaching.stuck_students import STUCK_WITHIN, stuck_in, students_count
from tutor.teaching.waiting_answers import waiting_counts

register = template.Library()


@dataclass(frozen=True)
class ClassCounts:
    """waiting: answers that need grading. stuck: students."""

    waiting: int
    stuck: int


@register.simple_tag
def class_counts(section: Section) -> ClassCounts:
    """Three queries."""
    waiting = waiting_counts([section]).get(section.pk, 0)
    stuck = stuck_in(section, timezone.now() - STUCK_WITHIN)
    return ClassCounts(waiting, students_count(stuck))
