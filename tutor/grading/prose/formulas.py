r"""Formulas cut out of a text that mixes words and mathematics, each with its place.

Only whole formulas are taken: a sign or a number just before or after one makes it a part of
something longer, and what is a part is worth no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_FORMULA = 1_500  # characters of one formula that is looked at

_DELIMITED = re.compile(
    r"\\\[(?P<square>.+?)\\\]|\\\((?P<round>.+?)\\\)|\$\$(?P<double>.+?)\$\$"
    r"|(?<![\\$\w])\$(?P<single>[^$\n]{1,300}?)(?<!\\)\$(?![\d$])"
    r"|(?P<bare>\\begin\{(?P<env>align\*?|aligned|gather\*?|equation\*?|eqnarray\*?)\}"
    r".+?\\end\{(?P=env)\})"
    r"|<<(?P<noted>[^<>\n]{1,200})>>",
    re.DOTALL,
)
_FORMULA_LINE = re.compile(r"^(?!.*(?:\\[\[\]()]|\$|\\begin|\\end))[^\n]*=[^\n]*$", re.MULTILINE)
_ENVIRONMENT = re.compile(
    r"\\(?:begin|end)\{(?:align\*?|aligned|gather\*?|gathered|equation\*?|eqnarray\*?|split"
    r"|multline\*?)\}(?:\{[^{}]{0,10}\})?"
)
_RELATION = re.compile(
    r"\\(?:leqslant|geqslant|approx|equiv|leq|geq|neq|le|ge|ne|lt|gt|simeq|sim|doteq)(?![A-Za-z])"
    r"|:=|<=|>=|!=|==|[=<>≤≥≠≈≡]"
)
_OPERATORS = {
    r"\leqslant": "<=", r"\geqslant": ">=", r"\leq": "<=", r"\geq": ">=", r"\le": "<=",
    r"\ge": ">=", r"\lt": "<", r"\gt": ">", r"\neq": "!=", r"\ne": "!=", r"\approx": "≈",
    r"\simeq": "≈", r"\sim": "~", r"\equiv": "≡", r"\doteq": "≈", "≤": "<=", "≥": ">=", "≠": "!=",
    "==": "=", ":=": "=",
}  # fmt: skip
_SPLIT = re.compile(
    r"\\(?:quad|qquad)(?![A-Za-z])|\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow"
    r"|rightarrow|to|therefore|because|land)(?![A-Za-z])"
    r"|\\(?:text|mbox|textrm)\s*\{[\s,.]*(?:and|so|then|thus|hence|where|with|if|when|for|since|which|"
    r"gives|because|but|that is|i\.e\.)[^{}]{0,60}\}|[;⇒⟹]"
)
_OR = re.compile(
    r"\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\bor\b[^{}]*\}|\\(?:lor|vee)(?![A-Za-z])|\bor\b|或"
)
_OR_AT_END = re.compile(r"\bor\b[\s}]*$|\\lor\s*$")
_OR_AT_START = re.compile(r"\s*(?:\\text\s*\{\s*)?or\b|\s*\\lor")
_PLUS_MINUS = re.compile(r"\\pm(?![A-Za-z])|±")


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A part of a text with its place."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> TextSpan:
        return TextSpan(self.text[start:end], self.start + start)

    def ended(self) -> TextSpan:
        """Without the full stop or comma at its end."""
        return TextSpan(self.text.rstrip(" \t\n.,;"), self.start)

    def stripped(self, characters: str | None = None) -> TextSpan:
        left = len(self.text) - len(self.text.lstrip(characters))
        return TextSpan(self.text.strip(characters), self.start + left)


@dataclass(frozen=True, slots=True)
class Chain:
    """a = b < c: sides, and the relations between them, as one reads them.

    before, after: the words around the formula, in the same sentence.
    noted: it stood in a note for machines, such as <<3*4=12>>.
    """

    sides: tuple[TextSpan, ...]
    operators: tuple[str, ...]
    before: str = ""
    after: str = ""
    noted: bool = False

    @property
    def is_alternatives(self) -> bool:
        """x = 2 or x = 3, whose sides are those of the first alternative only."""
        return self.operators == ("or",)

    @property
    def start(self) -> int:
        return self.sides[0].start

    @property
    def end(self) -> int:
        return self.sides[-1].end


def find_formulas(text: str) -> Iterator[tuple[TextSpan, str]]:
    """What stands between formula signs, and its kind; also lines of LaTeX without such signs."""
    for line in _formula_lines(text):
        yield line, "line"
    for found in _DELIMITED.finditer(text):
        kind = found.lastgroup or ""
        if kind == "env":
            kind = "bare"
        inner = found[kind]
        if len(inner) > MAX_FORMULA or (kind == "single" and _is_money(inner)):
            continue
        yield TextSpan(inner, found.start(kind)), kind


def _is_money(text: str) -> bool:
    r"""Whether $5 and has $ is two amounts of money and no formula."""
    return bool(re.match(r"\d[\d,.]*\s+[A-Za-z]{2,}", text)) or (
        text != text.strip() and bool(re.search(r"[A-Za-z]{3,}", re.sub(r"\\[A-Za-z]+", "", text)))
    )


def _formula_lines(text: str) -> list[TextSpan]:
    taken = [found.span() for found in _DELIMITED.finditer(text)]
    lines = [TextSpan(found[0], found.start()) for found in _FORMULA_LINE.finditer(text)]
    return [
        line
        for line in lines
        if _is_formula(line.text)
        and not any(start < line.end and line.start < end for start, end in taken)
    ]


def _is_formula(line: str) -> bool:
    """Whether a line has LaTeX and no words."""
    plain = re.sub(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+", "", line)
    return plain != line and not re.search(r"[A-Za-z]{3}|[\u4e00-\u9fff]", plain)


def blank_formulas(text: str) -> str:
    """The text with every formula blanked out, so that places stay."""
    result = list(text)
    for line in _formula_lines(text):
        result[line.start : line.end] = "\x00" * len(line.text)
    for found in _DELIMITED.finditer(text):
        kind = found.lastgroup or ""
        if kind == "single" and _is_money(found[kind]):
            continue
        result[found.start() : found.end()] = "\x00" * (found.end() - found.start())
    return "".join(result)


def split_statements(formula: TextSpan) -> Iterator[TextSpan]:
    """The statements of a formula, that stand below one another or are joined by words."""
    text = _ENVIRONMENT.sub(lambda found: " " * len(found[0]), formula.text).replace("&", " ")
    for row in _rows(TextSpan(text, formula.start)):
        yield from _joined(row)


def _rows(formula: TextSpan) -> Iterator[TextSpan]:
    """Split at \\\\, but where the next row begins with a relation and goes on with this one."""
    breaks = [at for at in _breaks(formula.text) if not _goes_on(formula.text[at + 2 :])]
    plain = list(formula.text)
    for at in _breaks(formula.text):
        plain[at : at + 2] = "  "
    whole = TextSpan("".join(plain), formula.start)
    ends = [*breaks, len(formula.text)]
    for start, end in zip([0, *breaks], ends, strict=True):
        yield whole.part(start, end)


def _goes_on(rest: str) -> bool:
    return bool(_RELATION.match(rest.lstrip()))


def _breaks(text: str) -> list[int]:
    """Where \\\\ stands, outside of environments such as matrices."""
    found: list[int] = []
    depth = index = 0
    while index < len(text):
        if text.startswith(r"\begin", index):
            depth += 1
        elif text.startswith(r"\end", index):
            depth -= 1
        elif text.startswith("\\\\", index) and depth <= 0:
            found.append(index)
        index += 2 if text[index] == "\\" else 1
    return found


def _joined(row: TextSpan) -> Iterator[TextSpan]:
    start = 0
    for found in _SPLIT.finditer(row.text):
        beside = row.text[: found.start()], row.text[found.end() :]
        if _OR_AT_END.search(beside[0]) or _OR_AT_START.match(beside[1]):
            continue
        if _depth(row.text, found.start()) == 0:
            yield row.part(start, found.start())
            start = found.end()
    yield row.part(start, len(row.text))


def _is_list_of_cases(text: str, operators: list[str]) -> bool:
    cases = len(_OR.findall(text))
    if operators == ["="] and _PLUS_MINUS.search(text):
        return True
    return bool(cases) and 0 < len(operators) <= cases + 1 and "." not in text


def _depth(text: str, at: int) -> int:
    """How many brackets are open there."""
    depth = 0
    index = 0
    while index < at:
        character = text[index]
        if character == "\\":
            following = text[index + 1 : index + 2]
            depth += {"{": 1, "}": -1}.get(following, 0)
            index += 2
            continue
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(character, 0)
        index += 1
    return depth


def parse_chain(statement: TextSpan, before: str = "", after: str = "") -> Chain | None:
    """The statement cut at its relations; one side alone where it has none. None for nothing."""
    statement = statement.stripped().stripped(",;").ended()
    text = statement.text
    sides: list[TextSpan] = []
    operators: list[str] = []
    start = 0
    for found in _RELATION.finditer(text):
        if _depth(text, found.start()) != 0:
            continue
        sides.append(statement.part(start, found.start()).stripped())
        operators.append(_OPERATORS.get(found[0], found[0]))
        start = found.end()
    if not text:
        return None
    if _is_list_of_cases(text, operators):
        return Chain((statement,), ("or",), before, after)
    sides.append(statement.part(start, len(text)).stripped())
    return Chain(tuple(sides), tuple(operators), before, after)
