"""The tokens of formulas that are typed within sentences, without formula signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.parsing.units import CHINESE_UNIT, read_unit
from tutor.grading.prose.spoken_calculations import SPOKEN_EQUALS

_FUNCTIONS = (
    "sqrt|cbrt|root|abs|sgn|mod|exp|log|lg|ln|lb|min|max|gcd|lcm|floor|ceil|round"
    "|(?:arc|a)?(?:sin|cos|tan|cot|sec|csc)h?"
)
FUNCTION_NAME = re.compile(rf"(?:{_FUNCTIONS})(?:_?\d+)?")
_HAN = r"\u4e00-\u9fff"
_TOKEN = re.compile(
    rf"(?P<note>\((?![^()]*=)(?:[A-Za-z]{{2}}|[{_HAN}])[^()\d]{{0,60}}\))"
    r"|(?P<arrow>=>|<=>|-+>|[→⇒⟹⟶⇔↦])"
    rf"|(?P<spoken>{SPOKEN_EQUALS})"
    r"|(?P<num>\d*\s?[¼-¾⅐-⅞]"
    r"|(?:[$€£¥]\s?|\\\$)?(?:\d[\d,]*\d|\d)(?:\.\d++(?:…|\.{3})?)?(?:\s?\\?%|¢)?(?!\.\.)|(?:[$€£¥])?\.\d+)"
    rf"|(?P<unit>(?<=[\d)%])\s?{CHINESE_UNIT.pattern})"
    r"|(?P<eq><=|>=|[=≈<>≤≥≠])|(?P<open>[(\[])|(?P<close>[)\]])"
    rf"|(?P<function>(?:{_FUNCTIONS})(?:_?\d+)?(?=\()|[√∛])"
    r"|(?P<op>\*\*?|[+×÷·⋅∙∗/^±]|(?<=[\d)]):(?=[\d(])|(?<=[\d)])\s:\s(?=[\d(])"
    r"|\s[-−–]\s|(?<=[\w)%])[-−](?=[\w($.])|(?<![\w.,;)])[-−](?=[\w($.])"
    r"|(?<=[\d)%]\s)[xX](?=\s[\d($])|(?<=[\d)%])[xX](?=[\d($]))"
    r"|(?P<variable>[πΔθαβγλμρσφωΩ]|[b-zB-HJ-Z](?![A-Za-z0-9'’_])|[aAI](?=\s?[=≈])"
    r"|(?<=[\d)/*+])[aA](?![A-Za-z0-9'’_]))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9'’_]*(?:-[A-Za-z]+)*|\x00+)|(?P<stop>[^\s])"
)
# A number next to one of these words is part of a calculation in words.
CALCULATES = frozenset(
    ["of", "times", "by", "plus", "minus", "over", "per", "than", "from", "to", "x", "divided",
     "multiplied", "and", "squared", "cubed", "half", "twice", "thirds", "fourths", "percent"]
)  # fmt: skip
_NO_UNIT = CALCULATES | frozenset(
    ["is", "are", "so", "then", "which", "or", "equals", "equal", "in", "for", "on", "at", "as",
     "because", "since", "where", "if", "when", "but", "the", "this", "that", "we", "he", "she",
     "it", "they", "left", "after", "more", "total"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProseToken:
    """kind: the name of a group of the pattern, such as num, op or word.

    is_spaced: white space within it, as around a minus between two numbers.
    """

    kind: str
    text: str
    start: int
    end: int
    is_spaced: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> ProseToken:
        is_spaced = match[0] != match[0].rstrip()
        return cls(str(match.lastgroup), match[0].strip(), match.start(), match.end(), is_spaced)

    @property
    def is_unit(self) -> bool:
        """Whether it may be the unit of the number before it."""
        if self.kind == "unit":
            return True
        word = self.text
        is_word = self.kind == "word" and "\x00" not in word and word not in _NO_UNIT
        return is_word and (word.islower() or read_unit(word) is not None)

    @property
    def is_letter_unit(self) -> bool:
        """m, s, N: a letter that may also be a variable."""
        return self.kind == "variable" and read_unit(self.text) is not None


def typed_tokens(text: str) -> list[ProseToken]:
    return [ProseToken.of(match) for match in _TOKEN.finditer(text)]


def is_apart(tokens: list[ProseToken], at: int) -> bool:
    """Whether white space precedes this token."""
    return tokens[at].start != tokens[at - 1].end
