"""The skill map: areas, their topics, and the skills of each topic in the order of a schoolbook.

Its sources are `areas/*.toml`, a file for each area, that are written like this:

    en = "Algebra"
    zh = "代数"

    [linear_equations]
    en = "Linear equations"
    zh = "一次方程"
    one_step = { en = "Equations in one step", zh = "一步方程", grade = 6, after = ["…"] }

The skill's path is then `algebra.linear_equations.one_step`; `after` has the paths of the skills
that it rests on. `grade` is the school year in which it is usually met, from 5; 13 is the first
year at a university.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

AREA_FILES = Path(__file__).parent / "areas"
AREAS = (
    "arithmetic",
    "number_theory",
    "geometry",
    "statistics",
    "probability",
    "algebra",
    "functions",
    "calculus",
    "linear_algebra",
)
_LANGUAGES = {"en": "en", "zh": "zh-hans"}


@dataclass(frozen=True)
class MappedSkill:
    """after: the paths of the skills that it rests on."""

    path: str
    grade: int
    after: tuple[str, ...]

    @property
    def area(self) -> str:
        return self.path.partition(".")[0]

    @property
    def topic(self) -> str:
        """Its path, which has two parts."""
        return self.path.rpartition(".")[0]


@dataclass(frozen=True)
class SkillMap:
    """names: of areas, topics and skills by their paths and language, in the order of the map."""

    names: Mapping[str, Mapping[str, str]]
    skills: Mapping[str, MappedSkill]


@cache
def skill_map() -> SkillMap:
    names: dict[str, dict[str, str]] = {}
    skills: dict[str, MappedSkill] = {}
    for area in AREAS:
        rows = tomllib.loads((AREA_FILES / f"{area}.toml").read_text("utf-8"))
        names[area] = _names(rows)
        for topic, row in _tables(rows):
            names[f"{area}.{topic}"] = _names(row)
            for skill, written in _tables(row):
                path = f"{area}.{topic}.{skill}"
                names[path] = _names(written)
                skills[path] = MappedSkill(path, written["grade"], tuple(written["after"]))
    return SkillMap(names, skills)


def _names(row: Mapping[str, Any]) -> dict[str, str]:
    return {language: row[short] for short, language in _LANGUAGES.items()}


def _tables(row: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, value) for name, value in row.items() if isinstance(value, dict)]
