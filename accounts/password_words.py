"""Refuse passwords made of words that everybody would try first; docs/security.md lists them."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = {
    "lemma",
    "school",
    "schule",
    "teacher",
    "student",
    "pupil",
    "maths",
    "mathe",
    "mathematics",
}
MIN_OTHER_LETTERS = 4  # beside such a word


class WordsOfThisPlaceValidator:
    """Refuses one of these words, or of the site's address, with little added."""

    def validate(self, password: str, user: Any = None) -> None:
        letters = re.sub(r"[\W\d_]+", "", password.lower())
        for word in WORDS | words_of_the_address():
            if word in letters and len(letters.replace(word, "")) < MIN_OTHER_LETTERS:
                raise ValidationError(
                    _("“%(word)s” is too easy to guess here. Add words of your own."),
                    params={"word": word},
                )

    def get_help_text(self) -> str:
        return _("Your password can’t be the name of this site or your school with a number.")


def words_of_the_address() -> set[str]:
    hosts = (urlsplit(origin).hostname or "" for origin in settings.ORIGINS)
    return {word for host in hosts for word in re.split(r"[\W\d_]+", host) if len(word) > 4}
