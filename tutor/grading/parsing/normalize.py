"""Normalizes a text: one spelling for full-width characters, superscripts, signs and letters."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.tree import Unreadable

MAX_LENGTH = 2_000  # characters of one answer; a completion may be longer

# A text that `normalize_text` has been through, or a part of one. Each text goes through it once.
PlainText = NewType("PlainText", str)

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣʸᵃᵇᵐᵏ", "0123456789+-=()nixyabmk", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙₖₘₐₓᵢⱼ", "0123456789+-=()nkmaxij", strict=True))
_FRACTIONS = {char: unicodedata.normalize("NFKC", char).split("⁄") for char in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"}
_GREEK = {
    chr(code): "\\" + unicodedata.name(chr(code)).split()[-1].lower().replace("lamda", "lambda")
    for code in range(0x3B1, 0x3CA)
    if code != 0x3C2  # the other small sigma
} | {
    letter: "\\" + unicodedata.name(letter).split()[-1].capitalize().replace("Lamda", "Lambda")
    for letter in "ΓΔΘΛΞΠΣΥΦΨΩ"
}
_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))  # they look alike
_SIGNS = {
    "−": "-", "–": "-", "—": "-", "﹣": "-", "‐": "-", "‑": "-", "⁃": "-",
    "×": r"\times ", "✕": r"\times ", "✖": r"\times ", "·": r"\cdot ", "⋅": r"\cdot ",
    "∙": r"\cdot ", "•": r"\cdot ", "∗": "*", "÷": r"\div ", "∕": "/", "⁄": "/", "➗": r"\div ",
    "√": r"\sqrt ", "∛": r"\cbrt ", "≤": r"\le ", "≥": r"\ge ", "≦": r"\le ", "≧": r"\ge ",
    "⩽": r"\le ", "⩾": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "∞": r"\infty ",
    "°": r"^\circ ", "º": r"^\circ ", "˚": r"^\circ ", "℃": "°C", "±": r"\pm ", "∓": r"\mp ",
    "∪": r"\cup ", "∩": r"\cap ", "∈": r"\in ", "∅": r"\emptyset ", "Ø": r"\emptyset ",
    "∉": r"\notin ",
    "∖": r"\setminus ", "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}", "ℕ": r"\mathbb{N}",
    "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ",
    "⌊": r"\lfloor ", "⌋": r"\rfloor ", "⌈": r"\lceil ", "⌉": r"\rceil ", "⟨": r"\langle ",
    "⟩": r"\rangle ", "〈": r"\langle ", "〉": r"\rangle ", "∧": r"\land ", "∨": r"\lor ",
    "→": r"\to ", "∠": r"\angle ", "△": r"\triangle ", "′": "'", "’": "'", "″": "''",
    "、": ",", "。": ".", "，": ",", "“": '"', "”": '"', "【": "[", "】": "]", "〔": "[", "〕": "]",
    "∣": "|", "￥": "¥", "∶": ":", "≡": r"\equiv ", "⊥": r"\perp ", "∥": r"\parallel ",
    "ϕ": r"\phi ", "ϵ": r"\epsilon ", "ϑ": r"\theta ", "µ": "μ",
}  # fmt: skip
_TABLE = str.maketrans(
    _SIGNS
    | {char: sign + " " for char, sign in _GREEK.items()}
    | _LATIN
    | {char: rf"\frac{{{top}}}{{{bottom}}}" for char, (top, bottom) in _FRACTIONS.items()}
)
_CYRILLIC = re.compile("(?<![\u0400-\u04ff])[хуХУ](?![\u0400-\u04ff])")
_BLANKS = re.compile(r"\s{2,}")
_CONTROLS = re.compile(r"[^\t\n\r -~\x80-\U0010ffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f]")
_RAISED = re.compile("[" + "".join(_SUPERSCRIPTS) + "]+")
_ROOT = re.compile("(?<![\\w)\\]}])([²³⁴⁵⁶⁷⁸⁹ⁿ])√")  # ⁴√x, and not x²√3
_LOWERED = re.compile("[" + "".join(_SUBSCRIPTS) + "]+")


def normalize_text(text: str, limit: int = MAX_LENGTH) -> PlainText:
    """The text in plain characters and LaTeX commands.

    Raises Unreadable where it is longer than `limit` or has characters that no answer has.
    """
    if len(text) > limit:
        raise Unreadable(FeedbackCode.TOO_MANY_CHARACTERS, limit=limit)
    text = _BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", text)
    if text.isascii():
        return _checked(text)
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Unreadable(FeedbackCode.NOT_TEXT)
    text = _INVISIBLE.sub("", text)
    text = _CYRILLIC.sub(lambda letter: "xyXY"["хуХУ".index(letter[0])], text)
    text = _ROOT.sub(lambda root: rf"\sqrt[{_SUPERSCRIPTS[root[1]]}]", text)
    text = _RAISED.sub(lambda run: "^{" + "".join(_SUPERSCRIPTS[c] for c in run[0]) + "}", text)
    text = _LOWERED.sub(lambda run: "_{" + "".join(_SUBSCRIPTS[c] for c in run[0]) + "}", text)
    text = text.translate(_TABLE)
    text = unicodedata.normalize("NFKC", text).translate(_TABLE)
    return _checked(text)


def _checked(text: str) -> PlainText:
    if _CONTROLS.search(text):
        raise Unreadable(FeedbackCode.NOT_TEXT)
    return PlainText(text)
