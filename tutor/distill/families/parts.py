"""Fractions, percentages and ratios."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from random import Random

from tutor.distill.exercise import (
    CHINESE,
    ENGLISH,
    Bilingual,
    Exercise,
    LessonStep,
    Phrases,
    Wording,
    step,
)
from tutor.distill.latex import fraction, over
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Form, Kind

_LOWEST = Phrases(
    ("Give a fraction in lowest terms.", "Simplify the result."),
    ("结果用最简分数表示。", "结果化为最简分数。"),
)
_COMMON_FACTORS = Bilingual("Divide by common factors.", "约去公因数。")


def fraction_sums(rng: Random) -> Exercise:
    (a, b), (c, d) = _proper(rng), _proper(rng)
    sign = rng.choice("+-")
    if sign == "-" and Fraction(a, b) < Fraction(c, d) and rng.random() < 0.8:
        (a, b), (c, d) = (c, d), (a, b)
    formula = f"{over(a, b)}{sign}{over(c, d)}"
    common = lcm(b, d)
    x, y = a * common // b, c * common // d
    top = x + y if sign == "+" else x - y
    steps = [
        step(f"{over(a, b)}={over(x, common)}", f"{over(c, d)}={over(y, common)}",
             en=f"Over \\({common}\\):", zh=f"通分到 \\({common}\\)："),
        step(f"{over(x, common)}{sign}{over(y, common)}={over(top, common)}"),
        *_reduced(top, common),
    ]  # fmt: skip
    plan = Bilingual("Find a common denominator.", "先通分。")
    return _fraction_exercise(rng, formula, plan, steps, Fraction(top, common))


def fraction_products(rng: Random) -> Exercise:
    (a, b), (c, d) = _proper(rng), _proper(rng)
    if rng.random() < 0.2:
        d = 1
        c = rng.randint(2, 9)
    first, second = over(a, b), over(c, d) if d > 1 else str(c)
    steps: list[LessonStep] = []
    formula = f"{first}\\times{second}"
    if rng.random() < 0.45:
        formula = f"{first}\\div{second}"
        c, d = d, c
        steps.append(step(f"{formula}={first}\\times{over(c, d) if d > 1 else c}"))
    top, bottom = a * c, b * d
    second = over(c, d) if d > 1 else str(c)
    above, below = f"{a}\\times{c}", f"{b}\\times{d}" if d > 1 else str(b)
    steps.append(step(f"{first}\\times{second}={over(above, below)}={over(top, bottom)}"))
    steps += _reduced(top, bottom)
    plan = Bilingual("Multiply tops and bottoms.", "分子乘分子，分母乘分母。")
    return _fraction_exercise(rng, formula, plan, steps, Fraction(top, bottom))


def reducing(rng: Random) -> Exercise:
    common, a, b = rng.randint(2, 12), rng.randint(1, 12), rng.randint(2, 12)
    if gcd(a, b) > 1 or a == b:
        return reducing(rng)
    wording, top, bottom = Wording(rng), a * common, b * common
    shown = wording.formula(over(top, bottom))
    ways = Phrases(
        (
            f"Write {shown} in lowest terms.",
            f"Simplify {shown}.",
            f"Reduce the fraction {shown}.",
            f"Reduce {shown} to lowest terms.",
        ),
        (f"把 {shown} 化成最简分数。", f"约分：{shown}。", f"化简分数 {shown}。"),
    )
    return Exercise(
        f"reducing:{top} {bottom}",
        wording.in_both(ways),
        _COMMON_FACTORS,
        _primes_cancelled(top, bottom),
        AnswerKey(fraction(Fraction(top, bottom)), Kind.NUMBER, form=Form.LOWEST_TERMS),
    )


def percentages(rng: Random) -> Exercise:
    wording = Wording(rng)
    p = 5 * rng.randint(1, 19)
    n = 20 * rng.randint(1, 25)
    p_, n_ = f"{p}%", wording.number(n)
    if wording.rng.random() < 0.4:
        gap = rng.choice(["", "", "\\,"])
        p_ = wording.formula(f"{p}{gap}\\%")
    kind = rng.choice(["of", "of", "less", "more", "what"])
    ask = {"of": _part_of, "less": _decreased, "more": _increased, "what": _which_percentage}[kind]
    asked = ask(_Percentage(wording, p, n, p_, n_))
    return Exercise(
        f"percentages:{kind} {p} {n}",
        {ENGLISH: asked.english, CHINESE: asked.chinese},
        Bilingual("Start from 5%.", "先求 5%。"),
        asked.steps,
        AnswerKey(str(asked.answer), Kind.NUMBER),
    )


@dataclass(frozen=True)
class _Percentage:
    """p percent of n. p_, n_: as they are worded."""

    wording: Wording
    p: int
    n: int
    p_: str
    n_: str

    @property
    def unit(self) -> int:
        """5 percent of n."""
        return self.n // 20

    @property
    def part(self) -> int:
        return self.unit * (self.p // 5)

    @property
    def five(self) -> LessonStep:
        return step(f"{self.n}\\div20={self.unit}", en="5% is", zh="5% 是")

    @property
    def steps(self) -> list[LessonStep]:
        """To the part."""
        if self.p == 5:
            return [self.five]
        times, words = self.p // 5, {"en": f"{self.p}% is", "zh": f"{self.p}% 是"}
        return [self.five, step(f"{self.unit}\\times{times}={self.part}", **words)]


@dataclass(frozen=True)
class _Asked:
    answer: int
    steps: list[LessonStep]
    english: str
    chinese: str


def _part_of(percentage: _Percentage) -> _Asked:
    p_, n_, wording = percentage.p_, percentage.n_, percentage.wording
    english = wording.of(
        f"What is {p_} of {n_}?",
        f"Find {p_} of {n_}.",
        f"Calculate {p_} of {n_}.",
        f"A cap costs {n_} dollars. Its price is reduced by {p_}."
        " By how many dollars is the price reduced?",
        f"A cap costs {n_} dollars. In the sale its price is reduced by {p_}."
        " By how many dollars is the price reduced?",
    )
    chinese = wording.of(f"{n_} 的 {p_} 是多少？", f"求 {n_} 的 {p_}。", f"计算 {n_} 的 {p_}。")
    return _Asked(percentage.part, percentage.steps, english, chinese)


def _decreased(percentage: _Percentage) -> _Asked:
    p_, n_, wording = percentage.p_, percentage.n_, percentage.wording
    answer = percentage.n - percentage.part
    steps = [*percentage.steps, step(f"{percentage.n}-{percentage.part}={answer}")]
    english = wording.of(
        f"Decrease {n_} by {p_}.",
        f"A jacket costs {n_} dollars. Its price is reduced by {p_}. What is the new price?",
        f"A price of {n_} euros falls by {p_}. Find the new price.",
    )
    chinese = wording.of(
        f"{n_} 减少 {p_} 后是多少？",
        f"一件商品原价 {n_} 元，降价 {p_}，现价是多少元？",
    )
    return _Asked(answer, steps, english, chinese)


def _increased(percentage: _Percentage) -> _Asked:
    p_, n_, wording = percentage.p_, percentage.n_, percentage.wording
    answer = percentage.n + percentage.part
    steps = [*percentage.steps, step(f"{percentage.n}+{percentage.part}={answer}")]
    english = wording.of(
        f"Increase {n_} by {p_}.",
        f"A rent of {n_} dollars rises by {p_}. What is the new rent?",
        f"A price of {n_} euros rises by {p_}. Find the new price.",
    )
    chinese = wording.of(
        f"{n_} 增加 {p_} 后是多少？",
        f"一件商品原价 {n_} 元，涨价 {p_}，现价是多少元？",
    )
    return _Asked(answer, steps, english, chinese)


def _which_percentage(percentage: _Percentage) -> _Asked:
    p, n_, wording = percentage.p, percentage.n_, percentage.wording
    times = step(f"{percentage.part}\\div{percentage.unit}={p // 5}")
    steps = [percentage.five, times, step(f"5\\times{p // 5}={p}")]
    part_ = wording.number(percentage.part)
    english = wording.of(
        f"What percentage of {n_} is {part_}? Give the number of percent.",
        f"{part_} is how many percent of {n_}?",
    )
    chinese = wording.of(
        f"{part_} 是 {n_} 的百分之几？请填百分号前的数。", f"{part_} 占 {n_} 的百分之多少？"
    )
    return _Asked(p, steps, english, chinese)


def ratios(rng: Random) -> Exercise:
    return _simplest_ratio(rng) if rng.random() < 0.5 else _shared_in_ratio(rng)


def _shared_in_ratio(rng: Random) -> Exercise:
    wording = Wording(rng)
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    unit = rng.randint(2, 12)
    total = (a + b) * unit
    amount, ratio = wording.number(total), wording.formula(f"{a}:{b}")
    share, is_second = rng.choice([(a, 0), (b, 1)])
    answer = share * unit
    steps = [
        step(f"{a}+{b}={a + b}"),
        step(f"{total}\\div{a + b}={unit}"),
        step(f"{unit}\\times{share}={answer}"),
    ]
    return Exercise(
        f"ratios:share {total} {a} {b} {is_second}",
        wording.in_both(_asking_for_share(amount, ratio, _SHARES[is_second])),
        Bilingual("Find one part.", "先求一份。"),
        steps,
        AnswerKey(str(answer), Kind.NUMBER),
    )


_SHARES = (Bilingual("first", "第一份"), Bilingual("second", "第二份"))


def _asking_for_share(amount: str, ratio: str, share: Bilingual) -> Phrases:
    return Phrases(
        (
            f"Divide {amount} in the ratio {ratio}. What is the {share.en} part?",
            f"{amount} sweets are shared in the ratio {ratio}."
            f" How many sweets are in the {share.en} share?",
            f"Two friends share {amount} dollars in the ratio {ratio}."
            f" How much does the {share.en} one get?",
        ),
        (
            f"把 {amount} 按 {ratio} 分成两份，{share.zh}是多少？",
            f"把 {amount} 元按 {ratio} 分给两人，{share.zh}是多少元？",
        ),
    )


def _simplest_ratio(rng: Random) -> Exercise:
    common, a, b = rng.randint(2, 12), rng.randint(1, 12), rng.randint(1, 12)
    if gcd(a, b) > 1:
        return _simplest_ratio(rng)
    wording, x, y = Wording(rng), a * common, b * common
    ways = _asking_for_simplest(wording, x, y)
    steps = [
        step(f"{top}\\div{p}={top // p}", f"{bottom}\\div{p}={bottom // p}")
        for top, bottom, p in _common_primes(x, y)
    ]
    return Exercise(
        f"ratios:simplest {x} {y}",
        wording.in_both(ways, _SMALL_NUMBERS),
        _COMMON_FACTORS,
        steps,
        AnswerKey(f"{a}:{b}", Kind.RATIO, form=Form.LOWEST_TERMS),
    )


_SMALL_NUMBERS = Phrases(("Give a ratio of two whole numbers that are as small as possible.",))


def _asking_for_simplest(wording: Wording, x: int, y: int) -> Phrases:
    ratio = wording.formula(f"{x}:{y}")
    white, blue = wording.number(x), wording.number(y)
    return Phrases(
        (
            f"Simplify the ratio {ratio}.",
            f"Write the ratio {ratio} in its simplest form.",
            f"A painter mixes {white} litres of white paint with {blue} litres of blue paint."
            " What is the ratio of white to blue?",
        ),
        (f"化简比 {ratio}。", f"把 {ratio} 化成最简单的整数比。", f"化简：{ratio}。"),
    )


def _proper(rng: Random) -> tuple[int, int]:
    bottom = rng.randint(2, 10)
    top = rng.randint(1, bottom - 1)
    shared = gcd(top, bottom)
    return top // shared, bottom // shared


def _reduced(top: int, bottom: int) -> list[LessonStep]:
    """The step to lowest terms; none for a fraction that is in lowest terms."""
    shared = gcd(top, bottom)
    if shared == 1:
        return []
    result = step(
        f"{over(top, bottom)}={fraction(Fraction(top, bottom))}",
        en=f"Divide by \\({shared}\\):",
        zh=f"约去 \\({shared}\\)：",
    )
    return [result]


def _primes_cancelled(top: int, bottom: int) -> list[LessonStep]:
    return [
        step(
            f"{over(x, y)}={fraction(Fraction(x, y)) if y == p else over(x // p, y // p)}",
            en=f"Divide by \\({p}\\):",
            zh=f"约去 \\({p}\\)：",
        )
        for x, y, p in _common_primes(top, bottom)
    ]


def _common_primes(x: int, y: int) -> list[tuple[int, int, int]]:
    """The pair before each cancellation and the prime to cancel, smallest first."""
    factors = []
    for p in (2, 3, 5, 7, 11):
        while x % p == y % p == 0:
            factors.append((x, y, p))
            x, y = x // p, y // p
    return factors


def _fraction_exercise(
    rng: Random, formula: str, plan: Bilingual, steps: list[LessonStep], value: Fraction
) -> Exercise:
    wording = Wording(rng)
    shown = wording.formula(formula)
    ways = Phrases(
        (f"Calculate {shown}.", f"What is {shown}?", f"Work out {shown}."),
        (f"计算 {shown}。", f"计算：{shown}。", f"求 {shown} 的值。"),
    )
    key = AnswerKey(fraction(value), Kind.NUMBER, form=Form.LOWEST_TERMS)
    return Exercise(f"fractions:{formula}", wording.in_both(ways, _LOWEST), plan, steps, key)
