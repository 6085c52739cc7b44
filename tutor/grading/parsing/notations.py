"""Rewrites the notations of other countries, of calculators and of the formula editor."""

from __future__ import annotations

import re

NAME_OF_DOMAIN = re.compile(  # D = ]0; 3], range: [0, 1]
    r"\A\s?(?:D|W|Dom|Def|Im|Ran|Df|Wf|dom|im|ran|[Dd]omain|[Rr]ange|Definitions(?:menge|bereich)"
    r"|Werte(?:menge|bereich)|[Dd]omaine|[Dd]ominio)(?:\s?\(?[fg]\)?)?\s?[=:]\s?(?=\S)"
)
_DERIVATIVE = re.compile(
    r"(?<![A-Za-z\\])d([A-Za-z])\s?/\s?d([A-Za-z])(?![A-Za-z])"
    r"|\\[dt]?frac\s?\{\s?d\s?([A-Za-z])\s?\}\s?\{\s?d\s?([A-Za-z])\s?\}"
)
_UPRIGHT_D = re.compile(r"\\(?:differentialD|capitalDifferentialD|mathrm\{d\}|text\{d\})\s?")
_EDITOR = {
    r"\imaginaryI": "i ", r"\imaginaryJ": "i ", r"\exponentialE": "e ", r"\degree": r"^\circ ",
    r"\doubleprime": "''", r"\prime": "'", r"\coloneq": "=", r"\coloneqq": "=", r"\questeq": "=",
    r"\Colon": ":", r"\notin": r"\notin ", r"\R": r"\mathbb{R}", r"\Z": r"\mathbb{Z}",
    r"\N": r"\mathbb{N}", r"\Q": r"\mathbb{Q}", r"\reals": r"\mathbb{R}", r"\lnot": r"\neg ",
    r"\slash": "/", r"\divide": "/", r"\mleft": r"\left", r"\mright": r"\right",
}  # fmt: skip
_EMPTY_INDEX = re.compile(r"[_^]\{ ?\}")
_VECTOR = re.compile(r"\\vec ?\{ ?([A-Z]{2,3}) ?\}")
_EDITORS_COMMAND = re.compile(
    rf"\\(?:{'|'.join(name.removeprefix(chr(92)) for name in _EDITOR)})(?![A-Za-z])"
)
_PRIMES = re.compile(r"\^\s?\{?((?:'){1,4})\}?")
_GROUPS = re.compile(
    r"(?<![\d.,'_])\d{1,3}(?:(?:'\d{3}){1,6}|(?:_\d{3}){1,6}|(?:\.\d{3}){2,6})(?![\d.])"
)
_BASE_OF_LOG = re.compile(r"(?<![A-Za-z])(\\?log)\s?_(\d{2,3})(?=[\s({\\A-Za-z])")
_LOG_OF_BASE = re.compile(r"(?<![A-Za-z\\])log(\d{1,3})\s?(?=\()")
_NATURAL_LOG = re.compile(r"(?<![A-Za-z])\\?log_?\{?e\}?(?=[\s(\d])")
_BINARY_LOG = re.compile(r"(?<![A-Za-z\\])ld(?=[\s(])")
_NUMBER = r"(\d{1,6}|[nmkr])"
_CHOSEN = re.compile(
    rf"(?<![\w.^])\{{?\}}?\^?\{{?{_NUMBER}\}}?\s?(?:(C)|(P))\s?_?\{{?{_NUMBER}\}}?(?![\w.(]|\s?=)"
    rf"|(?<![\w.]){_NUMBER}\s?(?:(nCr|choose|über)|(nPr))\s?{_NUMBER}(?![\w.])"
    r"|(?<![\w.])(\d{1,6})c(\d{1,6})(?![\w.])"
)
_N_CHOOSE = re.compile(r"(?<![A-Za-z\\])(?:\^?n)(?:C_?([rk])|(P)_?([rk]))(?![A-Za-z({])")
# Cheap looks before the expensive ones.
_MAY_CHOOSE = re.compile("[CP]|\\dc\\d|choose|über")
_MAY_BE_REVERSED = re.compile(r"\[[^\[\]]{1,80}\[|\A[^\[]{0,80}\]|\A\([^\[\]]{1,80}\[\Z")
_EITHER = re.compile(r"(?<=[\d)]) ?\|\| ?(?=[A-Za-z])")
_MAY_BE_HOURS = re.compile(r"\d ?(?:[hH]|Std|Uhr)")
_CURRENCY = re.compile("[,.]-|[€$£₹₽₺]|[eE]ur|dollar|EUR|USD|CHF|Fr|kr|Rs|zł|:-")
_PERIOD = re.compile(r"(?<![\d.])(\d{0,9})\.(\d{0,9})\((\d{1,9})\)(?![\d^(!*/])")
_OVERLINED = re.compile("(\\d)[\u0304\u0305]")
_HOURS = re.compile(r"(?<![\d.,:])(\d{1,2})\s?h\s?(\d{1,2})(?:\s?m(?:in)?)?(?![\w.])")
_HOURS_WITH_COLON = re.compile(
    r"(?<![\d.,:])(\d{1,2}):([0-5]\d)\s?(?:h|hrs?|hours?|Std\.?|Stunden?|heures?|horas?)(?![\w])"
)
_MONEY = re.compile(
    r"(?<![\d.,])(\d{1,9})\s?(€|euros?|EUR|\\?\$|£|dollars?|Fr\.?|CHF|zł|kr)\s?(\d\d)(?![\d.,]|\s?[c¢])"
)
_CURRENCY_IN_FRONT = re.compile(
    r"(?<![\w.])(?<!\d )(R\$|[₹₽₺]|CHF|EUR|USD|GBP|SEK|NOK|DKK|PLN|INR|Rs\.?|S?Fr\.?|kr\.?)\s?"
    r"(\d[\d.,]{0,20})(?![\w.,^*/+(-])"
)
_COINS = re.compile(
    r"([£€$])\s?(\d{1,9}),?\s(?:and |und |et |y )?(\d\d)\s?(?:p|pence|c|ct|cents?|¢)\Z"
)
_WHOLE_EUROS = re.compile(r"(?<=\d)[,.]-{1,2}(?=\s?(?:\Z|€|[Ee]ur|EUR|CHF|Fr|kr))")
_WHOLE_KRONOR = re.compile(r"(?<=\d):-(?!\w)")
_CLOCK_WITH_POINT = re.compile(r"(?<![\d.,])(\d{1,2})\.([0-5]\d)(?= ?Uhr)")
_MID = re.compile(r"\\mid(?![a-z])")
_LEFT_RIGHT = re.compile(r"\\(?:left|right)\s?(?=[\[\]])")
_WITHOUT = re.compile(
    r"(?<![\\A-Za-z])(?:([RQZN])|\\mathbb\{([RQZN])\})\s?\\\s?\\?"
    r"(?=\\?\{|[\[\](][^()\[\]]{1,40}[,;])"
)
_WITHOUT_ELEMENTS = re.compile(
    r"(\A|=\s?|\\in\s{1,2})(?:R|\\mathbb\{R\})\s?(?:[-/]\s{0,2}(?=\\?\{)"
    r"|(?:without|except|ohne|sauf|privé de|sin|senza|excepto)\s)"
    r"(\\?\{[^{}]{1,60}\}|[-+]?\d{1,6})\Z"
    r"|(\A|=\s?)R\s?-\s?([\[\](][^()\[\]]{1,40}[,;][^()\[\]]{1,40}[\])\[])\Z"
)
_SIGNED_REALS = re.compile(
    r"(?<![A-Za-z\\])(?:R|\\mathbb\{R\}) ?((?:[_^]\{?[-+*0]\}?){1,2}\*?|[-+]?[-+*])"
    r"(?=\s?(?:\Z|[),;}]|\\setminus|\\cup|\\cap))"
)
_POINT = re.compile(
    r"(?<![A-Za-z])\(([a-z](?:\|[a-z]){1,2})\)|\(([^()|;]{1,40}(?:\|[^()|;]{1,40}){1,3})\)"
)
_SET_OF = re.compile(r"(\{)([^{}()|;,]{1,40})\|([^{}()|;,<>=A-Za-z∈]{1,40})(?=\})")
_HAS_NUMBER = re.compile(r"\d|\\?pi\b|\\sqrt")


