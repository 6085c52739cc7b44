"""Numbers that a text writes digit by digit, backwards, or as a numerator and a denominator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.leaks.number_words import in_digits

_LONE_DIGIT = re.compile(r"(?<![^\W_])\d(?![^\W_]|\.\d\d)")
_THEN = r",?\s{1,9}(?:and\s{1,9})?(?:then|followed\s{1,9}by)\s{1,9}(?:an?\s{1,9})?"
_GAP = re.compile(
    rf"\s{{0,9}}(?:[-–—./_|,;:·*+&~]|->|=>|[→⇒➔➜>])\s{{0,9}}|[\])}}]\s?[\[({{]|{_THEN}"
    r"|\s{1,9}(?:and\s{1,9}|再|然后)?|[\W_]{1,6}"
)
_MAX_GAP = 60  # characters between two digits
_TWO_APART = re.compile(
    rf"\s+|{_THEN}|\s*[_|#~]{{1,4}}\s*|\s*[·–—-]\s*|\s*\.\s+|\s*(?:->|=>|[→⇒➔➜])\s*"
    rf"|[\])}}]\s?[\[({{]"
)  # 3/5, 3 - 5 say else
_OF_DIGITS = re.compile(
    r"digits?\b|ziffer|zehner|einer(?:stelle|ziffer)|chiffre|dizaine|unites|cifra"
    r"|digito|decena|unidades"
    r"|(?:first|erste[rns]?|premi[eè]re?|primer[oa]?)\W{1,3}\d"
    r"|数字|[位]|\btens\b|\bunits\b|next to|beside|behind (?:it|that)|in front of"
    r"|followed by|begins? with"
    r"|starts? with|where you (?:begin|start)|begin\w{0,4} (?:with|by)|write both|side by side"
    r"|together"
    r"|\bglue|\bstick|\bjoin|press|key in|\btype\b|concatenat|one after (?:the )?(?:other|another)"
    r"|daneben|dahinter|hintereinander|zusammen|suivi|accole|a cote|junto|seguido"
    r"|al lado|旁边|后面写|连起来|拼",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<!\d)(\d)[^\d.!?;\n]{0,20}(?:next to|beside|in front of|followed by|behind"
    r"|before|after|left of|right of)\s"
    r"(?:it )?(?:an? |the )?(\d)(?!\d)",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"(?:without|leave|drop|remove|skip|ignore|omit|no|ohne|sans|sin|去掉|不要)[^.;\n]{0,20}"
    r"(?:slash|comma|dash|point|dot|space|sign|hyphen|colon|plus|strich|komma|punkt|virgule|barre"
    r"|coma|barra|斜杠|逗号|点)",
    re.IGNORECASE,
)
_SIGNED_RUN = re.compile(r"(?<!\w)\d{1,9}(?:\s?[^\w\s]\s?\d{1,9}){1,9}(?!\w)")
_SIDE_BY_SIDE = re.compile(
    r"side by side|next to|together|concatenat|append|attach|glue|join|stick|one after the other"
    r"|behind|hintereinander|nebeneinander|zusammen|côte à côte|bout à bout|juntos?|seguidos?"
    r"|连起来|拼|并排",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"^\d{1,2}[.):]\s", re.MULTILINE)
_GLUED = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine){2,12}\b", re.IGNORECASE
)
_POINT = re.compile(
    r"(?<=\d),?\s(?:then |puis |dann |luego )?(?:an? |the |un |una |ein )?(?:point"
    r"|dot|decimal point|komma|virgule|coma|punto)"
    r"(?: and)?,?\s(?=(?:then |and |puis |dann |luego ){0,2}\d)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!\d)[.!?;\n]|(?<=\d)[.!?;\n](?=\s|$)|[。！？；]")
BACKWARDS = re.compile(
    r"backwards?|back to front|desrever|from the back|von hinten|revers"
    r"|right to left|from the (?:end|right)|mirror|other way (?:a)?round|flip"
    r"|turned? (?:it |them )?around"
    r"|turn [\d.]+ around|swap|interchang|exchang|switch|last digit first"
    r"|in the opposite order|anagram"
    r"|ruckwarts|umgekehrt|spiegel|vertausch|von rechts|a l['’]envers|de droite"
    r"|inverse[rz]\b|echange|miroir"
    r"|al rev[eé]s|de derecha|intercambi|espejo|rückwärts|à l['’]envers"
    r"|倒|反过来|颠倒|从右|交换|调换|镜",
    re.IGNORECASE,
)
_UNITS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9", "fife": "5",
    "fower": "4", "wun": "1",
}  # fmt: skip
_UNIT = re.compile(rf"\b(?:{'|'.join(_UNITS)})\b", re.IGNORECASE)
CHINESE_DIGITS = "〇零一二三四五六七八九"
_CHINESE_RUN = re.compile(
    rf"(?<![{CHINESE_DIGITS}十百千万亿])[{CHINESE_DIGITS}]"
    rf"(?:[ ,，、\n]?[{CHINESE_DIGITS}])+(?![十百千万亿])"
)
_WITHIN_LETTERS = re.compile(r"(?<!\w)[A-Za-z]+(?:\d[A-Za-z]+){2,20}(?!\w)")
_REPEATED = re.compile(r"\b(double|triple|doppel)[ -]?(\d)(?!\d)", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:minus|negative)[^\d.;\n]{0,8}(\d),?\s(?:and\s)?(?:then\s)?(\d)(?!\d)", re.IGNORECASE
)
_PLACES = (
    r"个一|units?|ones|last|einer\w{0,8}|unites?|unidades|个位",
    r"个十|tens|zehner\w{0,8}|dizaines?|decenas?|十位",
    r"个百|hundreds|hunderter\w{0,8}|centaines?|centenas?|百位",
    r"个千|thousands|tausender\w{0,8}|milliers?|millares?|千位",
)
_END = r"(?![^\W\d_\u4e00-\u9fff])"
_PLACE = [
    (
        re.compile(rf"(?<![^\W\d_])(?:{names}){_END}[^\d.;\n]{{0,24}}(\d)(?!\d)", re.IGNORECASE),
        re.compile(rf"(?<!\d)(\d)\s?(?:{names}){_END}", re.IGNORECASE),
    )
    for names in _PLACES
]  # fmt: skip
_RUN = re.compile(r"\d+(?:\.\d+)?")
_TOPS = r"numerator|top|zahler|numerateur|numerador|分子"
_BOTTOMS = r"denominator|bottom|nenner|denominateur|denominador|分母"
_TOP_AND_BOTTOM = [
    re.compile(rf"(?:{names})[^\d.;\n]{{0,20}}(-?\d{{1,9}})(?!\d)", re.IGNORECASE)
    for names in (_TOPS, _BOTTOMS)
]


def spelled_out(text: str) -> Iterator[Fraction]:
    """Digit by digit, in digits or words, in order or backwards."""
    with_units = _with_repetitions(with_units_in_digits(_GLUED.sub(_apart_words, text)))
    unlisted = _LIST_NUMBER.sub("", with_units)
    readings = list(dict.fromkeys([text, with_units, unlisted, *in_digits(text)]))
    for digits in (digits for reading in readings for digits in _apart(reading)):
        yield from _of_digits(digits)
        yield from _of_digits(digits[::-1] if len(digits) > 2 else "")
    yield from _without_signs(with_units)
    yield from _of_pairs(with_units)
    for word in _WITHIN_LETTERS.findall(text):
        yield from _of_digits(re.sub(r"\D", "", word))
    for run in _CHINESE_RUN.finditer(text):
        digits = re.sub(r"[^\w]", "", run[0]).replace("〇", "零")
        yield from _of_digits("".join(str(CHINESE_DIGITS.index(digit) - 1) for digit in digits))
    for reading in readings[1:] or readings:
        pointed = _POINT.sub(" . ", reading)
        for piece in (*_SENTENCE.split(re.sub(r" \. ", " \x00 ", pointed)), reading):
            if _OF_DIGITS.search(piece) or "\x00" in piece:
                yield from _lone_digits(piece)
        yield from _by_place(reading)


def _apart_words(run: re.Match[str]) -> str:
    """four five for fourfive"""
    return re.sub(r"(one|two|three|four|five|six|seven|eight|nine|zero)", r" \1 ", run[0])


def _with_repetitions(text: str) -> str:
    """5 5 for double 5"""
    return _REPEATED.sub(
        lambda word: f" {word[2]}" * (3 if word[1].lower() == "triple" else 2), text
    )


def _of_pairs(text: str) -> Iterator[Fraction]:
    """Two digits beside each other, or with a sign."""
    for pair in _BESIDE.finditer(text):
        yield from map(Fraction, (pair[1] + pair[2], pair[2] + pair[1]))
    for pair in _SIGNED.finditer(text):
        yield Fraction(pair[1] + pair[2])


def with_units_in_digits(text: str) -> str:
    """Four five as 4 5."""
    return _UNIT.sub(lambda word: _UNITS[word[0].lower()], text)


def _without_signs(text: str) -> Iterator[Fraction]:
    """8/6 whose slash is to be left out; 12 and 15 that are to be written side by side."""
    if _LEFT_OUT.search(text):
        for run in _SIGNED_RUN.findall(text):
            yield from _of_digits(re.sub(r"\D", "", run))
    for sentence in _SENTENCE.split(text):
        numbers = re.findall(r"\d+", sentence) if _SIDE_BY_SIDE.search(sentence) else []
        if 1 < len(numbers) < 5:
            yield from _of_digits("".join(numbers))
            yield from _of_digits("".join(reversed(numbers)))


def _lone_digits(piece: str) -> Iterator[Fraction]:
    digits = "".join(re.findall(r"(?<!\d)\d(?!\d)|\x00", piece)).replace("\x00", ".")
    yield from _of_digits(digits)
    yield from _of_digits(digits[::-1])


def _apart(text: str) -> Iterator[str]:
    """Runs of single digits with nothing but signs and the like between them."""
    run: list[tuple[str, str]] = []  # digits, each with what is before it
    end = 0
    for digit in _LONE_DIGIT.finditer(text):
        between = text[end : digit.start()]
        if run and len(between) <= _MAX_GAP and _GAP.fullmatch(between):
            run.append((digit[0], between))
        else:
            yield from _complete(run)
            run = [] if text[digit.start() - 1 : digit.start()] == "." else [(digit[0], "")]
        end = digit.end()
    yield from _complete(run)


def _complete(run: list[tuple[str, str]]) -> Iterator[str]:
    """The digits of the whole run, and of its pieces that are apart in the same way."""
    if len(run) > 2 or (len(run) == 2 and _TWO_APART.fullmatch(run[1][1])):
        yield "".join(digit for digit, _ in run)
    if len({gap for _, gap in run[1:]}) > 1:
        piece = run[:1]
        for (digit, gap), (_, next_gap) in zip(run[1:], [*run[2:], ("", "")], strict=True):
            piece.append((digit, gap))
            if next_gap != gap:
                yield from _complete(piece)
                piece = [(digit, gap)]


def _by_place(text: str) -> Iterator[Fraction]:
    """By what is said of hundreds, tens and units."""
    for way in (0, 1):
        digit_by_power = {
            power: match[1]
            for power, patterns in enumerate(_PLACE)
            if (match := patterns[way].search(text))
        }
        if len(digit_by_power) > 1 and set(digit_by_power) == set(range(len(digit_by_power))):
            yield Fraction("".join(digit_by_power[power] for power in sorted(digit_by_power)[::-1]))


def backwards(text: str, told: str = "") -> Iterator[Fraction]:
    """Numbers from right to left; those of the text that was told only where words say so."""
    is_announced = bool(BACKWARDS.search(text))
    known = set() if is_announced else set(_RUN.findall(told))
    for run in _RUN.finditer(text):
        if len(run[0]) > (1 if is_announced else 2) and run[0] not in known:
            yield from _of_digits(run[0][::-1])
    for fraction in (
        re.finditer(r"(?<!\d)(\d{1,9})/([1-9]\d{0,8})(?!\d)", text) if is_announced else ()
    ):
        yield Fraction(int(fraction[2]), int(fraction[1]) or 1)


def _of_digits(digits: str) -> Iterator[Fraction]:
    if re.fullmatch(r"\d{1,40}(?:\.\d{1,40})?", digits):
        yield Fraction(digits)


def fractions_in_parts(text: str) -> Iterator[Fraction]:
    for reading in dict.fromkeys([text, *in_digits(text)]):
        parts = [pattern.search(reading) for pattern in _TOP_AND_BOTTOM]
        if parts[0] and parts[1] and int(parts[1][1]):
            yield Fraction(int(parts[0][1]), int(parts[1][1]))
