"""With what a fraction is expanded: "multiply top and bottom by √7 + 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Unreadable,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_EXPANDS = words(
    r"multiply|multiplying|times|expand|erweiter\w{1,3}|multiplizier\w{1,3}|multipli\w{1,4}"
    r"|mult\.?|conjugate|conjugué\w?|konjugiert\w{0,3}|conjugad[oa]",
    "同乘|同时乘|乘以|乘",
)
_WORDS = re.compile(r"(?:(?<=\s)|\A)[^\W\d_√]{2,}(?![\w(])|[\u4e00-\u9fff]+|[:,;.!]|(?<=\s)y(?=\s)")
_TERM = re.compile(r"[(\d√s\\i][\w\s√()+−*/^.\\{}-]{1,60}")


def judge_conjugate(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved for a + b where the statement's fraction has a - b; None for anything else."""
    if not _EXPANDS.search(text) or "=" in text:
        return None
    formula = _WORDS.sub(" ", text).strip()
    factor = _read(formula) if _TERM.fullmatch(formula) else None
    if factor is None:
        return None
    is_right = any(same_value(factor, term, budget).equal is True for term in _conjugates(task))
    return proved(ClaimRelation.EQUAL) if is_right else None


def _read(text: str) -> Term | None:
    """√7 + 1, also of (√7 + 1)/(√7 + 1)."""
    with suppress(Unreadable, RecursionError):
        match read_expression(text):
            case Div(top, bottom) if top == bottom:
                return top
            case value if is_term(value):
                return value
    return None


def _conjugates(task: Task) -> Iterator[Term]:
    for value in (*task.expressions, *task.equations):
        for part in walk(value):
            if isinstance(part, Div):
                yield from _turned(part.bottom)
                yield from _turned(part.top)


def _turned(term: Term) -> Iterator[Term]:
    """a - b and b - a of a + b with a root or i in it."""
    if isinstance(term, Add) and len(term.parts) == 2 and any(map(_is_root, walk(term))):
        first, second = term.parts
        yield Add((first, Neg(second)))
        yield Add((second, Neg(first)))
    elif isinstance(term, Root) or (isinstance(term, Mul) and isinstance(term.parts[-1], Root)):
        yield term.parts[-1] if isinstance(term, Mul) else term


def _is_root(part: object) -> bool:
    match part:
        case Root() | Sym("i") | Const("i"):
            return True
        case Pow(_, Div(Num(), Num())):
            return True
    return False
