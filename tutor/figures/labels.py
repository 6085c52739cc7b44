"""Labels: short texts with italic variables, powers, indices and fractions; not LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

MAX_LABEL = 120  # characters
SIZE = 16.0  # of the letters, in pixels

_NAMED = """
cdot· times× circ° degree° le≤ leq≤ ge≥ geq≥ ne≠ neq≠ approx≈ infty∞ pm± to→ sqrt√ angle∠ %%
alphaα betaβ gammaγ deltaδ epsilonε thetaθ lambdaλ muμ piπ rhoρ sigmaσ tauτ phiφ varphiφ omegaω
DeltaΔ OmegaΩ SigmaΣ
"""
_NOTHING = ("left", "right", "text", "mathrm")
_COMMANDS = {
    **{word[:-1]: word[-1] for word in _NAMED.split()},
    **dict.fromkeys(_NOTHING, ""),
    "quad": " ",
}
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "*": "·", "{": "", "}": "", "$": "", "'": "′"}
_TOKEN = re.compile(
    r"\\frac\s*\{(?P<top>[^{}]*)\}\s*\{(?P<bottom>[^{}]*)\}"
    r"|(?<![\w./])(?P<over>\d+)/(?P<under>\d+)(?![\w./])"
    r"|(?P<root>\bsqrt\b)|\\(?P<command>[A-Za-z]+|%)"
    r"|(?P<shift>[_^])(?:\{(?P<group>[^{}]*)\}|(?P<single>\\?\w+|[-+*]))"
    r"|(?P<letter>(?<![^\W\d_])[A-Za-zα-ω](?![^\W\d_]))"
    r"|(?P<minus>(?<![^\W\d_])-(?=[\s\d\\A-Za-z.(√]))|(?P<sign><=|>=|!=|[*{}$'])"
)
_UNIT_BEFORE = re.compile(r"(?:(?:\d|\bin)\s|°)$")
_UNITS = frozenset("mgshlLtVANJWKC")
_NARROW = frozenset("iljtfI.,:;'′|!()[]1 ")


class Style(Enum):
    PLAIN = auto()
    VARIABLE = auto()
    RAISED = auto()
    LOWERED = auto()


@dataclass(frozen=True)
class TextRun:
    text: str
    style: Style = Style.PLAIN

    @property
    def width(self) -> float:
        size = SIZE * (0.7 if self.style in (Style.RAISED, Style.LOWERED) else 1)
        return sum(_em(character) for character in self.text) * size


@dataclass(frozen=True)
class Stack:
    """A fraction."""

    top: str
    bottom: str

    @property
    def width(self) -> float:
        return max(_width(self.top), _width(self.bottom)) * 0.8 + 4


@dataclass(frozen=True)
class Label:
    pieces: tuple[TextRun | Stack, ...]

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)

    @property
    def height(self) -> float:
        return SIZE * (1.9 if any(isinstance(piece, Stack) for piece in self.pieces) else 1.1)

    @property
    def spoken(self) -> str:
        return "".join(_spoken(piece) for piece in self.pieces).strip()


@lru_cache(maxsize=512)
def read_label(text: str) -> Label:
    """Every text is a label; what cannot be set stays as it is."""
    text = " ".join(text[:MAX_LABEL].split())
    pieces: list[TextRun | Stack] = []
    position = 0
    for match in _TOKEN.finditer(text):
        _add(pieces, TextRun(text[position : match.start()]))
        _add(pieces, _piece(match, text[: match.start()]))
        position = match.end()
    _add(pieces, TextRun(text[position:]))
    return Label(tuple(pieces))


def number_label(value: float) -> str:
    """A number as axes show it, with a minus sign."""
    value += 0.0  # -0.0 is 0
    text = f"{value:.0f}" if value == round(value, 9) and value % 1 == 0 else f"{value:.6g}"
    if "e" in text or len(text) > 9:
        text = f"{value:.4g}"
    if "e" in text:
        digits, exponent = text.split("e")
        return f"{digits.replace('-', '−')} · 10^{{{int(exponent)}}}"
    return text.replace("-", "−")


def _piece(match: re.Match[str], before: str) -> TextRun | Stack:
    if match["top"] is not None:
        return Stack(_plain(match["top"]), _plain(match["bottom"]))
    if match["over"]:
        return Stack(match["over"], match["under"])
    if match["shift"]:
        style = Style.RAISED if match["shift"] == "^" else Style.LOWERED
        inner = match["group"] if match["group"] is not None else match["single"]
        written = _plain(inner)
        return TextRun("°") if written == "°" else TextRun(written, style)
    if match["command"]:
        name = match["command"]
        greek = _COMMANDS.get(name, name)
        return TextRun(greek, Style.VARIABLE if "α" <= greek <= "ω" else Style.PLAIN)
    if match["letter"]:
        is_unit = match["letter"] in _UNITS and _UNIT_BEFORE.search(before)
        return TextRun(match["letter"], Style.PLAIN if is_unit else Style.VARIABLE)
    if match["sign"]:
        return TextRun(_SIGNS[match["sign"]])
    return TextRun("√" if match["root"] else "−")


def _add(pieces: list[TextRun | Stack], piece: TextRun | Stack) -> None:
    """Neighbours in the same style become one."""
    last = pieces[-1] if pieces else None
    if isinstance(piece, TextRun) and not piece.text:
        return
    if isinstance(piece, TextRun) and isinstance(last, TextRun) and last.style == piece.style:
        pieces[-1] = TextRun(last.text + piece.text, piece.style)
    else:
        pieces.append(piece)


def _plain(text: str) -> str:
    named = re.sub(r"\\([A-Za-z]+)", lambda match: _COMMANDS.get(match[1], match[1]), text)
    return named.replace("-", "−").replace("*", "·").strip()


def _spoken(piece: TextRun | Stack) -> str:
    if isinstance(piece, Stack):
        return f"{piece.top}/{piece.bottom}"
    marks = {Style.RAISED: "^", Style.LOWERED: "_"}
    return marks.get(piece.style, "") + piece.text


def _width(text: str) -> float:
    return sum(_em(character) for character in text) * SIZE


def _em(character: str) -> float:
    if character >= "\u2e80":
        return 1.0
    if character in _NARROW:
        return 0.34 if character != "1" else 0.5
    return 0.68 if character.isupper() or character in "mwMW" else 0.52
