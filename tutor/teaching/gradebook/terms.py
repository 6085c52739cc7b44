"""Which students have an assignment, and under which dates."""

from tutor.assignments.models import Assignment, overridden_terms
from tutor.courses.models import Enrollment, Section

OwnTerms = dict[tuple[int, int], Assignment]  # by enrollment and assignment


def own_terms(section: Section) -> OwnTerms:
    """For students with own terms anywhere in the section: what holds in each assignment."""
    overridden = overridden_terms(section)
    assignments = list(section.assignments.all())
    return {
        (enrollment, assignment.pk): overridden.get((enrollment, assignment.pk), assignment)
        for enrollment in {enrollment for enrollment, _ in overridden}
        for assignment in assignments
    }


def assigned_pairs(section: Section) -> set[tuple[int, int]]:
    """Assignment and enrollment, for the assignments that only some students have."""
    rows = Assignment.objects.filter(section=section, for_all=False).for_students(
        section.enrollments.all(), "effective_due_at"
    )
    return {(row.pk, row.enrollment_pk) for row in rows}


def is_assigned(
    assignment: Assignment, enrollment: Enrollment, pairs: set[tuple[int, int]]
) -> bool:
    """pairs: from `assigned_pairs`."""
    return assignment.for_all or (assignment.pk, enrollment.pk) in pairs
