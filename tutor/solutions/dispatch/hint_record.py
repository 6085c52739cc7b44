"""How the drafts of a model's hints have fared in their checks.

A model whose drafts are mostly withheld is not asked: its students wait for nothing, and no check
finds every wrong hint. What the answer alone tells, and the next line, take its place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db.models import Q, QuerySet
from django.utils import timezone

from tutor.engine.prompts import hint_recipe_for
from tutor.prepared import prepared
from tutor.solutions.dispatch.model_choice import recipe_in_force
from tutor.solutions.models import AnswerHint, State

LATEST = 20  # hints of which the record is made
MIN_HINTS = 10  # below which nothing is claimed
MAX_WITHHELD = 0.5  # of the drafts
AGE = timedelta(days=30)  # of the oldest hint; so the model gets another chance

_GIVEN = (AnswerHint.Source.MISTAKE, AnswerHint.Source.IDEA)


@dataclass(frozen=True)
class HintRecord:
    """Of the latest hints by one model and prompt. drafts, withheld: of all of them together."""

    code: str
    hints: int
    drafts: int
    withheld: int

    @property
    def percent_withheld(self) -> int:
        return round(100 * self.withheld / self.drafts) if self.drafts else 0

    @property
    def is_trusted(self) -> bool:
        return self.hints < MIN_HINTS or self.withheld <= MAX_WITHHELD * self.drafts


def hint_code_in_force() -> str:
    """The model that writes hints now, and its prompt; only the model where it writes none."""
    return _hint_code(recipe_in_force().model)


def _hint_code(model: str) -> str:
    recipe = hint_recipe_for(model)
    name = PurePath(model).name
    return f"{name} {recipe.code}" if recipe else name


def record_of(code: str) -> HintRecord:
    """One query."""
    rows = _drafted_since(code, f"{code} ", timezone.now() - AGE)
    withheld = sum(count for _source, count in rows)
    given = sum(source in _GIVEN for source, _count in rows)
    return HintRecord(code, len(rows), given + withheld, withheld)


@prepared
def _drafted_since(
    code: str, beginning: str, since: datetime
) -> QuerySet[AnswerHint, tuple[str, int]]:
    """The sources and counts of the latest ones by `code`, or by one that begins so."""
    drafted = AnswerHint.objects.filter(
        Q(recipe=code) | Q(recipe__startswith=beginning),
        Q(source__in=_GIVEN) | Q(withheld__gt=0),
        state=State.ENDED,
        ended_at__gt=since,
    )
    return drafted.order_by("-pk").values_list("source", "withheld")[:LATEST]


def asks_model_for_hints() -> bool:
    """Whether the model in force writes hints, and they have mostly passed their checks."""
    model = recipe_in_force().model
    return hint_recipe_for(model) is not None and record_of(_hint_code(model)).is_trusted


def hint_records() -> list[HintRecord]:
    """Of every model and prompt that has drafted hints lately; as many queries as these."""
    recent = AnswerHint.objects.filter(state=State.ENDED, ended_at__gt=timezone.now() - AGE)
    codes = recent.exclude(recipe="").order_by("recipe").values_list("recipe", flat=True)
    records = (record_of(code) for code in codes.distinct()[:LATEST])
    return [record for record in records if record.hints]
