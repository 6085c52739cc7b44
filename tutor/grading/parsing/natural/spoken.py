"""Rewrites an answer in words as a formula, and knows the words that change a number."""

from __future__ import annotations

import re

from tutor.grading.parsing.natural.english import fold_english
from tutor.grading.parsing.natural.languages import fold_languages

_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,30}")
_ENGLISH_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths
    seventh sevenths eighth eighths ninth ninths tenth tenths twelfth twelfths
    minus plus negative times over divided multiplied squared cubed power square equal equals
    less greater more most least not infinity recurring repeating repeated periodic factorial to
    in is then dozen cent root log bigger smaller larger thousand million billion trillion
    nil nought naught
"""
_VOCABULARY = frozenset(_ENGLISH_WORDS.split())
_PHRASES = [
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\b(?:is )?(?:less|smaller) than or equal to\b|\bis (?:at most|no more than)\b", "<="),
        (r"\b(?:is )?(?:greater|more|bigger) than or equal to\b", ">="),
        (r"\bis (?:at least|no less than)\b", ">="),
        (r"\bis not equal to\b|\bis not\b|\bnot equal to\b|\bdoes not equal\b", "!="),
        (r"(?<=[A-Za-z])(?: is)? (?:less|smaller) than\b", " <"),
        (r"(?<=[A-Za-z])(?: is)? (?:greater|bigger|larger|more) than\b", " >"),
        (r"\bplus (?:or )?minus\b", r"\\pm "),
        (r"\b(?:the )?(?:cube|cubic|third) root of\b", "cbrt "),
        (r"\band then\b", "and"),
        (r"\bper cent\b", "percent"),
        (r"\ba (?=dozen|hundred|thousand|million)", "one "),
        (r"(?<=\d) is to (?=\d)", ":"),
        (r"(?<![A-Za-z])([A-Za-z]) (?:is|ist|est|es) (?=[-+]?\d)", r"\1 = "),
        (r"\b(?:negative|minus) (?=inf|pi\b|sqrt|the square)", "-"),
        (r"(?<=\d) (?:(?:factorial|Fakultät)\b)", "!"),
        (r"\bhalf of\b", "1/2*"),
        (r"\b(?:an? (?=[a-z]+ and a half\b)|one and a half )", "1.5 "),
        (r"(?<=1\.5 )([a-z]{1,12}) and a half\b", r"\1s"),
        (r"(\d)(?= [a-z]{1,12} and a half\b)( [a-z]{1,12}) and a half\b", r"\1 1/2\2"),
        (r"\bhalf an? (?=[a-z])", "1/2 "),
        (r"(?<=[A-Za-z]) in (?=[\[({]|[RZNQ]\b|\\(?:left|\{|mathbb))", r" \\in "),
    )
]
_REPEATING = re.compile(
    r"(?<![\d.])(\d{0,20})\.(\d{1,20})\s(?:recurring|repeating|repeated|periodic)\b", re.IGNORECASE
)
_RATIO = re.compile(r"(?<![\d.])(\d{1,9}) to (?=\d)")
_HOW_MEASURED = re.compile(
    r"(?<=[A-Za-z²³]) (?:long|wide|tall|thick|in (?:total|all|length|area|volume|width|height)"
    r"|altogether|lang|breit|insgesamt|de (?:long|large|largo|ancho))\Z",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<![\d.])(\d{1,9}) (hal|third|fourth|fifth|sixth|eighth|tenth)(?:f|ves|s)?")
_BELOW = {"hal": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
# Remarks behind a number, which say how it was rounded or how often it is a root
_PLACES = (
    r"(?:\d|one|two|three|four|zwei|drei|deux|trois|dos|tres) ?"
    r"(?:d\.?p\.?|s\.?f\.?|decimals?|decimal places?|dec\.? places?|sig\.? figs?"
    r"|significant (?:figures?|digits?)|Nachkommastellen?|Dezimalen?|Stellen|décimales?|decimales)"
)
_ROUNDED = (
    r"(?:rounded|correct|accurate|gerundet|arrondie?|redondeado|arrotondato)"
    rf"(?: (?:to|auf|à|a) {_PLACES})?|(?:(?:to|auf|à|a) )?{_PLACES}"
)
_ROOTS = r"(?:roots?|solutions?|zeros?|Lösung|Nullstelle|raíz|solución|radice|raiz|soluzione|解)"
_DOUBLE_ROOT = (
    rf"(?:an? |eine? |une? )?(?:double|repeated|doppelte|only|einzige|seule|única) {_ROOTS}"
    rf"|{_ROOTS} (?:double|doble|doppia|dupla)|racine double|Doppellösung|重根"
)
_REMARK = re.compile(
    rf"(?<=[\w)}}%]) ?\((?:{_ROUNDED}|{_DOUBLE_ROOT}|double|twice|doppelt|zweifach|doble|only)\)\Z"
    rf"|(?<=\d),? (?:{_ROUNDED}|{_DOUBLE_ROOT}|only)\Z",
    re.IGNORECASE,
)
_APPROXIMATELY = re.compile(
    r"\A(?:(?:about|approximately|approx\.?|roughly|around|etwa|ungefähr|rund|circa|ca\.?"
    r"|environ|env\.?|aproximadamente|aprox\.?|cca\.?|appr\.?|ung\.?|okolo"
    r"|około|noin|около|yaklaşık) |(?:\\approx|约|大约) *)(?=[-+\d])",
    re.IGNORECASE,
)
# Words that make another number of the one before them: 3 down is no 3.
_CHANGES = """
    down up left right below above beneath under less more fewer short over off back backward
    backwards forward forwards north south east west ago before after later earlier early late
    deep loss lost debt owed owing deficit overdrawn overdraft decrease decreased drop dropped
    fall fell rise lower higher negative minus plus times squared cubed square cube cubic root
    repeating recurring repeated periodic period remainder rest reste resto factorial per to or
    and if not zero point power into percent half too extra spare colder warmer younger older
    smaller bigger larger shorter taller longer faster slower cheaper heavier lighter
    binary octal hexadecimal tens base südlich nördlich östlich westlich
    unten oben links rechts nach weniger mehr unter über vor zurück tief verlust schulden
    runter hoch mal kälter wärmer jünger älter größer kleiner länger kürzer
    meno più quadrato cubo volte metà mezzo mezza keer maal kwadraat kvadrat gånger ganger
    razy kwadrat karat menos mais vezes meio meia раза квадрат минус плюс
    derde derden vierde vierden kwart vijfde vijfden zesde zesden zevende zevenden achtste achtsten
    negende negenden tiende tienden halv halva halve pół półtora
    trzecia trzecie trzecich czwarte czwartych piąte piątych szóste siódme ósme dziewiąte
    arrière bas haut gauche droite moins sous dessous dessus avant après perte dette
    abajo arriba izquierda derecha menos más bajo sobre antes después pérdida deuda
