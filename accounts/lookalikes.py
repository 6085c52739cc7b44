"""What a user name looks like, so that nobody signs up as somebody else's twin.

Unicode's table of confusable characters says which look the same (UTS #39); it comes with the
library. Capitals count as their small letters, and 0 and 1 as the letters that they look like.
"""

import unicodedata
from functools import cache

_MARKS = (
    "\u200e\u200f"  # of direction, around characters of the table that are written from the right
)
RESERVED = {"admin", "administrator", "lemma", "root", "support", "teacher"}
DISGUISES = ("LATIN LETTER SMALL CAPITAL", "LETTER TONE ")
BESIDE_LATIN = {"BOPOMOFO", "CJK", "HANGUL", "HIRAGANA", "IDEOGRAPHIC", "KATAKANA"}
_DIGITS = str.maketrans("01", "ol")


def skeleton(username: str) -> str:
    """The same for two names that look alike; not itself a name, nor to be shown."""
    shown = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", username))
    same = "".join(_table().get(character, character) for character in shown)
    return unicodedata.normalize("NFC", same.lower()).translate(_DIGITS)


def is_plain(username: str) -> bool:
    """Whether it keeps to letters that belong together, and does not speak for the school.

    Latin letters stand beside Chinese, Japanese and Korean ones in many names; beside Greek or
    Cyrillic ones they are a disguise, and so are small capitals and the letters of tones.
    """
    if username.casefold() in RESERVED:
        return False
    names = [unicodedata.name(char, "") for char in username if char.isalpha()]
    if any(word in name for name in names for word in DISGUISES):
        return False
    scripts = {name.split()[0].split("-")[0] for name in names if name}
    return len(scripts) <= 1 or scripts <= BESIDE_LATIN | {"LATIN"}


@cache
def _table() -> dict[str, str]:
    """For each character the one that stands for all that look like it, or several, as rn for m.

    The library's data says of each character which others look like it, in both directions.
    """
    from confusable_homoglyphs.confusables import confusables_data  # a megabyte of JSON

    groups: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for one, others in confusables_data.items():
        for other in (entry["c"].strip(_MARKS) for entry in others):
            if len(one) == len(other) == 1:
                merged = groups.get(one, {one}) | groups.get(other, {other})
                groups.update(dict.fromkeys(merged, merged))
            elif len(one) == 1:
                written[one] = other
    return {one: min(group) for one, group in groups.items()} | written
