"""Keys for phones come from the kind of the answer and from the statement."""

from django.utils import translation

from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Item
from tutor.attempts.fields.keys import keys_for, letters_in
from tutor.grading import Kind


def faces(*kinds, decimal_comma=False):
    keys = keys_for(kinds, r"Find \(k\).", decimal_comma=decimal_comma)
    return [str(key.face) for key in keys]


def test_letters_are_those_of_the_formulas():
    assert letters_in(r"A box: solve \(\frac{a}{2} = bx + \sqrt{x}\) for $x$, \[a < c\]") == [
        "a",
        "b",
        "x",
    ]
    assert letters_in("What is 2 + 3?") == []


def test_keys_fit_the_kind_and_the_decimal_sign():
    assert {"k", "."} <= {*faces(Kind.NUMBER)}
    assert ";" in faces(Kind.NUMBER, decimal_comma=True)
    assert faces(Kind.INTERVAL)[0] == "∞"
    assert "∧" not in faces(Kind.NUMBER)
    assert faces(Kind.CHOICE, Kind.TEXT) == []


def test_each_page_has_the_keys_of_its_problem_in_its_language(client, alice, section):
    statements = {"k": r"Solve \(k + 1 = 3\).", "w": r"Solve \(w - 1 = 3\)."}
    problems = [make_problem(letter, statement=text) for letter, text in statements.items()]
    make_assignment(section, problems)
    client.force_login(alice)
    for language, sign in (("en", "fraction a/b"), ("zh-hans", "分数")) * 2:
        alice.language = language
        alice.save()
        with translation.override(language):
            for item in Item.objects.order_by("position"):
                page = client.get(item.get_absolute_url()).content.decode()
                letters = {name for name in statements if f'data-before="{name}"' in page}
                assert letters == {item.problem.slug}
                assert f'aria-label="{sign}' in page
