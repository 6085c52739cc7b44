"""The one gate for text from people and models.

What nobody sees is left out: a model reads what is written in tag characters, and a grader or a
teacher would not. PostgreSQL refuses NUL and lone surrogates where SQLite stores them. Two
spellings of one character must not be two texts.
"""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Blanks without width, marks of direction, tags, the soft hyphen, what only chooses a variant, and
# joiners beside ASCII: in other scripts these join.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    "|(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"
)
_WANTED = "\t\n\r\u200c\u200d"  # of those that show nothing
_MAX_MARKS = 30  # on one character: more than any script needs (UAX #15, Stream-Safe Text Format)


class UnacceptableText(ValueError):
    """Says what is wrong with the text, in words for the person who sent it."""


def accept_text(text: str, *, limit: int) -> str:
    """The text in normal form C; `limit` is in characters. Raises UnacceptableText.

    Of the combining marks on one character those after the thirtieth are left out, and so is
    what shows nothing.
    """
    if len(text) > limit:
        raise UnacceptableText(f"need at most {limit:,} characters, got {len(text):,}")
    if match := _UNSTORABLE.search(text):
        raise UnacceptableText(f"character {match.start() + 1} is not text (U+{ord(match[0]):04X})")
    return unicodedata.normalize("NFC", _without_heaps_of_marks(_HIDDEN.sub("", text)))


def count_hidden(text: str) -> int:
    """How many characters of a text `accept_text` leaves out since nobody sees them."""
    return len(_HIDDEN.findall(text))


def without_hidden(text: str) -> str:
    """A name without the characters that show nothing, or turn what is beside them around.

    Joiners stay: names in Persian or Hindi are written with them.
    """
    return "".join(
        char
        for char in text
        if char in _WANTED or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def storable(text: str) -> str:
    """A model's text with every character that no database takes replaced, one for one.

    Unlike `accept_text` it neither refuses nor normalises: a stream is cut anywhere.
    """
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def fitting(text: str, room: int) -> str:
    """As much of its beginning as takes at most `room` bytes, in whole characters."""
    encoded = text.encode()
    return text if len(encoded) <= room else encoded[: max(0, room)].decode(errors="ignore")


def _without_heaps_of_marks(text: str) -> str:
    # To normalise a run of marks takes the square of its length: a file of them takes an hour.
    marks = "".join(filter(_is_mark, set(text)))
    return re.sub(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+", r"\1", text) if marks else text


def _is_mark(char: str) -> bool:
    # Some that are not called combining come apart into characters that are.
    return unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) > 0
