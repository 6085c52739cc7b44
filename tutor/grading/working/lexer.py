"""Cuts a line of working into words, signs, formulas in brackets and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from tutor.grading.parsing.units import read_unit
from tutor.grading.working.phrases import CHINESE, CUES, PHRASES, Cue

MAX_CHARACTERS = 1_000


class Lex(StrEnum):
    NUMBER = "number"
    NAME = "name"
    SIGN = "sign"
    RELATION = "relation"
    GROUP = "group"
    WORD = "word"
    CUE = "cue"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    COLON = "colon"
    STOP = "stop"
    BAR = "bar"
    MARK = "mark"
    LABEL = "label"


FORMULA = frozenset({Lex.NUMBER, Lex.NAME, Lex.SIGN, Lex.RELATION})


@dataclass(slots=True)
class Lexeme:
    """spaced: with a blank before it. inside: the lexemes between a group's brackets."""

    lex: Lex
    text: str
    start: int
    end: int
    spaced: bool
    cue: Cue | None = None
    inside: list[Lexeme] = field(default_factory=list)
    is_unit: bool = False


_SAME_LENGTH = str.maketrans(
    {
        **{chr(0xFF01 + n): chr(0x21 + n) for n in range(94)},
        "\u3000": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "〔": "[", "〕": "]", "【": "[",
        "】": "]", "−": "-", "–": "-", "—": "-", "﹣": "-", "∶": ":", "∣": "|", "│": "|", "¦": "|",
        "‖": "|", "’": "'", "′": "'", "‘": "'", "`": "'", "。": "。", "，": "，", "；": "；",
    }
)  # fmt: skip
_MACROS = {
    r"\Rightarrow": "⇒", r"\implies": "⇒", r"\Longrightarrow": "⇒", r"\Leftrightarrow": "⇔",
    r"\iff": "⇔", r"\Longleftrightarrow": "⇔", r"\therefore": "∴", r"\because": "∵",
    r"\rightarrow": "→", r"\longrightarrow": "→", r"\checkmark": "✓",
    r"\quad": "\t", r"\qquad": "\t",
    "\\\\": "；", r"\,": " ", r"\;": " ", r"\!": " ", r"\:": " ", r"\ ": " ", "&": " ", r"\(": " ",
    r"\)": " ", r"\[": " ", r"\]": " ", r"\lor": "∨", r"\land": "∧",
    r"\hline": " ", r"\newline": "；",
    r"\vee": "∨", r"\wedge": "∧", r"\displaystyle": " ", r"\leadsto": "→", r"\to": "→",
    r"\longleftrightarrow": "⇔", r"\leftrightarrow": "⇔",
}  # fmt: skip
_MACRO = re.compile(r"\\[A-Za-z]+|\\[^A-Za-z]|&")
_TEXT = re.compile(r"\\(?:text|textrm|textbf|mbox|textit|intertext|mathrm)\s?\{([^{}]{0,200})\}")
_WRAPPER = re.compile(
    r"\\(?:begin|end)\{(?:align|aligned|gather|gathered|equation|split|eqnarray|alignat|multline)\*?\}"
)
_BLOCK = re.compile(r"(?:\\left\s?\\?[\[({|.]\s?)?\\begin\{([a-zA-Z]{1,12}\*?)\}")
_BLOCK_END = re.compile(r"\s?\\right\s?\\?[\])}|.]")
_DOLLARS = re.compile(r"\$\$?([^$]{1,400})\$\$?")
_MONEY = re.compile(r"\s?\d[\d.,]*\s?[-+*/=×·]?\s?\Z")
_RELATIONS = (
    r"\\(?:leqslant|geqslant|leq|geq|neq|le|ge|ne|lt|gt|approx|equiv|simeq|sim|cong|in|notin|perp|parallel|propto|doteq|mid)"
    r"(?![A-Za-z])"
)
_LEXEME = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d{1,3}(?:,\d{3})++(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+|[¼-¾⅐-⅞])"
    r"|(?P<dots>\.{2,}|[…⋯]+|·{3,}|。{2,})"
    r"|(?P<side>[lrLR]\.\s?[hH]?\.?[sS]\.)"
    r"|(?P<word>[cdjlmnstquCDJLMNST]{1,2}'[A-Za-zÀ-ÿœ]{2,}(?:-[A-Za-zÀ-ÿ]+){0,3}|[A-Za-zÀ-ÖØ-öø-ÿŒœ]{2,}(?:'(?:s|t|re)\b|-(?=[A-Za-zÀ-ÿ]{3})[A-Za-zÀ-ÿ]+){0,3}|[A-Za-zÀ-ÖØ-öø-ÿ])"
    r"|(?P<arrow><=>|<==>|<->|==+>|=>|-+>|[⇒→⟹⟶⇔⟺↔∴∵⟸↦])"
    rf"|(?P<relation><=|>=|=<|!=|<>|==|:=|[=<>≤≥≦≧⩽⩾≠≈≡≅≃∼~∈∉⊥∥∝⊂⊆≉≢]|{_RELATIONS})"
    r"|(?P<command>\\[A-Za-z]+|\\.)"
    rf"|(?P<chinese>{CHINESE}|[\u4e00-\u9fff])"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<mark>[✓✔☑✅✗✘❌☒✕⚡↯])"
    r"|(?P<comma>[,，、])|(?P<semicolon>[;；\t])|(?P<colon>:)|(?P<stop>[.。!?])|(?P<bar>\|+)"
    r"|(?P<logic>[∨∧])"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_FUNCTIONS = frozenset(
    [
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "asin", "acos",
        "atan", "sinh", "cosh", "tanh", "coth", "arsinh", "arcosh", "artanh", "ln", "log", "lg",
        "lb", "exp", "lim", "mod", "sqrt", "cbrt", "abs", "sgn", "sen", "senx", "tg", "ctg",
        "arctg", "arcsen", "floor", "ceil", "Re", "Im", "arg", "cis",
    ]
)  # fmt: skip
# Functions before a bracket, names of a quantity elsewhere.
_CALLED = frozenset(
    [
        "max", "min", "det", "gcd", "lcm", "ggT", "kgV", "pgcd", "ppcm", "mcd", "mcm", "sum",
        "rank", "rg", "tr", "dim", "ker", "deg", "var", "nCr", "nPr", "inf", "sup", "grad", "rot",
        "div",
        "div", "ggt", "kgv", "PGCD", "PPCM", "MCD", "MCM", "GCD", "LCM", "HCF",
    ]
)  # fmt: skip
_GLUED = re.compile(r"(?:arc)?(?:sin|cos|tan|cot|ln|lg|log)[a-zA-Z]|(?:sin|cos|tan)[a-z]{2}")
_DIFFERENTIAL = re.compile(r"d[a-zA-Z]")
_RUNS = frozenset(
    [
        "abc",
        "bcd",
        "xyz",
        "uvw",
        "rst",
        "pqr",
        "mno",
        "ijk",
        "abcd",
        "mx",
        "kx",
        "nx",
        "ax",
        "bx",
        "cx",
    ]
)
_ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX)'?")
_ACRONYMS = frozenset(
    [
        "LCD", "LCM", "GCD", "GCF", "HCF", "LHS", "RHS", "MCM", "PGCD", "PPCM", "MCD", "OK", "QED",
        "HL", "SSS", "SAS", "ASA", "AA", "NR", "IA", "IH", "TP", "PS", "TVA", "VAT", "GV", "KGV",
        "GGT", "EL", "LE", "LS", "RS", "ND",
    ]
)  # fmt: skip
_MULTIPLIED = re.compile(r"[A-Z]{2,4}|[A-Z]{1,2}[a-z]?")
_VOWEL = re.compile(r"[aeiouyäöüéèàíóúAEIOU]")


