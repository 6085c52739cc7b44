"""A problem of one's own, made from that of somebody else."""

from accounts.models import User
from tutor.problems.editing.form import free_slug
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord


def store_copy(record: ProblemRecord, owner: User) -> Problem:
    copied = Problem.objects.create(
        slug=free_slug(f"{record.slug}-copy"),
        owner=owner,
        source=record.source,
        licence=record.licence,
        category=record.category,
    )
    copied.tag(record.skills)
    copied.revise(record.content)
    return copied