def fold_notations(text: str) -> str:
    """Rewrites ]-2;2[, (1|2), 7C3, dy/dx, 1'000, 0.(3), log_10(5), and the editor's commands."""
    if "\\" in text:
        text = _fold_commands(text)
    if "]" in text or "[" in text:
        text = _LEFT_RIGHT.sub("", text)
        if _MAY_BE_REVERSED.search(text):
            text = _fold_reversed_brackets(text)
    if "&&" in text or "||" in text:
        text = _EITHER.sub(" or ", text.replace("&&", " and "))
    if " & " in text and r"\begin" not in text:
        text = text.replace(" & ", " and ")
    if "d" in text:
        text = _DERIVATIVE.sub(_derivative, text)
    if "R" in text:
        text = _SIGNED_REALS.sub(_signed_reals, _WITHOUT_ELEMENTS.sub(_without, text))
    if text.startswith("IL") and "=" in text:
        text = text[1:]  # a double-struck L, typed as two letters
    if r"\mid" in text and "{" not in text:
        text = _MID.sub("|", text)
    if "|" in text:
        text = _SET_OF.sub(r"\1\2;\3", _POINT.sub(_fold_point, text))
    if "(" in text and "." in text:
        text = _PERIOD.sub(r"\1.\2\\overline{\3}", text)
    if "\u0305" in text or "\u0304" in text:
        text = _OVERLINED.sub(r"\\overline{\1}", text)
    if "log" in text or "ld" in text:
        text = _fold_logarithms(text)
    if _MAY_CHOOSE.search(text):
        text = _N_CHOOSE.sub(_fold_n_choose, _CHOSEN.sub(_fold_chosen, text))
    if "'" in text or "_" in text or text.count(".") > 1:
        text = _GROUPS.sub(lambda number: re.sub(r"['_.]", "", number[0]), text)
    if _MAY_BE_HOURS.search(text):
        text = _fold_times(text)
    if _CURRENCY.search(text):
        text = _fold_prices(text)
    return text.replace("=/=", "!=").replace(":=", "=")


