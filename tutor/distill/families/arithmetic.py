"""The four operations with whole numbers, negative numbers and decimals, and their order."""

from itertools import pairwise
from random import Random

from tutor.distill.exercise import (
    NO_PHRASES,
    Bilingual,
    Exercise,
    LessonStep,
    Phrases,
    Wording,
    WorkedFormula,
    step,
)
from tutor.distill.latex import decimal, signed
from tutor.grading import AnswerKey

_PLACES = [
    Bilingual("Ones:", "个位："),
    Bilingual("Tens:", "十位："),
    Bilingual("Hundreds:", "百位："),
    Bilingual("Thousands:", "千位："),
]
_DECIMAL_PLACES = [Bilingual("Hundredths:", "百分位："), Bilingual("Tenths:", "十分位：")]
COLUMNS = Bilingual("Column by column.", "列竖式。")
_WHOLE = Phrases(
    ("Give a whole number.", "Give the value.", "Give an integer."), ("请填整数。", "请填结果。")
)
_DECIMAL = Phrases(("Give a decimal number.",), ("结果用小数表示。",))


def addition(rng: Random) -> Exercise:
    a, b = _up_to_three_digits(rng), _up_to_three_digits(rng)
    formula = f"{a}+{b}"
    steps = [*add_columns(a, b), step(f"{formula}={a + b}")]
    low, high = sorted((a, b))
    ways = Phrases((f"What is the sum of {a} and {b}?",), (f"求 {a} 与 {b} 的和。",))
    worked = WorkedFormula(formula, steps, str(a + b))
    return _computed(rng, worked, COLUMNS, f"addition:{low} {high}", ways)


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
    ways = Phrases((f"Subtract {b} from {a}.",), (f"{a} 减去 {b} 等于多少？",))
    worked = WorkedFormula(formula, steps, str(a - b))
    return _computed(rng, worked, COLUMNS, f"subtraction:{a} {b}", ways)


def multiplication(rng: Random) -> Exercise:
    a = rng.randint(2, 99) if rng.random() < 0.8 else rng.randint(100, 999)
    b = rng.randint(2, 12) if a > 99 or rng.random() < 0.5 else rng.randint(11, 99)
    if a > 99:
        b = min(b, 9)
    if rng.random() < 0.3:
        a, b = b, a
    low, high = sorted((a, b))
    ways = Phrases((f"What is the product of {a} and {b}?",), (f"求 {a} 与 {b} 的积。",))
    worked = WorkedFormula(f"{a}\\times{b}", multiply(a, b), str(a * b))
    plan = Bilingual("Part by part.", "分部相乘。")
    return _computed(rng, worked, plan, f"multiplication:{low} {high}", ways)


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
    steps = [*divide(a, b), step(f"{formula}={quotient}")]
    return _computed(
        rng,
        WorkedFormula(formula, steps, str(quotient)),
        Bilingual("Digit by digit.", "逐位相除。"),
        f"division:{a} {b}",
        Phrases(ways, ways_zh),
        in_words=0.5 if b == 2 else 0.15,
    )


def signed_numbers(rng: Random) -> Exercise:
    a, b = (rng.choice([-1, 1]) * rng.randint(1, 60) for _ in range(2))
    if a > 0 and b > 0:
        b = -b
    worked = rng.choice([_signed_sum, _signed_difference, _signed_product, _signed_quotient])(a, b)
    plan = Bilingual("Mind the signs.", "注意符号。")
    return _computed(rng, worked, plan, f"signed:{worked.formula}")


def _signed_sum(a: int, b: int) -> WorkedFormula:
    plain = f"{a}-{-b}" if b < 0 else f"{b}-{-a}"
    return _in_two_steps(f"{a}+{signed(b)}", plain, a + b)


def _signed_difference(a: int, b: int) -> WorkedFormula:
    plain = f"{a}+{-b}" if b < 0 else f"-({-a}+{b})"
    return _in_two_steps(f"{a}-{signed(b)}", plain, a - b)


def _in_two_steps(formula: str, plain: str, answer: int) -> WorkedFormula:
    steps = [step(f"{formula}={plain}"), step(f"{plain}={answer}")]
    return WorkedFormula(formula, steps, str(answer))


