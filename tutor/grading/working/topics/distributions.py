"""Normal and binomial distributions that a statement tells, and the chances of their intervals."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.working.knowledge.chances.trials import repeated_trial
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import read_number
from tutor.grading.working.quantities.stated import plain_text

MAX_TRIALS = 60
_NUMBER = r"[-−]?\d{1,6}(?:\.\d{1,6})?"
_SYMBOLS = (
    *((r"\sim", "~"), (r"\mu", "μ"), ("µ", "μ"), (r"\sigma", "σ"), (r"\leq", "≤"), (r"\le", "≤")),
    *(
        (r"\geq", "≥"),
        (r"\ge", "≥"),
        ("<=", "≤"),
        (">=", "≥"),
        ("−", "-"),
        (r"\,", ""),
        (r"\;", ""),
    ),
    *((r"\(", " "), (r"\)", " "), (r"\Phi", "Φ"), ("²", "^2"), (r"\left", ""), (r"\right", "")),
)
_NORMAL = words(r"normal\w{0,20}|gaussi\w{0,6}", r"正态|N\s?\(")
_PARAMETERS = re.compile(
    rf"N\s?\(\s?({_NUMBER})\s?[,;，|]\s?({_NUMBER}|σ)\s?(\^\s?\{{?2\}}?)?\s?\)"
)
_MEAN = re.compile(
    r"(?:μ|(?<!\w)mean|mittelwert|erwartungswert|moyenne|espérance|media|均值|平均数|期望)"
    rf"\s?(?:=|of|von|de|is|ist|est|es|为|是|\s)?\s?({_NUMBER})(?!\d)",
    re.IGNORECASE,
)
_DEVIATION = re.compile(
    r"(?:σ|standard deviation|standardabweichung|écart[- ]type|desviación (?:típica|estándar)"
    r"|标准差)"
    rf"\s?(?:=|of|von|de|is|ist|est|es|为|是|\s)?\s?({_NUMBER})(?!\d)",
    re.IGNORECASE,
)
# Spanish schools write the standard deviation into the bracket, others the variance.
_SPANISH = words(r"una|sigue|variable aleatoria|distribución|probabilidad|halla|calcula")
_BINOMIAL = re.compile(
    rf"B(?:in)?\s?\(\s?(\d{{1,3}})\s?[,;，|]\s?({_NUMBER}(?:/\d{{1,3}})?)\s?\)", re.IGNORECASE
)
_TRIALS = re.compile(r"(?<![A-Za-z])n\s?=\s?(\d{1,3})(?![\d.])")
_CHANCE = re.compile(r"(?<![A-Za-z(])p\s?=\s?(0\.\d{1,6}|\d{1,3}/\d{1,3})")
_BY_NAME = words(r"binomial\w*", "二项分布")
_TOLD = re.compile(r"P\s?\(([^()]{1,30})\)\s?=\s?(0?\.\d{1,6})(?!\d)")
_ONE_END = re.compile(rf"([A-Z])\s?([<>≤≥=])\s?({_NUMBER})")
_TWO_ENDS = re.compile(rf"({_NUMBER})\s?([<≤])\s?([A-Z])\s?([<≤])\s?({_NUMBER})")
_TURNED = re.compile(rf"({_NUMBER})\s?([<>≤≥])\s?([A-Z])")
_DISTRIBUTED = re.compile(r"(?<![A-Za-z])([A-Z])\s?[~∼]")
_MIRRORED = str.maketrans("<>≤≥", "><≥≤")


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Of values of the variable with this letter. None for an end that it does not have."""

    low: Fraction | None
    high: Fraction | None
    has_low: bool = True
    has_high: bool = True
    letter: str = "X"


@dataclass(frozen=True)
class Normal:
    """deviation: None where only told chances are known. told: the share below a value."""

    mean: Fraction
    deviation: Fraction | None
    told: dict[Fraction, Fraction] = field(default_factory=dict)

    def chance(self, interval: ValueRange) -> Fraction | None:
        """None where it is not known."""
        below = Fraction(0) if interval.low is None else self._below(interval.low)
        above = Fraction(1) if interval.high is None else self._below(interval.high)
        if below is None or above is None:
            return None
        return max(above - below, Fraction(0))

    def _below(self, value: Fraction) -> Fraction | None:
        if value == self.mean:
            return Fraction(1, 2)
        if value in self.told:
            return self.told[value]
        if self.deviation is None:
            opposite = self.told.get(2 * self.mean - value)
            return None if opposite is None else 1 - opposite
        return standard_normal(float((value - self.mean) / self.deviation))


STANDARD = Normal(Fraction(0), Fraction(1))


