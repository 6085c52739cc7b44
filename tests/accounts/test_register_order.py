"""Registers sort names as people do, on SQLite too."""

import pytest

from accounts.models import User
from accounts.register_order import register_order
from tests.factories import make_section
from tutor.courses.models.section import by_name


def test_accented_names_stand_among_their_letters(db):
    names = ["Zoe", "Émile", "emil", "Élodie", "Øster", "Oslo", "Ça", "Cid", "Łukasz", "Lund"]
    people = [User.objects.create_user(f"u{n}", last_name=name) for n, name in enumerate(names)]
    section = make_section(teacher=people[0], students=people[1:])
    in_order = section.enrollments.order_by(*by_name()).values_list("user__last_name", flat=True)
    assert list(in_order) == [
        *("Ça", "Cid", "Élodie", "emil", "Émile", "Łukasz", "Lund", "Oslo", "Øster", "Zoe")
    ]


@pytest.mark.parametrize(("name", "key"), [("Müller", "muller"), ("Weiß", "weiss"), (None, None)])
def test_a_name_is_sorted_without_its_accents(name, key):
    assert register_order(name) == key