def _signed_product(a: int, b: int) -> WorkedFormula:
    a, b = _within_table(a), _within_table(b)
    return _by_size(a, "\\times", b, a * b)


def _signed_quotient(a: int, b: int) -> WorkedFormula:
    answer, b = _within_table(a), _within_table(b)
    return _by_size(answer * b, "\\div", b, answer)


def _by_size(a: int, operator: str, b: int, answer: int) -> WorkedFormula:
    """The absolute values first, then the sign."""
    formula = f"{a}{operator}{signed(b)}"
    size = step(f"{abs(a)}{operator}{abs(b)}={abs(answer)}")
    return WorkedFormula(formula, [size, step(f"{formula}={answer}")], str(answer))


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
    worked = WorkedFormula(formula, [*columns, step(f"{formula}={answer}")], answer)
    return _computed(rng, worked, COLUMNS, f"decimals:{formula}", hints=_DECIMAL)


def order_of_operations(rng: Random) -> Exercise:
    a, b, c, d = (rng.randint(2, 12) for _ in range(4))
    lines = _lines_in_order(rng.randrange(8), a, b, c, d)
    steps = [step(f"{x}={y}") for x, y in pairwise(lines)]
    plan = Bilingual("Brackets, powers, products, sums.", "先括号，再乘方，再乘除，后加减。")
    return _computed(rng, WorkedFormula(lines[0], steps, lines[-1]), plan, f"order:{lines[0]}")


def _lines_in_order(kind: int, a: int, b: int, c: int, d: int) -> list[str]:
    """A formula, worked out one operation after the other."""
    p, q = min(b, 9), min(c, 9)  # a square within the table
    return [
        [f"{a}+{b}\\times{c}", f"{a}+{b * c}", f"{a + b * c}"],
        [f"({a}+{b})\\times{c}", f"{a + b}\\times{c}", f"{(a + b) * c}"],
        [f"{a}\\times{b}-{c}\\times{d}", f"{a * b}-{c * d}", f"{a * b - c * d}"],
        [f"{a}+{b * c}\\div{c}", f"{a}+{b}", f"{a + b}"],
        [f"{a * b}-{b}\\times{c}+{d}", f"{a * b}-{b * c}+{d}",
         f"{a * b - b * c}+{d}", f"{a * b - b * c + d}"],
        [f"{a}\\times({b}-{c})+{d}", f"{a}\\times{signed(b - c)}+{d}",
         f"{a * (b - c)}+{d}", f"{a * (b - c) + d}"],
        [f"{p}^2+{a}\\times{q}", f"{p * p}+{a}\\times{q}",
         f"{p * p}+{a * q}", f"{p * p + a * q}"],
        [f"({a * c}-{b * c})\\div{c}", f"{(a - b) * c}\\div{c}", f"{a - b}"],
    ][kind]  # fmt: skip


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
    worked = WorkedFormula(formula, steps, answer)
    return _computed(rng, worked, plan, f"decimals:{formula}", hints=_DECIMAL)


def _computed(
    rng: Random,
    worked: WorkedFormula,
    plan: Bilingual,
    identity: str,
    ways: Phrases = NO_PHRASES,
    *,
    hints: Phrases = _WHOLE,
    in_words: float = 0.15,
) -> Exercise:
    """in_words: the share of exercises that are asked in one of `ways`, and not by the formula."""
    wording = Wording(rng)
    shown = wording.formula(worked.formula)
    common = (f"Calculate {shown}.", f"What is {shown}?", f"Compute {shown}.", f"Work out {shown}.")
    common_zh = (f"计算 {shown}。", f"计算：{shown}。", f"求 {shown} 的值。", f"{shown} 等于多少？")
    asks_in_words = rng.random() < in_words and ways != NO_PHRASES
    return Exercise(
        identity,
        wording.in_both(ways if asks_in_words else Phrases(common, common_zh), hints),
        plan,
        worked.steps,
        AnswerKey(worked.answer, worked.kind),
    )


def _up_to_three_digits(rng: Random) -> int:
    return rng.randint(0 if rng.random() < 0.1 else 1, 10 ** rng.choice([1, 2, 2, 3]) - 1)


def _within_table(number: int) -> int:
    """A number from 2 to 12 with the same sign."""
    size = abs(number) % 11 + 2
    return -size if number < 0 else size
