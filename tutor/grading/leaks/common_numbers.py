"""Numbers that everybody knows: the days of a week, the sides of a hexagon, in five languages."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_SIDES = (
    r"sides?|corners?|vertices|angles?|seiten|ecken|winkel|cotes|sommets|angles"
    r"|lados|vertices|angulos"
    "|边|角|顶点"
)
_POLYGONS = {
    3: r"triangles?|dreiecks?|triangulo|三角形",
    4: r"squares?|rectangles?|quadrilateral|quadrats?|vierecks?|carre|cuadrado|四边形|正方形",
    5: r"pentagons?|funfecks?|pentagone|pentagono|五边形",
    6: r"hexagons?|sechsecks?|hexagone|hexagono|六边形|honeycomb",
    7: r"heptagons?|siebenecks?|heptagone|heptagono|七边形",
    8: r"octagons?|achtecks?|octogone|octagono|octogono|八边形|stop sign",
    9: r"nonagons?|neunecks?|九边形",
    10: r"decagons?|zehnecks?|decagone|decagono|十边形",
    12: r"dodecagons?|zwolfecks?|十二边形",
}
# A number, what is counted, and of what
_COUNTED: list[tuple[int, str, str]] = [
    (12, "hours|numbers|stunden|heures|horas", "clock(?: ?face)?|dial|zifferblatt|cadran|钟面"),
    *((count, _SIDES, polygon) for count, polygon in _POLYGONS.items()),
    (
        7,
        "days?|tage?|jours|dias|天",
        "(?:a|the|one|each|every) week|woche|semaine|semana|一?个?(?:周|星期)",
    ),
    (14, "days?|tage", "fortnight"),
    (
        12,
        "months?|monate?|mois|meses|个月|月数|月份",
        "(?:a|the|one|each|every) year|jahr|(?:l'|une? )an(?:nee)?|ano|一年",
    ),
    (52, "weeks|wochen|semaines|semanas|周|星期", "year|jahr|annee|ano|一年"),
    (
        365,
        "days|tage|jours|dias|天",
        "(?:common |ordinary |normal |non-leap )?year|jahr|annee|ano|平年|一年",
    ),
    (366, "days|tage|jours|dias|天", "leap year|schaltjahr|bissextile|bisiesto|闰年"),
    (
        24,
        "hours|stunden|heures|horas|小时",
        "(?:a|the|one) (?:whole )?day|tag(?:es)?|jour(?:nee)?|dia|一天",
    ),
    (
        60,
        "minutes|minuten|minutos|分钟",
        "(?:an|the|one) (?:whole )?hour|stunde|heure|hora|一?个?小时",
    ),
    (
        60,
        "seconds|sekunden|secondes|segundos|秒",
        "(?:a|the|one) (?:whole )?minute|minute|minuto|一?分钟",
    ),
    (28, "days|tage|jours|dias|天", "february|februar|fevrier|febrero|二月|2月"),
    (30, "days|tage|jours|dias|天", "april|june|september|november|juni|avril|juin|junio"),
    (31, "days|tage|jours|dias|天", "january|march|july|august|october|december|januar|marz|juli"),
    (4, "seasons|jahreszeiten|saisons|estaciones|季", "year|jahr|annee|ano|一年"),
    (100, "years|jahre|ans|annees|anos|年", "century|jahrhundert|siecle|siglo|世纪"),
    (10, "years|jahre|ans|annees|anos|年", "decade|jahrzehnt|decennie|decada"),
    (1000, "years|jahre|ans|anos|年", "millennium|jahrtausend|millenaire|milenio"),
    (100, "cents|centimes?|cent|centavos|分", "dollar|euro|一元"),
    (
        100,
        "centimet(?:re|er)s?|zentimeter|centimetres|centimetros|厘米",
        "(?:a|one|the) met(?:re|er)|meter|metre|metro|一米",
    ),
    (1000, "met(?:re|er)s?|meter|metros|米", "kilomet(?:re|er)|kilometer|kilometro|公里|千米"),
    (1000, "grams?|grammes?|gramm|gramos|克", "kilogram(?:me)?|kilogramm|kilo|公斤|千克"),
    (12, "inches", "(?:a|one|the) foot"),
    (3, "feet", "(?:a|one|the) yard"),
    (
        360,
        "degrees?|grad|degres|grados|度",
        "full (?:turn|circle|rotation)|whole turn|vollwinkel|volle drehung|tour complet"
        "|vuelta completa|周角|一周",
    ),
    (180, "degrees?|grad|degres|grados|度", "straight (?:angle|line)|half turn|平角"),
    (
        90,
        "degrees?|grad|degres|grados|度",
        "right angle|quarter turn|rechte[rn]? winkels?|angle droit|angulo recto|直角",
    ),
    (
        6,
        "faces?|sides|seiten|flachen|caras|面",
        r"(?:a|the|one) (?:die|cube|dice)\b|wurfels?|cubo|dado|正方体|骰子",
    ),
    (8, "corners|vertices|ecken|sommets|顶点", "cube|wurfels?|cubo|正方体"),
    (12, "edges|kanten|aretes|aristas|棱", "cube|wurfels?|cubo|正方体"),
    (
        6,
        "highest|largest|biggest|greatest|maximum|most|top|hochste|grosste|plus (?:haut"
        "|grand)e?|mayor|最大",
        r"(?:a|the|one) (?:die|dice)\b|wurfels?|\bun de\b|dado|骰子",
    ),
    (
        21,
        "all (?:the )?(?:dots|pips|spots)|sum of the (?:dots|pips|spots|faces)",
        r"(?:die|dice)\b",
    ),
    (8, "legs?|beine|pattes|patas|条腿|腿", "spiders?|spinnen?|araignees?|aranas?|蜘蛛"),
    (8, "arms?|tentacles|arme|bras|brazos|腕|触手", "octopus|krake|pieuvre|pulpo|章鱼"),
    (
        6,
        "legs?|beine|pattes|patas|腿",
        "insects?|ants?|bees?|beet?les?|fly|insekts?|ameise|fourmi|hormiga|insecte"
        "|insecto|昆虫|蚂蚁",
    ),
    (
        4,
        "legs?|paws?|beine|pfoten|pattes|patas|腿",
        "dogs?|cats?|horses?|cows?|hunde?s?|katzen?|pferd|chien|chat|perro|gato|狗|猫|马",
    ),
    (4, "wheels?|tyres|tires|rader|roues|ruedas|轮", r"cars?\b|autos?|voitures?|coches?|汽车"),
    (3, "wheels?|rader|roues|ruedas|轮", "tricycles?|dreirad|三轮车"),
    (
        10,
        "fingers?|thumbs|finger|doigts|dedos|手指",
        "(?:both|two|2|your|his|our) hands|beide[rn]? hande|zwei hande|deux mains"
        "|(?:dos|2) manos|双手|两只手",
    ),
    (10, "toes?|zehen", "both feet|two feet|2 feet|your feet"),
    (
        5,
        "fingers?|doigts|dedos|手指",
        "(?:a|one|1|each|the) hand|eine[r]? hand|une main|una mano|一只手",
    ),
    (26, "letters?|buchstaben|lettres|letras|字母", "alphabet|alfabeto|字母表|英语"),
    (5, "vowels", "alphabet"),
    (
        64,
        "squares|fields|felder|cases|casillas|格",
        "(?:chess|checker)(?:board)?|draughts|schach|echiquier|echecs|ajedrez|国际象棋",
    ),
    (32, "pieces|figuren|pieces|piezas", "chess|schach|echecs|ajedrez"),
    (52, "cards|karten|cartes|cartas|牌", "deck|pack|kartenspiel|jeu|baraja"),
    (54, "牌|扑克", "一副"),
    (4, "suits|farben|couleurs|palos|花色", "cards|deck|pack|karten|cartes|cartas|扑克|牌"),
    (13, "cards", "(?:a|one|each) suit"),
    (
        11,
        "players?|spieler|joueurs|jugadores|人|球员",
        "football|soccer|cricket|fussball|futbol|足球",
    ),
    (5, "players?|spieler|joueurs|jugadores|球员", "basketball|baloncesto|篮球"),
    (9, "players?", "baseball"),
    (6, "strings|saiten|cordes|cuerdas|弦", "guitar|gitarre|guitare|guitarra|吉他"),
    (4, "strings|saiten|cordes|cuerdas|弦", "violin|geige|violon|小提琴"),
    (88, "keys|tasten|touches|teclas|键", "piano|klavier|钢琴"),
    (
        8,
        "planets?|planeten|planetes|planetas|行星",
        "solar system|sonnensystem|systeme solaire|sistema solar|太阳系",
    ),
    (
        7,
        "colou?rs?|farben|couleurs|colores|颜色|种颜色",
        "rainbow|regenbogen|arc-en-ciel|arco ?iris|彩虹",
    ),
    (
        7,
        "dwarfs|dwarves|zwerge|nains|enanitos|小矮人",
        "snow white|schneewittchen|blanche|blancanieves|白雪公主",
    ),
    (7, "continents?|kontinente|continentes|大洲|洲", "world|earth|welt|monde|mundo|世界"),
    (5, "rings?|ringe|anneaux|anillos|环", "olympic|olympische|olympiques|olimpic|奥运|奥林匹克"),
    (
        50,
        "states|stars|staaten|etats|estados|州|星",
        r"america|united states|u\.?s\.? ?a?\b|american flag|etats-unis|estados unidos"
        r"|美国",
    ),
    (12, "signs?|zeichen|signes|signos|animals?|生肖", "zodiac|tierkreis|zodiaque|zodiaco|十二"),
    (12, "stars|sterne|etoiles|estrellas|星", "europe|european union|eu flag"),
    (32, "teeth|zahne|dents|dientes|牙", "adults?|erwachsene|adulte|adulto|成年|成人"),
    (12, "eggs|eier|oeufs|huevos", "dozen|dutzend|douzaine|docena"),
    (3, "colou?rs", "traffic light"),
    (2, "only even|einzige gerade", "prime"),
    (
        99,
        "largest|biggest|greatest|highest|grosste|plus grand|mayor|最大的",
        "two-?[ -]?digit|2-?[ -]?digit|zweistellige|deux chiffres|dos cifras|两位数",
    ),
    (
        10,
        "smallest|least|lowest|kleinste|plus petit|menor|最小的",
        "two-?[ -]?digit|2-?[ -]?digit|zweistellige|deux chiffres|dos cifras|两位数",
    ),
    (
        999,
        "largest|biggest|greatest|highest|grosste|plus grand|mayor|最大的",
        "three-?[ -]?digit|3-?[ -]?digit|dreistellige|trois chiffres|tres cifras|三位数",
    ),
    (
        100,
        "smallest|least|lowest|kleinste|plus petit|menor|最小的",
        "three-?[ -]?digit|3-?[ -]?digit|dreistellige|trois chiffres|tres cifras|三位数",
    ),
    (
        9,
        "largest|biggest|greatest|highest|grosste|plus grand|mayor|最大的",
        "(?:one|single)-? ?digit|einstellige|un chiffre|una cifra|一位数",
    ),
]
_MONTHS = (
    "january|januar|janvier|enero",
    "february|februar|fevrier|febrero",
    "march|marz|mars|marzo",
    "april|avril|abril",
    "may|mai|mayo",
    "june|juni|juin|junio",
    "july|juli|juillet|julio",
    "august|aout|agosto",
    "september|septembre|septiembre",
    "october|oktober|octobre|octubre",
    "november|novembre|noviembre",
    "december|dezember|decembre|diciembre",
)
_GAP = r"[^.!?;\n]{0,40}?"


def _named(words: str) -> str:
    return rf"(?<![a-z])(?:{words})(?![a-z])"


_FACTS = [
    *(
        (
            count,
            re.compile(
                f"{_named(things)}{_GAP}{_named(whole)}|{_named(whole)}{_GAP}{_named(things)}"
            ),
        )
        for count, things, whole in _COUNTED
    ),
    *(
        (
            number,
            re.compile(
                rf"(?<![a-z])(?:number|month|monats?|mois|mes|numero"
                rf"|position)(?![a-z]){_GAP}(?<![a-z])(?:{month})(?![a-z])"
            ),
        )
        for number, month in enumerate(_MONTHS, 1)
    ),
    (12, re.compile(r"\b(?:noon|midday|high noon)\b")),
    (25, re.compile(r"\b(?:day|date) of christmas|christmas day\b")),
    (
        7,
        re.compile(
            r"\bbond['’]s number|number of james bond|wonders of the (?:ancient )?world"
            r"|deadly sins"
        ),
    ),
    (101, re.compile(r"\bdalmatians\b")),
    (30, re.compile(r"half past|halb (?=\w)|et demie|y media")),
    (15, re.compile(r"quarter past|viertel nach|et quart|y cuarto")),
    (45, re.compile(r"quarter to\b|viertel vor|moins le quart|menos cuarto")),
]
_OPPOSITE = re.compile(
    r"opposite(?: side of| of| to)?(?: the)? ([1-6]|one|two|three|four|five|six)\b"
)
_DIE = re.compile(r"\b(?:die|dice)\b")
_PIPS = ("one", "two", "three", "four", "five", "six")


@lru_cache(maxsize=256)  # the readings of a text in several languages are often the same
def with_facts(text: str) -> tuple[str, frozenset[Fraction]]:
    """The text with these numbers in digits, and the numbers."""
    counts: set[Fraction] = set()
    small = lower = text.lower()
    for count, pattern in _FACTS:
        if pattern.search(lower):
            counts.add(Fraction(count))
            small = pattern.sub(str(count), small)
    if _DIE.search(small):
        counts |= {Fraction(7 - _pips(match[1])) for match in _OPPOSITE.finditer(small)}
    return (small if counts else text), frozenset(counts)


def _pips(word: str) -> int:
    return int(word) if word.isdigit() else _PIPS.index(word) + 1
