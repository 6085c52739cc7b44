"""Separates equations between which people leave only a gap: x1 = 2   x2 = -3, a=1 b=2."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.working.reading.labels import label_of
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import Cue

_ENDS = (Lex.NUMBER, Lex.NAME, Lex.GROUP)
_IN_WORDS = (Lex.WORD, Lex.CUE)
MIN_GAP = 3  # blanks
_GAPS = (Lex.SEMICOLON, Lex.COMMA)


def separate_equations(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with a semicolon at each such gap, and with "or" for x = 0 / x = 2."""
    if any(lexeme.text[0] == "{" for lexeme in lexemes):
        lexemes = _without_braces(lexemes)
    relations = [at for at, lexeme in enumerate(lexemes) if lexeme.lex is Lex.RELATION]
    if len(relations) < 2:
        return lexemes
    _separate_naming(lexemes, relations)
    second = _second_ratio(lexemes, *relations) if len(relations) == 2 else None
    if second is not None:
        begin = lexemes[second].start
        gap = Lexeme(Lex.SEMICOLON, ";", begin, begin, True)
        return [*lexemes[:second], gap, *lexemes[second:]]
    if (labelled := _before_labels(lexemes, relations)) is not None:
        return separate_equations(labelled)
    separated, usual = list(lexemes), _blank_beside_signs(lexemes)
    for relation in reversed(relations[1:]):
        start = _start_of_name(lexemes, relation)
        if start is None or start < 2:
            continue
        before, name = lexemes[start - 1], lexemes[start]
        if _ends_integral(lexemes, start):
            continue
        if name.is_unit and (len(name.text) > 1 or _goes_on_in(name, lexemes[relation + 1 :])):
            continue  # 3 h=180 min=10800 s
        if name.text in KNOWN_FUNCTIONS and not _begins_with_function(lexemes[: relations[0]]):
            continue  # h = 20 tan35 = 14
        if before.text in KNOWN_FUNCTIONS:
            continue  # f(e) = e·ln e = e
        if before.text == "/" and before.spaced and name.text == lexemes[relations[0] - 1].text:
            separated[start - 1].become(Lex.CUE, Cue.OR)
        elif before.lex in _ENDS and name.spaced and _is_gap(lexemes, start, relation, usual):
            separated.insert(start, Lexeme(Lex.SEMICOLON, ";", name.start, name.start, True))
    return separated


def _ends_integral(lexemes: list[Lexeme], at: int) -> bool:
    """Whether the dx of ∫x dx=x²/2 is there, and not the one of dx=2 du."""
    if len(lexemes[at].text) != 2 or lexemes[at].text[0] != "d":
        return False
    texts = (lexeme.text for lexeme in reversed(lexemes[:at]))
    return next((text for text in texts if text in ("∫", "\\int", "=")), "=") != "="


def _second_ratio(lexemes: list[Lexeme], first: int, second: int) -> int | None:
    """The index of cos in sin A = 3/5 cos A = 4/5, two ratios of one angle; None for others."""
    at = second - 2
    left, right = lexemes[:first], lexemes[at:second]
    if [x.lex for x in left] != [Lex.NAME] * 2 or [x.lex for x in right] != [Lex.NAME] * 2:
        return None
    functions = {left[0].text, right[0].text}
    is_of_same = left[1].text == right[1].text and right[0].spaced
    if not is_of_same or len(functions) < 2 or not functions <= KNOWN_FUNCTIONS:
        return None
    ratios = (lexemes[first + 1 : at], lexemes[second + 1 :])
    return at if all(map(_is_ratio, ratios)) else None


def _is_ratio(lexemes: Sequence[Lexeme]) -> bool:
    """3/5 or 0.6"""
    return (
        [x.lex for x in lexemes[::2]] == [Lex.NUMBER] * len(lexemes[::2])
        and all(x.text == "/" for x in lexemes[1::2])
        and bool(lexemes)
    )


def without_named_sides(lexemes: list[Lexeme]) -> list[Lexeme]:
    """V = 36π·5 for V = base × height = 36π·5, whose second side tells the formula in words."""
    relations = [at for at, lexeme in enumerate(lexemes) if lexeme.text == "="]
    for first, second in reversed(list(pairwise(relations))):
        is_letter = first and lexemes[first - 1].lex is Lex.NAME
        if is_letter and _is_formula_in_words(lexemes[first + 1 : second]):
            lexemes = [*lexemes[:first], *lexemes[second:]]
    return lexemes


def _is_formula_in_words(side: Sequence[Lexeme]) -> bool:
    """1/3 × base area × height; not 5 apples + 3 apples."""
    parts = [part for x in side for part in (x.inside if x.lex is Lex.GROUP else (x,))]
    words = [part for part in parts if part.lex in _IN_WORDS]
    signs = [part for part in parts if part.lex is Lex.SIGN]
    pairs = (pair for row in (side, *(x.inside for x in side)) for pair in pairwise(row))
    is_counted = any(a.lex is Lex.NUMBER and b in words for a, b in pairs)
    is_whole = all(x in words or x in signs or x.lex is Lex.NUMBER for x in parts)
    return len(words) > 1 and bool(signs) and is_whole and not is_counted


