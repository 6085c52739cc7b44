"""Numbers in another base: 2F_16, 0x2f, 101111_2; the digits beyond 9 are letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget

MAX_DIGITS = 200
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PREFIXES = {"0x": 16, "0b": 2, "0o": 8}
_NAMES = {
    **dict.fromkeys(("hex", "hexadecimal", "hexadezimal", "十六进制"), 16),
    **dict.fromkeys(("bin", "binary", "binär", "dual", "二进制"), 2),
    **dict.fromkeys(("oct", "octal", "oktal", "八进制"), 8),
    **dict.fromkeys(("dec", "decimal", "dezimal", "十进制"), 10),
}
_STYLES = re.compile(
    r"\\(?:text(?:tt|rm|bf|normal)?|math(?:rm|tt|bf|sf)|operatorname|left|right|mathit)(?![a-z])"
    r"|\\[ ,;:!]|[{}$~]"
)
_NUMBER = re.compile(
    r"([+-]?)\s*+\(?\s*+(0[xXbBoO])?((?:[0-9A-Za-z]++[ _]?(?![0-9]{1,2}\)?\Z))*+[0-9A-Za-z]*+)"
    r"([.,][0-9A-Za-z]++)?\s*+\)?"
)
_BEFORE_BASE = re.compile(
    r" (?=\(|in |to |base|basis|zur |en |à |hex|bin|okt|oct|dec|dez|dual)", re.IGNORECASE
)
_BASE = re.compile(
    r"\s*+(?:_\s*+|\(|in |to |zur |en |à )?\s*+(?:base|basis|基数)?\s*+\(?"
    r"([0-9]{1,2}|[a-zä]{3,12}|[二八十六]{1,2}进制)\)?\s*+"
)


@dataclass(frozen=True, slots=True)
class BasedNumber:
    """value: None where a digit does not exist in the base. base: None where none was written."""

    digits: str
    base: int | None

    def value_in(self, base: int) -> Fraction | None:
        """None where one of the digits is too large."""
        sign = -1 if self.digits.startswith("-") else 1
        whole, _, decimals = self.digits.lstrip("-").partition(".")
        indices = [_DIGITS.index(digit) for digit in whole + decimals]
        if not indices or max(indices) >= base:
            return None
        total = 0
        for index in indices:
            total = total * base + index
        return Fraction(sign * total, base ** len(decimals))


class BasedNumberKind(AnswerKind[BasedNumber]):
    def read(self, text: PlainText, key: AnswerKey) -> BasedNumber:
        return _read(text, _key_base(key))

    def check(self, right: BasedNumber, key: AnswerKey) -> None:
        if right.base is None:
            raise InvalidKey("Write the base behind the number, such as 2F_16.")
        if not 2 <= right.base <= 36:
            raise InvalidKey(f"A base is from 2 to 36, not {right.base}.")
        if right.value_in(right.base) is None:
            raise InvalidKey(f"The answer has a digit that base {right.base} does not have.")

    def compare(
        self, right: BasedNumber, given: BasedNumber, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        base = right.base or _key_base(key) or 10
        wanted = right.value_in(base)
        other = Equality(False, Rule.BASE, Feedback(FeedbackCode.OTHER_BASE, {"base": base}))
        if given.base not in (None, base):
            is_same = 2 <= (given.base or 0) <= 36 and given.value_in(given.base or 10) == wanted
            return other if is_same else Equality(False, Rule.BASE)
        value = given.value_in(base)
        if value == wanted:
            return Equality(True, Rule.BASE)
        if given.base is None and given.value_in(10) == wanted:
            return other
        if value is None:
            if sum(digit in _DIGITS[base:] for digit in given.digits) > 1:
                raise Unreadable(FeedbackCode.UNREAD)  # a word
            feedback = Feedback(FeedbackCode.DIGIT_TOO_LARGE, {"base": base})
            return Equality(False, Rule.BASE, feedback)
        return Equality(False, Rule.BASE)

    def shown(self, answer: BasedNumber) -> str:
        written = rf"\mathrm{{{answer.digits.upper()}}}"
        return written if answer.base is None else f"{written}_{{{answer.base}}}"


def _key_base(key: AnswerKey) -> int | None:
    try:
        return _read(PlainText(key.value), None).base
    except Unreadable:
        return None


def _read(text: PlainText, expected: int | None) -> BasedNumber:
    """expected: the base that is asked for, in which an answer may have a letter as its sign."""
    plain = " ".join(_STYLES.sub(" ", text.replace("{", "").replace("}", "")).split()).rstrip(" .")
    number, base = _split_base(plain)
    match = _NUMBER.fullmatch(number)
    if match is None or len(number) > MAX_DIGITS:
        raise Unreadable(FeedbackCode.UNREAD)
    sign, prefix, whole, decimals = match.groups()
    whole = re.sub("[ _]", "", whole).lower()
    if prefix:
        own = _PREFIXES[prefix.lower()]
        if prefix.lower() == "0b" and expected is not None and expected > 11:
            whole = "0b" + whole  # two digits
        elif base in (None, own):
            base = own
        else:
            raise Unreadable(FeedbackCode.UNREAD)
    elif base is None and expected == 16 and whole[1:].endswith("h"):
        whole, base = whole[:-1], 16
    elif base is None and expected == 2 and whole[1:].endswith("b"):
        whole, base = whole[:-1], 2
    digits = whole + (decimals or "").replace(",", ".").lower()
    if not any(char.isalnum() for char in digits) or not digits.isascii():
        raise Unreadable(FeedbackCode.UNREAD)
    return BasedNumber(("-" if sign == "-" else "") + digits, base)


def _split_base(text: str) -> tuple[str, int | None]:
    """The number, and the base that is written behind it."""
    number, underline, behind = text.rpartition("_")
    if not underline:
        words = _BEFORE_BASE.split(text, maxsplit=1)
        number, behind = words if len(words) == 2 else (text, "")
        if not behind and (chinese := re.search(r"\(?[二八十六]{1,2}进制\)?\Z", text)):
            number, behind = text[: chinese.start()], chinese[0]
    if not behind and not underline:
        return text, None
    match = _BASE.fullmatch(behind.lower())
    if match is None:
        raise Unreadable(FeedbackCode.UNREAD)
    name = match[1]
    base = int(name) if name.isdigit() else _NAMES.get(name)
    if base is None:
        raise Unreadable(FeedbackCode.UNREAD)
    return number.strip(), base