def fold_line(line: str) -> str:
    """Full-width signs in one spelling and LaTeX's layout blanked out, at the same indices."""
    text = line[:MAX_CHARACTERS].translate(_SAME_LENGTH)
    if "\\" in text or "&" in text:
        text = _WRAPPER.sub(lambda match: " " * len(match[0]), text)
        text = _TEXT.sub(_without_macro, text)
        text = _fold_macros(text)
    if text.count("$") > 1:
        text = _DOLLARS.sub(_without_dollars, text)
    return text


def _without_macro(match: re.Match[str]) -> str:
    before = match.start(1) - match.start()
    return " " * before + match[1] + " "


def _without_dollars(match: re.Match[str]) -> str:
    if _MONEY.match(match[1]):
        return match[0]
    return match[0].replace("$", " ")


def _fold_macros(text: str) -> str:
    pieces: list[str] = []
    position = 0
    while block := _BLOCK.search(text, position):
        end = _end_of_block(text, block)
        pieces += [_MACRO.sub(_folded, text[position : block.start()]), text[block.start() : end]]
        position = end
    pieces.append(_MACRO.sub(_folded, text[position:]))
    return "".join(pieces)


def _folded(macro: re.Match[str]) -> str:
    if folded := _MACROS.get(macro[0]):
        return folded.ljust(len(macro[0]))
    return macro[0]


