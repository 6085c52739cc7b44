"""The four operations with whole numbers, negative numbers and decimals, and their order."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random

from tutor.distill.exercise import CHINESE, ENGLISH, Bilingual, Exercise, LessonStep, Wording, step
from tutor.distill.latex import decimal, signed
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Kind

_PLACES = [
    Bilingual("Ones:", "个位："),
    Bilingual("Tens:", "十位："),
    Bilingual("Hundreds:", "百位："),
    Bilingual("Thousands:", "千位："),
]
_DECIMAL_PLACES = [Bilingual("Hundredths:", "百分位："), Bilingual("Tenths:", "十分位：")]
COLUMNS = Bilingual("Column by column.", "列竖式。")
_WHOLE = ("Give a whole number.", "Give the value.", "Give an integer.")
_WHOLE_ZH = ("请填整数。", "请填结果。")


def addition(rng: Random) -> Exercise:
    a, b = _up_to_three_digits(rng), _up_to_three_digits(rng)
    formula = f"{a}+{b}"
    low, high = sorted((a, b))
    return _computed(
        rng, f"addition:{low} {high}", formula, COLUMNS,
        [*add_columns(a, b), step(f"{formula}={a + b}")], str(a + b),
        ways=(f"What is the sum of {a} and {b}?",), ways_zh=(f"求 {a} 与 {b} 的和。",),
    )  # fmt: skip


def subtraction(rng: Random) -> Exercise:
    a, b = _up_to_three_digits(rng), _up_to_three_digits(rng)
    if a < b and rng.random() < 0.7:
        a, b = b, a
    formula = f"{a}-{b}"
    steps = []
    if a < b:
        steps.append(step(f"{formula}=-({b}-{a})"))
    high, low = max(a, b), min(a, b)
    steps += subtract_columns(high, low)
    if a < b:
        steps.append(step(f"{high}-{low}={high - low}"))
    steps.append(step(f"{formula}={a - b}"))
    return _computed(
        rng, f"subtraction:{a} {b}", formula, COLUMNS, steps, str(a - b),
        ways=(f"Subtract {b} from {a}.",), ways_zh=(f"{a} 减去 {b} 等于多少？",),
    )  # fmt: skip


def multiplication(rng: Random) -> Exercise:
    a = rng.randint(2, 99) if rng.random() < 0.8 else rng.randint(100, 999)
    b = rng.randint(2, 12) if a > 99 or rng.random() < 0.5 else rng.randint(11, 99)
    if a > 99:
        b = min(b, 9)
    if rng.random() < 0.3:
        a, b = b, a
    low, high = sorted((a, b))
    return _computed(
        rng, f"multiplication:{low} {high}", f"{a}\\times{b}",
        Bilingual("Part by part.", "分部相乘。"), multiply(a, b), str(a * b),
        ways=(f"What is the product of {a} and {b}?",), ways_zh=(f"求 {a} 与 {b} 的积。",),
    )  # fmt: skip


def division(rng: Random) -> Exercise:
    b = rng.randint(2, 12)
    quotient = rng.randint(2, 12) if rng.random() < 0.4 else rng.randint(11, 999 // b)
    a = quotient * b
    formula = f"{a}\\div{b}"
    ways, ways_zh = [f"Divide {a} by {b}."], [f"{a} 除以 {b} 等于多少？"]
    if b == 2:
        number = Wording(rng).number(a)
        ways.append(f"What is half of {number}?")
        ways_zh.append(f"{number} 的一半是多少？")
    return _computed(
        rng, f"division:{a} {b}", formula, Bilingual("Digit by digit.", "逐位相除。"),
        [*divide(a, b), step(f"{formula}={quotient}")], str(quotient),
        ways=ways, ways_zh=ways_zh, in_words=0.5 if b == 2 else 0.15,
    )  # fmt: skip


def signed_numbers(rng: Random) -> Exercise:
    a, b = (rng.choice([-1, 1]) * rng.randint(1, 60) for _ in range(2))
    if a > 0 and b > 0:
        b = -b
    kind = rng.choice("+-*/")
    plan = Bilingual("Mind the signs.", "注意符号。")
    if kind == "+":
        formula, answer = f"{a}+{signed(b)}", a + b
        plain = f"{a}-{-b}" if b < 0 else f"{b}-{-a}"
        steps = [step(f"{formula}={plain}"), step(f"{plain}={answer}")]
    elif kind == "-":
        formula, answer = f"{a}-{signed(b)}", a - b
        plain = f"{a}+{-b}" if b < 0 else f"-({-a}+{b})"
        steps = [step(f"{formula}={plain}"), step(f"{plain}={answer}")]
    elif kind == "*":
        a, b = _within_table(a), _within_table(b)
        formula, answer = f"{a}\\times{signed(b)}", a * b
        size = step(f"{abs(a)}\\times{abs(b)}={abs(answer)}")
        steps = [size, step(f"{formula}={answer}")]
    else:
        answer, b = _within_table(a), _within_table(b)
        a = answer * b
        formula = f"{a}\\div{signed(b)}"
        size = step(f"{abs(a)}\\div{abs(b)}={abs(answer)}")
        steps = [size, step(f"{formula}={answer}")]
    return _computed(rng, f"signed:{formula}", formula, plan, steps, str(answer))


def decimals(rng: Random) -> Exercise:
    if rng.random() < 0.35:
        return _decimal_product(rng)
    places = rng.choice([1, 1, 2])
    a, b = (rng.randint(1, 99 * 10 if places == 1 else 999) for _ in range(2))
    if places == 2 and rng.random() < 0.3:
        b = max(10, b // 10 * 10)
    is_sum = rng.random() < 0.5
    if not is_sum:
        a, b = max(a, b), min(a, b)
    names = _DECIMAL_PLACES[-places:] + _PLACES
    columns = (add_columns if is_sum else subtract_columns)(a, b, names)
    answer = decimal(a + b if is_sum else a - b, places)
    formula = f"{decimal(a, places)}{'+' if is_sum else '-'}{decimal(b, places)}"
    return _computed(
        rng, f"decimals:{formula}", formula, COLUMNS, [*columns, step(f"{formula}={answer}")],
        answer, hints=("Give a decimal number.",), hints_zh=("结果用小数表示。",),
    )  # fmt: skip


def order_of_operations(rng: Random) -> Exercise:
    a, b, c, d = (rng.randint(2, 12) for _ in range(4))
    plan = Bilingual("Brackets, powers, products, sums.", "先括号，再乘方，再乘除，后加减。")
    kind = rng.randrange(8)
    if kind == 0:
        lines = [f"{a}+{b}\\times{c}", f"{a}+{b * c}", f"{a + b * c}"]
    elif kind == 1:
        lines = [f"({a}+{b})\\times{c}", f"{a + b}\\times{c}", f"{(a + b) * c}"]
    elif kind == 2:
        lines = [f"{a}\\times{b}-{c}\\times{d}", f"{a * b}-{c * d}", f"{a * b - c * d}"]
    elif kind == 3:
        lines = [f"{a}+{b * c}\\div{c}", f"{a}+{b}", f"{a + b}"]
    elif kind == 4:
        lines = [f"{a * b}-{b}\\times{c}+{d}", f"{a * b}-{b * c}+{d}"]
        lines += [f"{a * b - b * c}+{d}", f"{a * b - b * c + d}"]
    elif kind == 5:
        lines = [f"{a}\\times({b}-{c})+{d}", f"{a}\\times{signed(b - c)}+{d}"]
        lines += [f"{a * (b - c)}+{d}", f"{a * (b - c) + d}"]
    elif kind == 6:
        b, c = min(b, 9), min(c, 9)
        lines = [f"{b}^2+{a}\\times{c}", f"{b * b}+{a}\\times{c}"]
        lines += [f"{b * b}+{a * c}", f"{b * b + a * c}"]
    else:
        lines = [f"({a * c}-{b * c})\\div{c}", f"{(a - b) * c}\\div{c}", f"{a - b}"]
    steps = [step(f"{x}={y}") for x, y in pairwise(lines)]
    return _computed(rng, f"order:{lines[0]}", lines[0], plan, steps, lines[-1])


def add_columns(a: int, b: int, names: list[Bilingual] = _PLACES) -> list[LessonStep]:
    """Add column by column from the right, with carries."""
    steps: list[LessonStep] = []
    carry = 0
    for position in range(max(len(str(a)), len(str(b)))):
        x, y = (number // 10**position % 10 for number in (a, b))
        terms = f"{x}+{y}+1" if carry else f"{x}+{y}"
        steps.append(LessonStep(names[position], (f"{terms}={x + y + carry}",)))
        carry = (x + y + carry) // 10
    return steps


def subtract_columns(a: int, b: int, names: list[Bilingual] = _PLACES) -> list[LessonStep]:
    """Subtract column by column from the right, with borrowing. Needs a >= b >= 0."""
    steps: list[LessonStep] = []
    borrowed = 0
    for position in range(len(str(a))):
        x, y = (number // 10**position % 10 for number in (a, b))
        top = x + 10 if x - borrowed - y < 0 else x
        terms = f"{top}-1-{y}" if borrowed else f"{top}-{y}"
        steps.append(LessonStep(names[position], (f"{terms}={top - borrowed - y}",)))
        borrowed = int(top > 9)
    return steps


def multiply(a: int, b: int) -> list[LessonStep]:
    """Multiply each place value of `a` by each of `b`, then add."""
    formula = f"{a}\\times{b}"
    left, right = _place_values(a), _place_values(b)
    if len(left) * len(right) == 1 or (max(a, b) <= 12):
        return [step(f"{formula}={a * b}")]
    steps = [step(f"{x}\\times{y}={x * y}") for x in left for y in right]
    products = [x * y for x in left for y in right]
    subtotal = products[0]
    for product in products[1:]:
        steps.append(step(f"{subtotal}+{product}={subtotal + product}"))
        subtotal += product
    return [*steps, step(f"{formula}={a * b}")]


def divide(a: int, b: int) -> list[LessonStep]:
    """Long division; `b` divides `a`."""
    if a <= 12 * b:
        return [step(f"{b}\\times{a // b}={a}")]
    steps: list[LessonStep] = []
    remainder = 0
    for digit in str(a):
        remainder = remainder * 10 + int(digit)
        if remainder >= b or steps:
            steps.append(step(f"{remainder}={b}\\times{remainder // b}+{remainder % b}"))
            remainder %= b
    return steps


def _place_values(number: int) -> list[int]:
    """The summands of a number by place, without zeros: 305 is 300 and 5."""
    if number <= 9:
        return [number]
    digits = str(number)
    return [int(d) * 10 ** (len(digits) - 1 - i) for i, d in enumerate(digits) if d != "0"]


def _decimal_product(rng: Random) -> Exercise:
    places_a, places_b = rng.choice([(1, 0), (1, 0), (1, 1), (2, 0)])
    a = rng.randint(2, 99)
    b = rng.randint(2, 9)
    formula = f"{decimal(a, places_a)}\\times{decimal(b, places_b)}"
    answer = decimal(a * b, places_a + places_b)
    steps = [*multiply(a, b), step(f"{formula}={answer}")]
    plan = Bilingual("Multiply without the point.", "先不看小数点相乘。")
    return _computed(
        rng, f"decimals:{formula}", formula, plan, steps, answer,
        hints=("Give a decimal number.",), hints_zh=("结果用小数表示。",),
    )  # fmt: skip


def _computed(
    rng: Random,
    identity: str,
    formula: str,
    plan: Bilingual,
    steps: list[LessonStep],
    answer: str,
    ways: Sequence[str] = (),
    ways_zh: Sequence[str] = (),
    hints: tuple[str, ...] = _WHOLE,
    hints_zh: tuple[str, ...] = _WHOLE_ZH,
    in_words: float = 0.15,  # share of exercises that use one of `ways`
) -> Exercise:
    wording = Wording(rng)
    shown = wording.formula(formula)
    common = (f"Calculate {shown}.", f"What is {shown}?", f"Compute {shown}.", f"Work out {shown}.")
    common_zh = (f"计算 {shown}。", f"计算：{shown}。", f"求 {shown} 的值。", f"{shown} 等于多少？")
    rare = rng.random() < in_words
    return Exercise(
        identity,
        {
            ENGLISH: wording.of(*(ways if ways and rare else common), hints=hints),
            CHINESE: wording.of(*(ways_zh if ways_zh and rare else common_zh), hints=hints_zh),
        },
        plan,
        steps,
        answer,
        AnswerKey(answer, Kind.NUMBER),
    )


def _up_to_three_digits(rng: Random) -> int:
    return rng.randint(0 if rng.random() < 0.1 else 1, 10 ** rng.choice([1, 2, 2, 3]) - 1)


def _within_table(number: int) -> int:
    """A number from 2 to 12 with the same sign."""
    size = abs(number) % 11 + 2
    return -size if number < 0 else size
