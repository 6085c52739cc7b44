"""Compare how user names look, so that nobody signs up under a lookalike of another name.

Unicode's table of confusable characters (UTS #39) comes with the library. Capitals count as small
letters, and 0 and 1 as the letters that they look like.
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
    """A text that is equal for two names that look alike. It is not a name, and is never shown."""
    shown = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", username))
    same = "".join(_table().get(character, character) for character in shown)
    return unicodedata.normalize("NFC", same.lower()).translate(_DIGITS)


def is_plain(username: str) -> bool:
    """Whether its letters belong together and it does not sound like the school's staff.

    Many names mix Latin letters with Chinese, Japanese or Korean ones. Latin beside Greek or
    Cyrillic is a disguise, and so are small capitals and tone letters.
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
    """For each character, one representative of all that look like it, or several, as rn for m.

    For each character, the library's data lists those that look like it, in both directions.
    """
    from confusable_homoglyphs.confusables import confusables_data  # a megabyte of JSON

    groups: dict[str, set[str]] = {}
    sequences: dict[str, str] = {}
    for char, entries in confusables_data.items():
        for lookalike in (entry["c"].strip(_MARKS) for entry in entries):
            if len(char) == len(lookalike) == 1:
                merged = groups.get(char, {char}) | groups.get(lookalike, {lookalike})
                groups.update(dict.fromkeys(merged, merged))
            elif len(char) == 1:
                sequences[char] = lookalike
    return {char: min(group) for char, group in groups.items()} | sequences
