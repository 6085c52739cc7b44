"""Chances of a random variable: P(X > 130) = 1 - 0.9772, P(X ≤ 1) = P(X = 0) + P(X = 1)."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.working.knowledge.chances.trials import exact_hits
from tutor.grading.working.knowledge.statement_numbers import read_number, read_rational
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task
from tutor.grading.working.topics.distributions import (
    Binomial,
    Normal,
    chance_of,
    distribution_in,
    plain_signs,
    standard_normal,
)

MAX_LENGTH = 200  # characters of a line
APART = Fraction(1, 50)  # what rounding does not explain
_CHANCE = re.compile(r"P\s?\(([^()]{1,30})\)")
_OF_EVENTS = re.compile(r"[\s1+−()-]*")  # beside chances: 1 - P(X = 0)
_STANDARD = re.compile(r"(?:Φ|phi|Phi|norm(?:al)?cdf)\s?\(\s?(-?\d(?:\.\d{1,4})?)\s?\)")
_DECIMAL = re.compile(r"\d{0,3}\.(\d{1,9})")
_PERCENT = re.compile(r"(-?\d{1,3}(?:\.\d{1,4})?)\s?\\?%")
_SIDES = re.compile(
    r"\s?(?:=|≈|\\approx|,?\s?(?:so|also|donc|soit|es decir|d\.\s?h\.)?\s?"
    r"(?:about|ca\.|circa|etwa|environ|rund|approx\.?)\s)\s?"
)
_AROUND = re.compile(
    r"(?:(?:by|from|because of|the|symmetry|so|then|hence|and|also|dann|damit|wegen|aus|der"
    r"|daher|folgt|symmetrie|aufgrund|par|la|symétrie|donc|alors|por|simetría|entonces|luego|de"
    r"|4 ?dp|3 ?dp|gerundet)\b"
    r"|[由根据得对称性可知所以故因此则,，.。:：;()∴\s]){1,60}",
    re.IGNORECASE,
)
_STANDARDISED = re.compile(
    r"z(?:_?\d)?\s?=\s?\(\s?(-?\d{1,6}(?:\.\d{1,4})?)\s?-\s?(-?\d{1,6}(?:\.\d{1,4})?)\s?\)\s?[/:÷]\s?"
    r"(√?\s?\(?\d{1,6}(?:\.\d{1,4})?\)?)(?:\s?[=≈]\s?(-?\d{1,3}(?:\.\d{1,4})?))?"
)
_DISTRIBUTED = re.compile(
    r"(?:\w{1,9}\s?:\s)?[A-Z]\s?(?:~|∼|是|服从|follows|folgt|suit|sigue)\s?B(?:in)?\s?"
    r"\(\s?(\d{1,3})\s?[,;，|]\s?(0?\.\d{1,6}|\d{1,3}/\d{1,3})\s?\)"
)
_LETTER = re.compile(r"([npqkrx])\s?=\s?(\d{1,3}(?:\.\d{1,6})?(?:\s?/\s?\d{1,3})?)")
_LETTERS_ONLY = re.compile(r"(?:[\s,;，；、]|\b(?:and|und|et|y|with|mit|avec|con)\b|和){0,12}")


def judge_chance(text: str, task: Task) -> ClaimResult | None:
    """By the only distribution of the statement; None where a side is not known.

    Refuted where the statement itself tells mean and deviation, or a chance, and a side is far off;
    so is P(X ≥ 1) = 1 - P(X = 1), of chances alone.
    """
    text = plain_signs(text)
    start = text.find("P(") if "P(" in text else text.find("P (")
    distribution = distribution_in(task.text) if start >= 0 and len(text) <= MAX_LENGTH else None
    if distribution is None or (start and not _AROUND.fullmatch(text[:start])):
        return None
    sides = _sides(text[start:])
    if len(sides) < 2 or not _CHANCE.search(sides[0]):
        return None
    values = [_value(side, distribution, task.text) for side in sides]
    if None in values:
        return None
    first, *others = (value for value in values if value is not None)
    slacks = [_slack(side, distribution) for side in sides[1:]]
    if all(abs(first - o) <= s for o, s in zip(others, slacks, strict=True)):
        return proved(ClaimRelation.EVALUATE)
    are_events = all(_OF_EVENTS.fullmatch(_CHANCE.sub("", side)) for side in sides)
    if isinstance(distribution, Normal):
        return _refuted(first, others[0])
    if not are_events:
        return None
    witness = Witness({}, _shown(others[0]), _shown(first))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.OFF_BY_ONE)


def _refuted(right: Fraction, written: Fraction) -> ClaimResult | None:
    """By the value of the first side that is worked out; later ones are compared with that."""
    if abs(right - written) < APART:
        return None
    is_half = abs(written - (1 + right) / 2) < APART or abs(written - right / 2) < APART
    witness = Witness({}, _shown(written), _shown(right))
    slip = Slip.HALF_FORGOTTEN if is_half else Slip.NONE
    return refuted(ClaimRelation.EVALUATE, witness, slip)


def _shown(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _sides(text: str) -> list[str]:
    """P(X = 2) is one side, whatever stands in its bracket."""
    hidden = _CHANCE.sub(lambda match: match[0].replace("=", "≡"), text)
    sides = [side.replace("≡", "=").strip(" .,;。") for side in _SIDES.split(hidden)]
    last = sides[-1]
    for gap in re.finditer(r"\s(?=[^\d\s])|\s?\((?=\d ?dp)", last):
        if _AROUND.fullmatch(last[gap.start() :]):
            sides[-1] = last[: gap.start()].strip(" ,")
            break
    return sides


def _value(side: str, distribution: Normal | Binomial, statement: str) -> Fraction | None:
    """Of a side, with its chances put in."""
    if match := _PERCENT.fullmatch(side):
        return Fraction(match[1]) / 100
    events = (match[1] for match in _CHANCE.finditer(side))
    values = [chance_of(event, distribution, statement) for event in events]
    if None in values:
        return None
    numbers = iter(values)
    side = _CHANCE.sub(lambda _: f"({next(numbers)})", side)
    side = _STANDARD.sub(lambda match: f"({standard_normal(float(match[1]))})", side)
    return read_rational(side)


def _slack(side: str, distribution: Normal | Binomial) -> Fraction:
    """How far a right side may be off: by a unit of the last decimal of each of its numbers."""
    if match := _PERCENT.fullmatch(side):
        return Fraction(1, 10 ** (len(match[1].partition(".")[2]) + 2))
    decimals = [len(digits) for digits in _DECIMAL.findall(_CHANCE.sub("", side))]
    if isinstance(distribution, Binomial):
        decimals = decimals if _DECIMAL.fullmatch(side) else []
    return sum((Fraction(1, 10**digits) for digits in decimals if digits > 1), Fraction(1, 10**9))


def judge_standardised(text: str, task: Task) -> ClaimResult | None:
    """Of z = (130 - 100)/15; refuted where it divides by the variance. None for others."""
    match = _STANDARDISED.fullmatch(plain_signs(text).strip(" .,;"))
    normal = distribution_in(task.text) if match is not None else None
    if match is None or not isinstance(normal, Normal) or normal.deviation is None:
        return None
    value, mean = Fraction(match[1]), Fraction(match[2])
    divisor = read_rational(match[3])
    if value not in task.numbers or mean != normal.mean or not divisor:
        return None
    z = (value - mean) / normal.deviation
    written = (value - mean) / divisor
    if divisor == normal.deviation**2 != normal.deviation:
        return refuted(
            ClaimRelation.EVALUATE, Witness({}, _shown(written), _shown(z)), Slip.ROOT_FORGOTTEN
        )
    is_right = divisor == normal.deviation
    if match[4] is not None:
        decimals = len(match[4].partition(".")[2])
        is_right = is_right and abs(Fraction(match[4]) - z) * 10**decimals <= Fraction(1, 2)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def judge_parameters(text: str, task: Task) -> ClaimResult | None:
    """Given for X ~ B(3, 0.6) and for n = 5, p = 1/6, k = 2 as told; None for others."""
    text = plain_signs(text).strip(" .,;。")
    short, letters = _DISTRIBUTED.fullmatch(text), _LETTER.findall(text)
    is_list = bool(_LETTERS_ONLY.fullmatch(_LETTER.sub("", text))) and len(letters) > 1
    if short is None and not is_list:
        return None
    binomial = distribution_in(task.text)
    if not isinstance(binomial, Binomial):
        return None
    if short is not None:
        is_told = (int(short[1]), read_number(short[2])) == (binomial.trials, binomial.share)
    else:
        hits = exact_hits(plain_text(task.text))
        known = {"n": Fraction(binomial.trials), "p": binomial.share, "q": 1 - binomial.share}
        known |= {letter: Fraction(hits) for letter in "krx"} if hits is not None else {}
        is_told = all(read_number(n.replace(" ", "")) == known.get(name) for name, n in letters)
    return unchecked(ClaimRelation.DEFINE) if is_told else None
