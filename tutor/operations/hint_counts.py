"""What became of the drafts of hints that teachers had each model write."""

from dataclasses import dataclass

from django.db.models import Count, Q

from tutor.solutions.models import HintDraft, State


@dataclass(frozen=True)
class DraftCounts:
    """The drafts of one model and prompt, by `HintDraft.Fate` in its order."""

    recipe: str
    open: int
    taken: int
    edited: int
    dropped: int
    none: int


def draft_counts() -> list[DraftCounts]:
    """By model and prompt; one query."""
    fates = HintDraft.Fate
    counts = {fate.name.lower(): Count("pk", filter=Q(fate=fate)) for fate in fates}
    rows = HintDraft.objects.filter(state=State.ENDED).order_by("recipe").values("recipe")
    return [DraftCounts(*row) for row in rows.annotate(**counts).values_list("recipe", *counts)]
