"""Currencies beside an amount, as signs that are units of money: ₹2520 for Rs 2520."""

from __future__ import annotations

import re

# One sign each; ¤ for those that have none of their own here.
_NAMES = {
    "₹": "Rs. Rs INR ₹",
    "¤": "sh. sh Sh. Sh shs Shs Ksh. Ksh KSh. KSh KSH Kshs KES Tsh TSh TZS Ush USh UGX"
    " NGN ₦ GHS GH₵ GH¢ ZAR RM Rp. Rp Tk. Tk ৳ PHP Php ₱ S/. S/ Bs. Bs ₡ ₲ ₩ ₫ ₪ ฿ ₴ ₸ kr. "
    "kr SEK NOK"
    " DKK PLN",
    "₣": "CHF SFr. SFr sFr. sFr Fr. Fr",
    "€": "EUR",
    "£": "GBP",
    "¥": "RMB CNY ￥",
    "₽": "RUB ₽",
    "$": "USD US$ R$ A$ AU$ C$ CA$ NZ$ HK$ S$ MX$ NT$ CLP$ COP$ ARS$",
}
_SIGN_BY_NAME = {name: sign for sign, names in _NAMES.items() for name in names.split()}
_BEHIND = {name.lower(): sign for name, sign in _SIGN_BY_NAME.items()}
_ANY_NAME = "|".join(sorted(map(re.escape, _SIGN_BY_NAME), key=len, reverse=True))
_BEFORE_AMOUNT = re.compile(rf"(?<![\w$\\.])({_ANY_NAME})\s?(?=\d)")
_BEFORE_BRACKET = re.compile(r"(?<![\w$\\.])(?:Rs\.?|₹|INR|KES|K[Ss]hs?\.?|CHF|EUR|USD)\s?(?=\()")
_SHILLINGS_BEHIND = re.compile(r"(?<=\d)\s?(?:K[Ss][Hh]s?|[Ss]hs?|KES)(?![\w(])")
# Rands, and neither the rows of R1 + R2, a remainder in 7 R 12 nor a radius in R = 5.
_RANDS = re.compile(
    r"(?<![\w$\\.})\]])(?<!\d\s)R"
    r"(?:\s(?=\d{1,3}[ \u00a0\u202f,]\d{3}(?!\d)|\d{3})|(?=\d{2}|\d\.\d|\d[ ,]\d{3}))"
    r"|(?:(?<=\d = )|(?<=\d =)|(?<=\d=))R(?=\d\s*\Z)"  # 460/115 = R4
)
_CFA_BEHIND = re.compile(
    r"(?<=\d)\s?(?:F\.?\s?CFA|CFA|XOF|XAF|(?<=\d{3}\s)F|(?<=\d{4})F)\b(?!\s?[\d(_^°])"
)
# Its dot ends no sentence where the line goes on with a sign or a small letter, or ends.
_SHORT_BEHIND = re.compile(
    r"(?<=\d)\s?(S?Fr|sFr|fr|Rs|Rp|Tk|Bs|kr)\.(?=\s*(?:[-−+*/:=≈·×÷,;)→]|[a-zà-ÿ]|\Z))"
)
_RARE_SIGNS = re.compile(r"[₣¤₽]\s?(?=\d)|(?<=\d)\s?[₣¤₽]")
# 680/= and 500/-, and 100.–
_NO_CENTS = re.compile(
    r"(?<=\d)(?:\s?/[=-]|\.[-–]{1,2}(?!\s?[a-z]\b))(?=\s*(?:[,;.)]|\Z)|\s[^\d(])"
)
_LAST = re.compile(rf"(?:(?<![\w$\\.])({_ANY_NAME})|([$€£¥]))\s?\Z")


def with_currency_signs(text: str) -> str:
    """The text at the same indices, with a sign for each currency that stands beside an amount."""
    text = _BEFORE_AMOUNT.sub(_signed, text)
    text = _BEFORE_BRACKET.sub(_blank, text)
    text = _RANDS.sub(lambda match: "¤".ljust(len(match[0])), text)
    text = _CFA_BEHIND.sub(lambda match: "¤".ljust(len(match[0])), text)
    text = _SHORT_BEHIND.sub(lambda match: _BEHIND[match[1].lower()].ljust(len(match[0])), text)
    text = _SHILLINGS_BEHIND.sub(lambda match: "¤".ljust(len(match[0])), text)
    return _NO_CENTS.sub(_blank, text)


def with_currencies_joined(text: str) -> str:
    """₹850 for Rs 850 and sh 850, without the blanks that keep the indices."""
    return _BEFORE_AMOUNT.sub(lambda match: _SIGN_BY_NAME[match[1]], text)


def without_rare_signs(text: str) -> str:
    """7.50 for ₣7.50 and 7.50 ₣, of currencies that answers are not read with."""
    return _RARE_SIGNS.sub("", text)


def currency_before(text: str) -> str:
    """The sign of the currency at the end of the text; empty without one."""
    match = _LAST.search(text[-8:])
    return "" if match is None else match[2] or _SIGN_BY_NAME[match[1]]


def _signed(match: re.Match[str]) -> str:
    return _SIGN_BY_NAME[match[1]].rjust(len(match[0]))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
