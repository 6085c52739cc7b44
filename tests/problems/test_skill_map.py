"""The skill map hangs together, and skills have names in the language of the page."""

import json
from graphlib import TopologicalSorter

import pytest
from django.utils.translation import override

from tutor.problems.management.commands.import_problems import STARTER_BANK
from tutor.problems.skills.names import area_name, skill_name, skills_called
from tutor.problems.skills.skill_map import AREA_FILES, AREAS, skill_map


def test_every_area_is_on_the_map():
    assert {file.stem for file in AREA_FILES.glob("*.toml")} == set(AREAS)


def test_every_skill_rests_on_skills_that_exist_and_are_met_no_later():
    skills = skill_map().skills
    for skill in skills.values():
        assert set(skill.after) <= set(skills), skill.path
        assert 5 <= skill.grade <= 13
        for path in skill.after:
            assert skills[path].grade <= skill.grade, (path, skill.path)


def test_no_skill_rests_on_itself():
    order = TopologicalSorter({row.path: row.after for row in skill_map().skills.values()})
    assert len(list(order.static_order())) == len(skill_map().skills) >= 150


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_two_paths_have_the_same_name(language):
    names = [row[language] for row in skill_map().names.values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_skill_of_the_starter_bank_is_on_the_map():
    lines = [
        line
        for file in STARTER_BANK.glob("*.jsonl")
        for line in file.read_text("utf-8").split("\n")
    ]
    tags = {skill for line in lines if line for skill in json.loads(line)["skills"]}
    assert tags - set(skill_map().skills) == set()


@pytest.mark.parametrize(
    ("path", "name", "area"),
    [
        ("calculus.series.taylor", "Taylor polynomials", "Calculus"),
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
        assert skill_name("algebra.linear_equations.brackets") == "去括号解方程"


def test_a_topic_is_called_together_with_its_skills():
    called = skills_called("一次方程")
    assert {"algebra.linear_equations", "algebra.linear_equations.brackets"} <= set(called)
    assert "algebra.sets.operations" not in called
