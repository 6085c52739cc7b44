"""Bars of numbers, for the charts of a teacher's pages. Beside each is a table of the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

WIDTH, HEIGHT, LABELS = 360, 120, 20  # in the units of the drawing; labels are below the bars
NUMBERS = 18  # above the highest bar
GAP = 0.25  # between bars, as a share of their distance
MAX_BARS = 12
BOUNDS = (0, 20, 40, 60, 80, 100)  # of the bins of results, in percent


@dataclass(frozen=True)
class ResultBar:
    label: str
    number: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def number_y(self) -> float:
        return self.y - 4


@dataclass(frozen=True)
class ResultChart:
    bars: list[ResultBar]
    width: int = WIDTH
    height: int = HEIGHT + LABELS

    @property
    def base(self) -> int:
        return HEIGHT

    @property
    def label_y(self) -> int:
        return HEIGHT + LABELS - 4


def bar_chart(rows: Sequence[tuple[str, int]], highest: int = 0, unit: str = "") -> ResultChart:
    """The last twelve rows. highest: the value of a bar of full height, by default the largest."""
    rows = rows[-MAX_BARS:]
    top = max([highest, 1, *(value for _label, value in rows)])
    step = WIDTH / max(len(rows), 1)
    return ResultChart([_bar(n, step, row, top, unit) for n, row in enumerate(rows)])


def _bar(n: int, step: float, row: tuple[str, int], top: int, unit: str) -> ResultBar:
    label, value = row
    height = round((HEIGHT - NUMBERS) * value / top, 1)
    width = round(min(step, 60) * (1 - GAP), 1)
    x = round(n * step + (step - width) / 2, 1)
    return ResultBar(label, f"{value}{unit}", x, HEIGHT - height, width, height)


def distribution(percents: Iterable[Decimal]) -> list[tuple[str, int]]:
    """How many results are in each bin: 0–19, 20–39, …, and 100 percent alone."""
    counts = [0] * len(BOUNDS)
    for percent in percents:
        counts[sum(bound <= percent for bound in BOUNDS[1:])] += 1
    ends = [f"{low}–{high - 1}" for low, high in pairwise(BOUNDS)]
    return list(zip([*ends, str(BOUNDS[-1])], counts, strict=True))