def _separate_naming(lexemes: list[Lexeme], relations: list[int]) -> None:
    """Make a stop of the colon in u = x² : u² - 5u + 4 = 0, which is no division."""
    colons = [at for at, lexeme in enumerate(lexemes) if lexeme.lex is Lex.COLON]
    if len(colons) != 1 or not relations[0] < colons[0] < relations[1]:
        return
    name, between = lexemes[relations[0] - 1], lexemes[colons[0] + 1 : relations[1]]
    is_letter = name.lex is Lex.NAME and len(name.text) == 1
    is_term = any(x.lex is Lex.NAME for x in lexemes[relations[0] + 1 : colons[0]])
    is_again = [lexeme.text for lexeme in between] == [name.text]  # x = (6 ± 4)/2 : x = 5 or x = 1
    has_name = is_term and len(relations) == 2 and any(x.text == name.text for x in between)
    if is_letter and (is_again or has_name):
        lexemes[colons[0]].become(Lex.STOP)


def separate_at_gaps(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with a semicolon at each gap of √72 = 6√2   √50 = 5√2, as it was typed."""
    relations = [at for at, lexeme in enumerate(lexemes) if lexeme.lex is Lex.RELATION]
    if any(lexeme.lex is Lex.SEMICOLON for lexeme in lexemes):
        return lexemes
    separated, usual = list(lexemes), _blank_beside_signs(lexemes)
    heads = [at for at in range(2, min(relations, default=0)) if _ends_head(lexemes, at, usual)]
    for before, after in reversed(list(pairwise(relations))):
        gaps = [at for at in range(before + 2, after) if _is_wide_gap(lexemes, at, usual)]
        if any(lexeme.text[0] in "∫Σ∑" for lexeme in lexemes[before:after]):
            continue  # its bounds may have stood in words
        if len(gaps) == 1:
            start = lexemes[gaps[0]].start
            separated.insert(gaps[0], Lexeme(Lex.SEMICOLON, ";", start, start, True))
    if len(heads) == 1:
        start = lexemes[heads[0]].start
        separated.insert(heads[0], Lexeme(Lex.SEMICOLON, ";", start, start, True))
    return separated


def _ends_head(lexemes: list[Lexeme], at: int, usual: int) -> bool:
    """Whether a calculation begins here: 180 km in 3.5 h   180/3.5 ≈ 51.4."""
    before, after = lexemes[at - 1 : at + 1]
    is_bound = any(lexeme.text[0] in "∫Σ∑" for lexeme in lexemes[:at])
    is_amount = (before.lex is Lex.NUMBER or before.is_unit) and not is_bound
    is_apart = after.start - before.end > max(usual, MIN_GAP - 1)
    return is_amount and is_apart and after.lex in (Lex.NUMBER, Lex.GROUP)


def separate_note(lexemes: list[Lexeme]) -> list[Lexeme]:
    """With a semicolon before a note such as 3. binom. Formel, whose 3 is no factor."""
    relations = [at for at, lexeme in enumerate(lexemes) if lexeme.lex is Lex.RELATION]
    for at in range(relations[-1] + 2 if relations else len(lexemes), len(lexemes) - 1):
        number, before = lexemes[at], lexemes[at - 1]
        if number.lex is not Lex.NUMBER or not number.spaced or not _ends_product(before):
            continue
        after = lexemes[at + 1 :]
        is_counting = after[0].lex is Lex.STOP or any(x.lex in _IN_WORDS for x in after[:2])
        if is_counting and any(x.lex in _IN_WORDS or x.text.isupper() for x in after):
            for lexeme in lexemes[at:]:
                if lexeme.lex in (Lex.NUMBER, Lex.NAME):
                    lexeme.become(Lex.WORD)
            gap = Lexeme(Lex.SEMICOLON, ";", number.start, number.start, True)
            return [*lexemes[:at], gap, *lexemes[at:]]
    return lexemes


def _ends_product(lexeme: Lexeme) -> bool:
    """(x - 2)(x + 2) or x², behind which a number is no factor."""
    return lexeme.lex is Lex.GROUP or lexeme.text in ("²", "³")


def separate_point(lexemes: list[Lexeme]) -> None:
    """Make a semicolon of the comma before the S(3|5) at the end of y = 5, S(3|5).

    Put a semicolon at the gap of H(1|6)  T(3|2).
    """
    for at in range(len(lexemes) - 2, 1, -1):
        if lexemes[at].spaced and all(map(_is_point, (lexemes[at - 2 : at], lexemes[at : at + 2]))):
            start = lexemes[at].start
            lexemes.insert(at, Lexeme(Lex.SEMICOLON, ";", start, start, True))
    if len(lexemes) < 5:
        return
    comma = lexemes[-3]
    if comma.lex is Lex.COMMA and _is_point(lexemes[-2:]):
        comma.become(Lex.SEMICOLON)


def _is_point(lexemes: list[Lexeme]) -> bool:
    """S(3|5)"""
    name, group = lexemes
    is_named = name.lex is Lex.NAME and len(name.text) == 1 and name.text.isupper()
    return is_named and any(lexeme.lex is Lex.BAR for lexeme in group.inside)


def _before_labels(lexemes: list[Lexeme], relations: list[int]) -> list[Lexeme] | None:
    """The lexemes with a semicolon for the (2) of (1) x + y = 3   (2) x - y = 1.

    None without such a label. Behind the equations, (2) belongs to the one before it.
    """
    if not label_of(lexemes[0]):
        return None
    for at in range(relations[0] + 2, relations[-1]):
        label, following = lexemes[at], lexemes[at + 1]
        if not label.spaced or not label_of(label) or not _goes_on(lexemes, at):
            continue
        is_headed = following.lex is Lex.COLON
        if not is_headed and not following.spaced:
            continue
        gap = Lexeme(Lex.SEMICOLON, ";", label.start, label.start, True)
        gaps = [] if lexemes[at - 1].lex in _GAPS else [gap]
        return [*lexemes[:at], *gaps, *lexemes[at + 1 + is_headed :]]
    return None


def _goes_on(lexemes: list[Lexeme], at: int) -> bool:
    """Whether an equation ends before the label, and another one follows."""
    following = lexemes[at + 1 : at + 3]
    is_end = lexemes[at - 1].lex in (*_ENDS, *_GAPS)
    return is_end and any(x.lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP, Lex.SIGN) for x in following)


def _blank_beside_signs(lexemes: list[Lexeme]) -> int:
    """Its width, which people may double throughout a line."""
    spaced = [(a, b) for a, b in pairwise(lexemes) if b.start > a.end]
    return min((b.start - a.end for a, b in spaced if _is_sign(a) or _is_sign(b)), default=1)


def _is_sign(lexeme: Lexeme) -> bool:
    return lexeme.lex in (Lex.SIGN, Lex.RELATION) and lexeme.text != "√"


def _is_wide_gap(lexemes: list[Lexeme], at: int, usual: int) -> bool:
    before, after = lexemes[at - 1 : at + 1]
    is_begun = after.lex is not Lex.SIGN or after.text == "√"
    is_end = before.lex in _ENDS or before.text in ("²", "³")
    is_apart = is_end and is_begun and not after.is_unit
    return is_apart and after.start - before.end > usual


def _begins_with_function(left: list[Lexeme]) -> bool:
    """Of sin A = 3/5 cos A = 4/5."""
    return any(lexeme.text in KNOWN_FUNCTIONS for lexeme in left)


def _goes_on_in(unit: Lexeme, after: list[Lexeme]) -> bool:
    """Whether the next number has this unit too: the s of 144·60 s=8640 s."""
    return len(after) > 1 and after[0].lex is Lex.NUMBER and after[1].text == unit.text


def _start_of_name(lexemes: list[Lexeme], relation: int) -> int | None:
    """The index of the x in x =, x1 =, f(x) = and |x| = before this relation sign."""
    if [x.lex for x in lexemes[max(relation - 3, 0) : relation]] == [Lex.BAR, Lex.NAME, Lex.BAR]:
        return relation - 3
    for length in (1, 2, 3):
        at = relation - length
        if at < 0:
            return None
        if length > 1 and lexemes[at + 1].spaced:
            return None
        is_word = length == 1 and lexemes[at].lex is Lex.WORD
        if is_word or (lexemes[at].lex is Lex.NAME and lexemes[at].text[0].isalpha()):
            return at
    return None


def _is_gap(lexemes: list[Lexeme], start: int, relation: int, usual: int) -> bool:
    """Whether the blank before the name is wider than those within the equation."""
    width = lexemes[start].start - lexemes[start - 1].end
    has_index = relation - start > 1 and lexemes[start + 1].text[0] in "_0123456789₀₁₂₃₄₅₆₇₈₉"
    return width > usual or has_index or not lexemes[relation].spaced


def _without_braces(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The equations of {x = 3, y = 1}, which is no set."""
    opened: list[Lexeme] = []
    for lexeme in lexemes:
        is_first = not opened or opened[-1].lex is Lex.CUE
        if is_first and lexeme.text[0] == "{" and _holds_equations(lexeme):
            opened.extend(lexeme.inside)
        else:
            opened.append(lexeme)
    return opened


def _holds_equations(group: Lexeme) -> bool:
    has_relation = any(lexeme.lex is Lex.RELATION for lexeme in group.inside)
    return has_relation and not any(x.lex in (Lex.BAR, Lex.COLON) for x in group.inside)
