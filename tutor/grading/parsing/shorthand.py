"""Rewrites words and notations of school as formulas."""

from __future__ import annotations

import re

_MACRO_NUMBER = re.compile(
    r"\\(?:text(?:bf|rm|it)?|mathbf|mathrm|boldsymbol|bm|mbox)\s*+\{\s*+([-+]?\s*+\d[\d.,/]*+)\s*+\}"
)
_MINUS = re.compile(r"\A(?:minus|negative)\s+(?=[\d.(\\$])", re.IGNORECASE)
_HALF = re.compile(r"(?:(?:a|one)\s+)?half|一半", re.IGNORECASE)
_ALL_BUT = re.compile(
    r"(?:all|any|alle) (?:real numbers?|reals|real x|reellen x|x)"
    r"(?:,? but|,? except(?: for)?| other than| minus| without| ohne| bis auf| excepté| à part"
    r"| sin| -)"
    r"\s+(?:[A-Za-z]\s*=)?([^=<>]{1,60})",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(
    r"\A(?:for )?(?:all|any|every) (?:real )?(?=[A-Za-z]\s*(?:[<>]|!=|\\(?:ne|l[et]|g[et])))",
    re.IGNORECASE,
)
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*(?:is to|to|比|zu|es a|est à|a|à)\s*(\d+(?:\.\d+)?)")
_BASE = re.compile(r"\((\w+)\)\s*_\s*(\d|\{\s*\d+\s*\})")
_NUMBERED = re.compile(
    r"((?<![A-Za-z\\])[A-Za-z]|\\(?:lambda|alpha|beta|mu|theta|varphi|phi)) ?([1-9])(?=\s*=(?!=))"
)
_MIXED_PERCENT = re.compile(
    r"(?<![\d.])(\d+\s*\\[dt]?frac\s*(?:\{\d+\}\s*\{\d+\}|\d\s*\d))\s*(?=\\?%)"
)
_WHAT_FOLLOWS = re.compile(
    r"\A(?:\\left)?\(\s*\\text\s*\{[^{}]+\}(?:\s*,\s*\\text\s*\{[^{}]+\})+"
    r"\s*(?:\\right)?\)\s*="
)
_MIXED = re.compile(
    r"(?<![\d.,/^_])(\d+)\s+(?:and|und|et|och|og|y|e|en|i)\s+((\d+)\s*/\s*(\d+)|\\[dt]?frac\s*(?:(\d)\s*(\d)|\{(\d+)\}\s*\{(\d+)\}))"
    r"(?![\d.,/^])"
)
_JOINED = re.compile(r"(?:,|(?<!\s))\s++(?:and|or|und|et|y)\s++")
_DEGREES = re.compile(r"(?:(?<!\s)\s++)?\bdegrees?\s++(?:(c)elsius|(f)ahrenheit)\b", re.IGNORECASE)
_CAPITAL_PI = re.compile(r"(?<![A-Za-z\\])(?:Pi|PI)(?![A-Za-z_])")
_GOES_ON = re.compile(
    r"(?<!\d)(\d{0,20}\.\d{0,20}?)(?:(\d)\2{1,20}|(\d{2,12}?)\3{1,10}|(?<=\.)([1-9])\4?)"
    r"\s*(?:\.{3}|\\l?dots\b|…)"
)
_GOES_ON_BEHIND_COMMA = re.compile(
    r"(?<![\d,.])(\d{1,9}),(?=(?:\d{2,20}|[1-9]) ?(?:\.{3}|\\l?dots\b|…))"
)
# 2∠60°; a geometric angle has letters behind its sign
_POLAR = re.compile(r"([0-9)}]) ?\\angle *([-+(]?(?:[0-9]|\\pi|\\frac|pi)[^,;=]{0,40})\Z")


def fold_typed(text: str) -> str:
    """Rewrites minus 3, half, 2 to 3, x1=3 and x2=5, (204)_5, 20 degrees Celsius,
    (\\text{maximum}, \\text{minimum}) = (7, 1), 33\\frac13%, all x > 3, all reals except 2."""
    if "Pi" in text or "PI" in text:
        text = _CAPITAL_PI.sub("pi", text)
    text = text.lstrip("= ") if text.startswith("=") else text
    if "\\" in text:
        text = _MACRO_NUMBER.sub(lambda number: number[1], text)
        text = _WHAT_FOLLOWS.sub("", text).strip() if r"\text" in text else text
    if text[:1].isalpha() or text.startswith("一"):
        text = _FOR_ALL.sub("", _MINUS.sub("-", text))
        if exceptions := _ALL_BUT.fullmatch(text):
            return rf"\mathbb{{R}}\setminus\{{{_JOINED.sub('; ', exceptions[1])}\}}"
        if _HALF.fullmatch(text):
            return "1/2"
    elif ratio := _RATIO.fullmatch(text):
        return f"{ratio[1]}:{ratio[2]}"
    elif number := _BASE.fullmatch(text):
        return f"{number[1]}_{number[2]}"
    if text.count("=") > 1 and len(_NUMBERED.findall(text)) > 1:  # x1=3 alone may be a product
        text = _NUMBERED.sub(r"\1_\2", text)
    if "egree" in text:
        text = _DEGREES.sub(lambda match: rf"^\circ {(match[1] or match[2]).upper()}", text)
    if r"\angle" in text:
        text = _POLAR.sub(r"\1 cis(\2)", text)
    return _MIXED_PERCENT.sub(r"(\1)", text) if "%" in text else text


def fold_mixed(text: str) -> str:
    """2 and 1/2 as two and a half; only for a text that is one answer."""

    def joined(number: re.Match[str]) -> str:
        top, bottom = (int(digits) for digits in number.groups()[2:] if digits)
        return f"{number[1]} {number[2]}" if 0 < top < bottom else number[0]

    return _MIXED.sub(joined, text)


def fold_repeating(text: str, decimal_comma: bool = False) -> str:
    """0.333... with a line over its period instead of the dots."""
    if decimal_comma and "," in text:
        text = _GOES_ON_BEHIND_COMMA.sub(r"\1.", text)
    if "." not in text:
        return text
    return _GOES_ON.sub(
        lambda number: rf"{number[1]}\overline{{{number[2] or number[3] or number[4]}}}", text
    )
