"""Reads expressions of logic in the notations of logic, circuits, programs, sets and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.tree import Unreadable

MAX_DEPTH = 40
MAX_TOKENS = 300
Operator: TypeAlias = Literal["and", "or", "xor", "minus", "implies", "iff"]


@dataclass(frozen=True, slots=True)
class Letter:
    name: str


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Negation:
    part: Formula


@dataclass(frozen=True, slots=True)
class Connection:
    op: Operator
    left: Formula
    right: Formula


Formula: TypeAlias = "Letter | Truth | Negation | Connection"

_STYLES = re.compile(
    r"\\(?:text|mathrm|mathit|operatorname|mathbf|left|right|mathsf|quad|big|bigl|bigr)(?![a-z])"
    r"|\\[ ,;:!]|[$~]?\Z|\$"
)
_SIGNS: dict[str, str] = {
    **dict.fromkeys((r"\land", r"\wedge", "∧", "&&", "&", r"\cdot", "*", r"\&", r"\times"), "and"),
    **dict.fromkeys(("^", r"\cap"), "and"),
    **dict.fromkeys((r"\lor", r"\vee", "∨", "||", "|", "+", r"\cup", r"\mid"), "or"),
    **dict.fromkeys((r"\oplus", "⊕", "⊻", r"\veebar"), "xor"),
    **dict.fromkeys((r"\setminus", r"\smallsetminus", r"\backslash", "-"), "minus"),
    **dict.fromkeys((r"\emptyset", r"\varnothing"), "false"),
    **dict.fromkeys(("∁", r"\complement"), "not"),
    **dict.fromkeys((r"\to", r"\rightarrow", r"\Rightarrow", r"\implies", "→", "⇒"), "implies"),
    **dict.fromkeys(("->", "=>", "-->", "==>", r"\longrightarrow", r"\Longrightarrow"), "implies"),
    **dict.fromkeys((r"\leftrightarrow", r"\Leftrightarrow", r"\iff", "↔", "⇔", "<->"), "iff"),
    **dict.fromkeys(("<=>", "<-->", "<==>", r"\Longleftrightarrow", "==", r"\equiv"), "iff"),
    **dict.fromkeys((r"\lnot", r"\neg", "¬", "!", "~", r"\sim", "￢"), "not"),
    **dict.fromkeys((r"\overline", r"\bar", r"\widebar"), "over"),
    **dict.fromkeys((r"\top", "⊤"), "true"),
    **dict.fromkeys((r"\bot", "⊥", r"\perp"), "false"),
    **dict.fromkeys(("'", r"\prime", "\u0304", "\u0305"), "prime"),
    **dict.fromkeys(("(", "[", "{"), "("),
    **dict.fromkeys((")", "]", "}"), ")"),
}
_WORDS: dict[str, str] = {
    **dict.fromkeys(("and", "und", "et", "y", "且", "与", "和", "并且"), "and"),
    **dict.fromkeys(("or", "oder", "ou", "o", "或", "或者"), "or"),
    **dict.fromkeys(("oppure", "lub", "albo", "eller", "vagy", "nebo", "или"), "or"),
    **dict.fromkeys(("oraz", "og", "och", "и"), "and"),
    **dict.fromkeys(("not", "nicht", "non", "no", "pas", "非", "不"), "not"),
    **dict.fromkeys(("xor", "异或"), "xor"),
    **dict.fromkeys(("implies", "impliziert", "implique", "implica", "蕴含", "推出"), "implies"),
    **dict.fromkeys(("iff", "gdw", "ssi", "sii", "当且仅当"), "iff"),
    **dict.fromkeys(("true", "wahr", "vrai", "verdadero", "真"), "true"),
    **dict.fromkeys(("false", "falsch", "faux", "falso", "假"), "false"),
}
_TOKEN = re.compile(
    r"(?P<sign>\\[A-Za-z]+|<-{1,2}>|<={1,2}>|-{1,2}>|={1,2}>|==|&&|\|\||[^\sA-Za-z0-9_.,;\u4e00-\u9fff])"
    r"|(?P<chinese>[\u4e00-\u9fff]{1,4})|(?P<letters>[A-Za-z]+)"
    r"|(?P<index>_\{?\w\}?|(?<=[A-Za-z])[0-9])|(?P<digits>[01](?![0-9.]))|(?P<other>\S)"
)
# Those that bind more tightly have larger numbers; only arrows lean to the right.
_TIGHTNESS: Mapping[str, int] = {
    "iff": 1, "implies": 2, "or": 3, "xor": 4, "and": 5, "minus": 5,
}  # fmt: skip
_IF_THEN = re.compile(
    r"\A\s*(?:if|wenn|falls|si)\s(?P<premise>[^,;]{1,80}?),?\s(?:then|dann|so|alors|entonces)\s"
    r"|\A\s*(?:如果|若)(?P<given>[^,，;]{1,80}?)[,，]?\s?(?:那么|则)",
    re.IGNORECASE,
)
_OF_SETS = re.compile(r"\\(?:cap|cup|(?:small)?setminus|backslash|emptyset|complement)(?![a-z])|∁")
_TYPED_MINUS = re.compile(r"(?<![A-Za-z]{2})(?<=[A-Za-z0-9)\]}']) ?\\ ?(?=\(|[A-Z](?![A-Za-z]))")
_RAISED_C = re.compile(r"\^ ?(?:\{ ?)?(?:[cC]|\\complement|∁)(?: ?\})?(?![A-Za-z])")
_WITHIN_ALL = re.compile(r"(∁|\\complement) ?(?:_ ?(?:\{ ?)?[A-Z](?: ?\})?|[US])(?= ?[A-Z(])")


def is_of_sets(text: str) -> bool:
    """Whether it is written in the signs of sets, such as A ∩ B."""
    return bool(_OF_SETS.search(_TYPED_MINUS.sub(r" \\setminus ", text)))


def read_formula(text: str, letters: frozenset[str] = frozenset()) -> Formula:
    """letters: names that are letters for certain, such as v and o in a key. Raises Unreadable."""
    text = _IF_THEN.sub(_implication, text)
    tokens = _tokens(_STYLES.sub(" ", _plain_sets(text, letters)), letters)
    reader = _FormulaReader(tokens)
    formula = reader.formula(0, 0)
    if reader.at < len(tokens):
        raise Unreadable(FeedbackCode.UNREAD_AT, text=repr(tokens[reader.at]))
    return formula


def _implication(match: re.Match[str]) -> str:
    """(p) → q for if p then q."""
    return f"({match['premise'] or match['given']}) → "


def _plain_sets(text: str, letters: frozenset[str]) -> str:
    """The text with plain signs for A \\ B, for A^c, and for the complement within U."""
    text = _WITHIN_ALL.sub(r"\1 ", _TYPED_MINUS.sub(r" \\setminus ", text))
    return text if letters & {"c", "C"} else _RAISED_C.sub("'", text)


def letters_in(formula: Formula) -> frozenset[str]:
    match formula:
        case Letter(name):
            return frozenset({name})
        case Negation(part):
            return letters_in(part)
        case Connection(_, left, right):
            return letters_in(left) | letters_in(right)
    return frozenset()


def _tokens(text: str, letters: frozenset[str]) -> list[str]:
    """Kinds of signs, and letters with a dot before them, such as ".p"."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "sign":
            if piece not in _SIGNS:
                raise Unreadable(FeedbackCode.UNREAD_PIECE, text=piece)
            tokens.append(_SIGNS[piece])
        elif kind == "index" and tokens and tokens[-1].startswith("."):
            tokens[-1] += "_" + piece.strip("_{}")
        elif kind == "digits":
            tokens.append("true" if piece == "1" else "false")
        elif kind == "chinese":
            tokens += _chinese(piece)
        elif kind == "letters":
            tokens += _letters(piece, letters)
        else:
            raise Unreadable(FeedbackCode.UNREAD_PIECE, text=piece)
        if len(tokens) > MAX_TOKENS:
            raise Unreadable(FeedbackCode.TOO_LONG)
    return tokens


