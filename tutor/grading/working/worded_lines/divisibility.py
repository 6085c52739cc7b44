"""Lines of proofs about whole numbers: n(n+1) is even, one of them is divisible by 3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise, product

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_DIVISOR = 24
MAX_CASES = 1_000  # remainders of all letters that are tried
MAX_NAMES = 4
MAX_BETWEEN = 24  # characters between "three" and "in a row"
MAX_TERMS = 8  # of the lines before, from the latest
_NUMBER = r"(\d{1,2})(?!\d)"
_EVEN = words(r"even|gerade|paire?s?|pare?s?", "偶数")
_ODD = words(r"odd|ungerade|impaire?s?|impare?s?", "奇数")
_DIVISIBLE = re.compile(
    rf"(?:divisible by|multiples? of|durch|vielfaches? von|divisibles? par|multiples? de"
    rf"|divisibles? (?:por|entre)|múltiplos? de)\s{{1,2}}(?:\\\(\s?)?{_NUMBER}"
    rf"|被\s?{_NUMBER}\s?整除|{_NUMBER}\s?的倍数|(?<![\w.]){_NUMBER}\s?\|\s?(?=[a-z(\d])"
    rf"|(?<![\w.]){_NUMBER} (?:divides|teilt|divise|divide a)",
    re.IGNORECASE,
)
_DIVIDES = re.compile(r"\d{1,2}\s?(?:\||divides|teilt|divise|divide a)", re.IGNORECASE)
_MODAL = words(
    r"if|assume|suppose|let|not|never|want|need|show|must|either"
    r"|angenommen|falls|wenn|nicht|sei|zeigen|zu zeigen"
    r"|si|soit|supposons|pas|montrer|supongamos|sea|no (?:es|son)|demostrar",
    "设|若|如果|假设|不|要证",
)
_ONE = words(
    r"one of (?:them|these|the \w{2,6})|at least one|one is|mindestens eine"
    r"|eine (?:davon|der \w{3,6}|von)"
    r"|l'un|l'une|un des|uno de|una de|al menos uno",
    "其中|必有一",
)
_COUNTS = {"two": 2, "zwei": 2, "deux": 2, "dos": 2, "两": 2, "three": 3, "drei": 3, "trois": 3,
           "tres": 3, "三": 3, "four": 4, "vier": 4, "quatre": 4, "cuatro": 4, "四": 4}  # fmt: skip
_IN_A_ROW = re.compile(
    r"consecutiv|in a row|aufeinander|consécuti|连续|相邻|neighbour|nachbar|voisin|vecin",
    re.IGNORECASE,
)
_COUNT = re.compile("|".join(_COUNTS), re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_A-Za-z]+|[^\W\d_]{2,}|[,.;:!?，。；：]")
_ARTICLE = re.compile(r"(?<![\w(+*])a(?=\s[a-z]{2})")
_PARITIES = re.compile(
    r"(even|odd)\s{0,2}([+*·×]|plus|times)\s{0,2}(even|odd|\d{1,3})\s{0,2}(?:=|is|gives|makes)\s{0,2}(even|odd)",
    re.IGNORECASE,
)
_POWERS = str.maketrans({"²": "^2", "³": "^3", "⁴": "^4", "−": "-", "·": "*"})


def judge_divisibility_line(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """Proved where all remainders show it; None for anything else."""
    parities = _PARITIES.search(text)
    if parities is not None and _adds_up(*parities.groups()):
        return proved(ClaimRelation.IMPLIES)
    properties = list(_properties(text))
    if not properties or _MODAL.search(text) or not (task.proves or _is_about_integers(task)):
        return None
    start, divisor, rest = properties[-1]
    if _ONE.search(text):
        count = _in_a_row(text, before, task)
        return proved(ClaimRelation.IMPLIES) if not rest and divisor <= count else None
    own = _term_beside(text, start)
    known = [own] if own is not None else []
    known += _earlier(before, own)
    is_shown = any(_has_remainder(term, divisor, rest) for term in known[:MAX_TERMS])
    return proved(ClaimRelation.IMPLIES) if is_shown else None


def _earlier(before: Sequence[str], own: Term | None) -> Iterator[Term]:
    """What the lines before come to, the latest first; from where they begin with the own term."""
    lines = list(before)
    if own is not None:
        begins = [own in _read(line.partition("=")[0]) for line in lines]
        lines = lines[begins.index(True) :] if True in begins else []
    for line in reversed(lines):
        yield from (term for term in _last_terms(line) if free_names(term))


def _is_about_integers(task: Task) -> bool:
    return bool(_DIVISIBLE.search(task.text))


def _adds_up(first: str, sign: str, second: str, total: str) -> bool:
    a = first.lower() == "odd"
    b = second.lower() == "odd" or (second.isdigit() and int(second) % 2 == 1)
    is_odd = (a and b) if sign in "*·×" or sign.lower() == "times" else a != b
    return is_odd == (total.lower() == "odd")


def _properties(text: str) -> Iterator[tuple[int, int, int]]:
    """Where the line tells each, a divisor and its remainder; in the order of the line."""
    told = [(match.start(), 2, 0) for match in _EVEN.finditer(text)]
    told += [(match.start(), 2, 1) for match in _ODD.finditer(text)]
    for match in _DIVISIBLE.finditer(text):
        divisor = int(next(part for part in match.groups() if part))
        if 1 < divisor <= MAX_DIVISOR:
            told.append((match.start(), divisor, 0))
    yield from sorted(told)


def _in_a_row(text: str, before: Sequence[str], task: Task) -> int:
    """How many consecutive numbers the line speaks of."""
    factors = max((_consecutive(term) for line in before for term in _last_terms(line)), default=0)
    for line in (text, *reversed(before[-2:]), task.text):
        match = _IN_A_ROW.search(line)
        if match is not None:
            counted = _counted(line[max(0, match.start() - MAX_BETWEEN) : match.start()])
            return counted if line is task.text or line is text else min(counted, max(factors, 2))
    return factors


def _counted(text: str) -> int:
    """The last number in words; 2 without one."""
    counts = _COUNT.findall(text)
    return _COUNTS[counts[-1].lower()] if counts else 2


def _consecutive(term: Term) -> int:
    """3 for (n - 1)n(n + 1)."""
    factors = term.parts if isinstance(term, Mul) else (term,)
    names = free_names(term)
    if len(names) != 1:
        return 0
    [name] = names
    offsets = []
    for factor in factors:
        low, high = (
            rational_value(substitute(factor, Sym(name), Num(Fraction(n)))) for n in (0, 1)
        )
        is_shifted = low is not None and high is not None and high - low == 1
        if not is_shifted or has_part(factor, Pow):
            return 0
        offsets.append(low)
    known = sorted(offset for offset in offsets if offset is not None)
    is_row = all(later - earlier == 1 for earlier, later in pairwise(known))
    return len(known) if is_row else 0


def _term_beside(text: str, start: int) -> Term | None:
    """What is called so: the last term before these words, or the one behind "3 divides"."""
    plain = _ARTICLE.sub(" ", text)
    verb = _DIVIDES.match(plain, start)
    if verb is not None:
        return next(
            (term for piece in _WORDS.split(plain[verb.end() :]) for term in _read(piece)), None
        )
    pieces = _WORDS.split(plain[:start])
    terms = (term for piece in reversed(pieces) for term in _read(piece) if free_names(term))
    return next(terms, None)


def _last_terms(line: str) -> Iterator[Term]:
    for piece in _WORDS.split(_ARTICLE.sub(" ", line.rpartition("=")[2])):
        yield from _read(piece)


def _read(text: str) -> Iterator[Term]:
    """The text as a polynomial, if it is one."""
    with suppress(Unreadable, RecursionError):
        term = read_expression(text.translate(_POWERS).strip())
        is_plain = all(isinstance(p, Num | Sym | Add | Mul | Neg | Pow) for p in walk(term))
        if is_term(term) and is_plain and len(free_names(term)) < MAX_NAMES:
            yield term


def _has_remainder(term: Term, divisor: int, rest: int) -> bool:
    """Whether all whole numbers for its letters leave this remainder."""
    names = sorted(free_names(term))
    if divisor ** len(names) > MAX_CASES or not _is_whole(term):
        return False
    for values in product(range(divisor), repeat=len(names)):
        value: Term = term
        for name, number in zip(names, values, strict=True):
            value = substitute(value, Sym(name), Num(Fraction(number)))
        result = rational_value(value)
        if result is None or result.denominator != 1 or result % divisor != rest:
            return False
    return True


def _is_whole(term: Term) -> bool:
    """Whether it is a polynomial with whole coefficients."""
    for part in walk(term):
        match part:
            case Num(value) if value.denominator != 1:
                return False
            case Pow(_, exponent) if not isinstance(exponent, Num):
                return False
    return True
