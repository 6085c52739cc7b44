"""Finds claims that are typed within sentences: The total is 3 * 4 = 12, half of 18 is 9."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tutor.grading.prose.formulas import Chain, TextSpan, blank_formulas
from tutor.grading.prose.spoken_calculations import with_signs
from tutor.grading.prose.typed_expressions import typed_expression
from tutor.grading.prose.typed_tokens import (
    CALCULATES,
    FUNCTION_NAME,
    ProseToken,
    is_apart,
    typed_tokens,
)

MAX_NAME = 14  # words of a name such as "Total cost of the trip"

_BECOMES = re.compile(r"simplif|equal|reduc|lead|com|amount|equivalent")
_BOXED = re.compile(r"\\boxed\s*\{([^{}\x00]{1,60})\}")
_SENTENCE = re.compile(r"[.!?:;](?=\s)|\n|[。；！？]")
_RELATIONS = {"≤": "<=", "≥": ">=", "≠": "!=", "\x01": "="}
# Words that separate a formula from the one before: 3 × 4 = 12, so 5 + 7 = 12.
_SEPARATES = frozenset(
    ["so", "then", "thus", "hence", "therefore", "because", "since", "where", "but", "now"]
)
_BEFORE_NUMBER = frozenset(
    ["to", "of", "for", "in", "after", "at", "first", "last", "next", "with"]
)
_MAY_FOLLOW = frozenset(["and", "of", "from", "to", "by", "per", "than"])
# Words after which a calculation in words may begin: in "taking away 2 × 3 gives" it has begun.
_BEGINS = frozenset(
    ["the", "so", "then", "and", "thus", "hence", "therefore", "because", "since", "now", "as",
     "that", "but", "first", "also", "finally", "next", "which", "means", "is", "where", "know",
     "if"]
)  # fmt: skip


def claims_in_words(step: str) -> Iterator[Chain]:
    """The chains outside of formula signs."""
    text = _BOXED.sub(
        lambda box: " " * (box.start(1) - box.start()) + box[1] + " ", blank_formulas(step)
    )
    text = with_signs(text)
    tokens = typed_tokens(text)
    if not any(token.kind in ("eq", "spoken") for token in tokens):
        return
    at = after_claim = 0
    while at < len(tokens):
        between = [token.text for token in tokens[after_claim:at]] if at > after_claim else []
        follows_claim = between in (["and"], [",", "and"])
        chain, following = _chain_at(tokens, at, text, follows_claim)
        if chain is not None:
            yield chain
            after_claim = following
        at = max(following, at + 1)


def _chain_at(
    tokens: list[ProseToken], at: int, text: str, follows_claim: bool
) -> tuple[Chain | None, int]:
    """The chain that begins at this token, and the index after it.

    follows_claim: only "and" or ", and" is between it and the chain before.
    """
    name = _name_at(tokens, at)
    end = name if name is not None else typed_expression(tokens, at)
    if end is None or not _relates(tokens, at, end):
        return None, at + 1
    is_whole = name is not None or follows_claim or _is_boundary(tokens, at)
    first = TextSpan(text[tokens[at].start : tokens[end - 1].end], tokens[at].start)
    sides = [first if is_whole else TextSpan("\x00", first.start)]
    operators: list[str] = []
    while end < len(tokens) and (tokens[end].kind == "eq" or not operators):
        operators.append(_RELATIONS.get(tokens[end].text, tokens[end].text))
        start, end = end + 1, typed_expression(tokens, end + 1) or end + 1
        if end == start:
            sides.append(TextSpan("\x00", tokens[start - 1].end))
            break
        sides.append(TextSpan(text[tokens[start].start : tokens[end - 1].end], tokens[start].start))
    if not _may_end_at(tokens, end):
        sides[-1] = TextSpan("\x00", sides[-1].start)
    before = _sentence_before(text, tokens[at].start)
    after = text[sides[-1].end : sides[-1].end + 80]
    return Chain(tuple(sides), tuple(operators), before, after, is_typed=True), end


def _relates(tokens: list[ProseToken], at: int, end: int) -> bool:
    """Whether a relation follows; "is" is one only after a calculation of numbers."""
    if end >= len(tokens) or tokens[end].kind not in ("eq", "spoken"):
        return False
    if tokens[end].kind == "eq":
        return True
    before = tokens[at - 1] if at else None
    begins = before is None or before.kind in ("stop", "arrow") or before.text.lower() in _BEGINS
    if not begins or any(token.kind == "variable" for token in tokens[at:end]):
        return False
    signs = [token.text for token in tokens[at:end] if token.kind == "op" or token.text in "²³"]
    # 2/5 is equal to 12 hectares; from 9:40 to 11:15 is 1 hour
    return bool(signs) and signs != ["/"] and ":" not in signs


def _sentence_before(text: str, at: int) -> str:
    ends = [sentence_end.end() for sentence_end in _SENTENCE.finditer(text, 0, at)]
    return text[ends[-1] if ends else 0 : at][-200:]


def _name_at(tokens: list[ProseToken], at: int) -> int | None:
    """The index after a name: words that begin a sentence, before an equals sign."""
    if at > 0 and not (tokens[at - 1].kind == "stop" or "\n" in tokens[at - 1].text):
        return None
    end = at
    while end < len(tokens) and _may_name(tokens, at, end):
        end += 1
    if end > at and tokens[end - 1].kind == "variable":
        return None  # as in: so we get x = 3
    is_name = at < end <= at + MAX_NAME and end < len(tokens) and tokens[end].text in ("=", "≈")
    return end if is_name and any(len(token.text) > 1 for token in tokens[at:end]) else None


def _may_name(tokens: list[ProseToken], at: int, index: int) -> bool:
    """A word, or the number in "Time to heat up to 400 degrees", which begins at this token."""
    token = tokens[index]
    if token.kind in ("word", "variable", "note"):
        return "\x00" not in token.text
    is_amid_words = index - at > 1 and index + 1 < len(tokens) and tokens[index + 1].kind == "word"
    return token.kind == "num" and is_amid_words and tokens[index - 1].text in _BEFORE_NUMBER


# Where a formula may begin and end


def _is_boundary(tokens: list[ProseToken], at: int) -> bool:
    if at == 0:
        return True
    before = tokens[at - 1]
    if before.kind == "word":
        return _begins_after_word(tokens, at)
    if before.kind == "stop":
        return _is_punctuation(tokens, at - 1) and before.text not in "_}'{<>~°"
    return before.kind in ("open", "arrow", "spoken", "eq")


def _begins_after_word(tokens: list[ProseToken], at: int) -> bool:
    before = tokens[at - 1]
    is_argument = tokens[at].kind == "open" and not is_apart(tokens, at)
    is_command = at > 1 and tokens[at - 2].text == "\\"
    if is_argument or is_command or FUNCTION_NAME.fullmatch(before.text):
        return False
    word = before.text.lower()
    latest = tokens[max(0, at - 4) : at]
    if word in _SEPARATES:
        return True
    if any(token.kind == "op" for token in latest) and not _has_stop(latest):
        return False  # as in: 25 classmates + his 1 teacher
    becomes = before.text == "to" and at > 1 and bool(_BECOMES.match(tokens[at - 2].text))
    # "one third of 18 = 6" is a calculation, "the graph of f(x) = 18" is not.
    only_named = tokens[at].kind == "variable" and word in ("of", "from", "to", "and", "by")
    return (becomes or only_named or word not in CALCULATES) and "\x00" not in before.text


def _is_punctuation(tokens: list[ProseToken], at: int) -> bool:
    """Whether a formula may end before this sign, and another begin after it."""
    sign = tokens[at].text
    if sign in "\\^-−" or unicodedata.category(sign) == "No":  # 4², an exponent
        return False
    if sign in "|!" and at > 0 and not is_apart(tokens, at):  # |3 - 5|, 5!
        return sign == "!" and (at + 1 == len(tokens) or is_apart(tokens, at + 1))
    return unicodedata.category(sign) != "Sm" or sign in "∴∵|"


def _has_stop(tokens: list[ProseToken]) -> bool:
    """Whether there is punctuation after the last operator."""
    last = max(index for index, token in enumerate(tokens) if token.kind == "op")
    return any(token.kind == "stop" for token in tokens[last:])


def _may_end_at(tokens: list[ProseToken], at: int) -> bool:
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.kind == "word":
        return "\x00" not in token.text and token.text.lower() not in CALCULATES - _MAY_FOLLOW
    if token.kind == "stop":
        return _is_punctuation(tokens, at) and token.text not in "_{!"
    if token.kind == "open":  # a remark, as in: 0.77 (rounded to 2 decimals)
        return is_apart(tokens, at) and at + 1 < len(tokens) and tokens[at + 1].kind == "word"
    return token.kind in ("close", "arrow", "note")
