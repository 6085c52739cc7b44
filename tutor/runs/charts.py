"""The geometry of the charts, which templates draw. Every number in them stands in a table too."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.evaluation.estimators import Estimate
from tutor.evaluation.summary import Bar, OfMany

WIDTH, HEIGHT = 360, 220  # of a chart's own units: about a pixel each on a phone
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
class Curves:
    """What k samples achieve. majority: empty where answers were not compared."""

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
class Column:
    """One bar: the right ones below, the others on them."""

    x: str
    width: str
    right_y: str
    right_height: str
    others_y: str
    others_height: str


@dataclass(frozen=True)
class Columns:
    columns: Sequence[Column]
    across: Sequence[Tick]
    up: Sequence[Tick]


@dataclass(frozen=True)
class Reach:
    """A share with its interval, on a line from 0 to 1."""

    low: str
    value: str
    width: str


@dataclass(frozen=True)
class Piece:
    name: str
    x: str
    width: str


def curves(score: Estimate, many: Sequence[OfMany]) -> Curves:
    """By k, of which each has the same distance to the next: they double as a rule."""
    ks = [1, *(one.k for one in many)]
    passed = [score, *(one.passed for one in many)]
    majorities = [score, *(one.majority for one in many if one.majority)]
    xs = [LEFT + _INNER_WIDTH * (n + 0.5) / len(ks) for n in range(len(ks))]
    return Curves(
        [_point(x, found.value) for x, found in zip(xs, passed, strict=True)],
        [_point(x, found.value) for x, found in zip(xs, majorities, strict=False)]
        if len(majorities) > 1
        else [],
        [Tick(_short(x), str(k)) for x, k in zip(xs, ks, strict=True)],
        [Tick(_short(_height(share)), f"{100 * share:.0f} %") for share in (0, 0.25, 0.5, 0.75, 1)],
    )


def columns(bars: Sequence[Bar]) -> Columns:
    most = max(bar.right + bar.others for bar in bars) or 1
    step = _INNER_WIDTH / len(bars)
    drawn = []
    for n, bar in enumerate(bars):
        right, both = _height(bar.right / most), _height((bar.right + bar.others) / most)
        drawn.append(
            Column(
                x=_short(LEFT + n * step + 1),
                width=_short(max(1.0, step - 2)),
                right_y=_short(right),
                right_height=_short(TOP + _INNER_HEIGHT - right),
                others_y=_short(both),
                others_height=_short(right - both),
            )
        )
    every = max(1, -(-len(bars) // 4))  # so many labels have room
    across = [Tick(_short(LEFT + n * step), str(bars[n].low)) for n in range(0, len(bars), every)]
    counts = sorted({0, most // 2, most})
    return Columns(drawn, across, [Tick(_short(_height(n / most)), str(n)) for n in counts])


def reach(found: Estimate) -> Reach:
    low, high = (_share(end) * (SHORT - 8) + 4 for end in (found.low, found.high))
    value = _share(found.value) * (SHORT - 8) + 4
    return Reach(_short(low), _short(value), _short(max(1.0, high - low)))


def pieces(counts: Sequence[tuple[str, int]]) -> list[Piece]:
    """One after the other, as wide as they are many; none of what is not there."""
    total = sum(count for _, count in counts)
    drawn, x = [], 0.0
    for name, count in counts:
        if count > 0:
            width = WIDTH * count / total
            drawn.append(Piece(name, _short(x), _short(width)))
            x += width
    return drawn


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
