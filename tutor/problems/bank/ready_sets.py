"""Ready sets of the bank: problems that belong together, in their order, with the time they take.

They stand in `ready_sets.toml`:

    [[set]]
    slug = "linear-equations"
    area = "algebra"                # of the skill map, below which it is listed
    minutes = 30
    en = "Linear equations"
    zh = "解一元一次方程"
    problems = ["undo-two-steps", …]  # slugs of the bank
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from tutor.problems.bank.topic_files import slug_in

READY_SETS = Path(__file__).parent / "ready_sets.toml"


@dataclass(frozen=True)
class ReadySet:
    """titles: by language."""

    slug: str
    area: str
    minutes: int
    titles: Mapping[str, str]
    problems: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.titles.get(get_language() or "en", self.titles["en"])

    def slugs(self, language: str) -> list[str]:
        """Of its problems in that language, in their order."""
        return [slug_in(language, slug) for slug in self.problems]


@cache
def ready_sets() -> list[ReadySet]:
    rows = tomllib.loads(READY_SETS.read_text("utf-8"))["set"]
    return [
        ReadySet(
            slug=row["slug"],
            area=row["area"],
            minutes=row["minutes"],
            titles={"en": row["en"], "zh-hans": row["zh"]},
            problems=tuple(row["problems"]),
        )
        for row in rows
    ]
