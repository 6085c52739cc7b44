"""Exercises are made by a worker, one set after the other."""

from tutor.assignments.models import Item
from tutor.attempts.exercises.made_exercises import forget_asking, make_and_store
from tutor.celery import app
from tutor.limits import charge_cpu_to, run_alone
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit

MAX_TURN_S = 150  # on the clock; then its worker is ended
LAST = 9  # priority of a message: answers come before it


def queue_exercises(item: Item, version: ProblemVersion, user_pk: int) -> None:
    """user_pk: of the student to whom the making is charged."""
    queue_on_commit(make_exercises, item.pk, version.pk, user_pk, priority=LAST)


@app.task(time_limit=MAX_TURN_S)
def make_exercises(item_pk: int, version_pk: int, user_pk: int) -> None:
    """Make those of a student's variant, unless others are made now: the page asks again."""
    version = ProblemVersion.objects.filter(pk=version_pk).first()
    item = Item.objects.filter(pk=item_pk).first()
    if version is None or item is None:
        return
    with run_alone("exercises", max_s=MAX_TURN_S) as is_acquired:
        if is_acquired:
            with charge_cpu_to(user_pk):
                make_and_store(item, version)
    forget_asking(version)