def _end_of_block(text: str, block: re.Match[str]) -> int:
    closing = f"\\end{{{block[1]}}}"
    at = text.find(closing, block.end())
    if at < 0:
        return len(text)
    end = at + len(closing)
    after = _BLOCK_END.match(text, end)
    return after.end() if after and text.startswith("\\left", block.start()) else end


def cut_lexemes(text: str) -> list[Lexeme]:
    """The lexemes of a folded line, what is in brackets as groups."""
    lexemes = _flat(text)
    _name_words(lexemes)
    return _grouped(lexemes, text)


def _flat(text: str) -> list[Lexeme]:
    lexemes: list[Lexeme] = []
    position, spaced = 0, False
    has_block = "\\begin" in text
    while position < len(text):
        if has_block and (block := _BLOCK.match(text, position)):
            end = _end_of_block(text, block)
            lexemes.append(Lexeme(Lex.NAME, text[position:end], position, end, spaced))
            position, spaced = end, False
            continue
        match = _LEXEME.match(text, position)
        assert match is not None  # noqa: S101 - every character is a sign
        position = match.end()
        name = match.lastgroup
        if name == "space" and "\t" not in match[0]:
            spaced = True
            continue
        lexeme = Lexeme(_KINDS[name or ""], match[0], match.start(), position, spaced)
        if name == "space":
            lexeme.lex = Lex.SEMICOLON
        elif name in ("arrow", "chinese", "logic"):
            _name_cue(lexeme)
        elif name == "side":
            lexeme.cue = Cue.SIDE
        lexemes.append(lexeme)
        spaced = False
    return lexemes


_KINDS = {
    "space": Lex.SEMICOLON, "number": Lex.NUMBER, "dots": Lex.NAME, "side": Lex.CUE,
    "word": Lex.WORD, "arrow": Lex.CUE, "relation": Lex.RELATION, "command": Lex.NAME,
    "chinese": Lex.WORD, "circled": Lex.LABEL, "open": Lex.SIGN, "close": Lex.SIGN,
    "mark": Lex.MARK, "comma": Lex.COMMA, "semicolon": Lex.SEMICOLON, "colon": Lex.COLON,
    "stop": Lex.STOP, "bar": Lex.BAR, "logic": Lex.CUE, "sign": Lex.SIGN,
}  # fmt: skip


def _name_cue(lexeme: Lexeme) -> None:
    cue = CUES.get(lexeme.text, Cue.SO if lexeme.lex == Lex.CUE else None)
    if cue:
        lexeme.lex, lexeme.cue = Lex.CUE, cue


# Words


def _name_words(lexemes: list[Lexeme]) -> None:
    """Tell names in formulas, units and phrases from other words."""
    index = 0
    while index < len(lexemes):
        lexeme = lexemes[index]
        if lexeme.lex != Lex.WORD or "\u4e00" <= lexeme.text[0] <= "\u9fff":
            if lexeme.lex == Lex.CUE and lexeme.text in "→" and _is_limit(lexemes, index):
                lexeme.lex, lexeme.cue = Lex.SIGN, None
            index += 1
            continue
        if _is_unit(lexemes, index):
            lexeme.lex, lexeme.is_unit = Lex.NAME, True
        elif _is_name(lexemes, index):
            lexeme.lex = Lex.NAME
        elif length := _phrase_at(lexemes, index):
            del lexemes[index + 1 : index + length]
        elif _is_product(lexemes, index):
            lexeme.lex = Lex.NAME
        index += 1


def _is_limit(lexemes: list[Lexeme], index: int) -> bool:
    before = [lexeme.text for lexeme in lexemes[max(0, index - 4) : index]]
    after = lexemes[index + 1].text if index + 1 < len(lexemes) else ""
    return any(word in ("lim", "\\lim") for word in before) or after in ("∞", "\\infty")


def _is_unit(lexemes: list[Lexeme], index: int) -> bool:
    """A unit follows a number or another unit, as in 1 h 20 min."""
    if index == 0:
        return False
    before = lexemes[index - 1]
    if before.lex != Lex.NUMBER and not before.is_unit and before.text not in "/·*²³":
        return False
    word = lexemes[index].text
    if before.text in "/·*²³" and not any(x.is_unit for x in lexemes[max(0, index - 3) : index]):
        return False
    if len(word) < 2 or not read_unit(word):
        return False
    if word in ("in", "a", "as", "at"):
        after = lexemes[index + 1] if index + 1 < len(lexemes) else None
        return after is None or after.lex in (Lex.RELATION, Lex.SIGN)
    return True


