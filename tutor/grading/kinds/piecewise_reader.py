"""Reads the pieces of a function: cases of LaTeX, and x^2 if x < 0; x otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey
from tutor.grading.feedback import FeedbackCode
from tutor.grading.kinds.reading import fold_connectives, read_tree, with_points
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Logic, Term, Unreadable, Value, is_term

MAX_PIECES = 12
_NAME = re.compile(r"\A\s*+[A-Za-z]'{0,2}(?: ?\( ?[a-z] ?\))? ?=(?!=)")
_BEGIN = re.compile(r"\\begin ?\{(cases|array|aligned|matrix)\*?\} ?(?:\{[lcr| ]{1,6}\})?")
_END = re.compile(r"\\end ?\{(?:cases|array|aligned|matrix)\*?\}")
_STYLES = re.compile(r"\\(?:left|right|displaystyle|quad|qquad)(?![a-z])\.?|(?<!\\)\\[ :!]|[$~]")
_TEXT = re.compile(r"\\(?:text|mathrm|mbox|textrm) ?\{([^{}]{0,40})\}")
_IF = re.compile(
    r"(?<![A-Za-z\\])(?:if|for|when|where|falls|für|wenn|si|pour|para|cuando|whenever"
    r"|se|per|quando|als|voor|dla|jeśli|gdy|om|för|hvis|jos|kun|если|при|ha|pro|pokud|eğer)"
    r"(?![^\W\d_])|[当若]"
)
_NEXT_PIECE = re.compile(  # x - 1 if x > 1, and 1 - x if x < 1
    rf",? (?:and|und|et|y) (?=[^,;\n]{{1,60}}(?:{_IF.pattern}|[(:]))"
)
_OTHERWISE = re.compile(
    r"(?<![A-Za-z])(?:otherwise|else|elsewhere|sonst|sinon|autrement|en otro caso|ansonsten"
    r"|altrimenti|caso contrário|anders|inaczej|annars|ellers|muuten|иначе|jinak)"
    r"(?![A-Za-z])|其他|其它|否则"
)
_IN = re.compile(r"(?<![A-Za-z\\])in(?![A-Za-z])")
_RELATION = re.compile(
    r"<|>|\\[lg]e(?:q|qslant|slant)?(?![a-z])|\\ne(?:q)?(?![a-z])|=|\\in(?![a-z])"
)
_SEPARATORS = ",;\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """condition: None where the piece holds for all numbers that the others leave."""

    term: Term
    condition: Value | None


def read_pieces(text: PlainText, key: AnswerKey) -> list[Piece]:
    """Raises Unreadable."""
    text, key = with_points(text, key)
    plain = _TEXT.sub(r" \1 ", _STYLES.sub(" ", text)).strip(" .")
    plain = _NEXT_PIECE.sub("; ", _NAME.sub("", plain))
    plain = _IN.sub(r"\\in ", fold_connectives(plain)).strip()
    if begin := _BEGIN.search(plain):
        end = _END.search(plain, begin.end())
        rows = plain[begin.end() : end.start() if end else len(plain)].split(r"\\")
        written = [_row(row) for row in rows if row.strip()]
    else:
        written = _typed(_without_brace(plain))
    if not 0 < len(written) <= MAX_PIECES:
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    return [_piece(term, condition, key) for term, condition in written]


Written = tuple[str, str]  # a term and its condition, as text; an empty condition for all others


def _row(row: str) -> Written:
    term, sign, condition = row.partition("&")
    if not sign:
        pairs = _typed(row)
        if len(pairs) != 1:
            raise Unreadable(FeedbackCode.UNREAD_PIECES)
        return pairs[0]
    return term.strip(" ,;:"), _bare_condition(condition.replace("&", " "))


def _bare_condition(text: str) -> str:
    if _OTHERWISE.search(text):
        return ""
    bare = _IF.sub(" ", text).strip(" ,;:.")
    if not bare:
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    return bare


def _typed(text: str) -> list[Written]:
    """The pieces between commas and semicolons, which may also stand before a condition."""
    pairs: list[Written | str] = []
    for piece in _between(text):
        term, condition = _split(piece)
        if term and condition is not None:
            pairs.append((term, condition))
        elif condition is not None:
            _give_condition(pairs, condition)
        else:
            pairs.append(term)
    if len(pairs) == 1 and isinstance(pairs[0], str):
        return [(pairs[0], "")]  # one expression for all numbers
    written = [pair for pair in pairs if not isinstance(pair, str)]
    if len(written) < len(pairs):
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    return written


def _give_condition(pairs: list[Written | str], condition: str) -> None:
    if not pairs:
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    last = pairs[-1]
    if isinstance(last, str):
        pairs[-1] = (last, condition)
    elif last[1]:
        pairs[-1] = (last[0], f"{last[1]} and {condition}")
    else:
        raise Unreadable(FeedbackCode.UNREAD_PIECES)


def _split(piece: str) -> tuple[str, str | None]:
    """The term and its condition: None where there is none, empty for all other numbers."""
    if otherwise := _OTHERWISE.search(piece):
        before, after = piece[: otherwise.start()], piece[otherwise.end() :]
        return before.strip(" (:") or after.strip(" ):"), ""
    if word := _IF.search(piece):
        condition = _balanced(piece[word.end() :].strip(" :"))
        if not condition:
            raise Unreadable(FeedbackCode.UNREAD_PIECES)
        return piece[: word.start()].strip(" (:"), condition
    if piece.endswith(")") and (start := _opening_of_last(piece)) > 0:
        inside = piece[start + 1 : -1]
        if _RELATION.search(inside):
            return piece[:start].strip(), inside
    first, colon, second = piece.partition(":")
    if colon and _RELATION.search(first):
        return second.strip(), first.strip()
    if colon and _RELATION.search(second):
        return first.strip(), second.strip()
    if _RELATION.search(piece):
        return "", piece.strip(" ()")
    return piece.strip(), None


def _balanced(text: str) -> str:
    closings, openings = (sum(map(text.count, signs)) for signs in (")]", "(["))
    return text[:-1] if closings > openings and text.endswith(")") else text


def _opening_of_last(piece: str) -> int:
    depth = 0
    for index in range(len(piece) - 1, -1, -1):
        depth += (piece[index] == ")") - (piece[index] == "(")
        if not depth:
            return index
    return -1


def _between(text: str) -> list[str]:
    """The pieces between separators that stand outside brackets."""
    pieces, depth = [""], 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if char in _SEPARATORS and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += char
    return [piece.strip() for piece in pieces if piece.strip()]


def _without_brace(text: str) -> str:
    """Without the brace before all pieces, and the one behind them."""
    text = text.replace(r"\{", "{").replace(r"\}", "}")
    if text.startswith("{"):
        text = text[1:]
        if text.count("}") > text.count("{") and text.endswith("}"):
            text = text[:-1]
    return text.strip()


def _piece(term: str, condition: str, key: AnswerKey) -> Piece:
    value = read_tree(term, key)
    if not is_term(value):
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    if not condition:
        return Piece(value, None)
    read = read_tree(condition, key)
    if is_term(read):
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    if isinstance(read, Logic) and any(is_term(part) for part in read.parts):
        raise Unreadable(FeedbackCode.UNREAD_PIECES)
    return replace(Piece(value, None), condition=read)
