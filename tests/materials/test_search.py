"""The best passages for a text, in English and Chinese."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import make_section
from tutor.materials.models import Term
from tutor.materials.search import search
from tutor.materials.search_terms import terms_of

DATA = Path(settings.BASE_DIR) / "tests" / "data" / "material"


def test_of_chinese_two_neighbours_are_a_word_and_a_line_break_parts_none():
    assert list(terms_of("求根公\n式 x+2")) == ["求根", "根公", "公式"]
    assert list(terms_of("The FACTORS, ﬁnally: 因")) == ["facto", "final", "因"]


def test_a_notation_says_what_it_stands_for():
    assert list(terms_of(r"\frac{1}{2} + \left(x\right)")) == ["fract", "分数"]


@pytest.fixture
def script(make_material):
    for language in ("en", "zh"):
        make_material((DATA / f"{language}.md").read_bytes(), title=language)


def headings(section, text, limit=3):
    return [match.passage.heading.rpartition(" › ")[2] for match in search(section, text, limit)]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "least"), [("en", 0.75), ("zh", 0.85)])
def test_most_questions_find_what_they_are_about(section, script, language, least):
    with (DATA / "questions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    about = [row for row in rows if row["heading"]]
    first = [headings(section, row["question"])[:1] == [row["heading"]] for row in about]
    assert sum(first) >= least * len(about)


@pytest.mark.django_db
def test_a_rare_word_counts_more_than_a_frequent_one(section, make_material):
    common = "".join(
        f"# Place {n}\n\nThe equation again, and again an equation.\n" for n in range(9)
    )
    make_material(f"{common}# Wanted\n\nA discriminant.")
    assert headings(section, "equation with a discriminant")[0] == "Wanted"


@pytest.mark.django_db
def test_another_sections_material_is_not_found(section, script, dan):
    elsewhere = dan.enrollments.get().section
    assert headings(section, "hypotenuse")
    assert search(elsewhere, "hypotenuse", 3) == []
    assert search(make_section(teacher=dan, students=[], name="7"), "hypotenuse", 3) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "hypotenuse' OR '1'='1",
        'hypotenuse" OR NEAR("legs" "square", 5) AND NOT *',
        "hypotenuse & !legs | (square <-> root) :* \\",
        'heading:hypotenuse ^2 {text} - "unclosed',
        "hypotenuse %' ; DROP TABLE materials_term; --",
        "hypotenuse \x00 \ud800 ${x}",
    ],
)
def test_what_other_searches_take_for_commands_are_words_here(section, script, text):
    count = Term.objects.count()
    assert "Pythagoras" in headings(section, text)
    assert Term.objects.count() == count


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "  ", "42 + x", "()\"'*", "the of and", "未" * 3, "word " * 9_999]
)
def test_a_text_without_known_words_finds_nothing(section, make_material, text):
    make_material("A passage about circles.")
    assert search(section, text, 3) == []


@pytest.mark.django_db
def test_a_search_takes_as_many_queries_for_much_material(
    section, make_material, django_assert_num_queries
):
    make_material("".join(f"# Circles {n}\n\nRadius and area.\n" for n in range(200)))
    with django_assert_num_queries(4):
        assert len(search(section, "area of circles", 5)) == 5
