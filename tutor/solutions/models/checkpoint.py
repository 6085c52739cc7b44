from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.solutions.log.token_log import LogRecord, unpacked
from tutor.solutions.models.solution import Solution


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def records(self) -> list[LogRecord]:
        """The stored part of one solution's log, from its first entry on."""
        pieces = self.order_by("position").values_list("records", flat=True)
        return [unpacked(*packed) for piece in pieces for packed in piece]

    def store(self, checkpoints: "list[Checkpoint]") -> None:
        """Write them, replacing shorter ones that an earlier worker may have written."""
        self.bulk_create(
            checkpoints,
            update_conflicts=True,
            unique_fields=["solution", "position"],
            update_fields=["records"],
        )


class Checkpoint(models.Model):
    """A part of a running solution's log, in case Redis loses the log.

    The worker writes one every two seconds, with the entries since the last. position: how many
    entries come before the first of `records`, which are in the form of `LogRecord.packed`, each
    with its id in front.
    """

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="checkpoints")
    position = models.PositiveIntegerField()
    records = models.JSONField()

    objects: ClassVar[CheckpointQuerySet] = CheckpointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("checkpoint of a solution")
        verbose_name_plural = _("checkpoints of solutions")
        constraints = (
            models.UniqueConstraint(
                fields=["solution", "position"], name="one_checkpoint_per_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.solution} · {self.position}"

    @classmethod
    def of(cls, solution: Solution, position: int, records: Sequence[LogRecord]) -> "Checkpoint":
        packed = [[record.id, *record.packed()] for record in records]
        # As an expression: plain values of many rows would go as one array, and psycopg would take
        # a tenth of the worker's time to quote it.
        expression = models.Value(packed, output_field=models.JSONField())
        return cls(solution=solution, position=position, records=expression)
