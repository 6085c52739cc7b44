"""A picture whose regions can be chosen one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from tutor.figures.canvas import Canvas
from tutor.figures.phrases import Phrase


@dataclass(frozen=True)
class Region:
    """outline: the data of an SVG path. name: what it is, for those who listen."""

    outline: str
    name: Phrase


@runtime_checkable
class HasRegions(Protocol):
    def draw(self) -> Canvas: ...

    def in_words(self) -> list[Phrase]: ...

    def regions(self) -> list[Region]: ...