def _is_name(lexemes: list[Lexeme], index: int) -> bool:
    word = lexemes[index].text
    after = lexemes[index + 1] if index + 1 < len(lexemes) else None
    before = lexemes[index - 1] if index else None
    if len(word) == 1:
        return not _is_short_word(word, before, after)
    if word in _FUNCTIONS or word.lower() in _FUNCTIONS or _GLUED.fullmatch(word):
        return True
    if word in _CALLED or word.lower() in _CALLED:
        return after is not None and not after.spaced and after.text in "({_^"
    if _DIFFERENTIAL.fullmatch(word):
        if word in ("de", "da", "do", "di"):
            return before is not None and before.text in ("/", "=") and not lexemes[index].spaced
        is_end = after is None or after.lex not in (Lex.WORD, Lex.CUE)
        return is_end and (before is None or before.lex not in (Lex.WORD, Lex.CUE) or word != "du")
    return False


def _is_short_word(word: str, before: Lexeme | None, after: Lexeme | None) -> bool:
    """Whether a single letter is a word: a, I, y, o, à."""
    if word in ("à", "ó", "é"):
        return True
    if after is None or not after.spaced or after.lex not in (Lex.WORD, Lex.NAME, Lex.NUMBER):
        return False
    if word in "aAI":
        is_word = after.lex == Lex.WORD and len(after.text) > 1
        return is_word and (
            before is None or before.lex not in (Lex.SIGN, Lex.RELATION, Lex.NUMBER)
        )
    return False


def _phrase_at(lexemes: list[Lexeme], index: int) -> int:
    """The number of lexemes of the phrase that begins here, which becomes one cue; 0 for none."""
    first = lexemes[index]
    for further, cue in PHRASES.get(first.text.lower(), ()):
        following = lexemes[index + 1 : index + 1 + len(further)]
        if len(following) == len(further) and all(
            lexeme.text.lower() == word for lexeme, word in zip(following, further, strict=True)
        ):
            first.lex, first.cue = Lex.CUE, cue
            if following:
                first.text = " ".join((first.text, *further))
                first.end = following[-1].end
            return 1 + len(further)
    return 0


def _is_product(lexemes: list[Lexeme], index: int) -> bool:
    """Letters beside each other that are variables, as in 2ab and in PT² + 5²."""
    lexeme = lexemes[index]
    word = lexeme.text
    if len(word) > 4 or word in _ACRONYMS or not word.isascii():
        return False
    if word in _RUNS or (word.isupper() and len(word) < 4):
        return True
    before = lexemes[index - 1] if index else None
    after = lexemes[index + 1] if index + 1 < len(lexemes) else None
    joined_before = before is not None and not lexeme.spaced and before.lex in FORMULA
    joined_after = after is not None and not after.spaced and after.lex in FORMULA
    if len(word) == 2 or not _VOWEL.search(word):
        return joined_before or joined_after or not _VOWEL.search(word)
    return joined_before and (joined_after or after is None)


# Brackets

_PAIRS = {"(": ")", "[": "]", "{": "}"}


def _grouped(lexemes: list[Lexeme], text: str) -> list[Lexeme]:
    """What is in brackets as one lexeme; brackets that never close stay signs."""
    stack: list[tuple[Lexeme | None, list[Lexeme]]] = [(None, [])]
    for lexeme in lexemes:
        sign = lexeme.text[-1:] if lexeme.lex in (Lex.SIGN, Lex.NAME) else ""
        if sign in ("(", "[", "{") and not (sign == "[" and _closes_interval(stack)):
            stack.append((lexeme, []))
        elif sign in (")", "]", "}", "[") and len(stack) > 1:
            opening, inside = stack.pop()
            assert opening is not None  # noqa: S101 - only the lowest has none
            whole = text[opening.start : lexeme.end]
            group = Lexeme(
                Lex.GROUP,
                " ".join(whole.split()),
                opening.start,
                lexeme.end,
                opening.spaced,
                None,
                inside,
            )
            stack[-1][1].append(group)
        elif sign == "]" and _opens_interval(stack[-1][1]):
            stack.append((lexeme, []))
        else:
            stack[-1][1].append(lexeme)
    while len(stack) > 1:
        opening, inside = stack.pop()
        assert opening is not None  # noqa: S101 - only the lowest has none
        stack[-1][1].extend([opening, *inside])
    return stack[0][1]


def _opens_interval(before: list[Lexeme]) -> bool:
    return not before or before[-1].lex in (Lex.RELATION, Lex.SIGN)


def _closes_interval(stack: list[tuple[Lexeme | None, list[Lexeme]]]) -> bool:
    opening, inside = stack[-1]
    if opening is None or opening.text not in "[]" or not inside:
        return False
    separated = any(lexeme.lex in (Lex.SEMICOLON, Lex.COMMA) for lexeme in inside)
    return separated and inside[-1].lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP)
