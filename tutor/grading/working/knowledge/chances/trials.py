"""What is tried several times: dice, coins, and anything else whose chance is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.chances.probabilities import (
    expected_probability,
    is_product,
    is_sum,
    is_sum_or_multiple,
)
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.small_numbers import COUNT, small_number
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_TIMES = 12
MAX_COUNTS = 2  # in a statement: of the trials, and of the hits that are asked for
_SIDES = 6
AT_LEAST_ONE = words(
    r"at least one|at least once|mindestens ein\w*|au moins un\w*|al menos un\w*"
    r"|por lo menos un\w*",
    "至少",
)
_EVERY = words(
    r"all (?:three|four|five|\d+)? ?times?|each time|every time|jedes mal|jedesmal|immer|alle"
    r"|chaque fois|cada vez|both|all",
    "每次|都",
)
_TIMES = re.compile(
    rf"{COUNT}\s*(?:times|mal|-mal|fois|veces|次)|(?<!\w)(twice|zweimal|dreimal|viermal|fünfmal)(?!\w)",
    re.IGNORECASE,
)
_OTHER_EVENT = words(
    r"exactly|at most|fewer|more|genau|höchstens|weniger|mehr|exactement|au plus|moins de|plus de"
    r"|exactamente|como máximo|menos de|más de"
    r"|same|different|but|except|not|neither|gleiche[nrs]?|verschieden\w{0,2}|außer|nicht|même|mism[oa]"
    r"|distint[oa]s?",
    "相同|不同|一样|除了|不|恰|正好|至多|最多",
)
_THROWN_TOGETHER = re.compile(
    rf"(?<!\w){COUNT}\s(?:(?:fair|ordinary|normal|faire|normale)\s){{0,2}}"
    r"(?:dice|coins|würfel|münzen|dés|pièces|dados|monedas)",
    re.IGNORECASE,
)
_THROWN_IN_CHINESE = re.compile(
    rf"{COUNT}\s?(?:次|[枚个颗只粒](?:质地)?(?:均匀|相同)?的?(?:硬币|骰子))"
)
_CHANCE = re.compile(
    r"(?:probability|wahrscheinlichkeit|probabilité|probabilidad|概率|命中率)\D{0,12}?"
    r"(0[.,]\d{1,4}|\d{1,2}/\d{1,3})",
    re.IGNORECASE,
)
_SIX = words(r"six(?:es)?|sechs(?:en)?|seis|an? 6|eine 6|une? 6|un 6", "六点|6 ?点")
_DIE = words(r"dice|die|würfel\w*|dés?|dados?", "骰子")
_COIN = words(r"coins?|münzen?|pièces?|monedas?", "硬币")
_HEADS = words(r"heads?|tails?|kopf|zahl|pile|face|cara|cruz", "正面|反面")
_SEVERAL_RESULTS = re.compile(
    rf"{COUNT}\s(?:sixes|six|heads|tails|sechsen|seises|faces|piles|caras|cruces)", re.IGNORECASE
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = plain_text(task.text)
    yield from _repeated(text)
    yield from _dice_sums(text)
    yield from _exact_hits(text)


@dataclass(frozen=True, slots=True)
class Trial:
    """Something tried several times. chance: of each time."""

    chance: Fraction
    times: int
    is_at_least_once: bool


def trial_in(text: str) -> Trial | None:
    """At least once, or every time; None for anything else."""
    chance, times = single_chance(text), small_number(_times_in(text))
    if chance is None:
        return None
    if not 2 <= times <= MAX_TIMES:
        return None
    if AT_LEAST_ONE.search(text):
        return Trial(chance, times, is_at_least_once=True)
    if _OTHER_EVENT.search(text):
        return None
    results = map(small_number, _SEVERAL_RESULTS.findall(text))
    is_every_time = _EVERY.search(text) or len(_TIMES.findall(text)) > 1 or times in results
    return Trial(chance, times, is_at_least_once=False) if is_every_time else None


def repeated_trial(text: str) -> tuple[int, Fraction] | None:
    """How many times something is tried, and its chance each time; None where one is not told."""
    chance, times = single_chance(text), small_number(_times_in(text))
    if chance is None or not 2 <= times <= MAX_TIMES or len(_TIMES.findall(text)) > MAX_COUNTS:
        return None
    return times, chance


def exact_hits(text: str) -> int | None:
    """How many hits are asked for: exactly two."""
    match = _EXACTLY.search(text)
    return small_number(match[1] or _WORD_TIMES[match[2].casefold()]) if match else None


def outcomes_in(text: str) -> tuple[int, int] | None:
    """2³ for three coins, 6² for a die thrown twice, as base and exponent; None otherwise."""
    is_die, is_coin = bool(_DIE.search(text)), bool(_COIN.search(text))
    chinese = _THROWN_IN_CHINESE.findall(text)
    times = small_number(_times_in(text)) or (small_number(chinese[0]) if chinese else 0)
    if is_die == is_coin or len(chinese) > 1 or not 2 <= times <= MAX_TIMES:
        return None
    return (_SIDES if is_die else 2), times


def heads_at_least_one(text: str, task: Task) -> bool:
    """Whether the line begins with "at least one:", or "at least one six:", as is asked."""
    head, colon, _ = text.replace("：", ":").partition(":")
    trial = trial_in(plain_text(task.text)) if colon and AT_LEAST_ONE.search(head) else None
    if trial is None or not trial.is_at_least_once:
        return False
    rest = AT_LEAST_ONE.sub("", head, count=1).strip(" ()P")
    return not rest or bool(_SIX.fullmatch(rest) or _HEADS.fullmatch(rest))


def _times_in(text: str) -> str:
    """three of "three times", two of "two dice"; "0" for anything else."""
    if match := _TIMES.search(text):
        return match[1] or _WORD_TIMES[match[2].casefold()]
    together = _THROWN_TOGETHER.search(text)
    return together[1] if together else "0"


def _repeated(text: str) -> Iterator[ExpectedQuantity]:
    """A die or coin thrown several times: at least once, or every time."""
    trial = trial_in(text)
    if trial is None:
        return
    chance, times = trial.chance, trial.times
    added = chance * times
    if trial.is_at_least_once:
        yield expected_probability((1 - chance) ** times, is_asked=False)
        yield expected_probability(
            1 - (1 - chance) ** times,
            (Slip.ADDED_PROBABILITIES, added, is_sum_or_multiple),
            (Slip.SET_UP, 1 - chance**times, is_sum),
        )
    else:
        yield expected_probability(chance**times, (Slip.SUM_FOR_PRODUCT, added, is_sum_or_multiple))


_WORD_TIMES = {"twice": "2", "zweimal": "2", "dreimal": "3", "viermal": "4", "fünfmal": "5"}


def single_chance(text: str) -> Fraction | None:
    if _DIE.search(text) and _SIX.search(text):
        return Fraction(1, 6)
    if _COIN.search(text) and _HEADS.search(text):
        return Fraction(1, 2)
    match = _CHANCE.search(text)
    if match is None:
        return None
    chance = Fraction(match[1].replace(",", "."))
    return chance if 0 < chance < 1 else None


_TWO_DICE = words(
    r"two (?:fair |six-sided |normal )*(?:dice|die)"
    r"|(?:dice|die|würfel\w{0,9}+|dado|dé) (?:is |wird )?"
    r"(?:rolled |thrown |geworfen )?(?:twice|zweimal)"
    r"|zwei\w? (?:faire\w? )?würfel\w{0,9}+|deux dés|dos dados",
    "两[枚个颗粒]?(?:[^，。；]{0,6}的)?(?:正方体)?骰子|(?:两次|2次).{0,4}骰子|骰子.{0,4}(?:两次|2次)",
)
_SUM_IS = re.compile(
    r"(?:sum|total|augensumme|summe|somme|suma|之和|点数和)[^\d.?]{0,24}?(\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
_EXACTLY = re.compile(
    r"(?:exactly|genau|exactement|exactamente|恰好?(?:命中|有|投中)?)\s?"
    rf"(?:{COUNT}|(twice|zweimal|dreimal|viermal|fünfmal))",
    re.IGNORECASE,
)


def dice_sum_in(text: str) -> int | None:
    """The sum of two dice that is asked for."""
    match = _SUM_IS.search(text)
    return int(match[1]) if match is not None and _TWO_DICE.search(text) else None


def _dice_sums(text: str) -> Iterator[ExpectedQuantity]:
    """5/36 for a sum of 8; pairs without order are a usual mistake."""
    total = dice_sum_in(text)
    ordered = sum(a + b == total for a in range(1, 7) for b in range(1, 7))
    pairs = sum(a + b == total for a in range(1, 7) for b in range(a, 7))
    if ordered:
        yield expected_probability(
            Fraction(ordered, 36), (Slip.WRONG_COUNT, Fraction(pairs, 36), None)
        )


def _exact_hits(text: str) -> Iterator[ExpectedQuantity]:
    """C(5, 2)·0.2²·0.8³ for exactly two hits of five."""
    chance, times, hits = single_chance(text), _TIMES.search(text), _EXACTLY.search(text)
    if chance is None or times is None or hits is None:
        return
    n, k = (small_number(match[1] or _WORD_TIMES[match[2].casefold()]) for match in (times, hits))
    if not 1 <= k <= n <= MAX_TIMES:
        return
    single = chance**k * (1 - chance) ** (n - k)
    order_forgotten = (Slip.ORDER_FORGOTTEN, single, is_product)
    yield expected_probability(comb(n, k) * single, order_forgotten, is_outcome=comb(n, k) == 1)
