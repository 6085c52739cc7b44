"""Cuts a folded line into numbers, names, signs, brackets, words and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from tutor.grading.parsing.units import CHINESE_UNIT, read_unit
from tutor.grading.working.reading.folding import WIDE_GAP, find_blocks
from tutor.grading.working.reading.phrases import CHINESE_PHRASES, CUES, Cue


class Lex(StrEnum):
    NUMBER = "number"
    NAME = "name"  # a variable, function, unit or constant
    SIGN = "sign"
    RELATION = "relation"
    GROUP = "group"  # what is in brackets
    WORD = "word"
    CUE = "cue"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    COLON = "colon"
    STOP = "stop"
    BAR = "bar"
    MARK = "mark"  # ✓ or ✗
    LABEL = "label"  # ①


class Lexeme:
    """spaced: after a blank. in_formula: whether it is a part of a formula by itself.

    cue: what a known phrase says. inside: the lexemes between the brackets of a group.
    """

    cue: Cue | None = None
    inside: Sequence[Lexeme] = ()
    is_unit = False

    def __init__(self, lex: Lex, text: str, start: int, end: int, spaced: bool) -> None:
        self.lex = lex
        self.text = text
        self.start = start
        self.end = end
        self.spaced = spaced
        self.in_formula = lex in _IN_FORMULA

    def become(self, lex: Lex, cue: Cue | None = None) -> None:
        self.lex, self.cue = lex, cue
        self.in_formula = lex in _IN_FORMULA


_IN_FORMULA = (Lex.NUMBER, Lex.NAME, Lex.SIGN, Lex.RELATION)
_BLOCK_FILL = "\ue000"
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_RELATION_COMMANDS = (
    r"\\(?:leqslant|geqslant|leq|geq|neq|le|ge|ne|lt|gt|approx|equiv|simeq|sim|cong|in|notin|perp"
    r"|parallel|propto|doteq)(?![A-Za-z])"
)
_LEXEME = re.compile(
    r"(\s*+)(?:"
    r"(?P<OPERATOR>[+*/^_()\[\]{}·×²³]|(?<=[A-Za-z][12])\.(?=[A-Za-z][12]))"
    rf"|(?P<LETTER>[A-Za-z](?![{_LETTERS}'.-]))|"
    r"(?P<NUMBER>(?<=[A-Za-z_])[12],\s?[23](?=\s*+[=≈:])|(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?(?:e[+-]?\d++)?|\.\d++|[¼-¾⅐-⅞])"
    rf"|(?P<CUE>(?:[{_LETTERS}]\.\s?){{2,5}}|<=>|<==>|<->|==++>|=>|-++>|[⇒→⟹⟶⇔⟺↔∴∵⟸↦∨∧])"
    rf"|(?P<WORD>[nl]'a(?![\w(])|[cdjlmnstquCDJLMNSTQ]{{1,2}}'[{_LETTERS}]{{2,}}+(?:-[{_LETTERS}]++){{0,3}}"
    rf"|[{_LETTERS}](?:-[{_LETTERS}])?-(?:Formel|Wert|Achse|value|axis|intercept|coordinate)\w*+"
    rf"|[{_LETTERS}]{{2,}}+(?:'(?:s|t|re)\b|-(?=[{_LETTERS}]{{3}})(?![xyt]?(?:arc)?(?:sin|cos|tan|log)[a-z]?\b)[{_LETTERS}]++){{0,3}}"
    rf"|[{_LETTERS}])"
    rf"|(?P<RELATION><=|>=|=<|!=|<>|==|:=|[=<>≤≥≦≧⩽⩾≠≈≡≅≃≌≙∼~∈∉⊥∥∝⊂⊆≉≢]|{_RELATION_COMMANDS})"
    rf"|(?P<NAME>\.{{2,}}+|[…⋯]++|·{{3,}}+|\\[A-Za-z]++|\\.|[∞ℝℕℤℚℂ°%‰€£₹₣₽₺¤α-ωΑ-Ω]|{_BLOCK_FILL}++)"
    r"|(?P<CHINESE>[\u4e00-\u9fff])"
    r"|(?P<LABEL>[①-⑳])|(?P<MARK>[✓✔☑✅✗✘❌☒✕⚡↯])|(?P<COMMA>[,，、])|(?P<SEMICOLON>[;；])"
    r"|(?P<COLON>:)|(?P<STOP>[.。!?])|(?P<BAR>\|++)|(?P<SIGN>\S))"
)
_SIGN_CUES = {"∵": Cue.BECAUSE, "∨": Cue.OR, "∧": Cue.AND}
_KINDS = {lex.name: lex for lex in Lex} | {"OPERATOR": Lex.SIGN, "LETTER": Lex.WORD}
_OPENING, _CLOSING = frozenset(["(", "[", "{", r"\{"]), frozenset([")", "]", "}", r"\}"])
_BRACKETS = _OPENING | _CLOSING


def cut_lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a folded line in their order; what is in brackets is not yet a group."""
    masked = text
    blocks = find_blocks(text)
    for start, end in blocks:
        masked = masked[:start] + _BLOCK_FILL * (end - start) + masked[end:]
    lexemes: list[Lexeme] = []
    append, kinds = lexemes.append, _KINDS
    skipped = 0  # everything before it belongs to a lexeme
    for match in _LEXEME.finditer(masked):
        kind: str = match.lastgroup  # type: ignore[assignment]
        start, end = match.span(kind)
        if start < skipped:
            continue
        begin = match.start()
        if kind == "CHINESE":
            lexeme = _chinese(text, start, lexemes[-1] if lexemes else None)
            skipped = lexeme.end
        else:
            lexeme = Lexeme(kinds[kind], text[start:end], start, end, begin < start)
            if kind == "CUE":
                _name_cue(lexeme)
        if begin < start:
            lexeme.spaced = True
            if WIDE_GAP in match[1]:
                append(Lexeme(Lex.SEMICOLON, WIDE_GAP, begin, start, True))
        append(lexeme)
    return lexemes


