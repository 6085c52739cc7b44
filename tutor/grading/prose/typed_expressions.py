"""Where an expression of numbers, variables and units ends among the tokens of a sentence."""

from __future__ import annotations

import unicodedata

from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.units import read_unit
from tutor.grading.prose.typed_tokens import ProseToken, is_apart

MAX_UNIT = 4  # words of a unit
MAX_DEPTH = 8  # of brackets


def typed_expression(tokens: list[ProseToken], at: int, depth: int = 0) -> int | None:
    """The index after the expression that begins here."""
    end = _operand(tokens, at, depth)
    while end is not None and end < len(tokens) and tokens[end].kind == "op":
        further = _operand(tokens, end + 1, depth)
        is_sign = tokens[end].text in "-−" and not tokens[end].is_spaced and is_apart(tokens, end)
        if further is None or is_sign:
            return None  # the calculation continues with something other than a number
        end = further
    return end


def _operand(tokens: list[ProseToken], at: int, depth: int) -> int | None:
    if at >= len(tokens) or depth > MAX_DEPTH:
        return None
    token = tokens[at]
    if token.kind == "op" and token.text in "-−" and not token.is_spaced:
        return _operand(tokens, at + 1, depth + 1)
    if token.kind == "num":
        return _quantity(tokens, at, depth)
    if token.kind == "variable" or _is_product(tokens, at):
        return _factors(tokens, at + 1, depth)
    if token.kind == "function":
        return _operand(tokens, at + 1, depth + 1)
    if token.kind == "open":
        end = _bracketed(tokens, at, depth)
        return None if end is None else _factors(tokens, end, depth)
    return None


def _is_product(tokens: list[ProseToken], at: int) -> bool:
    """Whether letters after a sign are variables side by side: ma in F = ma."""
    word = tokens[at]
    if word.kind != "word" or at == 0 or tokens[at - 1].kind not in ("eq", "op"):
        return False
    is_short = 2 <= len(word.text) <= 4 and word.text.isalpha() and word.text.isascii()
    ends = at + 1 == len(tokens) or tokens[at + 1].kind in ("eq", "op", "stop", "close")
    return is_short and ends and split_word(word.text) is not None


def _bracketed(tokens: list[ProseToken], at: int, depth: int) -> int | None:
    """The index after the bracket that opens here."""
    end = typed_expression(tokens, at + 1, depth + 1)
    if end is None or end >= len(tokens) or tokens[end].kind != "close":
        return None
    return end + 1


def _quantity(tokens: list[ProseToken], at: int, depth: int) -> int | None:
    """The index after a number with its factors and unit: 2 1/3, 2x, 5 cm, 2 hours 35 minutes."""
    end = _factors(tokens, at + _mixed_length(tokens, at), depth)
    while end is not None and (further := _smaller_amount(tokens, end)) > end:
        end = further
    return end


def _mixed_length(tokens: list[ProseToken], at: int) -> int:
    """The tokens of 2 1/3: four; of any other number: one."""
    following = tokens[at : at + 4]
    kinds = [token.kind for token in following]
    is_mixed = kinds == ["num", "num", "op", "num"] and following[2].text == "/"
    digits = all(following[index].text.isdigit() for index in (0, 1, 3)) if is_mixed else False
    return 4 if digits and not is_apart(tokens, at + 2) and not is_apart(tokens, at + 3) else 1


def _smaller_amount(tokens: list[ProseToken], at: int) -> int:
    """The index after 35 minutes in 2 hours 35 minutes; `at` where no such amount follows."""
    if at < 2 or at + 1 >= len(tokens):
        return at
    number = at + (tokens[at].text == "and")
    if number + 1 >= len(tokens) or tokens[number].kind != "num":
        return at
    larger, smaller = read_unit(tokens[at - 1].text), read_unit(tokens[number + 1].text)
    if larger is None or smaller is None or larger.dimension != smaller.dimension:
        return at
    return number + 2 if larger.dimension and smaller.factor < larger.factor else at


def _factors(tokens: list[ProseToken], at: int, depth: int) -> int | None:
    """The index after factors and powers without a sign, as in 2x, 3(x + 1), 5², and a unit."""
    while at < len(tokens) and not is_apart(tokens, at):
        token = tokens[at]
        if token.kind == "variable" or _is_raised(tokens, at):
            at += 1
        elif token.kind == "function":
            return _operand(tokens, at, depth + 1)
        elif token.kind == "open":
            end = _bracketed(tokens, at, depth)
            if end is None:
                return None
            at = end
        else:
            break
    return _unit(tokens, at)


def _is_raised(tokens: list[ProseToken], at: int) -> bool:
    """Whether it is a power, a degree sign or a factorial; 5! may be an exclamation at the end."""
    sign = tokens[at].text
    goes_on = at + 1 < len(tokens) and tokens[at + 1].kind in ("op", "eq", "close")
    return (
        sign in ("°", "⁻", "⁺")
        or unicodedata.category(sign[0]) == "No"
        or (sign == "!" and goes_on)
    )


def _unit(tokens: list[ProseToken], at: int) -> int:
    """The index after the words of a unit, if a sign or the end follows them."""
    end = at
    follows_number = tokens[at - 1].kind in ("num", "close")
    if end < len(tokens) and tokens[end].is_letter_unit and follows_number:
        end += 1
    while end < len(tokens) and end < at + MAX_UNIT and tokens[end].is_unit:
        end += 1
    while end + 1 < len(tokens) and _divides_unit(tokens, end):
        end += 2
    end = _raised_unit(tokens, end) if end > at else end
    if end < len(tokens) and tokens[end].kind == "note":
        return end + 1
    if end == at:
        return at
    return end if _ends_unit(tokens, end) else at


def _divides_unit(tokens: list[ProseToken], at: int) -> bool:
    """Whether "/ hour" or "per hour" goes on here."""
    unit = tokens[at + 1]
    return tokens[at].text in ("/", "per") and (unit.is_unit or unit.is_letter_unit)


def _raised_unit(tokens: list[ProseToken], at: int) -> int:
    """The index after ² or ^2."""
    if at >= len(tokens) or is_apart(tokens, at):
        return at
    if tokens[at].text in "²³":
        return at + 1
    is_power = tokens[at].text == "^" and at + 1 < len(tokens) and tokens[at + 1].text in "23"
    return at + 2 if is_power else at


def _ends_unit(tokens: list[ProseToken], at: int) -> bool:
    if at >= len(tokens) or tokens[at].kind in ("op", "eq", "spoken", "close", "stop", "arrow"):
        return True
    before = tokens[at - 1]
    is_known = before.kind == "unit" or before.text in "²³" or read_unit(before.text) is not None
    return is_known and (tokens[at].kind == "word" or tokens[at].kind == "num")
