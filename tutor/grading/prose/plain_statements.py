r"""Formulas of a statement that was typed without LaTeX: Solve 3x + 4 = 19."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CHARACTERS = 2_000
_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,]\d++)?)|(?P<word>(?:(?![²³])[^\W\d_])++)|(?P<relation><=|>=|!=|[=<>≤≥≠])"
    r"|(?P<sign>[-+*/^·×÷−²³√π'|])|(?P<open>[(\[])|(?P<close>[)\]])|(?P<blank> )|(?P<other>.)",
    re.DOTALL,
)
_FUNCTIONS = frozenset(["sqrt", "sin", "cos", "tan", "ln", "log", "exp", "abs", "pi"])
_OPERANDS = ("number", "word", "close")
_BEGINNINGS = ("number", "word", "open")
_IS_MARKED = re.compile(r"[$`]|\\[(\[a-zA-Z]")
_CALCULATES = re.compile(
    r"\b(?:calculate|compute|evaluate|work out|simplify|berechne|vereinfache|calcule[rz]?"
    r"|simplifie[rz]?|calcula|simplifica)\b|计算|化简",
    re.IGNORECASE,
)
_ENDS = " +-*/^·×÷−=<>≤≥≠'"


def with_formulas_marked(statement: str) -> str:
    r"""Solve \(3x + 4 = 19\) for Solve 3x + 4 = 19; as it is where a formula is marked already."""
    if len(statement) > MAX_CHARACTERS or _IS_MARKED.search(statement):
        return statement
    calculates = bool(_CALCULATES.search(statement))
    pieces, position = [], 0
    for start, end in _runs(statement):
        formula = statement[start:end]
        if _is_formula(formula, calculates):
            pieces += [statement[position:start], rf"\({formula}\)"]
            position = end
    return "".join([*pieces, statement[position:]])


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers, single letters and signs follow each other, with signs at their gaps."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if run and not _goes_on(run, token):
            yield from _trimmed(text, run)
            run = []
        if run or ((token.lastgroup in _BEGINNINGS or token[0] in "-−√|") and _belongs(token)):
            run.append(token)
    yield from _trimmed(text, run)


def _belongs(token: re.Match[str]) -> bool:
    is_word = token.lastgroup == "word"
    return token.lastgroup != "other" and not (is_word and not _is_name(token[0]))


def _is_name(word: str) -> bool:
    return word in _FUNCTIONS or (len(word) == 1 and word.isascii())


def _goes_on(run: list[re.Match[str]], token: re.Match[str]) -> bool:
    if not _belongs(token):
        return False
    before = run[-1]
    is_gap = before.lastgroup == "blank"
    if not is_gap or token.lastgroup == "blank":
        return not (is_gap and token.lastgroup == "blank")
    operands = [each for each in run if each.lastgroup != "blank"][-1:]
    is_after_operand = bool(operands) and operands[0].lastgroup in _OPERANDS
    return not (is_after_operand and token.lastgroup in _BEGINNINGS)


def _trimmed(text: str, run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if not run:
        return
    start, end = run[0].start(), run[-1].end()
    end = start + len(text[start:end].rstrip(_ENDS))
    formula = text[start:end]
    if formula.count("(") == formula.count(")") and formula.count("[") == formula.count("]"):
        yield start, end


def _is_formula(text: str, calculates: bool) -> bool:
    if re.search(r"[=<>≤≥≠]", text):
        return bool(re.search(r"[A-Za-z]", text))
    has_sign = bool(re.search(r"[-+*/^·×÷−²³√(]", text))
    return has_sign and (
        calculates or (bool(re.search(r"[a-z]", text)) and bool(re.search(r"\d", text)))
    )
