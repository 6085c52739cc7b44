"""The order of names and titles: Élodie before Emil, whatever the database knows of letters.

PostgreSQL sorts by its own collation. SQLite compares bytes, so each connection gets a function.
"""

import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Lower

_NAME = "register_order"
# Small Latin letters that are no letter with an accent to Unicode, as plain ones.
NOT_COMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


class RegisterOrder(Lower):
    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function=_NAME, **context)


def register_order(name: str | None) -> str | None:
    """Without accents and case."""
    if name is None:
        return None
    folded = name.casefold().translate(NOT_COMPOSED)
    letters = (
        char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)
    )
    return "".join(letters)


def teach_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For the signal `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(_NAME, 1, register_order, deterministic=True)
