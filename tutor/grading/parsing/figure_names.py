"""Names of segments, angles and triangles, which may start at another point: AB and BA."""

from __future__ import annotations

import re

_FIGURES = {
    "segment": "segment side chord edge strecke seite sehne côté corde lado cuerda 线段 边",
    "line": "line gerade droite recta 直线",
    "angle": "angle winkel ángulo angulo ∠ ∢ 角",
    "triangle": "triangle dreieck triángulo triangulo △ 三角形",
}
_FIGURE_OF = {word: figure for figure, words in _FIGURES.items() for word in words.split()}
_SIGNS = re.compile(r"\\(angle|triangle)(?![a-z])")
_NAMED = re.compile(
    rf"\s{{0,4}}(?:the |die |der |das |l'|le |la |el )?({'|'.join(_FIGURE_OF)})\s{{0,4}}"
    r"([A-Z][′']?)\s?([A-Z][′']?)\s?([A-Z][′']?)?[\s.。]{0,4}",
    re.IGNORECASE,
)


def figure_name(text: str) -> str | None:
    """angle ABC for ∠CBA, and segment AB for side BA; None for anything else."""
    match = _NAMED.fullmatch(_SIGNS.sub(r" \1 ", text))
    if match is None:
        return None
    figure = _FIGURE_OF[match[1].casefold()]
    points = [point for point in match.groups()[1:] if point]
    if any(not point[0].isupper() for point in points):
        return None
    if len(points) != (2 if figure in ("segment", "line") else 3):
        return None
    ordered = sorted(points) if figure == "triangle" else min(points, points[::-1])
    return f"{figure} {''.join(ordered)}"
