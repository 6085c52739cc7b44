"""Cuts LaTeX or typed text into tokens. Nothing in it is ever run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.boxes import closing_brace
from tutor.grading.parsing.tree import Unreadable

MAX_TOKENS = 1_500


@dataclass(slots=True)
class Token:
    """kind: num, name (letters), command, text (of \\text{…}), set, bold, op, or end."""

    kind: str
    text: str
    spaced: bool = False  # white space before it


_TOKEN = re.compile(
    r"""(?P<space>(?:\s|~|\\[,;:!>\ ]|\\q?quad|\\(?:display|text)style\b|\\limits\b|\\nolimits\b)+)
    |(?P<num>(?:\d*\.\d+|\d+(?!e\+\d(?!\d)))(?:[eE][+-]?\d+)?|\d+)
    |(?P<command>\\[A-Za-z]+|\\\\|\\[^A-Za-z])
    |(?P<name>[A-Za-z]+)
    |(?P<op><=>|<=|>=|=<|=>|!=|<>|==|/=|\*\*|\+-|\+/-|-\+|.)""",
    re.VERBOSE | re.DOTALL,
)
_COMMANDS = {
    r"\times": "*", r"\cdot": "*", r"\ast": "*", r"\div": "/", r"\le": "<=", r"\leq": "<=",
    r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=", r"\lt": "<",
    r"\gt": ">", r"\ne": "!=", r"\neq": "!=", r"\pm": "±", r"\mp": "∓", r"\cup": "∪",
    r"\cap": "∩", r"\setminus": "∖", r"\backslash": "∖", r"\in": "∈", r"\colon": ":",
    r"\notin": "∉",
    r"\lbrace": "{set", r"\rbrace": "set}", r"\{": "{set", r"\}": "set}", r"\langle": "⟨",
    r"\rangle": "⟩", r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉",
    r"\mid": "|", r"\vert": "|", r"\|": "|", r"\lvert": "l|", r"\rvert": "r|", r"\%": "%",
    r"\land": "and", r"\wedge": "and", r"\lor": "or", r"\vee": "or", r"\approx": "≈",
    r"\equiv": "=", r"\to": "→", r"\rightarrow": "→", r"\lbrack": "[", r"\rbrack": "]",
    r"\implies": "⇒", r"\Rightarrow": "⇒", r"\iff": "⇔", r"\Leftrightarrow": "⇔", r"\_": "_",
    r"\sim": "≈", r"\cong": "≈", r"\emptyset": "∅", r"\varnothing": "∅",
}  # fmt: skip
_OPS = {"=<": "<=", "=>": "⇒", "<>": "!=", "/=": "!=", "==": "=", "**": "^", "+-": "±",
        "+/-": "±", "-+": "∓", "<=>": "⇔", ";": ";"}  # fmt: skip
_TEXTUAL = {
    r"\text", r"\textbf", r"\textit", r"\textrm", r"\textnormal", r"\texttt", r"\mbox", r"\hbox",
    r"\mathrm", r"\mathit", r"\mathsf", r"\mathtt", r"\operatorname", r"\rm", r"\mathcal", r"\bf",
    r"\textsf", r"\emph", r"\bold", r"\boldsymbol", r"\pmb", r"\bm",
}  # fmt: skip
_UPRIGHT = {r"\mathrm", r"\mathit", r"\operatorname", r"\boldsymbol", r"\mathcal", r"\mathsf"}
_NO_BRACKET = re.compile(r"\\(?:left|right)\s*\.")
_SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?|middle)\b\s*")
# A system of equations as most schools in China write it: an array behind one brace.
_SYSTEM = re.compile(
    r"\\left\s*\\\{\s*\\begin\{(?:array|aligned|matrix)\}(?:\{[^{}]{0,20}\})?([^\0]{0,800}?)"
    r"\\end\{(?:array|aligned|matrix)\}(?:\s*\\right\s*\.)?"
)
_BARS = re.compile(r"\\(left|right)\s*(?:\||\\vert\b|\\lvert\b|\\rvert\b)")


def tokenize(text: str) -> list[Token]:
    """Raises Unreadable where there are more than MAX_TOKENS."""
    if "\\" in text:
        text = _BARS.sub(lambda bar: r"\lvert " if bar[1] == "left" else r"\rvert ", text)
        text = _SYSTEM.sub(_system, text)
        text = _SIZES.sub("", _NO_BRACKET.sub(" ", text))
    tokens: list[Token] = []
    position, spaced = 0, False
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise Unreadable(FeedbackCode.UNREAD_PIECE, text=text[position : position + 10])
        position = match.end()
        kind = match.lastgroup or "op"
        if kind == "space":
            spaced = True
            continue
        token, position = _token(kind, match[0], text, position)
        token.spaced = spaced
        tokens.append(token)
        spaced = False
        if len(tokens) > MAX_TOKENS:
            raise Unreadable(FeedbackCode.TOO_LONG)
    tokens.append(Token("end", ""))
    return tokens


def _system(system: re.Match[str]) -> str:
    return rf"\begin{{cases}}{system[1].replace('&', '')}\end{{cases}}"


def _token(kind: str, text: str, whole: str, position: int) -> tuple[Token, int]:
    if kind == "op":
        return Token("op", _OPS.get(text, text)), position
    if kind != "command":
        return Token(kind, text), position
    if text in _COMMANDS:
        return Token("op", _COMMANDS[text]), position
    if text in (r"\mathbb", r"\mathbf", r"\vec") or text in _TEXTUAL:
        content, after = _argument(whole, position)
        if content is not None:
            return _styled_token(text, content), after
    return Token("command", text), position


def _argument(whole: str, position: int) -> tuple[str | None, int]:
    while position < len(whole) and whole[position] == " ":
        position += 1
    if whole[position : position + 1] == "{":
        end = closing_brace(whole, position)
        return (whole[position + 1 : end - 1], end) if end else (None, position)
    if whole[position : position + 1].isalnum():
        return whole[position], position + 1
    return None, position


def _styled_token(command: str, content: str) -> Token:
    inner = content.strip()
    if command == r"\mathbb":
        return Token("set", inner)
    if command in (r"\mathbf", r"\vec") and re.fullmatch(r"[A-Za-z]", inner):
        return Token("bold", inner)
    if command in _UPRIGHT and re.fullmatch(r"[A-Za-z]+", inner):
        return Token("name", inner)
    if re.fullmatch(r"[A-Za-z]", inner):
        return Token("name", inner)
    return Token("text", content)
