"""The words of a text, as they are stored and looked up."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

STEM = 5  # letters: "factors" and "factored" are one word, "equal" and "equation" are not
_HAN = "\u3400-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|\\?[^\W\d_{_HAN}]{{2,}}")
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
# Rare in a script but common in questions: they would match any passage that has them.
_STOP_WORDS_TEXT = """
about also an and any are as at be but by can do does each every find first for from get give
given gives has have he how if in into is it its let list many much not of on one or other out
please show so such than that the their them then there these they this those to two use what
when where which who why will with work write you your
"""
_STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())
# The notation of a problem may be all that names its topic.
_NOTATIONS = {
    r"\cos": "cosine 余弦",
    r"\frac": "fraction 分数",
    r"\int": "integral 积分",
    r"\lg": "logarithm 对数",
    r"\lim": "limit 极限",
    r"\ln": "logarithm 对数",
    r"\log": "logarithm 对数",
    r"\sin": "sine 正弦",
    r"\sqrt": "root 根号",
    r"\tan": "tangent 正切",
    r"\vec": "vector 向量",
}


def terms_of(text: str) -> Iterator[str]:
    """The words in order. Chinese has no spaces, so each pair of neighbouring characters is one.

    Numbers and single letters are left out: every passage has an x and a 2.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    for run in _RUN.findall(_BREAK_IN_CHINESE.sub("", plain)):
        if run.startswith("\\"):
            yield from (word[:STEM] for word in _NOTATIONS.get(run, "").split())
        elif not re.match(rf"[{_HAN}]", run):
            if run not in _STOP_WORDS:
                yield run[:STEM]
        elif len(run) == 1:
            yield run
        else:
            yield from map("".join, pairwise(run))