@dataclass(frozen=True)
class Binomial:
    trials: int
    share: Fraction

    def chance(self, interval: ValueRange) -> Fraction | None:
        return sum((self._of(hits) for hits in self._hits(interval)), Fraction(0))

    def _hits(self, interval: ValueRange) -> Iterator[int]:
        for hits in range(self.trials + 1):
            is_above = interval.low is None or hits > interval.low
            is_above |= interval.has_low and hits == interval.low
            is_below = interval.high is None or hits < interval.high
            is_below |= interval.has_high and hits == interval.high
            if is_above and is_below:
                yield hits

    def _of(self, hits: int) -> Fraction:
        ways = math.comb(self.trials, hits)
        return ways * self.share**hits * (1 - self.share) ** (self.trials - hits)


def standard_normal(z: float) -> Fraction:
    """The share below z, to 12 decimals."""
    return Fraction(round((1 + math.erf(z / math.sqrt(2))) / 2, 12)).limit_denominator(10**12)


def plain_signs(text: str) -> str:
    """With signs for LaTeX's macros."""
    for macro, sign in _SYMBOLS:
        text = text.replace(macro, sign)
    return " ".join(text.split())


def distribution_in(statement: str) -> Normal | Binomial | None:
    """The only one that the statement tells."""
    text = plain_signs(statement)
    normal = _normal(text) if _NORMAL.search(text) else None
    return normal or _binomial(text, statement)


def _normal(text: str) -> Normal | None:
    parameters = _PARAMETERS.findall(text)
    if len(set(parameters)) > 1:
        return None
    if parameters:
        [(mean, spread, square), *_] = parameters
        known = Fraction(mean.replace("−", "-"))
        deviation = _deviation(spread, is_variance=not square and not _SPANISH.search(text))
        return Normal(known, deviation, dict(_told(text)))
    means, deviations = set(_MEAN.findall(text)), set(_DEVIATION.findall(text))
    if len(means) != 1 or len(deviations) > 1:
        return None
    deviation = Fraction(next(iter(deviations))) if deviations else None
    if deviation is not None and deviation <= 0:
        return None
    return Normal(Fraction(next(iter(means))), deviation, dict(_told(text)))


def _deviation(spread: str, *, is_variance: bool) -> Fraction | None:
    if spread == "σ" or Fraction(spread) <= 0:
        return None
    if not is_variance:
        return Fraction(spread)
    return Fraction(math.sqrt(Fraction(spread))).limit_denominator(10**9)


def _told(text: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Shares below a value: 4 and 0.84 of P(X ≤ 4) = 0.84."""
    for event, chance in _TOLD.findall(text):
        interval = interval_in(event)
        if interval is not None and interval.low is None and interval.high is not None:
            yield interval.high, Fraction(chance)
        elif interval is not None and interval.high is None and interval.low is not None:
            yield interval.low, 1 - Fraction(chance)


def _binomial(text: str, statement: str) -> Binomial | None:
    short = set(_BINOMIAL.findall(text))
    if len(short) == 1:
        [(count, share)] = short
        return _valid(int(count), read_number(share))
    trials, chance = _TRIALS.search(text), _CHANCE.search(text)
    if _BY_NAME.search(text) and trials and chance:
        return _valid(int(trials[1]), read_number(chance[1]))
    trial = None if short else repeated_trial(plain_text(statement))
    return None if trial is None else _valid(*trial)


def _valid(trials: int, share: Fraction | None) -> Binomial | None:
    is_valid = share is not None and 0 < trials <= MAX_TRIALS and 0 < share < 1
    return Binomial(trials, share) if is_valid and share is not None else None


def interval_in(event: str) -> ValueRange | None:
    """Of X ≤ 4, 0 < X < 4 and X = 2; None for anything else."""
    event = plain_signs(event).strip()
    if match := _TURNED.fullmatch(event):
        event = f"{match[3]}{match[2].translate(_MIRRORED)}{match[1]}"
    if match := _TWO_ENDS.fullmatch(event):
        ends = Fraction(match[1]), Fraction(match[5])
        return ValueRange(*ends, match[2] == "≤", match[4] == "≤", match[3])
    match = _ONE_END.fullmatch(event)
    if match is None:
        return None
    letter, sign, end = match[1], match[2], Fraction(match[3])
    if sign == "=":
        return ValueRange(end, end, letter=letter)
    is_closed = sign in "≤≥"
    if sign in "<≤":
        return ValueRange(None, end, has_high=is_closed, letter=letter)
    return ValueRange(end, None, has_low=is_closed, letter=letter)


def chance_of(event: str, known: Normal | Binomial, statement: str) -> Fraction | None:
    """By what is known of the statement's variable, or of the standardised Z; None for others."""
    interval = interval_in(event)
    if interval is None:
        return None
    own = set(_DISTRIBUTED.findall(plain_signs(statement))) or {"X"}
    if interval.letter == "Z" and isinstance(known, Normal) and "Z" not in own:
        return STANDARD.chance(interval)
    return known.chance(interval) if interval.letter in own else None
