"""Units in a side of a working: told apart from variables, and written as symbols of their own.

7.9 g/cm³ · 250 cm³ becomes 7.9·U₀·(250·U₁), which is read as a formula; `measures.py` takes the
units out of the term again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.working.quantities.unit_words import LETTERS, OTHER_WORDS, WORD, unit_named

MARK = "Upsilon"  # of the symbols for units; pupils use no such letter
_PIECE = re.compile(
    r"(?P<blank>\s+)"
    r"|(?P<command>\\(?:[A-Za-z]++|.))"
    r"|(?P<number>(?:\d++\s++)?\d++\s?+/\s?+\d++(?![\d.,])|\d++(?:\.\d++)?|\.\d++)"
    r"|(?P<word>°[CF]\b|[A-Za-zµμΩ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]++\.?"
    r"|[\u4e00-\u9fff]++|[€$£¥¢￥℃₹₣₽₺¤])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_POWER = re.compile(
    r"\s*+\^\s*+(-?\d)(?!\d)|\s*+\^\{\s*+(-?\d)\s*+\}|([²³])|⁻([¹²³])|(?<=[a-zA-Z])([23])(?![\d.])"
)
_PER = re.compile(r"\s*+(?:(/)|(?:per|pro|par|por)\b|(每))\s*+")
_TIMES = re.compile(r"[·⋅*]|\\cdot\s*+")
_MONEY = re.compile(
    r"(?:US)?\\?([$€£¥￥₹₣₽₺¤])\s*+((?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?)"
    r"(?!\s*+[$€£¥￥₹₣₽₺¤])"
)
_LATEX_TEXT = re.compile(
    r"\\(?:text|mathrm|textrm|mbox|operatorname|rm)\s*+\{([^{}]*+)\}|(?<!\\)\\[ ,;:!]|~"
)
_UNIT_FRACTION = re.compile(
    r"\\[dt]?frac\s*+\{\s*+([A-Za-zµμ€$]{1,4}\s*+(?:\^\{?\d\}?)?)\s*+\}"
    r"\s*+\{\s*+([A-Za-zµμ]{1,4}\s*+(?:\^\{?\d\}?)?)\s*+\}"
)
_BRACKETED = re.compile(
    r"(?<=[\dπ²³)}])\s*+(?:\[([^\[\]\d]{1,12}[²³]?|[a-z]{1,3}\^\d)\]"
    r"|\(([A-Za-z]{1,3}(?:[²³]|\^[23])|[€$£¥°]|[\u4e00-\u9fff]{1,4}|(?:[kcdm]m|km/h|m/s|k?g))\))"
)
_AMOUNT = re.compile(r"\s?\d{1,12}(?:\.\d{1,9})?\s?([A-Za-zµμ]{1,8})(?:\^?([23²³]))?\s?")
_NUMBERS_ALONE = re.compile(r"[\d\s.+*/·×÷:()-]{1,40}")
_QUOTIENT_ASKED = re.compile(r"(?<![A-Za-z])(?:k?m|k?g|[lL])/([hsml])(?![A-Za-z\d³])")  # in km/h
_LETTER_OF_WORD = {  # h for hours that the statement tells in words
    letter: re.compile(words, re.IGNORECASE)
    for letter, words in {
        "h": r"\b(?:hours?|stunden?|heures?|horas?)\b|小时",
        "s": r"\b(?:seconds?|sekunden?|secondes?|segundos?)\b|秒",
        "l": r"\b(?:lit(?:er|re)s?|litern?|litros?)\b|升",
        "m": r"\d\s?(?:met(?:er|re)s?|metern?|mètres?|metros?)\b|\d\s?米",
        "g": r"\d\s?(?:gram(?:me)?s?|gramm|gramos?)\b|克",
    }.items()
}
_PI = ("π", "\\pi", "pi")
_SQUARE = {"²": 2, "³": 3, "¹": 1}


@dataclass(frozen=True, slots=True)
class UnitLetters:
    """Which single letters may be units.

    used: those that the problem's statement has as units. variables: names of the task; 5 m is a
    product where m is one of them and no unit.
    """

    used: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    has_units: bool = False

    def allows(self, letter: str, is_spaced: bool) -> bool:
        if letter in self.used:
            return True
        return is_spaced and self.has_units and letter not in self.variables

    def of_conversion(self, sides: Sequence[str]) -> UnitLetters:
        """With m, g and s as units in 5km = 5000m, 2kg = 2000g and 1 hour = 60*60 = 3600s."""
        told = [side for side in sides if not _NUMBERS_ALONE.fullmatch(side)]
        amounts = [_AMOUNT.fullmatch(side) for side in told]
        written = [amount[1] for amount in amounts if amount is not None]
        if len(written) < len(told) or len(set(written)) < 2 or self.variables & set(written):
            return self
        units = [_power_of_unit(*amount.groups("1")) for amount in amounts if amount is not None]
        dimensions = {unit.dimension if unit else None for unit in units}
        if len(dimensions) > 1 or None in dimensions:
            return self
        return replace(self, used=self.used | {word for word in written if len(word) == 1})


NO_LETTERS = UnitLetters()


@dataclass(slots=True)
class MarkedText:
    """text: with a symbol for each unit. units: by the number in the symbol's index.

    words: labels of numbers, such as apples, in lower case.
    """

    text: str
    units: list[Unit] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


def _power_of_unit(word: str, exponent: str) -> Unit | None:
    unit = unit_named(word, lambda _: True)
    power = _SQUARE[exponent] if exponent in _SQUARE else int(exponent)
    return None if unit is None else NO_UNIT.times(unit, power)


def mark_units(text: str, letters: UnitLetters) -> MarkedText:
    """The text with every unit after an amount as a symbol, and without labels such as apples."""
    plain = _LATEX_TEXT.sub(lambda match: f" {match[1] or ''}", text)
    plain = _MONEY.sub(_amount_first, plain)
    plain = _BRACKETED.sub(lambda match: f" {match[1] or match[2]} ", plain)
    plain = _UNIT_FRACTION.sub(lambda match: _as_quotient(match, letters), plain)
    return _Marker(plain, letters).mark()


def _amount_first(match: re.Match[str]) -> str:
    """54000 $ for $54,000."""
    return f"{match[2].replace(',', '')} {match[1]} "


def _as_quotient(match: re.Match[str], letters: UnitLetters) -> str:
    r"""117 \frac{km}{h} as 117 km/h."""
    parts = [match[1].strip(), match[2].strip()]
    words = [re.sub(r"\s?(?:\^\{?\d\}?|[²³])$", "", part) for part in parts]
    are_units = all(unit_named(word, lambda letter: letters.allows(letter, True)) for word in words)
    return f" {parts[0]}/{parts[1]} " if are_units else match[0]


class _Marker:
    """Goes through the text once. amount: where in `output` the last amount begins, if it ended."""

    def __init__(self, text: str, letters: UnitLetters) -> None:
        self.text = text
        self.letters = letters
        self.marked = MarkedText("")
        self.output: list[str] = []
        self.opened: list[int] = []
        self.amount: int | None = None
        self.sum_start: int | None = None  # of 1 h 20 min
        self.last_unit: Unit | None = None

    def mark(self) -> MarkedText:
        position = 0
        while position < len(self.text):
            piece = _PIECE.match(self.text, position)
            assert piece is not None  # noqa: S101 - any character is a piece
            position = self._take(piece) or piece.end()
        self.marked.text = "".join(self.output)
        return self.marked

    def _take(self, piece: re.Match[str]) -> int | None:
        is_after_amount = piece["word"] and self.amount is not None
        if is_after_amount and (end := self._unit(piece)) is not None:
            return end
        if piece["blank"]:
            self.output.append(" ")
            return None
        if piece["number"]:
            self._number(piece)
            return None
        if piece["other"] in ("(", "{", "["):
            self.opened.append(len(self.output))
            self._put(piece[0])
        elif piece["other"] in (")", "}", "]"):
            start = self.opened.pop() if self.opened else None
            self._put(piece[0])
            if start is not None:
                self.amount = self._whole(start)
        elif piece[0] in (*_PI, "²", "³"):
            start = len(self.output) if self.amount is None or piece[0] in _PI else self.amount
            is_factor = self.amount is not None
            before = self.amount
            self._put(piece[0])
            self.amount = before if is_factor else start
        else:
            self._put(piece[0])
        return None

    def _put(self, text: str) -> None:
        self.output.append(text)
        self.amount = self.sum_start = self.last_unit = None

    def _whole(self, start: int) -> int:
        r"""Where \frac{…}{…} and √(…) begin."""
        while start > 0:
            before = self.output[start - 1]
            if before.endswith(("}", "]")) and start >= 2 and self.output[start].startswith("{"):
                depth = 0
                for at in range(start - 1, -1, -1):
                    depth += self.output[at].endswith("}") - self.output[at].startswith("{")
                    if depth <= 0:
                        start = at
                        break
                else:
                    return start
            elif before in ("\\frac", "\\dfrac", "\\tfrac", "\\sqrt", "√"):
                return start - 1
            else:
                return start
        return start

    def _number(self, piece: re.Match[str]) -> None:
        before = "".join(self.output[-2:]).rstrip()
        sum_start, unit = self.sum_start, self.last_unit
        is_power = before.endswith(("^", "_", "^-"))
        start, power_base = len(self.output), None
        if is_power and self.output[-1] == "^":
            power_base = self._base_start(len(self.output) - 1)
        self._put(piece["number"])
        if is_power:
            self.amount = power_base
        else:
            self.amount = start
            self.sum_start, self.last_unit = sum_start, unit

    def _base_start(self, caret: int) -> int | None:
        at = caret - 1
        if at >= 0 and re.fullmatch(r"[\d.]+", self.output[at]):
            return at
        return None

    def _unit(self, piece: re.Match[str]) -> int | None:
        """Mark the unit that begins here; where the text goes on. None for a variable."""
        is_spaced = self.text[piece.start() - 1 : piece.start()].isspace()
        unit, end = read_unit_at(self.text, piece.start(), self._is_letter(is_spaced))
        if unit is None:
            return self._label(piece, is_spaced)
        if _stands_alone_as_word(piece["word"], self.text, end):
            return None
        assert self.amount is not None  # noqa: S101 - the caller asks
        if unit.dimension == (("deg", 1),):
            self.output.append(r"^\circ ")
            return end
        index = len(self.marked.units)
        self.marked.units.append(unit)
        symbol = rf"*\{MARK}_{{{index}}})"
        start = self.amount
        self.output[start] = "(" + self.output[start]
        self.output.append(symbol)
        self.opened = [at for at in self.opened if at < start]
        joins = (
            self.last_unit is not None
            and self.sum_start is not None
            and (self.last_unit.dimension == unit.dimension and self.last_unit.factor > unit.factor)
        )
        if joins and self.sum_start is not None:
            self.output[self.sum_start] = "(" + self.output[self.sum_start]
            self.output[start] = "+" + self.output[start]
            self.output.append(")")
            start = self.sum_start
        self.amount, self.sum_start, self.last_unit = None, start, unit
        return end

    def _is_letter(self, is_spaced: bool) -> Callable[[str], bool]:
        return lambda letter: self.letters.allows(letter, is_spaced)

    def _label(self, piece: re.Match[str], is_spaced: bool) -> int | None:
        word = piece["word"]
        if word.lower().rstrip(".") in OTHER_WORDS or self.text[piece.end() : piece.end() + 1] in (
            "(",
            "_",
            "^",
        ):
            return None
        is_chinese = "\u4e00" <= word[0] <= "\u9fff"
        if not is_chinese and not (is_spaced and len(word) > 2):
            return None
        before = "".join(self.output[-2:]).rstrip()
        if before.endswith(("π", r"\pi")) or _is_function_of_letter(word):
            return None  # ∫_0^π sinx dx
        if self.text[piece.start() - 1 : piece.start()] == "\\":
            return None
        self.marked.words.add(word.lower())
        self.output.append(" ")
        return piece.end()


def _is_function_of_letter(word: str) -> bool:
    """sinx, lnx, xdx."""
    pieces = split_word(word) or ()
    return any(len(piece) > 1 for piece in pieces) or (len(word) < 4 and bool(pieces))


def read_unit_at(
    text: str, position: int, is_letter: Callable[[str], bool]
) -> tuple[Unit | None, int]:
    """The longest unit that begins here, and its end. is_letter: whether a letter may be a unit."""
    match = WORD.match(text, position)
    if match is None:
        return None, position
    unit, length = _longest(match[0], is_letter)
    if unit is None:
        return None, position
    unit, position = _with_power(unit, text, match.start() + length)
    while True:
        per = _PER.match(text, position)
        times = None if per else _TIMES.match(text, position)
        joint = per or times
        if joint is None:
            return unit, position
        following = WORD.match(text, joint.end())
        if following is None:
            return unit, position
        further, length = _longest(following[0], lambda letter: letter in LETTERS)
        end = following.start() + length
        if further is None or _is_function(text, end):
            return unit, position
        further, end = _with_power(further, text, end)
        unit, position = unit.times(further, -1 if per else 1), end


def _longest(word: str, is_letter: Callable[[str], bool]) -> tuple[Unit | None, int]:
    """The unit at the start of a word, and its length: in Chinese there are no blanks."""
    if "\u4e00" <= word[0] <= "\u9fff":
        for length in range(min(len(word), 6), 0, -1):
            if unit := unit_named(word[:length], is_letter):
                return unit, length
        return None, 0
    return unit_named(word, is_letter), len(word)


def _is_function(text: str, end: int) -> bool:
    return text[end : end + 1] == "("


def _with_power(unit: Unit, text: str, position: int) -> tuple[Unit, int]:
    match = _POWER.match(text, position)
    if match is None:
        return unit, position
    if match[5] and not any(base == "m" for base, _ in unit.dimension):
        return unit, position
    digits = match[1] or match[2] or match[5]
    power = int(digits) if digits else _SQUARE[match[3]] if match[3] else -_SQUARE[match[4]]
    return NO_UNIT.times(unit, power), match.end()


def _stands_alone_as_word(word: str, text: str, end: int) -> bool:
    """min(3, 5) is a function, 3 in a row no length."""
    if _is_function(text, end):
        return True
    return word == "in" and re.match(r"\s*(?:[=<>≈+*/·×)-]|$)", text[end:]) is None


_AMOUNT_BEFORE = re.compile(
    r"(?<![A-Za-z_^\\])\d(\s*+)(?=[A-Za-z°µμΩ€$£¥₹₣₽₺¤\u00c0-\u00ff\u4e00-\u9fff])"
)
_DELIMITED = re.compile(
    r"\\\((?:[^\\]|\\[^()]){0,300}+\\\)|\$[^$]{0,300}+\$|\\\[(?:[^\\]|\\[^\[\]]){0,300}+\\\]"
)
_NUMBER_ALONE = re.compile(r"\\\(\s{0,2}(\d[\d.,]{0,12})\s{0,2}\\\)")  # \(7\) metres
_UNIT_OF_LIST = re.compile(
    r"[(（]\s?(?:all |alle |jeweils )?(?:in|en|单位[:：]?)\s?([a-z])\s?[)）]"
)
_UNIT_ASKED = re.compile(
    r"(?<![\w\\])(?:in|into|to|en|nach|to the nearest)\s+([a-zA-Z]{1,3})(?![\w'’])"
    r"|(?<![A-Za-z])([a-zA-Z])/[a-z]{1,2}"
)


def _is_variable(letter: str, text: str) -> bool:
    """t in h = 20t - 5t² and x = t²: it stands alone in a formula."""
    beside = rf"(?<=[=+^*])\s?{letter}(?![A-Za-z])|(?<![\w/])(?<!\d\s){letter}\s?[=²³^+*]"
    squared = rf"[=+−-]\s?\d*{letter}\s?(?:²|\^\{{?2)" if letter not in "ml" else "(?!)"
    power = rf"\^\s?[{{(]?[-−]?[\d.]*\s?{letter}(?![A-Za-z])"
    return bool(re.search(f"{beside}|{squared}|{power}", text))


def unit_letters(statement: str) -> UnitLetters:
    """The letters that a problem's statement uses as units."""
    used: set[str] = set()
    units = 0

    def note(letter: str) -> bool:
        used.add(letter)
        return True

    statement = _NUMBER_ALONE.sub(lambda match: match[1].center(len(match[0])), statement)
    formulas = [match.span() for match in _DELIMITED.finditer(statement)]
    plain = _LATEX_TEXT.sub(lambda m: f" {m[1] or ''}".ljust(len(m[0])), statement)
    for match in _AMOUNT_BEFORE.finditer(plain):
        is_formula = any(start <= match.start() < end for start, end in formulas)
        if is_formula and not match[1]:
            continue
        before = set(used)
        unit, end = read_unit_at(plain, match.end(), note)
        if unit is None or _stands_alone_as_word(plain[match.end() : end], plain, end):
            used = before
            continue
        units += 1
    for head in _UNIT_OF_LIST.finditer(plain):
        units += 1
        used.add(head[1])
    for speed in _QUOTIENT_ASKED.finditer(plain):
        units += 1
        used.add(speed[1])
    if units:
        used |= {letter for letter, word in _LETTER_OF_WORD.items() if word.search(plain)}
    if units:
        for asked in _UNIT_ASKED.finditer(plain):
            if asked[1] and asked[1] in LETTERS:
                used.add(asked[1])
    used -= {letter for letter in used if _is_variable(letter, plain)}
    has_units = bool(units) or not statement.strip() or bool(_MONEY.search(plain))
    return UnitLetters(frozenset(used & LETTERS), frozenset(), has_units)
