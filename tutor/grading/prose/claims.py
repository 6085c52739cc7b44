"""Finds the claims in a step: chains of equations, with formula signs or without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.grading.prose.formulas import (
    Chain,
    TextSpan,
    blank_formulas,
    find_formulas,
    parse_chain,
    split_statements,
)

MAX_CLAIMS = 60  # of one step
MAX_STEP_LENGTH = 20_000  # characters; the rest of a longer step is ignored

_FUNCTIONS = (
    "sqrt|cbrt|root|abs|sgn|mod|exp|log|lg|ln|lb|min|max|gcd|lcm|floor|ceil|round"
    "|(?:arc|a)?(?:sin|cos|tan|cot|sec|csc)h?"
)
_FUNCTION_NAME = re.compile(rf"(?:{_FUNCTIONS})(?:_?\d+)?")
_TOKEN = re.compile(
    r"(?P<note>\((?![^()]*=)[A-Za-z]{2}[^()\d]{0,60}\))"
    r"|(?P<num>\d*\s?[¼-¾⅐-⅞]"
    r"|(?:[$€£¥]\s?|\\\$)?(?:\d[\d,]*\d|\d)(?:\.\d+)?(?:\s?\\?%|¢)?(?!\.\.)|(?:[$€£¥])?\.\d+)"
    r"|(?P<eq>=|≈)|(?P<open>[(\[])|(?P<close>[)\]])"
    rf"|(?P<function>(?:{_FUNCTIONS})(?:_?\d+)?(?=\()|[√∛])"
    r"|(?P<op>\*\*?|[+×÷·⋅∙∗/^]|(?<=[\d)]):(?=[\d(])|(?<=[\d)])\s:\s(?=[\d(])"
    r"|\s[-−–]\s|(?<=[\w)%])[-−](?=[\w($.])|(?<![\w.,;)])[-−](?=[\w($.])"
    r"|(?<=[\d)%]\s)[xX](?=\s[\d($])|(?<=[\d)%])[xX](?=[\d($]))"
    r"|(?P<variable>π|[b-zB-HJ-Z](?![A-Za-z0-9'’_])|(?<=[\d)/*+])[aA](?![A-Za-z0-9'’_]))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9'’_]*(?:-[A-Za-z]+)*|\x00+)|(?P<stop>[^\s])"
)
# A number next to one of these words is part of a calculation in words.
_CALCULATES = frozenset(
    ["of", "times", "by", "plus", "minus", "over", "per", "than", "from", "to", "x", "divided",
     "multiplied", "and", "squared", "cubed", "half", "twice", "thirds", "fourths", "percent"]
)  # fmt: skip
_NO_UNIT = _CALCULATES | frozenset(
    ["is", "are", "so", "then", "which", "or", "equals", "equal", "in", "for", "on", "at", "as",
     "because", "since", "where", "if", "when", "but", "the", "this", "that", "we", "he", "she",
     "it", "they", "left", "after", "more", "total"]
)  # fmt: skip
_OPERATOR_BEFORE = re.compile(r"[-+*/×÷·^=<>≤≥]\s*$|\d\s*$")
_WORD_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(_CALCULATES - {'and', 'to'}))})\s*$")
_GOES_ON = re.compile(
    r"\s*(?:[-+*/×÷·^]\s*[\d\\(A-Za-z]|%|\d"
    r"|(?:times|plus|minus|over|divided|multiplied|squared|cubed|percent)\b)"
)
_BECOMES = re.compile(r"simplif|equal|reduc|lead|com|amount|equivalent")
_NAME_BEFORE = re.compile(r"(?:(?:^|[-.:;*])\s*+|\n[^\S\n]*+)([A-Za-z][A-Za-z'’ ]{2,80})=\s*+$")
_OR_BETWEEN = re.compile(r"(?:\\\)|\\\]|\$\$?)\s*+(?:,\s*+)?(?:or|或)\s*+(?:\\\(|\\\[|\$\$?)")
_BOXED = re.compile(r"\\boxed\s*\{([^{}\x00]{1,60})\}")
_SENTENCE = re.compile(r"[.!?:;](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    is_spaced: bool  # white space within it, as around a minus between two numbers

    @classmethod
    def of(cls, match: re.Match[str]) -> _Token:
        is_spaced = match[0] != match[0].rstrip()
        return cls(str(match.lastgroup), match[0].strip(), match.start(), match.end(), is_spaced)


def cut_claims(step: str) -> list[Chain]:
    """The claims of a step in the order of the text."""
    step = step[:MAX_STEP_LENGTH]
    chains = [*_in_formulas(step), *_in_words(step)]
    return sorted(chains, key=lambda chain: chain.start)[:MAX_CLAIMS]


def _in_formulas(step: str) -> Iterator[Chain]:
    for formula, kind in _with_alternatives(step):
        before, after = _around(step, formula)
        for statement in split_statements(formula):
            chain = parse_chain(statement, before, after)
            if chain is not None:
                yield _complete_chain(chain, step, formula, statement.stripped(), kind)


def _with_alternatives(step: str) -> Iterator[tuple[TextSpan, str]]:
    r"""The formulas; \\(x = 2\\) or \\(x = 3\\) as one."""
    waiting: tuple[TextSpan, str] | None = None
    for formula, kind in find_formulas(step):
        beside = waiting is not None and waiting[0].text.count("=") == formula.text.count("=") == 1
        if (
            waiting is not None
            and beside
            and _OR_BETWEEN.fullmatch(step, waiting[0].end, formula.start)
        ):
            start = waiting[0].start
            between = " or ".ljust(formula.start - waiting[0].end)
            joined = waiting[0].text + between + formula.text
            waiting = TextSpan(joined, start), kind
            continue
        if waiting is not None:
            yield waiting
        waiting = formula, kind
    if waiting is not None:
        yield waiting


def _complete_chain(
    chain: Chain, step: str, formula: TextSpan, statement: TextSpan, kind: str
) -> Chain:
    """The chain with its name, its ends made unreadable where they are only parts."""
    if kind == "noted":
        return replace(chain, noted=True)
    if not chain.sides[0].text and not _follows_directly(step, chain.start, formula):
        return _with_unreadable_ends(chain, True, False)
    first = not formula.text[: statement.start - formula.start].strip()
    last = not formula.text[statement.end - formula.start :].strip()
    if first and (named := _named_before(chain, chain.before)):
        return named
    return _with_unreadable_ends(
        chain,
        first and _is_begun_before(chain, chain.before),
        last and bool(_GOES_ON.match(chain.after)),
    )


def _named_before(chain: Chain, before: str) -> Chain | None:
    """The chain with a name from before its formula: Total cost = \\(3 \\cdot 4 = 12\\)."""
    match = _NAME_BEFORE.search(before)
    if not match or not chain.sides[0].text:
        return None
    name = TextSpan(match[1].strip(), chain.start - len(before) + match.start(1))
    return replace(chain, sides=(name, *chain.sides), operators=("=", *chain.operators))


def _follows_directly(step: str, at: int, formula: TextSpan) -> bool:
    """Whether a formula that begins with = continues the one just before it."""
    if at > formula.start + 12:
        return True
    between = re.sub(r"(?:\\\[|\\\(|\$\$?)\s*$", "", step[: formula.start]).rstrip()
    return between.endswith(("\\]", "\\)", "$"))


def _is_begun_before(chain: Chain, before: str) -> bool:
    """Whether the words before the formula are part of it: One third of \\(18 = 6\\)."""
    is_number = re.match(r"[\d(\\$]", chain.sides[0].text)
    return bool(_OPERATOR_BEFORE.search(before) or (is_number and _WORD_BEFORE.search(before)))


def _with_unreadable_ends(chain: Chain, cut_before: bool, cut_after: bool) -> Chain:
    """The chain with its cut ends made unreadable."""
    sides = list(chain.sides)
    if cut_before:
        sides[0] = TextSpan("\x00", sides[0].start)
    if cut_after:
        sides[-1] = TextSpan("\x00", sides[-1].start)
    return replace(chain, sides=tuple(sides))


def _around(step: str, formula: TextSpan) -> tuple[str, str]:
    before = re.sub(r"(?:\\\[|\\\(|\$\$?)\s*$", "", step[: formula.start])
    after = re.sub(r"^\s*(?:\\\]|\\\)|\$\$?)", "", step[formula.end :])
    ends = [sentence_end.end() for sentence_end in _SENTENCE.finditer(before[:-1])]
    return before[ends[-1] if ends else 0 :][-200:], after[:80]


# Without formula signs


def _in_words(step: str) -> Iterator[Chain]:
    text = _BOXED.sub(
        lambda box: " " * (box.start(1) - box.start()) + box[1] + " ",
        blank_formulas(step),
    )
    if "=" not in text and "≈" not in text:
        return
    tokens = [_Token.of(match) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        chain, following = _chain_at(tokens, at, text)
        if chain is not None:
            yield chain
        at = max(following, at + 1)


def _chain_at(tokens: list[_Token], at: int, text: str) -> tuple[Chain | None, int]:
    """The chain that begins at this token, and the index after it."""
    name = _name_at(tokens, at)
    start = at
    end = name if name is not None else _expression(tokens, at)
    if end is None or end >= len(tokens) or tokens[end].kind != "eq":
        return None, at + 1
    before = _sentence_before(text, tokens[at].start)
    whole = name is not None or _is_boundary(tokens, at)
    first = TextSpan(text[tokens[start].start : tokens[end - 1].end], tokens[start].start)
    sides = [first if whole else TextSpan("\x00", first.start)]
    operators: list[str] = []
    while end < len(tokens) and tokens[end].kind == "eq":
        operators.append(tokens[end].text)
        start, end = end + 1, _expression(tokens, end + 1) or end + 1
        if end == start:
            sides.append(TextSpan("\x00", tokens[start - 1].end))
            break
        sides.append(TextSpan(text[tokens[start].start : tokens[end - 1].end], tokens[start].start))
    if not _may_end_at(tokens, end):
        sides[-1] = TextSpan("\x00", sides[-1].start)
    after = text[sides[-1].end : sides[-1].end + 80]
    return Chain(tuple(sides), tuple(operators), before, after), end


def _sentence_before(text: str, at: int) -> str:
    ends = [sentence_end.end() for sentence_end in _SENTENCE.finditer(text, 0, at)]
    return text[ends[-1] if ends else 0 : at][-200:]


def _name_at(tokens: list[_Token], at: int) -> int | None:
    """The index after a name: words that begin a sentence, before an equals sign."""
    if at > 0 and not (tokens[at - 1].kind == "stop" or "\n" in tokens[at - 1].text):
        return None
    end = at
    while (
        end < len(tokens)
        and tokens[end].kind in ("word", "variable", "note")
        and "\x00" not in tokens[end].text
    ):
        end += 1
    if end > at and tokens[end - 1].kind == "variable":
        return None  # as in: so we get x = 3
    is_name = at < end <= at + 14 and end < len(tokens) and tokens[end].kind == "eq"
    return end if is_name and any(len(token.text) > 1 for token in tokens[at:end]) else None


def _is_boundary(tokens: list[_Token], at: int) -> bool:
    if at == 0:
        return True
    before = tokens[at - 1]
    if before.kind == "word":
        is_argument = tokens[at].kind == "open" and not _is_apart(tokens, at)
        if is_argument or _FUNCTION_NAME.fullmatch(before.text):
            return False
        if any(token.kind == "op" for token in tokens[max(0, at - 4) : at]) and not _has_stop(
            tokens[max(0, at - 4) : at]
        ):
            return False  # as in: 25 classmates + his 1 teacher
        becomes = before.text == "to" and at > 1 and bool(_BECOMES.match(tokens[at - 2].text))
        word = before.text.lower()
        # "one third of 18 = 6" is a calculation, "the graph of f(x) = 18" is not.
        only_named = tokens[at].kind == "variable" and word in ("of", "from", "to", "and", "by")
        return (becomes or only_named or word not in _CALCULATES) and "\x00" not in before.text
    if before.kind == "stop":
        return _is_punctuation(tokens, at - 1) and before.text not in "_}'{<>~"
    return before.kind == "open"


def _is_punctuation(tokens: list[_Token], at: int) -> bool:
    """Whether a formula may end before this sign, and another begin after it."""
    sign = tokens[at].text
    if sign in "\\^-−" or unicodedata.category(sign) == "No":  # 4², an exponent
        return False
    if sign in "|!" and at > 0 and not _is_apart(tokens, at):  # |3 - 5|, 5!
        return sign == "!" and (at + 1 == len(tokens) or _is_apart(tokens, at + 1))
    return unicodedata.category(sign) != "Sm" or sign in "→⇒⟹↦∴∵|"


def _has_stop(tokens: list[_Token]) -> bool:
    """Whether there is punctuation after the last operator."""
    last = max(index for index, token in enumerate(tokens) if token.kind == "op")
    return any(token.kind == "stop" for token in tokens[last:])


def _may_end_at(tokens: list[_Token], at: int) -> bool:
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.kind == "word":
        return "\x00" not in token.text and token.text.lower() not in (
            _CALCULATES - {"and", "of", "from", "to", "by", "per", "than"}
        )
    if token.kind == "stop":
        return _is_punctuation(tokens, at) and token.text not in "_{!"
    return token.kind == "close"


def _expression(tokens: list[_Token], at: int, depth: int = 0) -> int | None:
    """The index after the expression of numbers and units that begins here."""
    end = _operand(tokens, at, depth)
    while end is not None and end < len(tokens) and tokens[end].kind == "op":
        further = _operand(tokens, end + 1, depth)
        is_sign = tokens[end].text in "-−" and not tokens[end].is_spaced and _is_apart(tokens, end)
        if further is None or is_sign:
            return None  # the calculation continues with something other than a number
        end = further
    return end


def _operand(tokens: list[_Token], at: int, depth: int) -> int | None:
    if at >= len(tokens) or depth > 8:
        return None
    token = tokens[at]
    if token.kind == "op" and token.text in "-−" and not token.is_spaced:
        return _operand(tokens, at + 1, depth + 1)
    if token.kind in ("num", "variable"):
        return _factors(tokens, at + 1, depth)
    if token.kind == "function":
        return _operand(tokens, at + 1, depth + 1)
    if token.kind == "open":
        end = _expression(tokens, at + 1, depth + 1)
        if end is None or end >= len(tokens) or tokens[end].kind != "close":
            return None
        return _factors(tokens, end + 1, depth)
    return None


def _factors(tokens: list[_Token], at: int, depth: int) -> int | None:
    """The index after factors and powers without a sign, as in 2x, 3(x + 1), 5², and a unit."""
    while at < len(tokens) and not _is_apart(tokens, at):
        token = tokens[at]
        if token.kind == "variable" or _is_raised(tokens, at):
            at += 1
        elif token.kind == "function":
            return _operand(tokens, at, depth + 1)
        elif token.kind == "open":
            end = _expression(tokens, at + 1, depth + 1)
            if end is None or end >= len(tokens) or tokens[end].kind != "close":
                return None
            at = end + 1
        else:
            break
    return _unit(tokens, at)


def _is_raised(tokens: list[_Token], at: int) -> bool:
    """Whether it is a power, a degree sign or a factorial; 5! may be an exclamation at the end."""
    sign = tokens[at].text
    goes_on = at + 1 < len(tokens) and tokens[at + 1].kind in ("op", "eq", "close")
    return sign == "°" or unicodedata.category(sign[0]) == "No" or (sign == "!" and goes_on)


def _is_apart(tokens: list[_Token], at: int) -> bool:
    return tokens[at].start != tokens[at - 1].end


def _unit(tokens: list[_Token], at: int) -> int:
    """The index after the words of a unit, if a sign or the end follows them."""
    end = at
    while end < len(tokens) and end < at + 4 and _is_unit(tokens[end]):
        end += 1
    if end < len(tokens) and tokens[end].kind == "note":
        return end + 1
    while end + 1 < len(tokens) and tokens[end].text == "/" and _is_unit(tokens[end + 1]):
        end += 2
    if end == at:
        return at
    ended = end >= len(tokens) or tokens[end].kind in ("op", "eq", "close", "stop")
    return end if ended else at


def _is_unit(token: _Token) -> bool:
    word = token.text
    return token.kind == "word" and word.islower() and "\x00" not in word and word not in _NO_UNIT
