"""The geometry of the charts that templates draw. Tables show every number of them too."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.evaluation.estimators import Estimate
from tutor.evaluation.summary import LengthBin, ScoreAtK

WIDTH, HEIGHT = 360, 220  # in the chart's units: about a pixel each on a phone
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 10, 30
_INNER_WIDTH, _INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
SHORT = 120  # the width of a chart within a line


@dataclass(frozen=True)
class Tick:
    at: str
    label: str


@dataclass(frozen=True)
class Point:
    x: str
    y: str


@dataclass(frozen=True)
class CurveChart:
    """pass@k and maj@k as curves. majority: empty if answers were not compared."""

    passed: Sequence[Point]
    majority: Sequence[Point]
    across: Sequence[Tick]
    up: Sequence[Tick]

    @property
    def passed_line(self) -> str:
        return _line(self.passed)

    @property
    def majority_line(self) -> str:
        return _line(self.majority)


@dataclass(frozen=True)
class ChartColumn:
    """One column: right samples at the bottom, the others above."""

    x: str
    width: str
    right_y: str
    right_height: str
    others_y: str
    others_height: str


@dataclass(frozen=True)
class ColumnChart:
    columns: Sequence[ChartColumn]
    across: Sequence[Tick]
    up: Sequence[Tick]


@dataclass(frozen=True)
class IntervalChart:
    """A share with its interval, on a line from 0 to 1."""

    low: str
    value: str
    width: str


@dataclass(frozen=True)
class BarSegment:
    name: str
    x: str
    width: str


def curves(score: Estimate, many: Sequence[ScoreAtK]) -> CurveChart:
    """The k have equal distances on the axis: each is usually twice the one before."""
    ks = [1, *(entry.k for entry in many)]
    passed = [score, *(entry.passed for entry in many)]
    majorities = [score, *(entry.majority for entry in many if entry.majority)]
    xs = [LEFT + _INNER_WIDTH * (n + 0.5) / len(ks) for n in range(len(ks))]
    return CurveChart(
        [_point(x, estimate.value) for x, estimate in zip(xs, passed, strict=True)],
        [_point(x, estimate.value) for x, estimate in zip(xs, majorities, strict=False)]
        if len(majorities) > 1
        else [],
        [Tick(_short(x), str(k)) for x, k in zip(xs, ks, strict=True)],
        [Tick(_short(_height(share)), f"{100 * share:.0f}%") for share in (0, 0.25, 0.5, 0.75, 1)],
    )


def columns(bars: Sequence[LengthBin]) -> ColumnChart:
    highest = max(bar.right + bar.others for bar in bars) or 1
    step = _INNER_WIDTH / len(bars)
    chart_columns = []
    for n, bar in enumerate(bars):
        right, both = _height(bar.right / highest), _height((bar.right + bar.others) / highest)
        chart_columns.append(
            ChartColumn(
                x=_short(LEFT + n * step + 1),
                width=_short(max(1.0, step - 2)),
                right_y=_short(right),
                right_height=_short(TOP + _INNER_HEIGHT - right),
                others_y=_short(both),
                others_height=_short(right - both),
            )
        )
    every = max(1, -(-len(bars) // 4))  # at most four labels and the last end fit
    bounds = [(n, bars[n].low) for n in range(0, len(bars), every) if n + every <= len(bars)]
    bounds.append((len(bars), bars[-1].high + 1))
    across = [Tick(_short(LEFT + n * step), str(bound)) for n, bound in bounds]
    counts = sorted({0, highest // 2, highest})
    return ColumnChart(
        chart_columns, across, [Tick(_short(_height(n / highest)), str(n)) for n in counts]
    )


def interval_chart(estimate: Estimate) -> IntervalChart:
    low, high = (_share(end) * (SHORT - 8) + 4 for end in (estimate.low, estimate.high))
    value = _share(estimate.value) * (SHORT - 8) + 4
    return IntervalChart(_short(low), _short(value), _short(max(1.0, high - low)))


def bar_segments(counts: Sequence[tuple[str, int]]) -> list[BarSegment]:
    """Segments side by side, as wide as their counts; a count of 0 has none."""
    total = sum(count for _, count in counts)
    segments, x = [], 0.0
    for name, count in counts:
        if count > 0:
            width = WIDTH * count / total
            segments.append(BarSegment(name, _short(x), _short(width)))
            x += width
    return segments


def _point(x: float, share: float) -> Point:
    return Point(_short(x), _short(_height(share)))


def _height(share: float) -> float:
    return TOP + _INNER_HEIGHT * (1 - _share(share))


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _line(points: Sequence[Point]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in points)


def _short(value: float) -> str:
    return f"{value:.1f}"
