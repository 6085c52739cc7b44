"""Coefficients of a variant: `[[m]]x` is x where m is 1, and -x where it is -1.

Only in formulas that are read, and only directly before a single letter which is no usual unit:
`[[m:plain]]x` keeps its 1.
"""

import re

from tutor.problems.decimal_commas import FORMULA, in_prose

_BEFORE_LETTER = re.compile(
    r"\[\[(?P<expression>[^\[\]:]{1,200})\]\](?=[abcefijknopqrtuvwxyzXYZ](?![A-Za-z]))"
)
# What the number would belong to, or what divides by it: 3[[m]]x, x^[[m]]y, \frac[[m]]x, 1/[[m]]x.
_JOINED = re.compile(
    r"(?:[0-9^_}\])!./:]|[0-9],|\\(?:[dt]?frac|binom|sqrt|div)|(?<![\\A-Za-z])[A-Za-z]{1,40})"
    r"\s{0,9}\Z"
)
_LOOKED_AT = 40  # characters before a placeholder


def with_coefficients(text: str) -> str:
    """The text, with placeholders that write no 1 before a letter."""
    return in_prose(text, lambda prose: FORMULA.sub(_in_formula, prose))


def _in_formula(formula: re.Match[str]) -> str:
    whole = formula[0]

    def factor(match: re.Match[str]) -> str:
        before = whole[max(0, match.start() - _LOOKED_AT) : match.start()]
        return match[0] if _JOINED.search(before) else f"[[{match['expression']}:factor]]"

    return _BEFORE_LETTER.sub(factor, whole)
