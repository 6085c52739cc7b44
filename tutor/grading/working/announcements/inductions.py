"""What a proof by induction supposes, and its end: "assume 6 | k³ - k", "so true for k + 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.prose.formulas import find_formulas
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MIN_CHARACTERS = 3  # of a formula that is found again
MAX_OPENING = 24  # characters with the word that supposes
MIN_LINES = 3  # before the end of a proof
_SUPPOSES = words(
    r"assume|suppose|assumption|hypothesis|i\.?h\.?|induction hypothesis|angenommen|annahme"
    r"|iv|i\.v\.|induktionsvoraussetzung|supposons|hypothèse|hérédité|supongamos|hipótesis",
    "假设|设",
)
_INDUCTION = words(r"induction|induktion|récurrence|inducción|divisible|teilbar", "归纳")
_ENDS = words(
    r"induction|qed|q\.e\.d\.?|for all|for every|for any|k ?\+ ?1|n ?\+ ?1|n ?= ?k ?\+ ?1|done"
    r"|für alle|für jedes|induktion|pour tout|récurrence|para todo|inducción|cqfd",
    "所有|任意|每|一切|n=k\\+1",
)
_HOLDS = words(
    r"true|holds?|proved|proven|claim|formula|done|gilt|wahr|bewiesen|behauptung|vraie?|propriété"
    r"|cierta?|verdadera?",
    "成立|得证|命题",
)
_NOT = words(r"not|never|false|nicht|falsch|fausse?|falsa?|pas", "不")
_FORMULA = re.compile(r"[=<>≤≥≈|]\s?[^\s,.;]")
_FOR_ALL = re.compile(  # the letter of the statement, and not k
    r"(?:for (?:all|every|each|any)|für (?:alle|jedes)|pour tout|para todo)"
    r" (?:natural numbers? |integers? |natürlichen? zahl(?:en)? |entier |natural )?n(?![\w=≤<])"
    r"|(?:所有|任意|一切|每个?)(?:正整数|自然数)?的?\s?n(?![\w=≤<])",
    re.IGNORECASE,
)
_UP_TO = words(r"up to|bis|jusqu\w{0,2}|hasta|some|ein|einem?|un certain|algún", "某|[≤<]|\\\\le")
_INDEX = re.compile(r"\b[kn]\s?(?:=\s?k\s?\+\s?1|\+\s?1|(?:≥|>=|\\ge)\s?\d)")
_SIGNS = str.maketrans({"²": "^2", "³": "^3", "⁴": "^4", "−": "-", "·": "*", "×": "*"})


def judge_induction_line(
    text: str, number_before: int, task: Task, *, is_settled: bool
) -> ClaimResult | None:
    """Given for the claim supposed for k; proved for the end after lines that all hold.

    number_before: of lines. is_settled: whether each of them is proved or given.
    """
    if not task.proves or not _INDUCTION.search(task.text) or _NOT.search(text):
        return None
    supposes = _SUPPOSES.search(text[:MAX_OPENING])
    if supposes and any(formula in _plain(text) for formula in _supposed(task)):
        return unchecked(ClaimRelation.DEFINE)
    is_end = (
        _ENDS.search(text) and _HOLDS.search(text) and not _FORMULA.search(_INDEX.sub("", text))
    )
    if is_end and is_settled and number_before >= MIN_LINES:
        return proved(ClaimRelation.IMPLIES)
    return None


def judge_circular_assumption(text: str, task: Task) -> ClaimResult | None:
    """Unchecked for "assume it is true for every n", which is what has to be proved.

    None for anything else, also where it is supposed up to some number.
    """
    if not task.proves or not _INDUCTION.search(task.text) or _UP_TO.search(text):
        return None
    is_supposed = _SUPPOSES.search(text[:MAX_OPENING]) and _FOR_ALL.search(text)
    return unchecked(ClaimRelation.IMPLIES) if is_supposed else None


def _supposed(task: Task) -> Iterator[str]:
    """The formulas of the statement with k for n."""
    for formula, _ in find_formulas(task.text):
        plain = re.sub(r"n(?![a-z])", "k", _plain(formula.text))
        if len(plain) >= MIN_CHARACTERS and "k" in plain and not re.search(r"(?:\\ge|≥|>=)", plain):
            yield plain


def _plain(text: str) -> str:
    text = re.sub(r"\\(?:dfrac|frac)\{([^{}]{1,40})\}\{([^{}]{1,20})\}", r"\1/\2", text)
    text = re.sub(r"\\c?dots|…|\.{2,3}", "...", text.translate(_SIGNS))
    return re.sub(r"[\s{}*]|\\(?:cdot|left|right|[(),;])", "", text)
