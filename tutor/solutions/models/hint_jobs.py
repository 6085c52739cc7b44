"""Rows about an attempt that a worker of the model claims: hints, and drafts for teachers."""

from datetime import timedelta
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from tutor.solutions.models.solution import State

WRITTEN_WITHIN = timedelta(minutes=5)  # longer than all tries of a worker together

J = TypeVar("J", bound=models.Model)


class HintJobQuerySet(models.QuerySet[J]):
    def claim(self, pk: int) -> J | None:
        """Give a queued row to the caller; None where another was first."""
        claimed = self.filter(pk=pk, state=State.QUEUED).update(
            state=State.STREAMING, tries=F("tries") + 1, claimed_at=timezone.now()
        )
        whole = self.select_related(
            "attempt__version__problem", "attempt__enrollment__section", "attempt__item"
        )
        return whole.get(pk=pk) if claimed else None

    def abandoned(self) -> Self:
        """Those that a worker claimed so long ago that it must be lost."""
        return self.filter(state=State.STREAMING, claimed_at__lt=timezone.now() - WRITTEN_WITHIN)

    def finish(self, job: Any, **columns: object) -> bool:
        """Write the end, once; False where another worker has claimed it meanwhile."""
        own = self.filter(pk=job.pk, tries=job.tries).exclude(state=State.ENDED)
        return bool(own.update(state=State.ENDED, ended_at=timezone.now(), **columns))

    def give_back(self, job: Any) -> None:
        """Let another worker claim it."""
        self.filter(pk=job.pk, tries=job.tries).update(state=State.QUEUED)
