"""A vector between two points of the statement: AB = B - A = (5 - 3 | -2 + 1), and AB (2; -1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.points import named_points
from tutor.grading.working.task import Task

_ENTRY = r"(?:[^()|,;]|\([^()|,;]{1,8}\)){1,20}"
_ENTRIES = rf"\(({_ENTRY}(?:[|,;]{_ENTRY}){{1,2}})\)"
_DIFFERENCE = re.compile(  # AB = OB - OA, or AB = B - A
    r"(?:\A|\s)([A-Z])([A-Z])\s?=\s?O?\2\s?-\s?O?\1\s?$|(?:\A|\s)([A-Z])([A-Z])\s?=?\s?$"
)
_VECTOR = re.compile(
    r"(?:(?:(?:the |le |el |der )?vec(?:t(?:eur|or)?)?|(?:der )?vektor"
    r"|向量)\.?\s)?([A-Z])([A-Z])(?:\s?=\s?O?\2\s?-\s?O?\1)?"
    rf"\s?=?\s?{_ENTRIES}(?:\s?=\s?{_ENTRIES})?"
)
_PIECES = re.compile(  # vecteur AB (4 - 1 ; -2 - 2) donc AB (3 ; -4)
    r"\s?(?:\b(?:donc|d'où|soit|so|also|daher|entonces|luego|and|und|et|y)\b|[,;]|⇒|=>|→|=|∴|所以)\s?"
    r"(?=(?:(?:the |le |el |der )?ve[ck]\w{1,4}\.?\s)?[A-Z]{2}\s?[=(])"
)
_UNIT_VECTORS = re.compile(  # (7 - 1)i + (10 - 2)j
    r"(?<=[=\s])(?P<x>-?\d{1,5}|-?\([^()]{1,15}\))\s?i\s?(?P<sign>[+-])\s?(?P<y>\d{1,5}|\([^()]{1,15}\))\s?j"
    r"(?![A-Za-z])"
)
MAX_PIECES = 4
MIN_NAMED = 2
MIN_POINTS = 3
_FROM_ORIGIN = re.compile(
    r"(?:[Vv]e[ck]\w{0,4}\s)?([A-Z])([A-Z])\s?=\s?(?:O\2\s?-\s?O\1|\2\s?-\s?\1)"
)
_DETERMINANT = re.compile(
    r"det\s?\(\s?([A-Z])([A-Z])\s?[;,]\s?([A-Z])([A-Z])\s?\)\s?=([^a-zA-Z]{1,80})"
)
_ALIGNED = words(
    r"collinear|colinéaires?|kollinear|colineales|aligned|alignés|alineados"
    r"|on (?:a|one|the same) line|auf einer geraden|parallel|parallèles?|paralelos",
    "共线|平行",
)
_DENIED = words(r"not|no|nicht|kein\w{0,2}|pas|non", "不|没|[?？¿]")
_MULTIPLE = re.compile(
    r"([A-Z]{2})\s?=\s?([-−]?)\s?(\d{1,4}(?:/\d{1,3})?)?\s?[·*×]?\s?([A-Z]{2})(?![A-Z])"
)
Entries = tuple[Fraction, ...]


def judge_components(text: str, previous: str, task: Task) -> ClaimResult | None:
    """Refuted only where signs alone are wrong; None for anything else than such a vector.

    previous: the line before, which may end with the difference that the line works out.
    """
    text = _UNIT_VECTORS.sub(_as_pair, text.strip(" .").replace("−", "-"))
    pieces = [piece for piece in _PIECES.split(text) if piece]
    if len(pieces) > 1:
        results = [judge_components(piece, previous, task) for piece in pieces[:MAX_PIECES]]
        are_right = all(r is not None and r.verdict == StepVerdict.PROVED for r in results)
        return results[0] if are_right else None
    difference = _DIFFERENCE.search(previous.replace("−", "-"))
    if text.startswith("=") and difference is not None:
        text = f"{difference[1] or difference[3]}{difference[2] or difference[4]} {text}"
    match = _VECTOR.fullmatch(text)
    points = named_points(task.text) if match else {}
    if match is None or not {match[1], match[2]} <= points.keys():
        return None
    start, end = points[match[1]], points[match[2]]
    written = [_entries(part) for part in match.groups()[2:] if part is not None]
    lengths = {len(entries) for entries in written if entries is not None}
    if None in written or lengths != {len(start)} or len(end) != len(start):
        return None
    right = tuple(b - a for a, b in zip(start, end, strict=True))
    if all(entries == right for entries in written):
        return proved(ClaimRelation.EVALUATE)
    first = written[0]
    if first is None or first == right or not _is_sign_lost(first, start, end):
        return None
    witness = Witness({}, _shown(first), _shown(right))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.LOST_SIGN)


def _as_pair(match: re.Match[str]) -> str:
    """(6; -8) for 6i - 8j."""
    sign = "-" if match["sign"] == "-" else ""
    return f"({match['x']}; {sign}{match['y']})"


def judge_vectors(text: str, task: Task) -> ClaimResult | None:
    """Proved for right AB = OB - OA, AC = 2AB and det(AB ; AC) = 3·4 - 4·3; None for others."""
    points = named_points(task.text)
    text = text.strip(" .").replace("−", "-")
    if len(points) < MIN_NAMED:
        return None
    multiple = _MULTIPLE.fullmatch(text)
    is_right = bool(_FROM_ORIGIN.fullmatch(text))
    is_right = is_right or (multiple is not None and _is_multiple(multiple, points))
    determinant = _DETERMINANT.fullmatch(text)
    if determinant is not None and points.keys() >= set("".join(determinant.groups()[:4])):
        first, second, third, fourth = (points[name] for name in determinant.groups()[:4])
        vectors = _between(first, second), _between(third, fourth)
        if all(len(vector) == MIN_NAMED for vector in vectors):
            (a, b), (c, d) = vectors
            is_right = all(_entries(side) == (a * d - b * c,) for side in determinant[5].split("="))
    return proved(ClaimRelation.EVALUATE) if is_right else None


def judge_aligned(text: str, task: Task) -> ClaimResult | None:
    """Proved for vectors and points that are on a line as it says; None for anything else."""
    points = named_points(task.text)
    if len(points) < MIN_POINTS or not _ALIGNED.search(text) or _DENIED.search(text):
        return None
    relation = _MULTIPLE.search(text)
    if relation is not None and not _is_multiple(relation, points):
        return None
    if re.search(r"\d", text.replace(relation[0], "") if relation else text):
        return None
    first, second, *others = points.values()
    direction = _between(first, second)
    are_aligned = any(direction) and all(
        _are_parallel(direction, _between(first, other)) for other in others
    )
    return proved(ClaimRelation.EVALUATE) if are_aligned else None


def _is_multiple(relation: re.Match[str], points: dict[str, Entries]) -> bool:
    """AC = -2AB"""
    left, sign, factor, right = relation.groups()
    names = list(left + right)
    if not points.keys() >= set(names):
        return False
    start, end, other_start, other_end = (points[name] for name in names)
    vectors = _between(start, end), _between(other_start, other_end)
    number = Fraction(factor or 1) * (-1 if sign else 1)
    return vectors[0] == tuple(number * entry for entry in vectors[1])


def _between(start: Entries, end: Entries) -> Entries:
    return tuple(b - a for a, b in zip(start, end, strict=False))


def _are_parallel(a: Entries, b: Entries) -> bool:
    pairs = combinations(zip(a, b, strict=False), 2)
    return all(x * w == y * z for (x, y), (z, w) in pairs)


def _is_sign_lost(entries: Entries, start: Entries, end: Entries) -> bool:
    return entries != tuple(a - b for a, b in zip(start, end, strict=True)) and all(
        abs(entry) in (abs(b - a), abs(b + a))
        for entry, a, b in zip(entries, start, end, strict=True)
    )


def _entries(text: str) -> Entries | None:
    values = []
    for part in re.split(r"[|,;]", text):
        try:
            value = read_expression(part)
        except (Unreadable, RecursionError):
            return None
        number = rational_value(value) if is_term(value) else None
        if number is None:
            return None
        values.append(number)
    return tuple(values)


def _shown(entries: Sequence[Fraction]) -> str:
    return "({})".format(", ".join(map(str, entries)))
