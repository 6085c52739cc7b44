"""Which texts a search looks for, when a word is typed in one of its forms."""

import pytest

from tutor.problems.skills.word_forms import forms_of

FAMILIES = """
derivative derivatives
solve solves solved solving
divide divides divided dividing
share shares shared sharing
double doubles doubled doubling
factor factors factored factoring
plot plots plotted plotting
label labels labelled labelling
fill fills filled filling
add adds added adding
find finds finding
multiply multiplies multiplied multiplying
inequality inequalities
box boxes
class classes
zero zeros zeroes
line lines
matrix matrices
vertex vertices
axis axes
half halves halved halving
proof proofs prove proves proved proving
formula formulas formulae
radius radii
speed speeds
series
"""


@pytest.mark.parametrize("family", FAMILIES.split("\n")[1:-1])
def test_each_form_of_a_word_finds_the_same_and_all_of_them(family):
    words = family.split()
    assert len({forms_of(word) for word in words}) == 1
    for word in words:
        assert any(form in word for form in forms_of(word.upper())), word


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("planes", "plan"),
        ("multiple", "multiply"),
        ("rates", "ratio"),
        ("studies", "student"),
        ("adding", "ade"),
        ("string", "strong"),
    ],
)
def test_another_word_with_the_same_beginning_is_not_found(word, other):
    assert not any(form in other for form in forms_of(word))


@pytest.mark.parametrize("word", ["x+1", "Brüche", "导数", "2s", "is", "ax^2s", ""])
def test_what_is_no_english_word_is_looked_for_as_it_is(word):
    assert forms_of(word) == (word.casefold(),)
