"""User names for new accounts, chosen so that they tell nobody which other names exist."""

import re
import secrets
import unicodedata

from accounts.lookalikes import skeleton
from accounts.models import User
from accounts.register_order import NOT_COMPOSED
from tutor.courses.roster.plan import RosterRow

MAX_LETTERS = 140  # before the digits that Lemma adds
DIGITS = 4
NAMELESS = "student"  # for names that not every keyboard can type
NAMELESS_DIGITS = 7  # because many people share that name


def preferred_username(row: RosterRow) -> str:
    """The typed one, or else the first part of the address, or the name, without accents.

    One that Lemma makes has only letters, digits and signs that every keyboard can type.
    """
    made = row.email.partition("@")[0] or row.name.replace(" ", ".")
    preferred = row.username or without_accents(made)
    others = re.compile(r"[^\w.+-]", 0 if row.username else re.ASCII)
    base = others.sub("", unicodedata.normalize("NFKC", preferred).lower()).strip(".+-")
    return base[:MAX_LETTERS] or NAMELESS


def without_accents(name: str) -> str:
    """yuki.sato for Yuki.Satō: Latin letters as every keyboard has them, all small."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    latin = re.sub(r"(?<=[a-zæœøłđðþıß])[\u0300-\u036f]{1,9}", "", decomposed)
    return unicodedata.normalize("NFC", latin.translate(NOT_COMPOSED))


def free_usernames(preferred: list[str], as_typed: set[int]) -> list[str]:
    """Each preferred name with random digits: counting up would tell how many have the name.

    as_typed: the indexes of names that stay without digits if they are free. This tells which
    names are taken, so only the administration gets it.
    """
    names = [name if n in as_typed else _with_digits(name) for n, name in enumerate(preferred)]
    while taken := _taken(names):
        names = [_with_digits(preferred[n]) if n in taken else name for n, name in enumerate(names)]
    return names


def _taken(names: list[str]) -> set[int]:
    """The indexes of names that look like an account's, or like an earlier one of the list."""
    skeletons = [skeleton(name) for name in names]
    alike = User.objects.filter(username_skeleton__in=skeletons)
    seen = set(alike.values_list("username_skeleton", flat=True))
    taken = set()
    for n, shape in enumerate(skeletons):
        if shape in seen:
            taken.add(n)
        seen.add(shape)
    return taken


def _with_digits(name: str) -> str:
    digits = NAMELESS_DIGITS if name == NAMELESS else DIGITS
    return f"{name}-{secrets.randbelow(10**digits):0{digits}}"
