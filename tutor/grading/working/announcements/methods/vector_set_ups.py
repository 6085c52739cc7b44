"""Vectors worked out with what is known: a + b = (3, 1) = 3i + j, a·b = 2·cos 60°, n = a × b."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Sym, Term, Unreadable, is_term, substitute
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.knowledge.formulas import term_of, words
from tutor.grading.working.knowledge.vectors import components_of, vectors_in
from tutor.grading.working.task import Task

MAX_LENGTH = 100
MAX_SIDES = 5
_ENTRY = r"[^(),;|]{1,20}"
_TUPLE = rf"\(\s?{_ENTRY}(?:[,;|]\s?{_ENTRY}){{1,2}}\)"
_NAME = r"(?:\\vec\s?\{?|\\mathbf\{)?([a-z])\}?"
_SUM = re.compile(
    rf"(?:∴|so|also|donc|luego|所以)?\s?,?\s?(\d{{0,2}}){_NAME}\s?([-+])\s?(\d{{0,2}}){_NAME}\s?=\s?"
    rf"(?P<sides>{_TUPLE}(?:\s?=\s?{_TUPLE})?)"
)
_CROSS = re.compile(
    rf"(?:(?:the )?(?:normal(?: vector)?|normalenvektor|vecteur normal|vector normal|法向量)\s?)?"
    rf"[a-z]?\s?[=:]\s?(?P<first>{_TUPLE})\s?(?:×|\\times|x)\s?(?P<second>{_TUPLE})",
    re.IGNORECASE,
)
_CROSSED = words(
    r"planes?|perpendicular|normal|area|ebenen?|senkrecht\w{0,2}|normalen\w{0,8}|plans?"
    r"|perpendiculaire|aire|planos?|área",
    "平面|垂直|法向量|面积",
)
_DOT = re.compile(
    rf"{_NAME}\s?[·⋅•.]\s?{_NAME}\s?=\s?(?P<sides>[^=]{{1,40}}(?:=[^=]{{1,30}}){{0,2}})"
)
_LENGTH = (
    r"\|\s?(?:\\vec\s?\{?|\\mathbf\{)?\s?([a-z])\}?\s?\|\s?=\s?(\d{1,4}(?:\.\d{1,3})?)(?![\d.])"
)
_ANGLE = re.compile(
    r"(?:夹角|angle|winkel|ángulo)[^\d]{0,60}?(\d{1,3})\s?(?:°|\^\s?\{?\s?\\?circ)", re.IGNORECASE
)


def is_vector_set_up(text: str, task: Task, known: Known, budget: WorkBudget) -> bool:
    """Whether it is right by the vectors of the statement, with known numbers for their letters."""
    if len(text) > MAX_LENGTH:
        return False
    text = text.replace("−", "-")
    with suppress(Unreadable, RecursionError, ArithmeticError):
        return (
            _is_sum(text, task, known)
            or _is_cross_product(text, task)
            or _is_dot_product(text, task, budget)
            or _is_combination(text, task, budget)
        )
    return False


def _is_sum(text: str, task: Task, known: Known) -> bool:
    match = _SUM.fullmatch(text)
    vectors = vectors_in(task) if match is not None else {}
    if match is None or not {match[2], match[5]} <= vectors.keys():
        return False
    first, second = (_numbers(vectors[name], known) for name in (match[2], match[5]))
    if None in (*first, *second) or len(first) != len(second):
        return False
    a, b = int(match[1] or 1), int(match[4] or 1) * (1 if match[3] == "+" else -1)
    right = [a * x + b * y for x, y in zip(first, second, strict=True)]  # type: ignore[operator]
    return all(_entries(side) == right for side in match["sides"].split("="))


def _numbers(entries: Sequence[Term], known: Known) -> list[Fraction | None]:
    numbers = []
    for entry in entries:
        for name, value in known.values.items():
            entry = substitute(entry, Sym(name), value)
        numbers.append(rational_value(entry))
    return numbers


def _is_combination(text: str, task: Task, budget: WorkBudget) -> bool:
    """2p - q = 4i - 6j - (i + j) = 3i - 7j: whether all sides are the same vector."""
    texts = text.strip(" =").split("=")
    vectors = vectors_in(task) if 1 < len(texts) < MAX_SIDES else {}
    if task.is_complex or len({len(entries) for entries in vectors.values()}) != 1:
        return False
    sides = [value for value in map(read_expression, texts) if is_term(value)]
    rows = [entries for side in sides if (entries := components_of(side, vectors)) is not None]
    return len(rows) == len(texts) and all(
        same_value(first, entry, budget).equal is True
        for row in rows[1:]
        for first, entry in zip(rows[0], row, strict=True)
    )


def _entries(text: str) -> list[Fraction | None]:
    entries = (read_expression(part) for part in re.split(r"[,;|]", text.strip()[1:-1]))
    return [rational_value(entry) if is_term(entry) else None for entry in entries]


def _is_cross_product(text: str, task: Task) -> bool:
    """Of two vectors that stand in the statement, where a plane or an area is sought."""
    match = _CROSS.fullmatch(text)
    if match is None or not _CROSSED.search(task.text):
        return False
    story = re.sub(r"\s|\\[()]", "", task.text).replace("−", "-")
    told = [re.sub(r"\s", "", match[name]) for name in ("first", "second")]
    return told[0] != told[1] and all(vector in story for vector in told)


def _is_dot_product(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether all sides are |a|·|b|·cos φ, as the statement has them."""
    match = _DOT.fullmatch(text)
    story = task.text.replace(r"\(", "").replace(r"\)", "")
    lengths = dict(re.findall(_LENGTH, story))
    angles = {int(angle) for angle in _ANGLE.findall(story)}
    if match is None or match[1] == match[2] or len(angles) != 1:
        return False
    if not {match[1], match[2]} <= lengths.keys():
        return False
    first, second = lengths[match[1]], lengths[match[2]]
    right = term_of(rf"{first}*{second}*\cos({angles.pop()}°)")
    sides = map(read_expression, match["sides"].split("="))
    return all(is_term(s) and same_value(s, right, budget).equal is True for s in sides)