def _name_cue(lexeme: Lexeme) -> None:
    """An arrow, a logical sign or an abbreviation."""
    text = lexeme.text
    if text[0].isalpha():
        cue = CUES.get("".join(text.split()).lower())
        lexeme.become(Lex.CUE if cue else Lex.WORD, cue)
    else:
        lexeme.cue = _SIGN_CUES.get(text, Cue.SO)


def _chinese(text: str, start: int, before: Lexeme | None) -> Lexeme:
    """A unit after a number, a phrase, or a character of another word."""
    if before is not None and before.end == start and (unit := _unit_at(text, start, before)):
        lexeme = Lexeme(Lex.NAME, unit, start, start + len(unit), False)
        lexeme.is_unit = True
        return lexeme
    for phrase in CHINESE_PHRASES.get(text[start], ()):
        if text.startswith(phrase, start):
            lexeme = Lexeme(Lex.WORD, phrase, start, start + len(phrase), False)
            if CUES[phrase] is not Cue.WORD:
                lexeme.become(Lex.CUE, CUES[phrase])
            return lexeme
    return Lexeme(Lex.WORD, text[start], start, start + 1, False)


def _unit_at(text: str, start: int, before: Lexeme) -> str:
    """米, 平方厘米, and 支 of 3支铅笔; "" for none. 时 alone ends a clause, as in 当x=2时."""
    is_letter = len(before.text) == 1 and before.text.isascii() and before.text.isalpha()
    is_per = before.text == "/"
    if before.lex not in (Lex.NUMBER, Lex.NAME) and not is_letter and before.text not in (")", "/"):
        return ""
    match = CHINESE_UNIT.match(text, start)
    if match is None or (text.startswith("时", start) and not is_per):
        return ""
    longest = next(
        (match[0][:n] for n in range(len(match[0]), 1, -1) if read_unit(match[0][:n])), ""
    )
    return longest or (text[start] if CHINESE_UNIT.fullmatch(text[start]) else "")


def group_brackets(lexemes: Sequence[Lexeme], text: str) -> list[Lexeme]:
    """What is in brackets as one lexeme; brackets that never close stay signs."""
    outer: list[Lexeme] = []
    stack: list[tuple[Lexeme, list[Lexeme]]] = []
    current = outer
    for lexeme in lexemes:
        sign = lexeme.text
        if sign not in _BRACKETS:
            current.append(lexeme)
            continue
        is_closing = bool(stack) and sign == "[" and _is_interval(stack[-1][0], current)
        if sign in _OPENING and not is_closing:
            stack.append((lexeme, current))
            current = []
        elif stack and (sign in _CLOSING or is_closing):
            opening, before = stack.pop()
            before.append(_group(opening, current, lexeme, text))
            current = before
        elif sign == "]" and (not current or current[-1].lex in (Lex.RELATION, Lex.SIGN)):
            stack.append((lexeme, current))  # ]-∞; 2]
            current = []
        else:
            current.append(lexeme)
    for opening, before in reversed(stack):
        before += [opening, *current]
        current = before
    return outer


def _group(opening: Lexeme, inside: list[Lexeme], closing: Lexeme, text: str) -> Lexeme:
    whole = " ".join(text[opening.start : closing.end].split())
    group = Lexeme(Lex.GROUP, whole, opening.start, closing.end, opening.spaced)
    group.inside = inside
    return group


def _is_interval(opening: Lexeme, inside: list[Lexeme]) -> bool:
    """Whether a [ after this closes it, as in [0; 2[."""
    open_ends = (Lex.SIGN, Lex.RELATION, Lex.COMMA, Lex.SEMICOLON)
    if opening.text not in "[]" or not inside or inside[-1].lex in open_ends:
        return False
    return any(lexeme.lex in (Lex.SEMICOLON, Lex.COMMA) for lexeme in inside)
