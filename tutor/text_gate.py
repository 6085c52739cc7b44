"""Cleans all text from people and models.

Invisible characters are removed: a model would read text in tag characters that a teacher cannot
see. PostgreSQL refuses NUL and lone surrogates, which SQLite stores. Two encodings of one character
become the same text.
"""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Zero-width spaces, direction marks, tags, soft hyphens, variation selectors, and joiners next to
# ASCII (other scripts need joiners).
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    "|(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"
)
_ALLOWED = "\t\n\r\u200c\u200d"  # invisible characters
_MAX_MARKS = 30  # on one character: more than any script needs (UAX #15, Stream-Safe Text Format)


class UnacceptableText(ValueError):
    """Says what is wrong with the text, in words for the person who sent it."""


def accept_text(text: str, *, limit: int) -> str:
    """The text in normal form C. Raises UnacceptableText. limit: in characters.

    Removes invisible characters, and all but the first thirty combining marks of a character.
    """
    if len(text) > limit:
        raise UnacceptableText(f"need at most {limit:,} characters, got {len(text):,}")
    if match := _UNSTORABLE.search(text):
        raise UnacceptableText(f"character {match.start() + 1} is not text (U+{ord(match[0]):04X})")
    return unicodedata.normalize("NFC", _without_excess_marks(_HIDDEN.sub("", text)))


def count_hidden(text: str) -> int:
    """The number of invisible characters that `accept_text` leaves out."""
    return len(_HIDDEN.findall(text))


def without_hidden(text: str) -> str:
    """A name without invisible characters and direction marks.

    Joiners stay: names in Persian or Hindi need them.
    """
    return "".join(
        char
        for char in text
        if char in _ALLOWED or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def storable(text: str) -> str:
    """A model's text with each unstorable character replaced by another.

    Unlike `accept_text`, it neither refuses nor normalises: a stream may be cut anywhere.
    """
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def fitting(text: str, room: int) -> str:
    """The longest prefix of whole characters that fits into `room` bytes."""
    encoded = text.encode()
    return text if len(encoded) <= room else encoded[: max(0, room)].decode(errors="ignore")


def _without_excess_marks(text: str) -> str:
    # Normalising a run of marks takes quadratic time: a file of them takes an hour.
    marks = "".join(filter(_is_mark, set(text)))
    return re.sub(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+", r"\1", text) if marks else text


def _is_mark(char: str) -> bool:
    # Some characters decompose into combining ones without being combining.
    return unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) > 0