"""
_MEANINGFUL = frozenset(_CHANGES.split())
# Parts such as Siebtel, septième, centésimo and vigesimo
_PART_OF_A_WHOLE = re.compile(
    r"[^\W\d_]{2,20}(?:tel|steln?|ièmes?|[ée]sim[oaie]s?|avos?|del|delar|dele[rn]?|ых|их)"
)
_MEANINGFUL_CHINESE = re.compile("[下上左右少多余负零前后倍半反减加亏欠]")


def fold_spoken(text: str) -> str:
    """5 squared → 5^2, 0.3 recurring → 0.\\overline{3}, x is at most 3 → x <= 3."""
    if not _LETTERS.search(text):
        return text
    if text[0].isalpha() or text.startswith(r"\approx"):
        text = _APPROXIMATELY.sub("", text)
    if " " in text or text[-1] == ")":
        text = _REMARK.sub("", _HOW_MEASURED.sub("", text))
    text = fold_languages(text)
    if _VOCABULARY.isdisjoint(map(str.lower, _WORD.findall(text))):
        return text
    text = _REPEATING.sub(_with_period, text)
    for pattern, sign in _PHRASES:
        text = pattern.sub(sign, text)
    if part := _PART.fullmatch(text):
        return f"{part[1]}/{_BELOW[part[2]]}"
    return _RATIO.sub(r"\1:", fold_english(text))


def _with_period(number: re.Match[str]) -> str:
    """With a line over the digits that repeat; unchanged where they may be all or the last."""
    whole, digits = number[1], number[2]
    if len(set(digits)) > 1:
        return number[0]
    return rf"{whole}.\overline{{{digits[0]}}}"


def is_spoken(word: str) -> bool:
    """Whether it is an English word of mathematics, such as divided. word: in small letters."""
    return word in _VOCABULARY


def is_meaningful(word: str) -> bool:
    """Whether a word after a number is more than what is counted: down, less, 倍."""
    if word.lower() in _MEANINGFUL or _MEANINGFUL_CHINESE.search(word):
        return True
    return bool(_PART_OF_A_WHOLE.fullmatch(word.lower()))
