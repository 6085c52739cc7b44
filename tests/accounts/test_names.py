"""Names as they are said, and as registers have them."""

import pytest

from accounts.models import User


@pytest.mark.parametrize(
    ("first", "last", "spoken", "in_register"),
    [
        ("Ada", "Lovelace", "Ada Lovelace", "Lovelace, Ada"),
        ("小明", "王", "王小明", "王小明"),
        ("Anna", "王", "Anna 王", "王, Anna"),
        ("Ada", "", "Ada", "Ada"),
        ("", "", "ada", "ada"),
    ],
)
def test_a_name(first, last, spoken, in_register):
    user = User(username="ada", first_name=first, last_name=last)
    assert (user.shown_name, user.register_name) == (spoken, in_register)
