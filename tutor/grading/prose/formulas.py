r"""Finds the formulas in a text that mixes words and mathematics.

Only whole formulas count: with a sign or a number just before or after it, a formula is part of
something longer, and a part gets no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_FORMULA = 1_500  # characters; longer formulas are passed over

# Where a formula begins; those whose end is near are matched as a whole.
_OPENING = re.compile(
    r"(?P<square>\\\[)|(?P<round>\\\()|(?P<double>\$\$)"
    r"|(?<![\\$\w])\$(?P<single>(?:[^$\n\\]|\\[^\n]){1,300}?)\$(?![\d$])"
    r"|\\begin\{(?P<environment>align\*?|aligned|gather\*?|equation\*?|eqnarray\*?)\}"
    r"|<<(?P<noted>[^<>\n]{1,200})>>"
)
_CLOSING = {"square": r"\]", "round": r"\)", "double": "$$"}
_FORMULA_LINE = re.compile(r"^(?!.*(?:\\[\[\]()]|\$|\\begin|\\end))[^\n]*=[^\n]*$", re.MULTILINE)
_ENVIRONMENT = re.compile(
    r"\\(?:begin|end)\{(?:align\*?|aligned|gather\*?|gathered|equation\*?|eqnarray\*?|split"
    r"|multline\*?)\}(?:\{[^{}]{0,10}\})?"
)
# A system of equations, as the whole formula.
_SYSTEM = re.compile(
    r"\A\s*+(?:\\left\s*+)?(?:\\\{\s*+)?\\begin\{(?:cases|array)\}(?:\{[^{}]{0,20}\})?"
    r"(?P<rows>.{1,800}?)\\end\{(?:cases|array)\}\s*+(?:\\right\s*+\.?\s*+)?\.?\s*+\Z",
    re.DOTALL,
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
_CONNECTIVE = re.compile(
    r"\\(?:quad|qquad)(?![A-Za-z])|\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow"
    r"|rightarrow|to|therefore|because|land)(?![A-Za-z])"
    r"|\\(?:text|mbox|textrm)\s*\{[\s,.]*(?:and|so|then|thus|hence|where|with|if|when|for|since|which|"
    r"gives|because|but|that is|i\.e\.)[^{}]{0,60}\}|(?<!\\);|[⇒⟹]"
)
_OR = re.compile(
    r"\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\bor\b[^{}]*\}|\\(?:lor|vee)(?![A-Za-z])|\bor\b|或"
)
_OR_AT_END = re.compile(r"\bor\b[\s}]*$|\\lor\s*$")
_OR_AT_START = re.compile(r"\s*(?:\\text\s*\{\s*)?or\b|\s*\\lor")
_COMMA = re.compile(r",(?:\\[ ,;:!]|\\q?quad(?![A-Za-z])|\s){1,4}")
_PLUS_MINUS = re.compile(r"\\pm(?![A-Za-z])|±")


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A part of a text, and the index at which it starts there."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> TextSpan:
        return TextSpan(self.text[start:end], self.start + start)

    def without_full_stop(self) -> TextSpan:
        """Without the full stop or comma at its end."""
        return TextSpan(self.text.rstrip(" \t\n.,;"), self.start)

    def stripped(self, characters: str | None = None) -> TextSpan:
        left = len(self.text) - len(self.text.lstrip(characters))
        return TextSpan(self.text.strip(characters), self.start + left)


@dataclass(frozen=True, slots=True)
class Chain:
    """a = b < c: the sides, and the relations between them, from left to right.

    before, after: the words around the formula, in the same sentence. gap: all that stands between
    it and the formula before it, or the beginning of the step.
    noted: from a note for machines, such as <<3*4=12>>. is_typed: without formula signs.
    may_be_part: whether words before it may belong to its first side, as in "a third of 18 = 6" and
    in "a total of 4 + 5 = 9", which is true by itself.
    """

    sides: tuple[TextSpan, ...]
    operators: tuple[str, ...]
    before: str = ""
    after: str = ""
    noted: bool = False
    is_typed: bool = False
    gap: str = ""
    may_be_part: bool = False

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


@dataclass(frozen=True, slots=True)
class _Formula:
    """content: without its delimiters. start, end: with them."""

    content: TextSpan
    kind: str
    start: int
    end: int

    @property
    def is_money(self) -> bool:
        return self.kind == "single" and _is_money(self.content.text)


def find_formulas(text: str) -> Iterator[tuple[TextSpan, str]]:
    """The formulas without their delimiters, each with its kind.

    Kinds: "square", "round", "double", "single" and "environment" by the delimiters, "noted", and
    "line" for a line of LaTeX without delimiters.
    """
    for line in _formula_lines(text):
        yield line, "line"
    for formula in _delimited(text):
        if len(formula.content.text) <= MAX_FORMULA and not formula.is_money:
            yield formula.content, formula.kind


def _delimited(text: str) -> Iterator[_Formula]:
    """In time that grows with the length of the text, also where nothing is ever closed."""
    position = 0
    never_closed: set[str] = set()  # from here on
    while opening := _OPENING.search(text, position):
        kind = opening.lastgroup or ""
        if kind in ("single", "noted"):
            position = opening.end()
            content = TextSpan(opening[kind], opening.start(kind))
            yield _Formula(content, kind, opening.start(), position)
            continue
        closing = _CLOSING.get(kind) or rf"\end{{{opening[kind]}}}"
        end = -1 if closing in never_closed else text.find(closing, opening.end() + 1)
        if end < 0:
            never_closed.add(closing)
            position = opening.start() + 1
            continue
        position = end + len(closing)
        # The environment itself tells how its rows are split.
        first, last = (opening.end(), end) if kind in _CLOSING else (opening.start(), position)
        yield _Formula(TextSpan(text[first:last], first), kind, opening.start(), position)


def _is_money(text: str) -> bool:
    r"""Whether $5 and has $ is two amounts of money and no formula."""
    return bool(re.match(r"\d[\d,.]*\s+[A-Za-z]{2,}", text)) or (
        text != text.strip() and bool(re.search(r"[A-Za-z]{3,}", re.sub(r"\\[A-Za-z]+", "", text)))
    )


def _formula_lines(text: str) -> list[TextSpan]:
    delimited = list(_delimited(text))
    lines = [TextSpan(line[0], line.start()) for line in _FORMULA_LINE.finditer(text)]
    return [
        line
        for line in lines
        if _is_formula(line.text)
        and not any(other.start < line.end and line.start < other.end for other in delimited)
    ]


def _is_formula(line: str) -> bool:
    """Whether a line has LaTeX and no words."""
    plain = re.sub(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+", "", line)
    return plain != line and not re.search(r"[A-Za-z]{3}|[\u4e00-\u9fff]", plain)


def blank_formulas(text: str) -> str:
    """The text with every formula blanked out by as many NULs, so that indices stay valid."""
    characters = list(text)
    for line in _formula_lines(text):
        characters[line.start : line.end] = "\x00" * len(line.text)
    for formula in _delimited(text):
        if not formula.is_money:
            characters[formula.start : formula.end] = "\x00" * (formula.end - formula.start)
    return "".join(characters)


def inline_formulas(text: str) -> list[tuple[int, int]]:
    """Where the formulas within its lines are, with their delimiters."""
    return [
        (formula.start, formula.end)
        for formula in _delimited(text)
        if formula.kind in ("round", "single")
        and not formula.is_money
        and "\n" not in formula.content.text
    ]


def split_statements(formula: TextSpan) -> Iterator[TextSpan]:
    """The statements of a formula: its rows, cut where words or arrows join several."""
    text = _SYSTEM.sub(_without_braces, formula.text)
    text = _ENVIRONMENT.sub(lambda command: " " * len(command[0]), text)
    plain = list(text)
    for at in _outside_environments(text):
        plain[at] = " " if text[at] == "&" else text[at]
    for row in _rows(TextSpan("".join(plain), formula.start)):
        yield from _cut_at_connectives(row)


def _without_braces(system: re.Match[str]) -> str:
    """The rows of a system of equations, blanks in the place of its environment."""
    start, end = system.start("rows") - system.start(), system.end("rows") - system.start()
    return " " * start + system["rows"] + " " * (len(system[0]) - end)


def _rows(formula: TextSpan) -> Iterator[TextSpan]:
    """Split at \\\\, except before a row that begins with a relation and so continues this one."""
    row_breaks = _row_breaks(formula.text)
    breaks = [at for at in row_breaks if not _continues(formula.text[at + 2 :])]
    plain = list(formula.text)
    for at in row_breaks:
        plain[at : at + 2] = "  "
    whole = TextSpan("".join(plain), formula.start)
    ends = [*breaks, len(formula.text)]
    for start, end in zip([0, *breaks], ends, strict=True):
        yield whole.part(start, end)


def _continues(rest: str) -> bool:
    return bool(_RELATION.match(rest.lstrip()))


def _row_breaks(text: str) -> list[int]:
    return [at for at in _outside_environments(text) if text.startswith("\\\\", at)]


def _outside_environments(text: str) -> Iterator[int]:
    """The indices of signs outside of environments such as matrices; of \\\\ the first one."""
    depth = index = 0
    while index < len(text):
        if text.startswith(r"\begin", index):
            depth += 1
        elif text.startswith(r"\end", index):
            depth -= 1
        elif depth <= 0:
            yield index
        index += 2 if text[index] == "\\" else 1


def _cut_at_connectives(row: TextSpan) -> Iterator[TextSpan]:
    start = 0
    for connective in _outside_brackets(row.text, _CONNECTIVE):
        before, after = row.text[: connective.start()], row.text[connective.end() :]
        if not _OR_AT_END.search(before) and not _OR_AT_START.match(after):
            yield row.part(start, connective.start())
            start = connective.end()
    yield row.part(start, len(row.text))


def separate_equations(statement: TextSpan) -> list[TextSpan]:
    """a = 2, b = 3 as two; the statement alone where a comma parts anything else."""
    commas = list(_outside_brackets(statement.text, _COMMA))
    starts = [0, *(comma.end() for comma in commas)]
    ends = [*(comma.start() for comma in commas), len(statement.text)]
    parts = [statement.part(start, end) for start, end in zip(starts, ends, strict=True)]
    lefts = [_left_of_equation(part.text) for part in parts]
    return parts if all(lefts) and len(set(lefts)) == len(lefts) > 1 else [statement]


def _left_of_equation(text: str) -> str:
    """What stands before the first equals sign; "" where there is none, or another relation."""
    relations = list(_outside_brackets(text, _RELATION))
    if not relations or any(sign[0] not in ("=", "≈", r"\approx") for sign in relations):
        return ""
    return "".join(text[: relations[0].start()].split())


def _is_list_of_cases(text: str, operators: list[str]) -> bool:
    cases = len(_OR.findall(text))
    if operators == ["="] and _PLUS_MINUS.search(text):
        return True
    return bool(cases) and 0 < len(operators) <= cases + 1 and "." not in text


def _outside_brackets(text: str, sign: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The places of this sign where no bracket is open."""
    depth = index = 0
    for match in sign.finditer(text):
        while index < match.start():
            character = text[index]
            if character == "\\":
                depth += {"{": 1, "}": -1}.get(text[index + 1 : index + 2], 0)
                index += 2
                continue
            depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(character, 0)
            index += 1
        if depth == 0:
            yield match


def parse_chain(statement: TextSpan, before: str = "", after: str = "") -> Chain | None:
    """The statement, cut at its relations; a single side where it has none. None if empty."""
    statement = statement.stripped().stripped(",;").without_full_stop()
    text = statement.text
    sides: list[TextSpan] = []
    operators: list[str] = []
    start = 0
    for relation in _outside_brackets(text, _RELATION):
        sides.append(statement.part(start, relation.start()).stripped())
        operators.append(_OPERATORS.get(relation[0], relation[0]))
        start = relation.end()
    if not text:
        return None
    if _is_list_of_cases(text, operators):
        return Chain((statement,), ("or",), before, after)
    sides.append(statement.part(start, len(text)).stripped())
    return Chain(tuple(sides), tuple(operators), before, after)
