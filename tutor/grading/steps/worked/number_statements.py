r"""Judges what a step says about whole numbers in words: 51 is prime, 17 ÷ 5 = 3 remainder 2.

Only numbers that stand for themselves count. In "3 × 17 is prime" and "the sum of 5 and 13 is
even" the last number is a part of something else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from flint import fmpz

from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.worked.calendar_statements import CALENDAR_STATEMENTS
from tutor.grading.steps.worked.measure_statements import MEASURE_STATEMENTS

Row = tuple[re.Pattern[str], Callable[[re.Match[str]], ClaimResult | None]]

MAX_STATEMENTS = 20  # of one step
MAX_STEP_LENGTH = 20_000  # characters; the rest of a longer step is ignored

_OTHER_BASE = re.compile(r"\bbase[- ](?!of\b|ten\b|10)|\bbinary\b|_\{?\d", re.IGNORECASE)
# Signs of LaTeX, each with its plain form.
_PLAIN = (
    (re.compile(r"\{,\}"), ","),
    (re.compile(r"\\(?:[\[\]()]|[,;:! ]|quad\b|left\b|right\b)|\$"), " "),
    (re.compile(r"\\(?:text|mathrm|textrm|textbf|mathbf|operatorname)\s?\{([^{}]{0,40})\}"), r"\1"),
    (re.compile(r"\\div(?![A-Za-z])"), "÷"),
    (re.compile(r"\\[bp]?mod(?![A-Za-z])"), "mod"),
    (re.compile(r"\*\*|[{}~]"), " "),
)
_SPACES = re.compile(r" {2,}+")
_N = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!,?\d)|\d{1,15}(?!,\d{3}))(?![\d^!%/°]|\.\d|'?[A-Za-z])"
_LIST = rf"{_N}(?:(?:, and|,? or|,| and)? (?:by )?{_N}){{0,6}}"
_ENDS = (
    r"(?= ?(?:[.,;:)]|$|\n|and\b|but\b|so\b|or\b|which\b|because\b|since\b|we\b|it\b|the\b|this\b"
    r"|that\b|then\b|as\b|when\b|thus\b|therefore\b|hence\b|while\b|whereas\b|in total\b))"
)
_SURELY = r"(?:(?:also|exactly|evenly|clearly|indeed|itself|already|both|all) )?"
_IS = rf"(?: ?,? which)? (?:is|are) {_SURELY}"
_REMAINDER = (
    r"(?:(?:with|and|leaves|leaving|has|gives) )?(?:an? |the )?(?:remainder|R)(?: of| is|:| =)?"
)
_DIGITS = {
    name: count
    for count, names in enumerate(
        ("one single 1", "two double 2", "three triple 3", "four 4", "five 5", "six 6"), start=1
    )
    for name in names.split()
}
# Before a number that stands for itself: a new clause, or words that lead up to it.
_BEFORE = re.compile(
    r"(?:^|[.,;:(=]|\b(?:that|since|because|so|as|but|then|both|although|thus|hence|therefore"
    r"|the number|the integer|now|notice|note|here|where|while|whereas|however|also|i\.e\."
    r"|have|see|know|find|, and|and (?:that|since)))\s*$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|suppose|supposing|assum\w*|whether|unless|would|could|might|should|must"
    r"|claim\w*|want|need\w*|let|when|either|until|is it|say|cannot|not|never|impossible"
    r"|false|wrong|incorrect|mistake\w*|contradict\w*|instead)\b|n't",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"[^,;]{0,40}(?:\b(?:not|no)\b|n't)"
    r"|.{0,40}(?:\b(?:false|wrong|incorrect|mistake|contradict|impossible|fails?\b)|\?|✗|×)",
    re.IGNORECASE | re.DOTALL,
)
# Before a division that is only a part of a calculation.
_GOES_ON = re.compile(r"(?:[-+*/^×÷·(]|\b(?:times|plus|minus|by|of|over|to|(?<!, )and))\s*$")
_MAY_GO_ON = {"rest", "again"}  # groups of statements that only an operation before them changes
_MAY_STATE = re.compile(
    r"divi|remainder|prime|composite|even|odd|perfect|digit|multiple|factor|mod|common|gcd|lcm|gcf"
    r"|\bR\b|days|hours|minutes|seconds|months|weeks|times|dozen"
    r"|(?:more|less|fewer|greater|larger|smaller) than|worth|\d [a-z/]{1,25} \("
    r"|(?:cost|price|weight|length) of",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"\\[()\[\]]")
_SENTENCE_END = re.compile(r"[.!?:;](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class NumberStatement:
    """text: as it stands in the step. start: its index there."""

    text: str
    start: int
    result: ClaimResult

    def covers(self, check: ClaimCheck) -> bool:
        """Whether it decides an undecided claim: 17 ÷ 5 = 3, with the remainder 2 after it."""
        is_open = check.verdict == StepVerdict.UNCHECKED
        return is_open and self.start <= check.start and check.end <= self.start + len(self.text)


def number_statements(step: str) -> Iterator[NumberStatement]:
    """The statements in words that are decided, in no certain order."""
    if _MAY_STATE.search(step):
        yield from decided_statements(step, _STATEMENTS)


def decided_statements(step: str, rows: Sequence[Row]) -> Iterator[NumberStatement]:
    """What each pattern finds in the step without LaTeX, and its judge decides."""
    if len(step) > MAX_STEP_LENGTH:
        return
    plain, indices = without_latex(step)
    count = 0
    for pattern, judge in rows:
        for words in pattern.finditer(plain):
            result = judge(words) if _is_claimed(words, plain) else None
            if result is None or count == MAX_STATEMENTS:
                continue
            count += 1
            start, end = whole_span(step, indices[words.start()], indices[words.end() - 1] + 1)
            yield NumberStatement(step[start:end], start, result)


def whole_span(step: str, start: int, end: int) -> tuple[int, int]:
    """The span, with the signs of formulas just beside it where they make it whole."""
    opening = re.search(r"(?:\\[(\[]|\$)\s?$", step[max(0, start - 3) : start])
    closing = re.match(r"\s?(?:\\[)\]]|\$)", step[end : end + 3])
    wider = start - len(opening[0] if opening else ""), end + len(closing[0] if closing else "")
    earlier = max(step.rfind(sign, max(0, start - 120), start) for sign in ("\\(", "\\[", "$"))
    firsts = (start, wider[0], earlier) if earlier >= 0 else (start, wider[0])
    spans = [(first, last) for first in firsts for last in (end, wider[1])]
    return next((span for span in spans if _is_whole(step[slice(*span)])), (start, end))


def _is_whole(text: str) -> bool:
    depths = list(accumulate(1 if sign in r"\(\[" else -1 for sign in _DELIMITER.findall(text)))
    return text.count("$") % 2 == 0 and min(depths, default=0) == 0 == (depths or [0])[-1]


def without_latex(step: str) -> tuple[str, list[int]]:
    """The text without signs of LaTeX, and for each character its index in the step."""
    plain, indices = step, list(range(len(step)))
    for pattern, sign in (*_PLAIN, (_SPACES, " ")):
        pieces: list[str] = []
        numbers: list[int] = []
        position = 0
        for match in pattern.finditer(plain):
            written = match.expand(sign)
            pieces += [plain[position : match.start()], written]
            numbers += indices[position : match.start()]
            first = match.start(1) if pattern.groups and match[1] else match.start()
            numbers += [indices[min(first + at, match.end() - 1)] for at in range(len(written))]
            position = match.end()
        plain, indices = "".join([*pieces, plain[position:]]), numbers + indices[position:]
    return plain, indices


def _is_claimed(words: re.Match[str], text: str) -> bool:
    """Whether the first number is no part of something else, and nothing is only supposed."""
    before = text[max(0, words.start() - 200) : words.start()]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    after = text[words.end() : words.end() + 40]
    after = after[: end.start() + 1] if (end := _SENTENCE_END.search(after + " ")) else after
    is_result = " which " in words[0] and before.rstrip().endswith("=")
    if (
        (_SUPPOSED.search(before) and not is_result)
        or _DENIED.match(after)
        or _OTHER_BASE.search(before + words[0])
    ):
        return False
    if _MAY_GO_ON & words.groupdict().keys():
        return not _GOES_ON.search(before)
    return not words[0][0].isdigit() or bool(_BEFORE.search(before))


def _numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(_N, text)]


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _decided(is_true: bool, left: str = "", right: str = "") -> ClaimResult:
    if is_true:
        return proved(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, Witness({}, left, right), Slip.ARITHMETIC)


def _divisible(words: re.Match[str]) -> ClaimResult | None:
    """By all of several numbers, by one of them ("or"), or by none."""
    divisors, numbers = _numbers(words["divisors"]), _numbers(words["numbers"])
    if 0 in divisors:
        return None
    divided = [number % divisor == 0 for number in numbers for divisor in divisors]
    is_denied, is_any = bool(words["not"]), " or " in words["divisors"]
    if is_denied and len(divided) > 1:
        return _decided(False) if all(divided) else None
    if is_any:
        return _decided(any(divided)) if len(numbers) == 1 else None
    return _decided(all(divided) != is_denied)


def _multiple(words: re.Match[str]) -> ClaimResult | None:
    first, second = _number(words["first"]), _number(words["second"])
    whole, part = (first, second) if words["name"] == "multiple" else (second, first)
    return None if part == 0 else _decided((whole % part == 0) != bool(words["not"]))


def _divides(words: re.Match[str]) -> ClaimResult | None:
    part, whole = _number(words["part"]), _number(words["whole"])
    return None if part == 0 else _decided((whole % part == 0) != bool(words["not"]))


def _prime(words: re.Match[str]) -> ClaimResult:
    wants_prime = (words["name"].lower() == "prime") != bool(words["not"])
    return _decided(
        all(fmpz(number).is_prime() == wants_prime for number in _numbers(words["numbers"]))
    )


def _parity(words: re.Match[str]) -> ClaimResult:
    remainder = 1 if words["name"] == "odd" else 0
    fits = [number % 2 == remainder for number in _numbers(words["numbers"])]
    return _decided(not any(fits) if words["not"] else all(fits))


def _power(words: re.Match[str]) -> ClaimResult | None:
    number, exponent = _number(words["number"]), 2 if words["name"] == "square" else 3
    root = round(number ** (1 / exponent))
    is_power = any(candidate**exponent == number for candidate in (root - 1, root, root + 1))
    return _decided(is_power != bool(words["not"]))


def _digits(words: re.Match[str]) -> ClaimResult:
    number = words["number"].replace(",", "")
    return _decided((len(number) == _DIGITS[words["count"].lower()]) != bool(words["not"]))


def _division(words: re.Match[str]) -> ClaimResult | None:
    """1121 ÷ 243 = 4 remainder 133"""
    number, divisor, quotient, rest = (
        _number(words[name]) for name in ("number", "divisor", "quotient", "rest")
    )
    product = divisor * quotient + rest
    if product == number:
        return proved(ClaimRelation.EQUAL) if rest < divisor else None
    return _decided(False, str(number), rf"{divisor} \cdot {quotient} + {rest} = {product}")


def _remainder(words: re.Match[str]) -> ClaimResult | None:
    number, divisor, rest = (_number(words[name]) for name in ("number", "divisor", "rest"))
    if divisor == 0 or (rest >= divisor and (number - rest) % divisor == 0):
        return None
    return _decided(number % divisor == rest, str(number % divisor), str(rest))


def _common(words: re.Match[str]) -> ClaimResult | None:
    numbers = _numbers(words["numbers"])
    if len(numbers) < 2 or 0 in numbers:
        return None
    is_divisor = words["name"].lower()[0] in "gh"
    value = math.gcd(*numbers) if is_divisor else math.lcm(*numbers)
    return _decided(value == _number(words["value"]), str(value), words["value"])


_NOT = r"(?P<not>not )?"
_SEVERAL = rf"{_N}(?:(?:, and|,| and) {_N}){{0,5}}"
_NUMBERS = rf"(?P<numbers>{_SEVERAL}){_IS}{_NOT}"
_NUMBER, _DIVISOR, _REST = rf"(?P<number>{_N})", rf"(?P<divisor>{_N})", rf"(?P<rest>{_N})"
_NOUN = r"(?: numbers?| integers?)?"
_COMMON_NAME = r"greatest common (?:divisor|factor)|gcd|gcf|hcf|least common multiple|lcm"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,^]){text}{_ENDS}", re.IGNORECASE)


_STATEMENTS: tuple[Row, ...] = (
    (
        _pattern(
            rf"{_NUMBERS}(?:evenly )?divisible (?:evenly )?by (?:both )?(?P<divisors>{_LIST})"
        ),
        _divisible,
    ),
    (
        _pattern(
            rf"(?P<first>{_N}){_IS}{_NOT}an? (?P<name>multiple|factor|divisor) of (?P<second>{_N})"
        ),
        _multiple,
    ),
    (_pattern(rf"(?P<part>{_N}) (?P<not>does not )?divides? (?P<whole>{_N})"), _divides),
    (_pattern(rf"{_NUMBERS}(?:an? )?(?P<name>prime|composite){_NOUN}"), _prime),
    (_pattern(rf"{_NUMBERS}(?:an? )?(?P<name>even|odd){_NOUN}"), _parity),
    (_pattern(rf"{_NUMBER}{_IS}{_NOT}a perfect (?P<name>square|cube)"), _power),
    (
        _pattern(
            rf"{_NUMBER}{_IS}{_NOT}a (?P<count>{'|'.join(_DIGITS)})[- ]digits? (?:number|integer)"
        ),
        _digits,
    ),
    (
        _pattern(
            rf"{_NUMBER} ?(?:÷|divided by|/) ?{_DIVISOR},? ?(?:=|is|equals|gives)"
            rf" ?(?P<quotient>{_N}),? {_REMAINDER} {_REST}"
        ),
        _division,
    ),
    (
        _pattern(
            rf"{_NUMBER} (?:divided by|÷) {_DIVISOR} (?:leaves|has|gives) an? remainder of {_REST}"
        ),
        _remainder,
    ),
    (
        _pattern(
            rf"(?:the )?remainder when {_NUMBER} is divided by {_DIVISOR} (?:is|=|equals) {_REST}"
        ),
        _remainder,
    ),
    (
        _pattern(
            rf"{_NUMBER} (?:leaves|has|gives) an? remainder of {_REST} when (?:it is )?divided by"
            rf" {_DIVISOR}"
        ),
        _remainder,
    ),
    (_pattern(rf"{_NUMBER} ?mod(?:ulo)? ?{_DIVISOR} ?(?:=|is) ?{_REST}"), _remainder),
    (
        _pattern(
            rf"(?P<name>[A-Za-z]) ?= ?{_NUMBER} mod {_DIVISOR}[\s.,;]{{1,6}}(?P=name) ?= ?{_REST}"
        ),
        _remainder,
    ),
    (
        _pattern(
            rf"(?:the )?(?P<name>{_COMMON_NAME})(?: \((?:gcd|gcf|hcf|lcm)\))? of"
            rf" (?P<numbers>{_SEVERAL}) (?:is|=|equals) (?P<value>{_N})"
        ),
        _common,
    ),
    *((_pattern(text), judge) for text, judge in (*CALENDAR_STATEMENTS, *MEASURE_STATEMENTS)),
)
