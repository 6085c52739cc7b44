"""Inequalities and intervals in words: between -2 and 5, x doit être au plus 4, 4 oder mehr."""

from __future__ import annotations

import re

MAX_CHARACTERS = 160
_N = (
    r"(-?(?:(?<!\d)\d++(?:[.,]\d++)?(?: ?/ ?\d++)?"
    r"|\\sqrt ?\{?\d{1,20}\}?|\\frac\{-?\d{1,20}\}\{\d{1,20}\}|\\pi))"
)
_NO_MORE = r"(?! (?:than|als|que|de|a|à|-?\d))"
_BETWEEN = re.compile(
    rf"\b(?:strictly |strikt |strictement )?(?:between|zwischen|entre) {_N} (?:and|und|et|y|e) {_N}"
    rf"|在? ?{_N} ?(?:和|与|到|至) ?{_N} ?之间",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\b(?:from|von|de|desde) {_N} (?:up to|to|through|bis(?: zu)?|à|a|hasta) {_N}"
    rf"|从 ?{_N} ?到 ?{_N}",
    re.IGNORECASE,
)
_EXCLUSIVE = re.compile(
    r"exclu\w+|strict\w*|strikt|ausschließlich|not including|non compris|ohne die (?:grenzen|enden)"
    r"|不包[括含]",
    re.IGNORECASE,
)
_INCLUSIVE = re.compile(
    r"inclu\w+|einschließlich|inklusive|eingeschl\w+|compris(?:es)?|ambos incluidos|包[括含]",
    re.IGNORECASE,
)
_SIDES = [
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (rf"\bnot (?:more|greater|bigger|larger) than {_N}|\bno (?:more|greater) than {_N}", "<="),
        (rf"\bnot (?:less|smaller) than {_N}|\bno (?:less|fewer|smaller) than {_N}", ">="),
        (rf"\bnicht (?:mehr|größer) als {_N}|\bpas plus (?:grand )?(?:de|que) {_N}", "<="),
        (rf"\bnicht (?:weniger|kleiner) als {_N}|\bpas moins de {_N}|\bno menos de {_N}", ">="),
        (rf"\bno más de {_N}|不[大超]于? ?过? ?{_N}", "<="),
        (rf"不小于 ?{_N}|不少于 ?{_N}", ">="),
        (
            rf"\b(?:greater|more|bigger|larger) than or equals? (?:to )?{_N}"
            rf"|\b(?:größer|mehr) (?:oder )?gleich (?:als )?{_N}|\bgrößer als oder gleich {_N}"
            rf"|\bsupérieure?s? ou éga\w+ à {_N}|\bplus grande?s? ou éga\w+ à {_N}"
            rf"|\bmayor(?:es)? o igual(?:es)? (?:que|a) {_N}|大于(?:或)?等于 ?{_N}"
            rf"|\bat least {_N}|\bmindestens {_N}|\bau moins {_N}|\bal menos {_N}"
            rf"|\bcomo mínimo {_N}|至少是?为? ?{_N}",
            ">=",
        ),
        (
            rf"\b(?:less|smaller|fewer) than or equals? (?:to )?{_N}"
            rf"|\bkleiner (?:oder )?gleich (?:als )?{_N}|\bkleiner als oder gleich {_N}"
            rf"|\binférieure?s? ou éga\w+ à {_N}|\bplus petite?s? ou éga\w+ à {_N}"
            rf"|\bmenor(?:es)? o igual(?:es)? (?:que|a) {_N}|小于(?:或)?等于 ?{_N}"
            rf"|\bat most {_N}|\bhöchstens {_N}|\bmaximal {_N}|\bau plus {_N}|\bau maximum {_N}"
            rf"|\bcomo máximo {_N}|\ba lo sumo {_N}|\bup to and including {_N}|至多是?为? ?{_N}",
            "<=",
        ),
        (
            rf"{_N} (?:or|and) (?:more|greater|above|bigger|larger|up|over|higher){_NO_MORE}"
            rf"|{_N} oder (?:mehr|größer){_NO_MORE}|{_N} ou (?:plus|davantage){_NO_MORE}"
            rf"|{_N} o (?:más|mayor){_NO_MORE}"
            rf"|{_N} ?(?:及)?以上",
            ">=",
        ),
        (
            rf"{_N} (?:or|and) (?:less|fewer|below|smaller|under|lower|down){_NO_MORE}"
            rf"|{_N} oder (?:weniger|kleiner){_NO_MORE}|{_N} ou moins{_NO_MORE}"
            rf"|{_N} o (?:menos|menor){_NO_MORE}|{_N} ?(?:及)?以下",
            "<=",
        ),
        (
            rf"\b(?:greater|more|bigger|larger|higher|above|over|exceeds|exceeding)(?: than)? {_N}"
            rf"|\b(?:größer|mehr) als {_N}|\büber {_N}|\bsupérieure?s? à {_N}"
            rf"|\bplus grande?s? que {_N}|\bplus de {_N}|\bmayor(?:es)? (?:que|a|de) {_N}"
            rf"|\bmás de {_N}|大于 ?{_N}|超过 ?{_N}",
            ">",
        ),
        (
            rf"\b(?:less|smaller|fewer|lower|below|under)(?: than)? {_N}"
            rf"|\b(?:kleiner|weniger) als {_N}|\bunter {_N}|\binférieure?s? à {_N}"
            rf"|\bplus petite?s? que {_N}|\bmoins de {_N}|\bmenor(?:es)? (?:que|a|de) {_N}"
            rf"|\bmenos de {_N}|小于 ?{_N}|低于 ?{_N}",
            "<",
        ),
    )
]
_EXCEPT = re.compile(
    rf"\b(?:cannot|can't|can not|must not|mustn't|may not|should not|is not|isn't|can never) "
    rf"(?:be |equal )?(?:equal to )?{_N}|\bdarf nicht (?:gleich )?{_N} sein\b"
    rf"|\bne (?:peut|doit) pas être (?:égal(?:e)? à )?{_N}|\bno puede ser (?:igual a )?{_N}"
    rf"|不[能可]?以?[是为等]于? ?{_N}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:but|aber|mais|pero|and also|and|und|et|y|e)\b|[且但并而]是?", re.IGNORECASE
)
_EITHER = re.compile(r"\b(?:or|oder|ou|o)\b|或者?", re.IGNORECASE)
_PLACE = re.compile(r"\s?\x00(\d)\s?")
_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]{2,}|[\u4e00-\u9fff]+")
_FILLER_WORDS = """
    all any every the number numbers real reals value values answer solution solutions is are be
    must can has have to that which it must should need needs so everything anything inclusive
    inclusively exclusive strictly including range domain works for true values
    than equal included excluded when if of domain set interval alle jede zahlen zahl reellen
    reelle reelles muss sein sind ist werte wert die der das für gilt also lösung lösungen intervall
    inklusive einschließlich ausschließlich tous toutes les le la nombre nombres réels réel valeurs
    valeur doit être est sont soit strictement inclus exclus compris comprise comprises solution
    beide eingeschlossen both ambos
    todos los las el números número reales real valores valor debe ser es son tiene que incluidos
    excluidos solución intervalo estrictamente exclusivamente bornes
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_CHINESE_FILLERS = re.compile(
    "(?:所有|任意|的|实数|数|解|是|为|取值|范围|即|应|必须|要|时|答案|包括|包含|不|端点|之间|在)+"
)


def as_inequality(text: str, letter: str) -> str:
    """-2 < x < 5 for "between -2 and 5"; "" where anything in the text is not understood."""
    if len(text) > MAX_CHARACTERS or "\\text" in text:
        return ""
    if excepted := _EXCEPT.search(text):
        rest = f"{text[: excepted.start()]} {text[excepted.end() :]}"
        number = next(filter(None, excepted.groups()))
        return f"{letter} != {number}" if _only_fillers(rest, letter) else ""
    rest, stated = text, list[str]()
    for stated_range in (_between(text, letter), _from_to(text, letter)):
        if stated_range:
            start, end, inequality = stated_range
            return inequality if _only_fillers(text[:start] + " " + text[end:], letter) else ""
    for pattern, sign in _SIDES:
        while bound := pattern.search(rest):
            number = next(filter(None, bound.groups()))
            rest = f"{rest[: bound.start()]} \x00{len(stated)} {rest[bound.end() :]}"
            stated.append(f"{letter} {sign} {number}")
            if len(stated) > 2:
                return ""
    return _joined(rest, stated, letter)


def _joined(rest: str, stated: list[str], letter: str) -> str:
    order = [int(index) for index in _PLACE.findall(rest)]
    if not stated or len(order) != len(stated):
        return ""
    before, *between = _PLACE.split(rest)[::2]
    if len(stated) == 1:
        return stated[0] if _only_fillers(before + " " + between[0], letter) else ""
    joint = between[0]
    link = " or " if _EITHER.search(joint) else " and "
    if not _EITHER.search(joint) and not _LINK.search(joint):
        return ""
    joint = _LINK.sub(" ", _EITHER.sub(" ", joint))
    if not _only_fillers(f"{before} {joint} {between[1]}", letter):
        return ""
    return f"{stated[order[0]]}{link}{stated[order[1]]}"


def _between(text: str, letter: str) -> tuple[int, int, str] | None:
    bounds = _BETWEEN.search(text)
    if bounds is None:
        return None
    low, high = filter(None, bounds.groups())
    sign = "<=" if _INCLUSIVE.search(text) and not _EXCLUSIVE.search(text) else "<"
    return bounds.start(), bounds.end(), f"{low} {sign} {letter} {sign} {high}"


def _from_to(text: str, letter: str) -> tuple[int, int, str] | None:
    bounds = _FROM_TO.search(text)
    if bounds is None:
        return None
    low, high = filter(None, bounds.groups())
    sign = "<" if _EXCLUSIVE.search(text) else "<="
    return bounds.start(), bounds.end(), f"{low} {sign} {letter} {sign} {high}"


def _only_fillers(rest: str, letter: str) -> bool:
    """Whether nothing is left but the letter and words that add nothing."""
    for word in _WORD.findall(rest):
        plain = word.lower()
        if "\u4e00" <= plain[0] <= "\u9fff":
            if not _CHINESE_FILLERS.fullmatch(plain):
                return False
        elif plain not in _FILLERS:
            return False
    signs = _WORD.sub(" ", rest)
    return not re.sub(rf"(?<![A-Za-z]){re.escape(letter)}(?![A-Za-z])|[\s,.;:()!?]", "", signs)
