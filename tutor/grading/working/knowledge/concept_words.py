"""Words for quantities that a formula defines, so that a right calculation may not give them."""

from __future__ import annotations

from tutor.grading.working.knowledge.formulas import words

_CONCEPTS = words(
    r"means?|averages?|avg|median|mode|range|variance|var|standard deviation|sd|deviation"
    r"|mittelwert|durchschnitt\w{0,15}|varianz|standardabweichung|spannweite|moyenne|médiane|variance"
    r"|écart[- ]type|media|promedio|mediana|varianza|desviación"
    r"|prob\w{0,15}|chances?|odds|expected value|expectation|wahrscheinlichkeit|erwartungswert"
    r"|espérance|esperanza"
    r"|areas?|volumes?|surface|perimeter|circumference|arc|sector|chord|fläche\w{0,15}"
    r"|flächeninhalt|volumen|inhalt|umfang|oberfläche|bogen\w{0,10}|aire|périmètre|área|perímetro"
    r"|superficie|volumen"
    r"|speed|velocity|rate|geschwindigkeit|vitesse|velocidad|density|dichte|densité|densidad"
    r"|slope|gradient|steigung|pente|pendiente|angle|winkel|ángulo|distance|abstand|distancia"
    r"|interest|zinsen|intérêts?|intereses|profit|loss|gewinn|verlust"
    r"|det\w{0,15}|inverse|term|glied|terme|término|sum|summe|somme|suma"
    r"|percent\w{0,10}|prozent\w{0,10}|pourcentage|porcentaje|increase|decrease|discount|rabatt"
    r"|upper|lower|obere\w{0,2}|untere\w{0,2}|supérieure|inférieure|ways|combinations|möglichkeiten|height|höhe|hauteur|altura|diagonal\w{0,5}|hypotenuse",
    "平均|中位数|方差|标准差|概率|面积|体积|周长|速度|斜率|角|距离|利息|利润|期望|种|和|项|弧|高|对角线",
)


MAX_WORDS_OF_SUM = 3
_SUMS = words(
    r"sum|total|(?:al)?together|in total|summe|insgesamt|gesamt|zusammen|somme|au total|en tout"
    r"|suma|en total",
    "和|总和|共|一共|总共|合计",
)


_UNSIGNED = words(
    r"areas?|volumes?|lengths?|perimeter|distance|prob\w{0,15}|fläche\w{0,15}|flächeninhalt|volumen"
    r"|länge|umfang|abstand|wahrscheinlichkeit|aire|longueur|périmètre|área|longitud|perímetro"
    r"|distancia",
    "面积|体积|长度|周长|距离|概率",
)


def is_unsigned(text: str) -> bool:
    """Whether the words call it an area, a length, a chance, … which is never negative."""
    return bool(_UNSIGNED.search(text))


def is_concept(text: str) -> bool:
    """Whether the words call it a mean, an area, a chance, …"""
    return bool(_CONCEPTS.search(text))


def is_sum_of(text: str) -> bool:
    """Whether the words call it a sum of something: total alcohol, but no total area."""
    is_short = len(text.split()) <= MAX_WORDS_OF_SUM
    return is_short and bool(_SUMS.search(text)) and not _CONCEPTS.search(_SUMS.sub("", text))


def is_sum(text: str) -> bool:
    """Whether the words call it a sum of what is before."""
    return bool(_SUMS.fullmatch(text.strip()))
