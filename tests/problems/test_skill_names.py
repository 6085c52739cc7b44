"""Skills have names, as people say them, in the language of the page."""

import json

import pytest
from django.utils.translation import override

from tutor.problems.management.commands.import_problems import STARTER_BANK
from tutor.problems.skill_names import SKILL_NAMES, area_name, skill_name


def starter_skills():
    files = STARTER_BANK.glob("*.jsonl")
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return {skill for line in lines for skill in json.loads(line)["skills"]}


def test_every_skill_of_the_starter_bank_has_a_name():
    assert starter_skills() <= set(SKILL_NAMES)


def test_no_two_skills_have_the_same_name():
    for language in ("en", "zh-hans"):
        with override(language):
            names = [str(name) for name in SKILL_NAMES.values()]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("path", "name", "area"),
    [
        ("calculus.second_derivatives", "Second derivatives", "Calculus"),
        ("our_school.knot_theory", "Knot theory", "Our school"),
        ("knots", "Knots", "Other skills"),
        ("algebra", "Algebra", "Algebra"),
    ],
)
def test_a_path_is_shown_as_words(path, name, area):
    assert (skill_name(path), area_name(path)) == (name, area)


def test_names_are_translated():
    with override("zh-hans"):
        assert skill_name("algebra.linear_equations") == "一次方程"
