"""The skill map as a picture: a dot for each skill, in the lane of its area, below its school year.

The numbers are units of the picture. The page draws them; nothing here knows of its looks.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from tutor.problems.skills.names import skill_name
from tutor.problems.skills.skill_map import AREAS, MappedSkill, skill_map

YEARS = range(5, 14)
LEFT, TOP = 132, 34  # room for the names of areas, and of years
YEAR_WIDTH = 92
DOTS_A_ROW = 5
DISTANCE = 16  # of two dots
LANE_EDGE = 14


@dataclass(frozen=True)
class Lane:
    area: str
    top: int
    height: int

    @property
    def name(self) -> str:
        return skill_name(self.area)

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


@dataclass(frozen=True)
class Dot:
    skill: MappedSkill
    x: int
    y: int

    @property
    def name(self) -> str:
        return skill_name(self.skill.path)


@dataclass(frozen=True)
class MapPicture:
    """years: with the middle of their columns.

    lines: to each dot from those that it rests on and those that rest on it, by its path, as the
    data of an SVG path.
    """

    width: int
    height: int
    years: list[tuple[int, int]]
    lanes: list[Lane]
    dots: list[Dot]
    lines: dict[str, str]


def map_picture() -> MapPicture:
    lanes, dots = _lanes_and_dots()
    return MapPicture(
        width=LEFT + len(YEARS) * YEAR_WIDTH,
        height=lanes[-1].top + lanes[-1].height,
        years=[(year, _left(year) + YEAR_WIDTH // 2) for year in YEARS],
        lanes=lanes,
        dots=dots,
        lines=_lines(dots),
    )


def _lines(dots: list[Dot]) -> dict[str, str]:
    by_path = {dot.skill.path: dot for dot in dots}
    lines: dict[str, str] = defaultdict(str)
    for dot in dots:
        for before in dot.skill.after:
            line = f"M{by_path[before].x} {by_path[before].y}L{dot.x} {dot.y}"
            lines[before] += line
            lines[dot.skill.path] += line
    return lines


def _lanes_and_dots() -> tuple[list[Lane], list[Dot]]:
    lanes: list[Lane] = []
    dots: list[Dot] = []
    top = TOP
    for area in AREAS:
        in_years = _by_year(area)
        rows = max(-(-len(skills) // DOTS_A_ROW) for skills in in_years.values())
        height = rows * DISTANCE + 2 * LANE_EDGE
        lanes.append(Lane(area, top, height))
        for year, skills in in_years.items():
            dots += _dots(skills, _left(year), top + LANE_EDGE)
        top += height
    return lanes, dots


def _by_year(area: str) -> dict[int, list[MappedSkill]]:
    in_years: dict[int, list[MappedSkill]] = defaultdict(list)
    for skill in skill_map().skills.values():
        if skill.area == area:
            in_years[skill.grade].append(skill)
    return in_years


def _dots(skills: list[MappedSkill], left: int, top: int) -> list[Dot]:
    half = DISTANCE // 2
    return [
        Dot(skill, left + half + n % DOTS_A_ROW * DISTANCE, top + half + n // DOTS_A_ROW * DISTANCE)
        for n, skill in enumerate(skills)
    ]


def _left(year: int) -> int:
    return LEFT + (year - YEARS[0]) * YEAR_WIDTH


def topics_of(area: str) -> list[tuple[str, list[MappedSkill]]]:
    """The topics of an area by their paths, each with its skills."""
    skills = [skill for skill in skill_map().skills.values() if skill.area == area]
    return [(topic, list(rows)) for topic, rows in groupby(skills, key=lambda row: row.topic)]
