"""Numbers of ways, found again in the right number: choices, orders, words, codes, menus."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.data.number_words import all_numbers, whole_numbers
from tutor.grading.parsing.tree import Num
from tutor.grading.working.knowledge.counting.ways import LETTERS_OF_WORD

MAX_SIZE = 60
MAX_FACTORIAL = 15
MAX_NUMBERS = 6
_N = MistakeName
_WAYS = re.compile(
    r"how many|\bways?\b|number of|arrange|permut|combin|committee|handshake|choos|select|orders?\b"
    r"|wie ?viele|möglichkeit|anordn|reihenfolge|auswähl|auswahl|ausgewählt|combien|façon|manière"
    r"|choisi|comité|cuánt|maneras|formas|elegir|escog|几种|多少种|多少个|多少场|排法|选法|方法|排成",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    r"pair|handshak|each other|every other|clink|match|games?\b|segment|diagonal|line|paar|hände"
    r"|jeder gegen|spiele|verbindung|strecke|poignée|se serr|chaque autre|pareja|握手|比赛|线段"
    r"|两两|单循环",
    re.IGNORECASE,
)
_ROLES = re.compile(
    r"president|captain|secretary|chair|treasurer|vorsitz|sprecher|kapitän|kassenwart|président"
    r"|secrétaire|presidente|secretari|班长|队长|正副",
    re.IGNORECASE,
)
_ROUND_TABLE = re.compile(
    r"\bround\b|circle|circular|rund|kreis|rond|redond|圆桌|围", re.IGNORECASE
)
_POOLS = (
    (
        re.compile(r"digit|ziffer|chiffre|dígito|cifra|\bpin\b|code|数字|密码", re.IGNORECASE),
        (10, 9),
    ),
    (re.compile(r"letter|buchstabe|lettre|letra|字母", re.IGNORECASE), (26,)),
    (re.compile(r"\bdie\b|\bdice|würfel|\bdés?\b|dado|骰子", re.IGNORECASE), (6,)),
    (re.compile(r"coin|münze|pièce|moneda|硬币|bits?\b|binär|binary", re.IGNORECASE), (2,)),
)


def counting_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.number
    if right is None or right.denominator != 1 or right < 2 or not question.mentions(_WAYS):
        return
    yield from _products(question)
    yield from _of_letters(question)
    if len(question.numbers) > MAX_NUMBERS:
        return
    sizes = [n for n in whole_numbers(question) if n <= MAX_SIZE]
    pools = [n for words, pool in _POOLS if question.mentions(words) for n in pool]
    implied = [2] if question.mentions(_PAIRS) else []
    implied += [2, 3] if question.mentions(_ROLES) else []
    numbers = list(dict.fromkeys([*sizes, *implied, *pools]))
    for n, k in permutations(numbers, 2):
        yield from _choices(n, k, question)
    for n in sizes:
        yield from _orders(n, question)
        if question.mentions(_PAIRS) and right == n * (n - 1):
            yield _answer(Fraction(n * (n - 1), 2), _N.PERMUTATIONS_FOR_COMBINATIONS)
    yield from _two_groups(question)


def _answer(value: Fraction | int, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Num(Fraction(value)), name)


def _choices(n: int, k: int, question: Question) -> Iterator[MistakenAnswer]:
    """k of n, with or without order, with or without repetition"""
    right = question.number
    if k > MAX_FACTORIAL or k < 2:
        return
    unordered, ordered, repeated = math.comb(n, k), math.perm(n, k), n**k
    if right == unordered and k < n:
        yield _answer(ordered, _N.PERMUTATIONS_FOR_COMBINATIONS)
        yield _answer(repeated, _N.WITH_FOR_WITHOUT_REPLACEMENT)
        yield _answer(math.comb(n + k - 1, k), _N.WITH_FOR_WITHOUT_REPLACEMENT)
        for wrong in (
            n * k,
            Fraction(ordered, k),
            Fraction(ordered, 2),
            Fraction(n * n, 2),
            Fraction(repeated, math.factorial(k)),
            Fraction(n, k),
            k**n,
            math.comb(n - 1, k),
            math.comb(n, k - 1),
            math.factorial(k),
            *([math.factorial(n)] if n <= MAX_FACTORIAL else []),
            n + k,
            n - k,
        ):
            yield _answer(wrong, _N.COUNTING_FORMULA)
    elif right == ordered and k < n:
        yield _answer(unordered, _N.PERMUTATIONS_FOR_COMBINATIONS)
        yield _answer(repeated, _N.WITH_FOR_WITHOUT_REPLACEMENT)
        terms = range(n, n - k, -1)
        for wrong in (n * k, sum(terms), k**n, math.factorial(k), n + k, n**k - n):
            yield _answer(wrong, _N.COUNTING_FORMULA)
        if n <= MAX_FACTORIAL:
            yield _answer(math.factorial(n), _N.COUNTING_FORMULA)
    elif right == repeated:
        yield _answer(ordered, _N.WITH_FOR_WITHOUT_REPLACEMENT)
        yield _answer(unordered, _N.PERMUTATIONS_FOR_COMBINATIONS)
        yield _answer(k**n, _N.BASE_AND_EXPONENT_SWAPPED)
        for wrong in (n * k, n + k):
            yield _answer(wrong, _N.COUNTING_FORMULA)


def _orders(n: int, question: Question) -> Iterator[MistakenAnswer]:
    """All n things in a row, or around a table"""
    if not 3 <= n <= MAX_FACTORIAL:
        return
    right, whole = question.number, math.factorial(n)
    if right == whole:
        yield _answer(n**n, _N.WITH_FOR_WITHOUT_REPLACEMENT)
        for wrong in (n * n, n * (n + 1) // 2, n, math.factorial(n - 1), 2**n, n * (n - 1)):
            yield _answer(wrong, _N.COUNTING_FORMULA)
        yield _answer(Fraction(whole, 2), _N.COUNTING_FORMULA)
    elif right == whole // n and question.mentions(_ROUND_TABLE):
        for wrong in (whole, whole // n // 2, n * (n - 1) // 2):
            yield _answer(wrong, _N.COUNTING_FORMULA)


def _of_letters(question: Question) -> Iterator[MistakenAnswer]:
    """720 for the 360 orders of the letters of LETTER"""
    match = LETTERS_OF_WORD.search(question.statement)
    if match is None:
        return
    length = len(match[1])
    whole = math.factorial(length)
    repeats = [math.factorial(n) for n in Counter(match[1]).values() if n > 1]
    if question.number != Fraction(whole, math.prod(repeats)):
        return
    for part in (*repeats, sum(repeats), math.prod(repeats) * 2):
        if part > 1:
            yield _answer(Fraction(whole, part), _N.COUNTING_FORMULA)
    if repeats:
        yield _answer(whole, _N.COUNTING_FORMULA)
        yield _answer(math.factorial(len(set(match[1]))), _N.COUNTING_FORMULA)
    yield _answer(length**length, _N.WITH_FOR_WITHOUT_REPLACEMENT)
    yield _answer(length * length, _N.COUNTING_FORMULA)
    yield _answer(length * (length + 1) // 2, _N.COUNTING_FORMULA)
    yield _answer(length, _N.COUNTING_FORMULA)


def _two_groups(question: Question) -> Iterator[MistakenAnswer]:
    """2 of 5 boys and 3 of 6 girls"""
    numbers = [int(n) for n in all_numbers(question) if n.denominator == 1 and 0 < n <= MAX_SIZE]
    if len(numbers) != 4:
        return
    for n, m, k, j in permutations(numbers):
        if k >= n or j >= m:
            continue
        first, second = math.comb(n, k), math.comb(m, j)
        if question.number != first * second:
            continue
        yield _answer(first + second, _N.ADDED_INSTEAD_OF_MULTIPLIED)
        yield _answer(math.perm(n, k) * math.perm(m, j), _N.PERMUTATIONS_FOR_COMBINATIONS)
        yield _answer(math.comb(n + m, k + j), _N.CONDITION_NOT_USED)
        for part in (first, second):
            yield _answer(part, _N.STOPPED_EARLY)
        return


def _products(question: Question) -> Iterator[MistakenAnswer]:
    """3·4·2 menus: added, and a course left out"""
    numbers = [number for number in all_numbers(question) if number > 0]
    if not 2 <= len(numbers) <= 4 or question.number != math.prod(numbers):
        return
    yield _answer(sum(numbers, Fraction(0)), _N.ADDED_INSTEAD_OF_MULTIPLIED)
    if len(numbers) > 2:
        for index in range(len(numbers)):
            yield _answer(math.prod(numbers[:index] + numbers[index + 1 :]), _N.STOPPED_EARLY)
