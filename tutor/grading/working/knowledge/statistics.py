"""Mean, median, range, variance and standard deviation of the data that a statement lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.rationals import median_of
from tutor.grading.parsing.tree import Num, Root, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MIN_DATA = 3
MAX_DATA = 60
_TOPIC = re.compile(
    r"\bmeans?\b|averages?|median|range|variance|standard deviation|durchschnitt|mittelwert"
    r"|arithmetische|spannweite|varianz|standardabweichung|moyenne|médiane|étendue|écart[- ]type"
    r"|\bmedia\b|promedio|mediana|rango|varianza|desviación|平均|中位数|极差|方差|标准差|众数"
    r"|\bmode\b|\bmodus\b|modalwert|\bmoda\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?<![\d.])-?\d{1,9}+(?:\.\d{1,6}+)?"
    r"(?:\s{0,2}(?:,|;|、|，|and|und|et|y|和)\s{0,2}-?\d{1,9}+(?:\.\d{1,6}+)?){1,80}+"
)
_MEASURED = re.compile(  # 4 kg, before another one in kg
    r"(?<![\d.])(\d{1,9}(?:\.\d{1,6})?)\s{0,2}([A-Za-z°€%\u4e00-\u9fff]{1,10})"
    r"(?=\s{0,2}(?:,|;|、|，|and|und|et|y|和)\s{0,2}\d{1,9}(?:\.\d{1,6})?\s{0,2}\2(?![A-Za-z]))"
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COUNTS = {
    word: count
    for count, words in enumerate(
        (
            "once one einmal ein une una 一",
            "twice two zweimal zwei deux dos 两",
            "thrice three dreimal drei trois tres 三",
            "four viermal vier quatre cuatro 四",
            "five fünfmal fünf cinq cinco 五",
            "six sechsmal sechs seis 六",
            "seven siebenmal sieben sept siete 七",
            "eight achtmal acht huit ocho 八",
            "nine neunmal neun neuf nueve 九",
            "ten zehnmal zehn dix diez 十",
        ),
        1,
    )
    for word in words.split()
}
_TIMES = re.compile(
    r"(?<!\d)(\d{1,4}+|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + r")"
    r"\s?(?:-?mal\b|times\b|fois\b|veces\b|次|个|(?<=mal)\b|(?<=twice)\b|(?<=once)\b|(?<=thrice)\b"
    r"|(?:students?|pupils?|people|schüler\w{0,4}|kinder|élèves|alumnos|children|人))"
    r"[^\d.;]{0,40}?(-?\d{1,9}+(?:\.\d{1,6}+)?)",
    re.IGNORECASE,
)
_MEAN_OF = re.compile(
    r"(?:mean|average|durchschnitt|mittelwert|moyenne|media|promedio)\D{0,20}?(\d{1,3})\D{0,40}?"
    r"(?:is|ist|beträgt|est|es)\s?(\d{1,6}(?:\.\d{1,4})?)"
    r"|(\d{1,3})个数的平均数[是为]\s?(\d{1,6}(?:\.\d{1,4})?)",
    re.IGNORECASE,
)
_ADDED = words(
    r"(?:fifth|sixth|fourth|third|another|further|new) (?:number|value|score|test|mark|student)"
    r"|is added|added|joins|weitere[rs]?|kommt (?:noch )?(?:eine?|hinzu)|hinzu|ajoute|se añade",
    "加入|增加|又|再",
)
_MEAN_WANTED = re.compile(
    r"(?:mean|average|durchschnitt|mittelwert|moyenne|media|promedio|平均分?)\D{0,15}?"
    r"(?<![\d.])(\d{1,6}(?:\.\d{1,4})?)(?![\d.]*\d)",
    re.IGNORECASE,
)
_NEEDS = words(
    r"(?:does|must|should|do) \w{1,12} (?:need|get|score|have)|(?:needed|required)|braucht"
    r"|muss .{0,30}(?:erreichen|haben)|doit .{0,20}obtenir|necesita",
    "需要?(?:得|考)|至少要考|要考多少",
)
_OF_THEM = words(
    r"(?:\d of them|the other|the others|of these) (?:are|is|numbers)|davon sind|\d davon|dont \d"
    r"|\d d['’]entre eux",
    "其中",
)
_OF_PART = words(  # statistics of other data than all of those in the statement
    r"without|remov\w{1,3}|leav\w{1,3} out|left out|omit\w{0,4}|outliers?|new|added?|adding"
    r"|replac\w{1,4}|quartiles?|interquartile|box ?plots?|five-number|ohne|ausreißer|neue[nrs]?"
    r"|entfern\w{0,2}|weglass\w{0,2}|sans|nouve\w{1,4}|ajout\w{1,3}|retir\w{1,3}|sin|nuev[oa]"
    r"|cuartil\w{0,2}|intercuart\w{1,8}|añad\w{1,4}|quit\w{1,4}",
    "去掉|删去|加入|增加|新|四分位|箱线|五数",
)
_DECIMAL = re.compile(r"(?<![\d.])\d{1,6}(?:\.\d{1,4})?(?!\d)")
_COUNTED_BEHIND = re.compile(  # 8 (3 pupils), 10 (5 pupils)
    r"(-?\d{1,9}+(?:\.\d{1,6}+)?)\s?\((\d{1,3})\s?(?:×|x|mal|times|fois|veces|次|人|个"
    r"|students?|pupils?|people|schüler\w{0,4}|kinder|élèves|personnes|alumnos|personas)\)",
    re.IGNORECASE,
)
MEAN = frozenset(
    [
        "mean",
        "average",
        "durchschnitt",
        "mittelwert",
        "arithmetisches mittel",
        "mittel",
        "notendurchschnitt",
        "moyenne",
        "media",
        "promedio",
        "平均数",
        "平均值",
        "平均分",
        "平均",
        "m",
        "M",
        "mu",
        "x_",
        "Ø",
    ]
)
_OF_POPULATION = words(r"population\w*|grundgesamtheit|poblacional|población", "总体")
_OF_SAMPLE = words(r"sample|stichproben?\w*|échantillon|muestral|muestra", "样本")
_MISSING = frozenset(["x", "missing", "last", "letzte", "dernier", "último", "最后"])
_MEDIAN = frozenset(["median", "zentralwert", "médiane", "mediana", "中位数", "Med"])
_RANGE = frozenset(["range", "spannweite", "étendue", "rango", "recorrido", "极差", "R"])
_MODE = frozenset(["mode", "modus", "modalwert", "moda", "众数"])
_VARIANCE = frozenset(["variance", "varianz", "varianza", "方差", "V", "Var", "s^2", "sigma^2"])
_DEVIATION = frozenset(
    [
        "s",
        "sigma",
        "SD",
        "sd",
        "standard deviation",
        "standardabweichung",
        "écart type",
        "écart-type",
        "desviación típica",
        "desviación estándar",
        "标准差",
    ]
)


@dataclass(frozen=True, slots=True)
class ChangedMean:
    """The mean of `count` values, to which another value comes."""

    count: int
    mean: Fraction
    value: Fraction

    @property
    def changed(self) -> Fraction:
        return (self.count * self.mean + self.value) / (self.count + 1)


def changed_mean_in(text: str) -> ChangedMean | None:
    text = with_digits(text)
    match = _MEAN_OF.search(text)
    if match is None or not _ADDED.search(text):
        return None
    count, mean = (Fraction(match[n] or match[n + 2]) for n in (1, 2))
    others = [Fraction(number) for number in _DECIMAL.findall(text[match.end() :])]
    return ChangedMean(int(count), mean, others[0]) if len(others) == 1 else None


def missing_value_in(text: str) -> tuple[int, Fraction, list[Fraction]] | None:
    """How many values there are, their mean, and all of them but one."""
    text = with_digits(text)
    if wanted := _needed_value(text):
        return wanted
    match = _MEAN_OF.search(text)
    if match is None or not _OF_THEM.search(text):
        return None
    count, mean = (Fraction(match[n] or match[n + 2]) for n in (1, 2))
    rest = text[match.end() :]
    known = [Fraction(number) for number in _DECIMAL.findall(rest[: rest.find("?") + 1] or rest)]
    values = known[-(int(count) - 1) :] if count > 1 else []
    is_whole = len(values) == count - 1 and len(known) in (count - 1, count)
    return (int(count), mean, values) if is_whole else None


def _needed_value(text: str) -> tuple[int, Fraction, list[Fraction]] | None:
    """72, 85, 78 and 81 points, and how many in the fifth test for a mean of 80?"""
    match = _MEAN_WANTED.search(text)
    values = data_in(text)
    if match is None or not _NEEDS.search(text) or len(values) < MIN_DATA - 1:
        return None
    count, mean = len(values) + 1, Fraction(match[1])
    others = [Fraction(number) for number in _DECIMAL.findall(text)]
    is_all = set(others) <= {*values, mean, Fraction(count), Fraction(count - 1)}
    return (count, mean, values) if is_all else None


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = with_decimal_points(plain_text(task.text))
    if not _TOPIC.search(text):
        return
    if missing := missing_value_in(text):
        count, mean, values = missing
        value = count * mean - sum(values, Fraction(0))
        yield _quantity(_MISSING, value, [])
    if change := changed_mean_in(text):
        unweighted = (change.mean + change.value) / 2
        yield _quantity(MEAN, change.changed, [(Slip.WRONG_FORMULA, unweighted)])
    if weighted := frequencies_in(text):
        data = [value for value, count in weighted for _ in range(count)]
        values = [value for value, _ in weighted]
        total = sum(data, Fraction(0))
        yield _quantity(MEAN, total / len(data), [
            (Slip.WRONG_COUNT, total / len(values)),
            (Slip.WRONG_FORMULA, sum(values, Fraction(0)) / len(values)),
        ])  # fmt: skip
    else:
        data = data_in(text)
        if len(data) < MIN_DATA:
            return
        yield from _mean(data)
    yield from _order(data, is_of_all=not _OF_PART.search(text))
    yield from _spread(data, text)


def data_in(text: str) -> list[Fraction]:
    """The longest list of numbers."""
    plain = _MEASURED.sub(r"\1", text)
    lists = [_NUMBER.findall(match[0]) for match in _LIST.finditer(plain)]
    longest = max(lists, key=len, default=[])
    return [Fraction(number) for number in longest[:MAX_DATA]]


def frequencies_in(text: str) -> list[tuple[Fraction, int]]:
    """2 times a 1, 5 times a 2: values with their counts."""
    counted = [(Fraction(value), int(count)) for value, count in _COUNTED_BEHIND.findall(text)]
    if len(counted) > 1:
        return counted
    weighted: list[tuple[Fraction, int]] = []
    for match in _TIMES.finditer(text):
        word = match[1].lower()
        count = int(word) if word.isdigit() else _COUNTS[word]
        weighted.append((Fraction(match[2]), count))
    is_table = len(weighted) > 1 and 0 < sum(count for _, count in weighted) <= 10 * MAX_DATA
    return weighted if is_table else []


def _mean(data: Sequence[Fraction]) -> Iterator[ExpectedQuantity]:
    total, count = sum(data, Fraction(0)), len(data)
    counts = {count - 1, count + 1, len(set(data))} - {count, 0}
    slips = [(Slip.WRONG_COUNT, total / other) for other in sorted(counts)]
    slips.append((Slip.WRONG_FORMULA, median_of(sorted(data))))
    yield _quantity(MEAN, total / count, slips)


def _order(data: Sequence[Fraction], *, is_of_all: bool) -> Iterator[ExpectedQuantity]:
    """is_of_all: whether nothing is asked about a part of the data, or about changed ones."""
    ordered = sorted(data)
    mean = sum(data, Fraction(0)) / len(data)
    unsorted = (Slip.WRONG_FORMULA, median_of(data))
    half = len(ordered) // 2
    one_of_two = [(Slip.WRONG_COUNT, value) for value in ordered[half - 1 : half + 1]]
    others = [unsorted, (Slip.WRONG_FORMULA, mean), *(one_of_two if len(ordered) % 2 == 0 else ())]
    positions = {Fraction(len(data)), Fraction(len(data) + 1), Fraction(half), Fraction(half + 1)}
    others += _each(set(data) - positions)
    yield _quantity(_MEDIAN, median_of(ordered), others if is_of_all else [])
    low, high = ordered[0], ordered[-1]
    yield _quantity(_RANGE, high - low, [(Slip.WRONG_FORMULA, abs(data[-1] - data[0]))])
    differences = {high - value for value in data} | {value - low for value in data}
    if is_of_all:
        yield _quantity(_RANGE - {"R"}, high - low, _each(differences))
        yield from _most(ordered)


def _most(data: Sequence[Fraction]) -> Iterator[ExpectedQuantity]:
    """The mode, where one value is there more often than all others."""
    counts = Counter(data).most_common(2)
    (most, count), *rest = counts
    if count > 1 and all(other < count for _, other in rest):
        yield _quantity(_MODE, most, _each(set(data) - {Fraction(count)}))


def _each(values: Iterable[Fraction]) -> list[tuple[Slip, Fraction]]:
    """Values that another formula, or another look at the data, gives."""
    return [(Slip.WRONG_FORMULA, value) for value in sorted(values)]


def _divisors(count: int, text: str) -> list[int]:
    """By which the squares are divided; two where the statement leaves it open."""
    if _OF_POPULATION.search(text):
        return [count]
    return [count - 1] if _OF_SAMPLE.search(text) else [count, count - 1]


def _spread(data: Sequence[Fraction], text: str) -> Iterator[ExpectedQuantity]:
    count = len(data)
    mean = sum(data, Fraction(0)) / count
    squares = sum(((value - mean) ** 2 for value in data), Fraction(0))
    distance = sum((abs(value - mean) for value in data), Fraction(0)) / count
    of_values = sum((value**2 for value in data), Fraction(0)) / count
    for divisor in _divisors(count, text):
        variance = squares / divisor
        others = {count, count - 1, count + 1} - {divisor}
        wrong_counts = [(Slip.WRONG_COUNT, squares / other) for other in sorted(others)]
        is_certain = len(_divisors(count, text)) == 1
        slips = [(Slip.WRONG_COUNT, squares), *(wrong_counts if is_certain else ())]
        slips += [(Slip.SQUARE_FORGOTTEN, distance), (Slip.SQUARE_FORGOTTEN, Fraction(0))]
        slips.append((Slip.WRONG_FORMULA, of_values))
        yield _quantity(_VARIANCE, variance, slips)
        wrong = (
            Mistake(Slip.ROOT_FORGOTTEN, None, Num(variance)),
            Mistake(Slip.ROOT_AS_DIVISION, None, Num(variance / 2)),
            Mistake(Slip.SQUARE_FORGOTTEN, None, Num(distance)),
        )
        yield ExpectedQuantity(_DEVIATION, None, _root(Num(variance)), wrong)


def _root(term: Term) -> Term:
    return Root(term, Num(Fraction(2)))


def _quantity(
    names: frozenset[str], value: Fraction, slips: Sequence[tuple[Slip, Fraction]]
) -> ExpectedQuantity:
    mistakes = tuple(Mistake(slip, None, Num(wrong)) for slip, wrong in slips if wrong != value)
    return ExpectedQuantity(names, None, Num(value), mistakes)
