from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.solutions.log.token_log import Record, unpacked
from tutor.solutions.models.solution import Solution


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def records(self) -> list[Record]:
        """What was kept of one solution's log, from its first entry on."""
        pieces = self.order_by("place").values_list("records", flat=True)
        return [unpacked(*packed) for piece in pieces for packed in piece]

    def keep(self, checkpoints: "list[Checkpoint]") -> None:
        """Write them, in place of shorter ones of which their writer does not know."""
        self.bulk_create(
            checkpoints,
            update_conflicts=True,
            unique_fields=["solution", "place"],
            update_fields=["records"],
        )


class Checkpoint(models.Model):
    """The part of a running solution's log since the checkpoint before, for a Redis that loses it.

    Its worker writes one every two seconds. place: how many entries come before the first of
    `records`, which are as `Record.packed` says, each with its id in front.
    """

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="checkpoints")
    place = models.PositiveIntegerField()
    records = models.JSONField()

    objects: ClassVar[CheckpointQuerySet] = CheckpointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("checkpoint of a solution")
        verbose_name_plural = _("checkpoints of solutions")
        constraints = (
            models.UniqueConstraint(fields=["solution", "place"], name="one_checkpoint_per_place"),
        )

    def __str__(self) -> str:
        return f"{self.solution} · {self.place}"

    @classmethod
    def of(cls, solution: Solution, place: int, records: Sequence[Record]) -> "Checkpoint":
        packed = [[record.id, *record.packed()] for record in records]
        # As an expression: plain values of many rows would go as one array, and psycopg would take
        # a tenth of the worker's time to quote it.
        expression = models.Value(packed, output_field=models.JSONField())
        return cls(solution=solution, place=place, records=expression)