def _fold_logarithms(text: str) -> str:
    text = _BASE_OF_LOG.sub(r"\1_{\2}", _LOG_OF_BASE.sub(r"log_{\1}", text))
    return _BINARY_LOG.sub("lb", _NATURAL_LOG.sub("ln", text))


def _fold_times(text: str) -> str:
    text = _CLOCK_WITH_POINT.sub(r"\1:\2", text)
    return _HOURS_WITH_COLON.sub(r"\1 h \2 min", _HOURS.sub(r"\1 h \2 min", text))


def _fold_prices(text: str) -> str:
    text = _WHOLE_EUROS.sub("", text)
    text = _CURRENCY_IN_FRONT.sub(r"\2 \1", _WHOLE_KRONOR.sub(" kr", text))
    return _COINS.sub(r"\1\2.\3", _MONEY.sub(r"\1.\3 \2", text))


def _fold_commands(text: str) -> str:
    text = _VECTOR.sub(r"\\overrightarrow{\1}", text) if r"\vec" in text else text
    text = _EMPTY_INDEX.sub("", text)  # a base or a bound that was left out
    text = _UPRIGHT_D.sub(" d ", text) if "ifferentialD" in text or "{d}" in text else text
    text = _WITHOUT.sub(lambda name: rf"\mathbb{{{name[1] or name[2]}}}\setminus ", text)
    text = _EDITORS_COMMAND.sub(lambda command: _EDITOR[command[0]], text)
    return _PRIMES.sub(r"\1", text) if "'" in text else text


def _derivative(quotient: re.Match[str]) -> str:
    above, below = quotient[1] or quotient[3], quotient[2] or quotient[4]
    return rf"\derivative{{{above}}}{{{below}}}"


def _fold_point(point: re.Match[str]) -> str:
    """(1|2) as (1,2), while |x| stays: each coordinate has a number."""
    if point[1]:
        return f"({point[1].replace('|', ';')})"  # (x|y) = (1|2)
    parts = point[2].split("|")
    return f"({';'.join(parts)})" if all(map(_HAS_NUMBER.search, parts)) else point[0]


def _without(difference: re.Match[str]) -> str:
    """ℝ ∖ {2} for R - {2}, R/{2} and R without 2."""
    start, elements, interval_start, interval = difference.groups()
    if elements and not elements.endswith("}"):
        elements = f"{{{elements}}}"
    return rf"{start or interval_start or ''}\mathbb{{R}}\setminus {elements or interval}"


def _signed_reals(name: re.Match[str]) -> str:
    """ℝ^{+0} for R_0^+, R+0 and other ways to write it."""
    signs = sorted(set(name[1]) & set("+-*0"), key="+-*0".index)
    return name[0] if signs == ["0"] else rf"\mathbb{{R}}^{{{''.join(signs)}}}"


def _fold_chosen(number: re.Match[str]) -> str:
    above, is_choice, is_order, below, top, chosen, ordered, bottom, many, few = number.groups()
    if is_choice or chosen or many:
        return rf"\binom{{{above or top or many}}}{{{below or bottom or few}}}"
    if is_order or ordered:
        return rf"A_{{{above or top}}}^{{{below or bottom}}}"
    return number[0]


def _fold_n_choose(number: re.Match[str]) -> str:
    below, ordered, few = number.groups()
    return rf"A_{{n}}^{{{few}}}" if ordered else rf"\binom{{n}}{{{below}}}"


def _fold_reversed_brackets(text: str) -> str:
    """]-2;2[ as (-2;2): of each two square brackets the first opens and the second closes."""
    places = [
        index for index, char in enumerate(text) if char in "[]" and text[index - 1 : index] != "\\"
    ]
    pairs = list(zip(places[::2], places[1::2], strict=False))
    if len(places) == 1 and text[:1] + text[-1:] in ("([", "])"):
        return f"({text[1:-1]})"  # (1; 4[
    if len(places) % 2 or all((text[a], text[b]) == ("[", "]") for a, b in pairs):
        return text
    chars = list(text)
    for start, end in pairs:
        inside = text[start + 1 : end]
        if sum(map(inside.count, ";,")) < 1 or "(" in inside.replace("sqrt(", ""):
            return text
        chars[start] = "[" if text[start] == "[" else "("
        chars[end] = "]" if text[end] == "]" else ")"
    return "".join(chars)
