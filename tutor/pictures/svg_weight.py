"""Bounds what a browser has to draw: elements that use elements multiply like entities do."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from tutor.pictures.clean_picture import PictureFault, RefusedPicture

MAX_SHAPES = 50_000
MAX_CHAIN = 20  # uses within uses
_REFERENCE = re.compile(r"url\(['\"]?#([\w.:-]{1,200})")
_NUMBER = re.compile(r"\d+")


def check_weight(root: ElementTree.Element) -> None:
    """Raises RefusedPicture for what draws too many shapes, or itself."""
    named: dict[str, ElementTree.Element] = {}
    for element in root.iter():
        if name := element.get("id"):
            named.setdefault(name, element)
    if _Weigher(named).weight(root, 0) > MAX_SHAPES:
        raise RefusedPicture(PictureFault.TOO_COMPLEX)


class _Weigher:
    def __init__(self, named: dict[str, ElementTree.Element]) -> None:
        self.named = named
        self.weights: dict[int, int] = {}  # by identity of a named element

    def weight(self, root: ElementTree.Element, chain: int) -> int:
        """The number of shapes that are drawn for it. chain: of uses that led here."""
        if chain > MAX_CHAIN:
            raise RefusedPicture(PictureFault.TOO_COMPLEX)
        if id(root) not in self.weights:
            self.weights[id(root)] = sum(
                1 + self._weight_of_uses(element, chain) for element in root.iter()
            )
        return self.weights[id(root)]

    def _weight_of_uses(self, element: ElementTree.Element, chain: int) -> int:
        return sum(
            times * self.weight(self.named[name], chain + 1)
            for name, times in _uses(element)
            if name in self.named
        )


def _uses(element: ElementTree.Element) -> Iterator[tuple[str, int]]:
    if href := element.get("href"):
        yield href.removeprefix("#"), 1
    for attribute, value in element.items():
        if match := _REFERENCE.search(value):
            yield match[1], _points(element) if attribute.startswith("marker") else 1


def _points(element: ElementTree.Element) -> int:
    """At least as many as the path has corners, each of which gets a marker."""
    return 1 + sum(1 for _ in _NUMBER.finditer(element.get("d", "") + element.get("points", "")))
