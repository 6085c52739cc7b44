"""Factors that a rule names: "IPP : u(x) = x, v'(x) = e^x", "f = u·v, u = 2x + 1, v = e^(3x)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import BigOperator, Div, Mul, Term, Unreadable, is_term, walk
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_NAME = r"(?:[uvfgwh]['’′]?\s?(?:\(\s?[a-z]\s?\))?|d[vw])"
_GIVEN = re.compile(
    rf"(?<![^\W\d_])({_NAME})\s?=\s?([^=,;，；]{{1,60}}?)(?=\s?(?:[,;，；]|\b(?:and|und|et|y)\b|和|\Z))"
)
_HEAD = re.compile(
    r"(?:(?:IPP|by parts|integration by parts|parts|partielle integration|intégration par parties"
    r"|integración por partes|por partes|分部积分|product rule|quotient rule|produktregel"
    r"|quotientenregel|règle du produit"
    r"|let|set|put|sei|mit|soit|on pose|posons|avec|sea|con|with|设|令|取"
    r"|f\s?=\s?u\s?[·×*/÷:⋅]?\s?v(?: is a product)?"
    r"|y\s?=\s?u\s?[·×*/÷]?\s?v|f est (?:de la forme|un produit)(?: uv)?)\s?[:：,，]?\s?)+",
    re.IGNORECASE,
)
_QUOTIENT = re.compile(r"u\s?[/÷:]\s?v")
_BY_PARTS = words(r"parts|parties|partes|ipp|partiell\w{1,2}", "分部")


def judge_named_factors(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Given where the two make the function or the integrand of the statement; else None.

    Raises WorkBudgetSpent.
    """
    text = text.strip(" .。")
    head = _HEAD.match(text)
    rest = text[head.end() :] if head else text
    given = _GIVEN.findall(rest)
    between = _GIVEN.sub(" ", rest)
    if len(given) != 2 or re.search(
        r"[^\s,;，；]", re.sub(r"\b(?:and|und|et|y)\b|和", " ", between)
    ):
        return None
    terms = [_read(formula) for _, formula in given]
    if None in terms:
        return None
    first, second = (term for term in terms if term is not None)
    is_derived = any(name.strip().startswith("d") or re.search("['’′]", name) for name, _ in given)
    wholes = list(_integrands(task) if is_derived else _bodies(task))
    made = Div(first, second) if head and _QUOTIENT.search(head[0]) else Mul((first, second))
    if any(same_value(made, whole, budget).equal is True for whole in wholes):
        return unchecked(ClaimRelation.DEFINE)
    return None


def _read(text: str) -> Term | None:
    text = re.sub(r"\s?d[a-z]$", "", text) if re.search(r"\sd[a-z]$", text) else text
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip())
        return value if is_term(value) else None
    return None


def _integrands(task: Task) -> Iterator[Term]:
    for value in (*task.expressions, *task.equations):
        for part in walk(value):
            if isinstance(part, BigOperator) and part.kind == "int" and is_term(part.body):
                yield part.body


def _bodies(task: Task) -> Iterator[Term]:
    for function in task.definitions.functions.values():
        yield function.body
    yield from task.expressions
