"""Reads the words beside a formula: is it supposed, named, simplified, one of several?"""

from __future__ import annotations

import re

from tutor.grading.parsing.units import CHINESE_UNIT, read_unit
from tutor.grading.prose.formulas import Chain

_SUPPOSED = re.compile(
    r"\b(?:suppose|supposing|assum\w*|if|case|cases|try|trying|tried|guess|would|could|might|check\w*|"
    r"test\w*|otherwise|contradict\w*|unless|whether|not|wrong|incorrect|impossible|cannot|never|"
    r"when|whenever|either|hypothetical\w*|false|instead)\b|\bfor\s*$|假设|如果|若|设想|当",
    re.IGNORECASE,
)
_ONLY_TRIED = re.compile(
    r"\b(?:if|when|whenever|for|test(?:ing)?|try(?:ing)?|suppose|supposing|assum(?:e|ing)"
    r"|check(?:ing)?(?: if| whether)?|case(?: when| where| \d)?|choos(?:e|ing)|plug(?:ging)? in"
    r"|start(?:ing)? from)"
    r"[\s:*]{0,12}$|(?:如果|假设|若|设|当)\s{0,12}$",
    re.IGNORECASE,
)
_AT = re.compile(r"\bat(?:\s+the)?(?:\s+(?:points?|values?))?\s*$", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:let|denoted?|defined?|call|set|setting|where|(?<!the )given|choose|put|plug\w*"
    r"|substitut\w*|place)\b|设|令|记",
    re.IGNORECASE,
)
_SIMPLIFIED = re.compile(
    r"\b(?:simplif\w*|expand\w*|factor\w*|distribut\w*|combin\w*|rewrit\w*|becomes|multiply\w*)\b"
    r"|化简|展开|因式分解",
    re.IGNORECASE,
)
_EXPANDED = re.compile(r"\b(?:expand|factor|distribut|rewrit|simplif)\w*\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|wrong|incorrect|mistake|contradict\w*|impossible|instead|remainder)\b|≠|n't|不|余数|错"
)
_NUMBER_BEFORE = re.compile(r"(?:(?<!\d)\d{1,3}, ?|\d[^.;=]{0,60}\b(?:to|and) (?:the )?)$")
_EQUATION_BEFORE = re.compile(r"[=≈] ?\$?\d[\d.,]{0,12} ?and $")  # 2 + 3 = 5, and
_STATEMENT_BEFORE = re.compile(
    r"(?:^|[:.,;(]|\b(?:that|as|so|have|get|since|because|thus|hence|then|therefore))\s*$", re.I
)
_ROOTS = re.compile(r"(?<!square )(?<!cube )\broots?\b|\bzeros\b|根(?!号)")
_BESIDE_BEFORE = re.compile(
    r"\b(?:or|and|either|both)(?:\s+(?:second|third|finally))?[\s,:]*$|[或和且]\s*$",
    re.IGNORECASE,
)
_BESIDE_AFTER = re.compile(r"\s*+(?:,\s*+)?(?:(?:or|and)\b|[或和且])")
_OR_BEFORE = re.compile(r"\b(?:or|either)(?:\s+(?:second|third|finally))?[\s,:]*$|或\s*$", re.I)
_OR_AFTER = re.compile(r"\s*+(?:,\s*+)?(?:or\b|或)")
_WORD_AFTER = re.compile(r"\s*([A-Za-z]+|[°%])")
_CONCLUDING = re.compile(
    r"\b(?:step|then|so|thus|hence|therefore|now|finally|that is|this (?:gives|is|means)"
    r"|we (?:get|have|find|obtain)|(?:it )?follows(?: that)?|which (?:gives|is|means)|giving)\b"
    r"|步骤|所以|因此|于是|从而|那么|可得|得到|即|得|故|则",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"(?<![A-Za-z\\\d])(?<!\d )([A-Za-z])(?=\s?[=≈<>])"
    r"|\b(?:[Ll]et|[Ff]or|[Ff]ind|where|variable|with|solve|by|[Cc]all|[Ii]f|and)\s(?:\\\(|\$)?([A-Za-z])\b(?!['’.])"
    r"|(?<![A-Za-z\d.])\d{1,9}([A-Za-z])\b(?!/)"
    r"|(?<![A-Za-z\\\d])(?<!\d )([A-Za-z])\s(?:be|is|are|represents?|denotes?|stands)\b"
    r"|\\\(\s?([A-Za-z])\s?\\\)|\$([A-Za-z])\$|\\(?:text|mathrm)\{([A-Za-z])\}(?=\s?[=+-])"
    r"|[设令记]\s?(?:\\\(|\$)?([A-Za-z])"
)
_RESTRICTED = re.compile(
    r"[\s,.]{0,4}(?:\\quad\s?)?(?:\\text\s?\{\s?)?(?:for|if|when|whenever|where)\s"
    r"(?!\s?(?:all|every|any|each)\b)",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\b(?:scale|map|model|blueprint|represent\w*|corresponds?)\b|比例尺|地图")
_EULER = re.compile(
    r"\\ln(?![A-Za-z])|\bln\b|\bexp\b|\\exp|Euler|2\.718|continuous|natural log"
    r"|(?<![A-Za-z\\])e\s?\^\s?(?:\{\s?)?(?:-?\s?[\d.]*\s?\\?[A-Za-z(]|-|0)|自然对数"
)
_IMAGINARY = re.compile(
    r"\bcomplex\b|\bimaginary\b|\bconjugate\b|(?<![A-Za-z\\])i\s?\^\s?(?:\{\s?)?2|复数|虚数|共轭"
)
_SOUGHT = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\(\s*+[A-Za-z]\s*+(?:[-+*]\s*+)?[A-Za-z(]")
_COMPOSED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\(\s*+[A-Za-z]\s*+\(")  # f(g(x))
_DEFINED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\(\s*+[A-Za-z]\s*+\)\s*+=")


def is_supposed(chain: Chain) -> bool:
    """Whether the formula is only tried, or holds only in one case."""
    return bool(_SUPPOSED.search(chain.before))


def is_only_tried(chain: Chain) -> bool:
    """Whether the word just before the formula only tries it: "testing x = 3", "if k = 4"."""
    return bool(_ONLY_TRIED.search(chain.before))


def says_where(chain: Chain) -> bool:
    """Whether the formula tells where a statement holds, as in "at x = 3"."""
    return bool(_AT.search(chain.before))


def names_something(chain: Chain) -> bool:
    """Whether the formula gives a name or a value instead of drawing a conclusion."""
    return bool(_NAMED.search(chain.before))


def is_simplified(chain: Chain) -> bool:
    """Whether the words announce another form of the same expression."""
    return bool(_SIMPLIFIED.search(chain.before))


def is_expanded(chain: Chain) -> bool:
    """Whether the words speak of another form of an expression, and of nothing else done to it."""
    return bool(_EXPANDED.search(chain.before))


def is_restricted(chain: Chain) -> bool:
    """Whether the formula holds only for some values: p(n) = 1/n for n = 1, 2, 3."""
    return bool(_RESTRICTED.match(chain.after))


def is_denied(chain: Chain) -> bool:
    """Whether the text itself calls the formula wrong, or mentions a remainder."""
    return bool(_DENIED.search(chain.before + " " + chain.after[:40]))


def begins_earlier(chain: Chain) -> bool:
    """Whether the first number may go on from one before: 14, 400 / 80, and 20 to the 29 + 24."""
    follows_equation = bool(_EQUATION_BEFORE.search(chain.before))
    return bool(_NUMBER_BEFORE.search(chain.before)) and not follows_equation


def begins_statement(chain: Chain) -> bool:
    """Whether no word belongs to the first number, as in "term 15"."""
    return bool(_STATEMENT_BEFORE.search(chain.before))


def is_one_of_several(chain: Chain) -> bool:
    """Whether "or" or "and" joins this formula to another."""
    return bool(_BESIDE_BEFORE.search(chain.before) or _BESIDE_AFTER.match(chain.after))


def is_alternative(chain: Chain) -> bool:
    """Whether "or" joins this formula to another."""
    return bool(_OR_BEFORE.search(chain.before) or _OR_AFTER.match(chain.after))


def has_unit(chain: Chain) -> bool:
    """Whether a unit follows the formula, as in x = 3 hours."""
    if CHINESE_UNIT.match(chain.after.lstrip()):
        return True
    word = _WORD_AFTER.match(chain.after)
    return word is not None and read_unit(word[1]) is not None


def only_concludes(chain: Chain) -> bool:
    """Whether all words before the formula only introduce a conclusion."""
    return not re.search(r"[^\W\d_]", _CONCLUDING.sub("", chain.before))


def continues_list(chain: Chain) -> bool:
    """Whether a comma precedes the formula, as in x = 0, x = 3 or x = 4."""
    return chain.before.rstrip().endswith((",", "，", "、"))


def functions_sought(text: str) -> frozenset[str]:
    """The functions that a problem only describes, as in f(x + y)."""
    described = set(_SOUGHT.findall(text))
    composed = set(_COMPOSED.findall(text)) & set(_DEFINED.findall(text))
    others = set(_SOUGHT.findall(_COMPOSED.sub(" ", text)))
    return frozenset(described - (composed - others))


def letters_used(text: str) -> frozenset[str]:
    """Single letters that the text introduces or uses as variables: let m be, 2m, m = 5."""
    return frozenset(letter for groups in _LETTERS.findall(text) for letter in groups if letter)


def has_euler_number(text: str) -> bool:
    """Whether e is the base of the natural logarithm here, and no variable."""
    return bool(_EULER.search(text))


def has_imaginary_unit(text: str) -> bool:
    """Whether i is the imaginary unit here, and no variable."""
    return bool(_IMAGINARY.search(text))


def has_roots(text: str) -> bool:
    """Whether letters may be roots of an equation in another letter."""
    return bool(_ROOTS.search(text))


def has_scale(text: str) -> bool:
    """Whether lengths stand for others, as on a map: 1 cm = 5 km."""
    return bool(_SCALE.search(text))
