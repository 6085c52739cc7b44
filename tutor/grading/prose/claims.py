"""Finds the claims in a step: chains of equations, with formula signs or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tutor.grading.prose import gaps
from tutor.grading.prose.formulas import (
    Chain,
    TextSpan,
    find_formulas,
    parse_chain,
    separate_equations,
    split_statements,
)
from tutor.grading.prose.mixed_formulas import mixed_formulas
from tutor.grading.prose.typed_claims import claims_in_words
from tutor.grading.prose.typed_tokens import CALCULATES

MAX_CLAIMS = 60  # of one step
MAX_STEP_LENGTH = 20_000  # characters; the rest of a longer step is ignored

_OPENING = re.compile(r"(?:\\\[|\\\(|\$\$?)\s{0,6}\Z")
_OPERATOR_BEFORE = re.compile(r"[-+*/×÷·^=<>≤≥]\s*$|\d\s*$")
_WORD_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(CALCULATES - {'and', 'to'}))})\s*$")
_GOES_ON = re.compile(  # a sign on the next line begins an entry of a list
    r"[^\S\n]*(?:[-+*/×÷·^][^\S\n]*[\d\\(A-Za-z]|\d)"
    r"|\s*(?:%|(?:times|plus|minus|over)\s+\$?[\d\\(]"
    r"|(?:divided|multiplied|squared|cubed|percent)\b)"
)
_SHARE_BEFORE = re.compile(
    r"(?:\b(?:half|thirds?|quarters?|[a-z]{2,8}ths?|percent|times|twice|part|fraction|root|power"
    r"|square|cube|plus|minus|over|x|(?:divided|multiplied)(?: by)?)|%)(?: of)?(?: the)?\s{0,12}$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"(?:(?:^|[-.:;*]|\\\)|\$)\s*+|\n[^\S\n]*+)([A-Za-z][A-Za-z'’ ]{2,80})=\s*+$"
)
_OR_BETWEEN = re.compile(r"(?:\\\)|\\\]|\$\$?)\s*+(?:,\s*+)?(?:or|或)\s*+(?:\\\(|\\\[|\$\$?)")
_SENTENCE = re.compile(r"[.!?:;](?=\s)|\n|[。；！？]")
_NARROW = {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，：；！？"
}


def cut_claims(step: str) -> list[Chain]:
    """The claims of a step in the order of the text."""
    step = _narrow(step[:MAX_STEP_LENGTH])
    mixed = list(mixed_formulas(step))
    others = _without(step, mixed)
    chains = [chain for formula in mixed for chain in _in_formula(step, formula, "round")]
    chains += _in_formulas(others)
    named = {chain.start for chain in chains}
    chains += [chain for chain in claims_in_words(others) if chain.start not in named]
    chains = sorted(chains, key=lambda chain: chain.start)[:MAX_CLAIMS]
    ends = [0, *(chain.end for chain in chains)]
    return [
        replace(chain, gap=step[end : chain.start])
        for end, chain in zip(ends, chains, strict=False)
    ]


def _narrow(text: str) -> str:
    """Full-width signs, digits and letters in their usual width; punctuation stays as it is."""
    return text.translate(_NARROW)


def _without(step: str, formulas: list[TextSpan]) -> str:
    """The step with these formulas blanked out as words are that cannot be read."""
    for formula in formulas:
        step = step[: formula.start] + "\x00" * len(formula.text) + step[formula.end :]
    return step


def _in_formulas(step: str) -> Iterator[Chain]:
    for formula, kind in _with_alternatives(step):
        yield from _in_formula(step, formula, kind)


def _in_formula(step: str, formula: TextSpan, kind: str) -> Iterator[Chain]:
    before, after = _around(step, formula)
    parts = (part for row in split_statements(formula) for part in separate_equations(row))
    for statement in parts:
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
    begins_at = formula.start - len(_opening_before(step, formula))
    if first and (named := _named_before(chain, begins_at)):
        return named
    is_begun = first and _is_begun_before(chain)
    may_be_part = first and not is_begun and _follows_word(chain)
    is_continued = last and bool(_GOES_ON.match(chain.after))
    is_cut_before = is_begun or (may_be_part and is_continued)
    return _with_unreadable_ends(
        replace(chain, may_be_part=may_be_part), is_cut_before, is_continued
    )


def _opening_before(step: str, formula: TextSpan) -> str:
    """The sign that begins the formula, with the spaces behind it, or ""."""
    opening = _OPENING.search(step, max(0, formula.start - 8), formula.start)
    return opening[0] if opening else ""


def _named_before(chain: Chain, begins_at: int) -> Chain | None:
    """The chain with a name from before its formula: Total cost = \\(3 \\cdot 4 = 12\\).

    begins_at: where the sign that begins the formula stands.
    """
    match = _NAME_BEFORE.search(chain.before)
    if not match or not chain.sides[0].text:
        return None
    name = TextSpan(match[1].strip(), begins_at - len(chain.before) + match.start(1))
    return replace(chain, sides=(name, *chain.sides), operators=("=", *chain.operators))


def _follows_directly(step: str, at: int, formula: TextSpan) -> bool:
    """Whether a formula that begins with = continues the latest one before it."""
    if at > formula.start + 12:
        return True
    before = step[: formula.start]
    between = before.removesuffix(_opening_before(step, formula)).rstrip()
    if between.endswith(("\\]", "\\)", "$")):
        return True
    latest = max(between.rfind(closing) for closing in ("\\]", "\\)", "$"))
    return gaps.is_rewritten(between[latest + 1 :].lstrip("])"))


def _is_begun_before(chain: Chain) -> bool:
    """Whether the words before the formula are part of it: One third of \\(18 = 6\\)."""
    is_share = _follows_word(chain) and _SHARE_BEFORE.search(chain.before)
    return bool(is_share or _OPERATOR_BEFORE.search(chain.before))


def _follows_word(chain: Chain) -> bool:
    """Whether it begins with a number after a word such as "of" or "by"."""
    is_number = re.match(r"[\d(\\$]", chain.sides[0].text)
    return bool(is_number and _WORD_BEFORE.search(chain.before))


def _with_unreadable_ends(chain: Chain, cut_before: bool, cut_after: bool) -> Chain:
    """The chain with its cut ends made unreadable."""
    sides = list(chain.sides)
    if cut_before:
        sides[0] = TextSpan("\x00", sides[0].start)
    if cut_after:
        sides[-1] = TextSpan("\x00", sides[-1].start)
    return replace(chain, sides=tuple(sides))


def _around(step: str, formula: TextSpan) -> tuple[str, str]:
    before = step[: formula.start].removesuffix(_opening_before(step, formula))
    after = re.sub(r"^\s*(?:\\\]|\\\)|\$\$?)", "", step[formula.end :])
    ends = [sentence_end.end() for sentence_end in _SENTENCE.finditer(before[:-1])]
    return before[ends[-1] if ends else 0 :][-200:], after[:80]
