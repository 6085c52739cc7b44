"""Fractions, percentages and ratios."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from random import Random

from tutor.distill.exercise import (
    CHINESE,
    ENGLISH,
    SILENT,
    Bilingual,
    Exercise,
    LessonStep,
    Wording,
    step,
)
from tutor.distill.latex import fraction, over
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Form, Kind

_LOWEST = ("Give a fraction in lowest terms.", "Simplify the result.")
_LOWEST_ZH = ("结果用最简分数表示。", "结果化为最简分数。")


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
    value = Fraction(top, bottom)
    answer = fraction(value)
    return Exercise(
        f"reducing:{top} {bottom}",
        {
            ENGLISH: wording.of(
                f"Write {shown} in lowest terms.",
                f"Simplify {shown}.",
                f"Reduce the fraction {shown}.",
                f"Reduce {shown} to lowest terms.",
            ),
            CHINESE: wording.of(
                f"把 {shown} 化成最简分数。", f"约分：{shown}。", f"化简分数 {shown}。"
            ),
        },
        Bilingual("Divide by common factors.", "约去公因数。"),
        _primes_cancelled(top, bottom),
        answer,
        AnswerKey(answer, Kind.NUMBER, form=Form.LOWEST_TERMS),
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
        str(asked.answer),
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
    if rng.random() < 0.5:
        return _simplest_ratio(rng)
    wording = Wording(rng)
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    unit = rng.randint(2, 12)
    total = (a + b) * unit
    n_, ratio = wording.number(total), wording.formula(f"{a}:{b}")
    share, larger = rng.choice([(a, 0), (b, 1)])
    first, second = ("first", "第一份") if not larger else ("second", "第二份")
    answer = share * unit
    return Exercise(
        f"ratios:share {total} {a} {b} {larger}",
        {
            ENGLISH: wording.of(
                f"Divide {n_} in the ratio {ratio}. What is the {first} part?",
                f"{n_} sweets are shared in the ratio {ratio}."
                f" How many sweets are in the {first} share?",
                f"Two friends share {n_} dollars in the ratio {ratio}."
                f" How much does the {first} one get?",
            ),
            CHINESE: wording.of(
                f"把 {n_} 按 {ratio} 分成两份，{second}是多少？",
                f"把 {n_} 元按 {ratio} 分给两人，{second}是多少元？",
            ),
        },
        Bilingual("Find one part.", "先求一份。"),
        [
            step(f"{a}+{b}={a + b}"),
            step(f"{total}\\div{a + b}={unit}"),
            step(f"{unit}\\times{share}={answer}"),
        ],
        str(answer),
        AnswerKey(str(answer), Kind.NUMBER),
    )


def _simplest_ratio(rng: Random) -> Exercise:
    common, a, b = rng.randint(2, 12), rng.randint(1, 12), rng.randint(1, 12)
    if gcd(a, b) > 1:
        return _simplest_ratio(rng)
    wording, x, y = Wording(rng), a * common, b * common
    ratio = wording.formula(f"{x}:{y}")
    x_, y_ = wording.number(x), wording.number(y)
    hints = ("Give a ratio of two whole numbers that are as small as possible.",)
    steps = [
        step(f"{top}\\div{p}={top // p}", f"{bottom}\\div{p}={bottom // p}")
        for top, bottom, p in _common_primes(x, y)
    ]
    answer = f"{a}:{b}"
    return Exercise(
        f"ratios:simplest {x} {y}",
        {
            ENGLISH: wording.of(
                f"Simplify the ratio {ratio}.",
                f"Write the ratio {ratio} in its simplest form.",
                f"A painter mixes {x_} litres of white paint with {y_} litres of blue paint."
                " What is the ratio of white to blue?",
                hints=hints,
            ),
            CHINESE: wording.of(
                f"化简比 {ratio}。", f"把 {ratio} 化成最简单的整数比。", f"化简：{ratio}。"
            ),
        },
        Bilingual("Divide by common factors.", "约去公因数。"),
        steps,
        answer,
        AnswerKey(answer, Kind.RATIO, form=Form.LOWEST_TERMS),
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
    answer = fraction(value)
    return Exercise(
        f"fractions:{formula}",
        {
            ENGLISH: wording.of(
                f"Calculate {shown}.", f"What is {shown}?", f"Work out {shown}.", hints=_LOWEST
            ),
            CHINESE: wording.of(
                f"计算 {shown}。", f"计算：{shown}。", f"求 {shown} 的值。", hints=_LOWEST_ZH
            ),
        },
        plan or SILENT,
        steps,
        answer,
        AnswerKey(answer, Kind.NUMBER, form=Form.LOWEST_TERMS),
    )
