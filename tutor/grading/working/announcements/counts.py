"""What a line counts: the letters of a word, who shakes hands, where the median stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import factorial, prod

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.ratios import parts_of_ratio
from tutor.grading.working.task import Task

MAX_LETTERS = 15
MAX_WORDS = 4  # beside a bare count: there are 5 values
_NUMBER = re.compile(r"(?<![\d.])\d{1,9}(?![\d.])")
_HANDS = words(
    r"handshakes?|shakes? hands|händedrücke?|hände|hand|poignées?|mains?|manos|apretones", "握手"
)
_EACH = words(r"each|every|everybody|everyone|jede\w?|chacune?|chaque|cada", "每")
_OF_WORD = re.compile(
    r"(?:words?|wort(?:es)?|mots?|palabra|letters of|letras de|lettres de|lettres du mot"
    r"|buchstaben von|anagrammes du mot)(?: la palabra| the word)?\D{0,12}?"
    r"(?<![A-Za-z])([A-Z]{3,14})(?![A-Za-z])"
)
_LETTERS = re.compile(r"(\d{1,2})\s(?:letters|buchstaben|lettres|letras)", re.IGNORECASE)
_TIMES = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "zweimal": 2, "dreimal": 3,
          "deux fois": 2, "trois fois": 3, "dos veces": 2, "tres veces": 3}  # fmt: skip
_REPEATED = re.compile(
    r"(?<![A-Za-z])([A-Z])\s?(?:is there |appears |occurs |comes |kommt |apparaît |aparece )?"
    rf"({'|'.join(_TIMES)}|[x×]\s?[1-4]|[1-4]\s?(?:x|times|mal|fois|veces))(?![A-Za-z\d])"
)
_ASKED = words(r"number of|how many|nombre|anzahl|número de|total|ways", "种|个数")
_FACTORIALS = re.compile(r"((?:\d{1,2}!\s?[·*×]?\s?){1,4})(?:=\s?(\d{1,9}))?")
_DATA = re.compile(r"\d{1,6}(?:\.\d{1,4})?(?:\s{0,2}[,，、;]\s{0,2}\d{1,6}(?:\.\d{1,4})?){2,60}")
_MEDIAN = words(r"median|zentralwert|médiane|mediana", "中位数")
_VALUES = re.compile(
    r"(\d{1,2})\s?(?:numbers|values|data|werte|zahlen|valeurs|nombres|datos|números|个)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(\d{1,2})\s?(?:st|nd|rd|th|\.|e|er|ème|º|\.º)(?!\d)|第\s?(\d{1,2})")
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "dritte": 3, "vierte": 4, "troisième": 3,
             "quatrième": 4, "tercero": 3, "cuarto": 4}  # fmt: skip
_ORDINAL_WORD = re.compile(rf"\b({'|'.join(_ORDINALS)})", re.IGNORECASE)
_MIDDLE_TWO = words(
    r"(?:mean|average|between)(?: of)? the (?:two )?middle (?:two|ones|values|numbers)"
    r"|mittelwert der (?:beiden )?mittleren",
    "中间两个数?的?平均",
)
_TWO_IN_MIDDLE = words(
    r"two middle (?:ones|values|numbers)|two (?:values|numbers) in the middle|middle two"
    r"|zwei (?:mittlere|in der mitte)\w{0,2}|deux (?:valeurs )?centrales|deux valeurs au milieu"
    r"|dos (?:datos |valores |números )?(?:centrales|del medio)",
    "中间(?:有)?两个",
)
_PARTS = re.compile(
    r"\s?(?:there are |es sind |il y a |hay |on a |一?共有?|总共)?(\d{1,4})\s?(?:equal |gleiche )?"
    r"(?:parts|shares|teile|anteile|partes|份)"
    r"(?: in total| altogether| insgesamt| en tout| en total)?"
    r"\s?\.?\s?",
    re.IGNORECASE,
)
_DENIED = words(r"not|no|nicht|kein\w{0,2}|pas|sin", "不")


def _counts_parts(text: str, task: Task) -> bool:
    """7 parts, where something is shared 3 : 4."""
    count = _PARTS.fullmatch(text)
    return count is not None and int(count[1]) == parts_of_ratio(task.text)


def judge_count(text: str, task: Task) -> ClaimResult | None:
    """Proved where all that it counts is right; None for anything else."""
    if _DENIED.search(text):
        return None
    is_right = _counts_hands(text, task) or _counts_letters(text, task) or _stands(text, task)
    is_right = is_right or _counts_parts(text, task)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _counts_hands(text: str, task: Task) -> bool:
    """Each of the 12 shakes 11 hands."""
    if not _HANDS.search(task.text) or not _EACH.search(text) or re.search(r"[=+*/·×]", text):
        return False
    numbers = [int(number) for number in _NUMBER.findall(text)]
    people = [int(number) for number in task.numbers if number.denominator == 1 and number > 2]
    people += [
        value for word, value in _WRITTEN.items() if re.search(rf"\b{word}\b", task.text.casefold())
    ]
    return bool(numbers) and any(
        numbers[-1] == count - 1 and all(n in (count, count - 1) for n in numbers)
        for count in people[:3]
    )


_WRITTEN = {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "sechs": 6, "sieben": 7,
            "acht": 8, "neun": 9, "zehn": 10, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
            "siete": 7, "ocho": 8, "nueve": 9, "diez": 10}  # fmt: skip


def _counts_letters(text: str, task: Task) -> bool:
    """6 letters, so 6! = 720; T twice, E twice: 2! · 2! = 4"""
    word = _OF_WORD.search(task.text)
    if word is None:
        return False
    letters = Counter(word[1])
    counted = list(_letter_counts(text, letters))
    rest = _FACTORIALS.sub(" ", _REPEATED.sub(" ", _LETTERS.sub(" ", text)))
    return bool(counted) and all(counted) and not _NUMBER.search(rest)


def _letter_counts(text: str, letters: Counter[str]) -> Iterator[bool]:
    """Whether each part of the line is right."""
    for match in _LETTERS.finditer(text):
        yield int(match[1]) == letters.total()
    for match in _REPEATED.finditer(text):
        yield letters[match[1]] == _times(match[2])
    for match in _FACTORIALS.finditer(_REPEATED.sub(" ", text)):
        bases = [int(base) for base in re.findall(r"\d{1,2}", match[1])]
        told = letters.total(), *letters.values()
        value = prod(factorial(base) for base in bases if base <= MAX_LETTERS)
        repeats = sorted(count for count in letters.values() if count > 1)
        is_total = bases == [letters.total()] and not (repeats and _ASKED.search(text))
        is_whole = is_total or sorted(b for b in bases if b > 1) == repeats
        yield is_whole and all(b in told for b in bases) and match[2] in (None, str(value))


def _times(text: str) -> int:
    return _TIMES[text] if text in _TIMES else int(re.findall(r"\d", text)[0])


def _stands(text: str, task: Task) -> bool:
    """There are 5 numbers, so the median is the third one in order."""
    data, counted = _DATA.search(task.text), _VALUES.search(text)
    if data is None or counted is None or not _MEDIAN.search(task.text):
        return False
    count = len(re.findall(r"\d+(?:\.\d+)?", data[0]))
    rest = text.replace(counted[0], " ", 1)
    if int(counted[1]) != count:
        return False
    if not _NUMBER.search(rest) and len(rest.split()) <= MAX_WORDS:
        return True
    if count % 2 == 0:
        is_of_two = _MIDDLE_TWO.search(rest) or _TWO_IN_MIDDLE.search(rest)
        return is_of_two is not None and not _NUMBER.search(rest)
    ranks = [int(match[1] or match[2]) for match in _ORDINAL.finditer(rest)]
    ranks += [_ORDINALS[match[1].casefold()] for match in _ORDINAL_WORD.finditer(rest)]
    return bool(ranks) and all(Fraction(rank) == Fraction(count + 1, 2) for rank in ranks)
