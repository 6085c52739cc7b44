"""Word problems of one or two operations, in both languages."""

from collections.abc import Callable
from random import Random

from tutor.distill.exercise import CHINESE, ENGLISH, Bilingual, Exercise, LessonStep, Wording, step
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Kind

_NAMES = ["Anna", "Ben", "Omar", "Mia", "Tom", "Lena"]
_NAMES_ZH = ["小明", "小红", "小华", "小丽", "小刚", "小军"]
_THINGS = [
    ("apples", "个", "苹果"), ("pencils", "支", "铅笔"), ("books", "本", "书"),
    ("stamps", "张", "邮票"), ("sweets", "颗", "糖"), ("cards", "张", "卡片"),
]  # fmt: skip
_HINTS = ("Give a whole number.",)
_HINTS_ZH = ("请填整数。",)


class Story:
    """Picks the person, the things and the numbers of one word problem."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.wording = Wording(rng)
        index = rng.randrange(len(_NAMES))
        self.person, self.person_zh = _NAMES[index], _NAMES_ZH[index]
        self.things, self.unit, self.things_zh = rng.choice(_THINGS)
        self.many = f"{self.unit}{self.things_zh}"

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def n(self, value: int) -> str:
        return self.wording.number(value)


WordProblem = tuple[str, str, list[LessonStep], int]  # English, Chinese, steps, answer


def word_problems(rng: Random) -> Exercise:
    kind = rng.choice(list(_STORIES))
    story = Story(rng)
    english, chinese, steps, answer = _STORIES[kind](story)
    numbers = " ".join("".join(part.formulas) for part in steps)
    return Exercise(
        f"word_problems:{kind} {numbers}",
        {
            ENGLISH: story.wording.of(english, hints=_HINTS),
            CHINESE: story.wording.of(chinese, hints=_HINTS_ZH),
        },
        Bilingual("What is asked, from what is given.", "由已知求所问。"),
        steps,
        AnswerKey(str(answer), Kind.NUMBER),
    )


def _together(s: Story) -> WordProblem:
    a, b = s.number(2, 60), s.number(2, 39)
    ways = [
        f"There are {s.n(a)} {s.things} in one basket and {s.n(b)} {s.things} in another."
        f" How many {s.things} are there in total?",
        f"{s.person} has {s.n(a)} {s.things} and gets {s.n(b)} more."
        f" How many {s.things} does {s.person} have now?",
    ]
    ways_zh = [
        f"{s.person_zh}有 {s.n(a)} {s.many}，又得到 {s.n(b)} {s.unit}，现在一共有多少{s.unit}？",
        f"一个盒子里有 {s.n(a)} {s.many}，另一个盒子里有 {s.n(b)} {s.unit}，一共有多少{s.unit}？",
    ]
    return s.rng.choice(ways), s.rng.choice(ways_zh), [step(f"{a}+{b}={a + b}")], a + b


def _left(s: Story) -> WordProblem:
    a = s.number(10, 99)
    b = s.number(2, a - 1)
    ways = [
        f"{s.person} has {s.n(a)} {s.things} and gives away {s.n(b)} of them."
        f" How many {s.things} are left?",
        f"A bus carries {s.n(a)} passengers. At a stop {s.n(b)} of them get off and nobody gets on."
        " How many passengers are left on the bus?",
    ]
    ways_zh = [
        f"{s.person_zh}有 {s.n(a)} {s.many}，送给同桌 {s.n(b)} {s.unit}，还剩多少{s.unit}？",
        f"车上有 {s.n(a)} 名乘客，到站下车 {s.n(b)} 人，还剩多少人？",
    ]
    return s.rng.choice(ways), s.rng.choice(ways_zh), [step(f"{a}-{b}={a - b}")], a - b


def _boxes(s: Story) -> WordProblem:
    a, b = s.number(2, 12), s.number(2, 12)
    ways = [
        f"A box holds {s.n(a)} {s.things}. How many {s.things} are in {s.n(b)} full boxes?",
        f"There are {s.n(b)} boxes with {s.n(a)} {s.things} each."
        f" How many {s.things} are there in total?",
    ]
    ways_zh = [
        f"每盒装 {s.n(a)} {s.many}，{s.n(b)} 盒一共装多少{s.unit}？",
        f"有 {s.n(b)} 个盒子，每个盒子里有 {s.n(a)} {s.many}，一共有多少{s.unit}？",
    ]
    way, way_zh = s.rng.choice(ways), s.rng.choice(ways_zh)
    return way, way_zh, [step(f"{a}\\times{b}={a * b}")], a * b


def _shared(s: Story) -> WordProblem:
    b, size = s.number(2, 12), s.number(2, 12)
    a = b * size
    ways = [
        f"{s.n(b)} children share {s.n(a)} {s.things} equally."
        f" How many {s.things} does each child get?",
        f"{s.n(a)} {s.things} are put into {s.n(b)} boxes, the same number in each."
        f" How many {s.things} are in one box?",
    ]
    ways_zh = [
        f"把 {s.n(a)} {s.many}平均分给 {s.n(b)} 个小朋友，每人分到多少{s.unit}？",
        f"{s.n(a)} 名同学平均分成 {s.n(b)} 组，每组有多少名同学？",
    ]
    way, way_zh = s.rng.choice(ways), s.rng.choice(ways_zh)
    return way, way_zh, [step(f"{a}\\div{b}={size}")], size


def _shopping(s: Story) -> WordProblem:
    count, price, other = s.number(2, 9), s.number(2, 12), s.number(2, 30)
    total = count * price + other
    english = (
        f"{s.person} buys {s.n(count)} {s.things} for {s.n(price)} dollars each and a bag for"
        f" {s.n(other)} dollars. How many dollars does {s.person} pay?"
    )
    chinese = (
        f"{s.person_zh}买了 {s.n(count)} {s.many}，每{s.unit} {s.n(price)} 元，"
        f"又买了一个 {s.n(other)} 元的书包，一共要付多少元？"
    )
    product = step(f"{count}\\times{price}={count * price}")
    return english, chinese, [product, step(f"{count * price}+{other}={total}")], total


def _change(s: Story) -> WordProblem:
    count, price = s.number(2, 9), s.number(2, 10)
    paid = s.rng.choice([x for x in (20, 50, 100) if x >= count * price])
    rest = paid - count * price
    english = (
        f"{s.person} buys {s.n(count)} {s.things} for {s.n(price)} dollars each and pays with"
        f" {s.n(paid)} dollars. How many dollars does {s.person} get back?"
    )
    chinese = (
        f"{s.person_zh}买了 {s.n(count)} {s.many}，每{s.unit} {s.n(price)} 元，付了 {s.n(paid)}"
        " 元，应找回多少元？"
    )
    product = step(f"{count}\\times{price}={count * price}")
    return english, chinese, [product, step(f"{paid}-{count * price}={rest}")], rest


def _distance(s: Story) -> WordProblem:
    speed, hours = 10 * s.number(1, 12), s.number(2, 9)
    way = speed * hours
    if s.rng.random() < 0.5:
        return (
            f"A train travels at {s.n(speed)} kilometres per hour for {s.n(hours)} hours."
            " How many kilometres does it travel?",
            f"一列火车每小时行驶 {s.n(speed)} 千米，{s.n(hours)} 小时行驶多少千米？",
            [step(f"{speed}\\times{hours}={way}")],
            way,
        )
    return (
        f"A car drives {s.n(way)} kilometres in {s.n(hours)} hours."
        " What is its average speed in kilometres per hour?",
        f"一辆汽车 {s.n(hours)} 小时行驶了 {s.n(way)} 千米，平均每小时行驶多少千米？",
        [step(f"{way}\\div{hours}={speed}")],
        speed,
    )


def _ages(s: Story) -> WordProblem:
    age, more = s.number(5, 16), s.number(20, 35)
    years = s.number(2, 15)
    answer = age + more + years
    english = (
        f"{s.person} is {s.n(age)} years old. Her mother is {s.n(more)} years older."
        f" How old will her mother be in {s.n(years)} years?"
    )
    chinese = (
        f"{s.person_zh}今年 {s.n(age)} 岁，妈妈比{s.person_zh}大 {s.n(more)} 岁，"
        f"{s.n(years)} 年后妈妈多少岁？"
    )
    now = step(f"{age}+{more}={age + more}")
    return english, chinese, [now, step(f"{age + more}+{years}={answer}")], answer


def _heads_and_feet(s: Story) -> WordProblem:
    hens, rabbits = s.number(2, 20), s.number(2, 15)
    heads, feet = hens + rabbits, 2 * hens + 4 * rabbits
    english = (
        f"Hens and rabbits are in a cage. There are {s.n(heads)} heads and {s.n(feet)} feet."
        " How many rabbits are there?"
    )
    chinese = f"鸡兔同笼，共有 {s.n(heads)} 个头，{s.n(feet)} 只脚。兔有多少只？"
    steps = [
        step(f"{heads}\\times2={2 * heads}"),
        step(f"{feet}-{2 * heads}={feet - 2 * heads}"),
        step(f"{feet - 2 * heads}\\div2={rabbits}"),
    ]
    return english, chinese, steps, rabbits


def _mean(s: Story) -> WordProblem:
    count = s.number(3, 4)
    mean = s.number(4, 20)
    values = [mean + s.number(-3, 3) for _ in range(count - 1)]
    values.append(mean * count - sum(values))
    listed = ", ".join(map(str, values))
    shown = s.wording.formula(listed)
    so_far, steps = values[0], []
    for value in values[1:]:
        steps.append(step(f"{so_far}+{value}={so_far + value}"))
        so_far += value
    steps.append(step(f"{so_far}\\div{count}={mean}"))
    return f"Find the mean of {shown}.", f"求 {shown} 的平均数。", steps, mean


def _rectangle(s: Story) -> WordProblem:
    a, b = s.number(2, 12), s.number(2, 12)
    if s.rng.random() < 0.5:
        return (
            f"A rectangular garden is {s.n(a)} metres long and {s.n(b)} metres wide."
            " What is its area in square metres?",
            f"一个长方形长 {s.n(a)} 米，宽 {s.n(b)} 米，面积是多少平方米？",
            [step(f"{a}\\times{b}={a * b}")],
            a * b,
        )
    return (
        f"A rectangular garden is {s.n(a)} metres long and {s.n(b)} metres wide."
        " What is its perimeter in metres?",
        f"一个长方形长 {s.n(a)} 米，宽 {s.n(b)} 米，周长是多少米？",
        [step(f"{a}+{b}={a + b}"), step(f"{a + b}\\times2={2 * (a + b)}")],
        2 * (a + b),
    )


_STORIES: dict[str, Callable[[Story], WordProblem]] = {
    "together": _together,
    "left": _left,
    "boxes": _boxes,
    "shared": _shared,
    "shopping": _shopping,
    "change": _change,
    "distance": _distance,
    "ages": _ages,
    "heads_and_feet": _heads_and_feet,
    "mean": _mean,
    "rectangle": _rectangle,
}
