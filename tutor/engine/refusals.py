"""Recognises a model's refusal to answer.

A refusal contains no mathematics, whatever words a model was taught to decline in. Words count only
where words alone may be an answer or a hint.
"""

import re

MAX_REFUSAL = 400  # characters; a longer text is no refusal
_MATHEMATICS = re.compile(r"[\d=^$\\]")
_INABILITY = re.compile(
    r"""\b(?:I|we)(?:\s+am|\s+was|['’]m)\s+(?:not\s+(?:able|trained|familiar|allowed|sure)|unable|sorry)
    |\b(?:I|we)\s+(?:really\s+|simply\s+)?(?:can\s*not|can['’]?t|could\s+not|do\s+not|don['’]?t|won['’]?t|will\s+not)
        \s+(?:\w+\s+)?(?:help|assist|solve|answer|do|know|give|provide|understand)\b
    |\b(?:sorry|apologi[sz]e|as\s+an?\s+(?:AI|language\s+model))\b
    |抱歉|对不起|很遗憾
    |(?:我|本人)\w{0,6}(?:无法|不能|不会|没有学过|没学过|不知道|不懂)""",
    re.VERBOSE | re.IGNORECASE | re.UNICODE,
)


def says_nothing(text: str) -> bool:
    """Whether a text that names no answer is a refusal: short, and without any mathematics."""
    return 0 < len(text.strip()) <= MAX_REFUSAL and not _MATHEMATICS.search(text)


def declines(text: str) -> bool:
    """Whether it also declines in words: for texts that could be a hint or an answer in words."""
    return says_nothing(text) and bool(_INABILITY.search(text))
