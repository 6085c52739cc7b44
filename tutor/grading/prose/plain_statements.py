r"""Formulas of a statement that was typed without LaTeX: Solve 3x + 4 = 19."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MAX_CHARACTERS = 2_000
_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,]\d++)?)|(?P<word>(?:(?![²³\u4e00-\u9fff])[^\W\d_])++)|(?P<relation><=|>=|!=|[=<>≤≥≠])"
    r"|(?P<sign>[-+*/^·×÷−²³√π'|]|:(?= ?[\d(]))|(?P<open>[(\[])|(?P<close>[)\]])|(?P<blank> )"
    r"|(?P<other>.)",
    re.DOTALL,
)
_FUNCTIONS = frozenset(["sqrt", "sin", "cos", "tan", "ln", "log", "exp", "abs"])
_LETTER = re.compile("[A-Za-z]|(?:sin|cos|tan)?[α-ω]")  # x, α and sinα
_BEGINNINGS = ("number", "word", "open")
_IS_MARKED = re.compile(r"[$`]|\\[(\[a-zA-Z]")
_WORKS_ON = re.compile(  # an expression without an equals sign
    r"\b(?:calculate|compute|evaluate|work out|simplify|expand|multiply out|factor\w{0,4}"
    r"|derivative|differentiate|integrate|berechne|vereinfache|multipliziere|faktorisiere|ableitung|leite"
    r"|calcule[rz]?|simplifie[rz]?|développe[rz]?|factorise[rz]?|dérive[rz]?|calcula|simplifica"
    r"|desarrolla|factoriza|deriva)\b|计算|化简|展开|因式分解|求导",
    re.IGNORECASE,
)
_SIGNS = " +-*/^·×÷−=<>≤≥≠':"
_MARKED = re.compile(r"\\\([^\\]{0,300}(?:\\[^)][^\\]{0,300}){0,60}\\\)|\\\[|\$|`|\\begin")
_PLACE = re.compile(r"[A-Za-z](?:_?\d)? ?[=≠] ?[-−]?[\d./,]{1,20}")  # x = 1
_ROW_LABEL = re.compile(r"(?:[IVX]{1,3}|\d)\) ?")

_Token = re.Match[str]


def with_formulas_marked(statement: str) -> str:
    r"""Solve \(3x + 4 = 19\) for Solve 3x + 4 = 19.

    Where some formulas are marked already, only other equations are, and no places such as x = 1.
    """
    if len(statement) > MAX_CHARACTERS:
        return statement
    if not _IS_MARKED.search(statement):
        return _with_marks(statement, bool(_WORKS_ON.search(statement)))
    pieces, position = [], 0
    for marked in _MARKED.finditer(statement):
        if not marked[0].endswith(r"\)"):
            return statement
        pieces += [_with_marks(statement[position : marked.start()], None), marked[0]]
        position = marked.end()
    return "".join([*pieces, _with_marks(statement[position:], None)]) if pieces else statement


def _with_marks(statement: str, works_on: bool | None) -> str:
    """works_on: whether the problem works on an expression; None where only equations are read."""
    pieces, position = [], 0
    for start, end in _runs(statement):
        formula = statement[start:end]
        is_place = works_on is None and bool(_PLACE.fullmatch(formula))
        if _is_formula(formula, bool(works_on)) and not is_place:
            pieces += [statement[position:start], rf"\({formula}\)"]
            position = end
    return "".join([*pieces, statement[position:]])


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers, single letters and signs follow each other.

    Left out is what may be cut off: 1/2 of s = 1/2 g t², which goes on behind a blank, and the 90
    of 90°.
    """
    run: list[_Token] = []
    is_cut = False
    for token in _TOKEN.finditer(text):
        if not _belongs(token):
            is_cut = is_cut or (bool(run) and run[-1].lastgroup != "blank" and _is_glued(token))
            yield from _trimmed(text, [] if is_cut else run)
            run, is_cut = [], False
        elif run or token.lastgroup in _BEGINNINGS or token[0] in "-−√|":
            is_cut = is_cut or _is_side_by_side(run, token)
            run.append(token)
    yield from _trimmed(text, [] if is_cut else run)


def _belongs(token: _Token) -> bool:
    if token.lastgroup == "word":
        return token[0] in _FUNCTIONS or bool(_LETTER.fullmatch(token[0]))
    return token.lastgroup != "other"


def _is_glued(token: _Token) -> bool:
    return token.lastgroup == "word" or token[0] in "°%€£"


def _is_side_by_side(run: Sequence[_Token], token: _Token) -> bool:
    """2 x, with a blank and no sign between."""
    if len(run) < 2 or run[-1].lastgroup != "blank" or token.lastgroup not in _BEGINNINGS:
        return False
    if _ROW_LABEL.fullmatch("".join(each[0] for each in run)):
        return False  # II) 3x + y = 4
    before = next((each for each in reversed(run) if each.lastgroup != "blank"), None)
    is_operand = before is not None and before.lastgroup in ("number", "word", "close")
    return is_operand and before is not None and before[0] not in _FUNCTIONS


def _trimmed(text: str, run: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    if not run:
        return
    start = run[0].start()
    formula = text[start : run[-1].end()].rstrip(_SIGNS)
    if label := _ROW_LABEL.match(formula):
        start, formula = start + label.end(), formula[label.end() :]
    if formula.count("(") == formula.count(")") and formula.count("[") == formula.count("]"):
        yield start, start + len(formula)


def _is_formula(text: str, works_on: bool) -> bool:
    if re.search(r"[=<>≤≥≠]", text):
        return bool(re.search(r"[A-Za-z]", text))
    return works_on and bool(re.search(r"[-+*/^·×÷−²³√(:]", text))
