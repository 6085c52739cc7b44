"""What a quantity is of, by the words beside it: radius, height, mass, in five languages."""

from __future__ import annotations

import re

_LETTER = "a-zäöüéèáíóúñ"

# In this order; the longer of two words at one position counts.
_WORDS = (
    ("radius", r"radi(?:us|i)|rayons?|radios?|halbmesser", "半径"),
    ("diameter", r"diameters?|durchmessers?|diamètres?|diámetros?", "直径"),
    (
        "slant",
        r"slant heights?|mantellinie|seitenhöhe|génératrice|apothème|generatriz",
        "母线长?",
    ),
    (
        "height",
        r"heights?|high|tall|altitudes?|deep|depth|höhen?|hoch|hohe[rs]?|tief|hauteurs?|hautes?"
        r"|hauts?|alturas?|altos?|altas?",
        "高度?|深",
    ),
    ("hypotenuse", r"hypotenuses?|hypoténuses?|hipotenusas?", "斜边长?"),
    ("leg", r"legs?|kathete[n]?|cathètes?|catetos?|côtés de l.angle droit", "直角边长?"),
    ("diagonal", r"diagonals?|diagonale[n]?|diagonales", "对角线长?"),
    ("parallel", r"parallel sides?|parallele[n]? seiten|bases", "上底|下底"),
    ("base", r"base|grundseite[n]?|grundlinie|basis", "底边长?|底(?!面)"),
    (
        "width",
        r"widths?|wide|breite|breit|largeurs?|large de|anchos?|anchura|ancha",
        "宽",
    ),
    (
        "side",
        r"sides?|edges?|schenkel|side lengths?|edge lengths?|seiten?|seitenlängen?|kanten?"
        r"|kantenlängen?"
        r"|côtés?|arêtes?|lados?|aristas?",
        "边长|棱长|腰长?|边",
    ),
    (
        "length",
        r"lengths?|long|längen?|lang(?:e[nrs]?)?|longueurs?|longue?s?|largos?"
        r"|longitud(?:es)?|larga",
        "长",
    ),
    ("angle", r"angles?|winkel[ns]?|mittelpunktswinkel|ángulos?", "圆心角|夹角|角"),
    (
        "mass",
        r"mass(?:es)?|weights?|weighs?|masse[n]?|gewicht|wiegt|poids|pèse|masas?|pesa",
        "质量|重",
    ),
    (
        "density",
        r"densit(?:y|ies)|dichten?|densités?|masse volumique|densidad",
        "密度",
    ),
    ("volume", r"volumes?|volumen|rauminhalt|capacity", "体积|容积"),
    (
        "area",
        r"areas?|surface area|oberfläche|flächen?|flächeninhalt|aires?|superficies?|áreas?",
        "面积",
    ),
    (
        "perimeter",
        r"perimeters?|umfang|périmètres?|perímetros?|circumferences?|circonférences?"
        r"|circunferencia",
        "周长",
    ),
    (
        "speed",
        r"speeds?|velocity|geschwindigkeit(?:en)?|vitesses?|velocidad(?:es)?",
        "速度|时速",
    ),
)
_PATTERNS = {
    concept: re.compile(rf"(?<![{_LETTER}])(?:{latin})(?![{_LETTER}])|{chinese}", re.IGNORECASE)
    for concept, latin, chinese in _WORDS
}


def concepts_in(text: str) -> list[tuple[int, int, str]]:
    """Start, end and concept of each word for one, in order; the longest where they overlap."""
    mentions = [
        (match.start(), match.end(), concept)
        for concept, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    mentions.sort(key=lambda mention: (mention[0], mention[0] - mention[1]))
    apart: list[tuple[int, int, str]] = []
    for start, end, concept in mentions:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, concept))
    return apart