def _letters(piece: str, letters: frozenset[str]) -> list[str]:
    if piece in letters and len(piece) == 1:
        return [f".{piece}"]
    if piece.lower() in _WORDS and (len(piece) > 1 or piece.islower()):
        return [_WORDS[piece.lower()]]
    if piece == "v":  # p v q
        return ["or"]
    if piece in ("T", "F"):
        return ["true" if piece == "T" else "false"]
    if len(piece) > 4:
        raise Unreadable(FeedbackCode.UNREAD_WORD, text=piece)
    return [f".{letter}" for letter in piece]


def _chinese(piece: str) -> list[str]:
    kinds = []
    while piece:
        word = next((piece[:n] for n in (4, 2, 1) if piece[:n] in _WORDS), None)
        if word is None:
            raise Unreadable(FeedbackCode.UNREAD_WORD, text=piece)
        kinds.append(_WORDS[word])
        piece = piece[len(word) :]
    return kinds


class _FormulaReader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.next
        self.at += 1
        return token

    def formula(self, tightness: int, depth: int) -> Formula:
        """Reads on while operators bind more tightly than `tightness`."""
        if depth > MAX_DEPTH:
            raise Unreadable(FeedbackCode.NESTED_TOO_DEEPLY)
        left = self.operand(depth)
        while True:
            op = self.next
            is_product = op in ("not", "over", "(", "true", "false") or op.startswith(".")
            op = "and" if is_product else op
            own = _TIGHTNESS.get(op, 0)
            if own <= tightness:
                return left
            if not is_product:
                self.take()
            leaning = own - 1 if op == "implies" else own
            left = Connection(op, left, self.formula(leaning, depth + 1))  # type: ignore[arg-type]

    def operand(self, depth: int) -> Formula:
        if depth > MAX_DEPTH:
            raise Unreadable(FeedbackCode.NESTED_TOO_DEEPLY)
        sign = self.take()
        part: Formula
        if sign in ("not", "over"):
            return self.primed(Negation(self.operand(depth + 1)))
        if sign == "(":
            part = self.formula(0, depth + 1)
            if self.take() != ")":
                raise Unreadable(FeedbackCode.BREAKS_OFF)
        elif sign in ("true", "false"):
            part = Truth(sign == "true")
        elif sign.startswith("."):
            part = Letter(sign[1:])
        elif not sign:
            raise Unreadable(FeedbackCode.BREAKS_OFF)
        else:
            raise Unreadable(FeedbackCode.UNREAD_AT, text=repr(sign))
        return self.primed(part)

    def primed(self, part: Formula) -> Formula:
        while self.next == "prime":
            self.take()
            part = Negation(part)
        return part
