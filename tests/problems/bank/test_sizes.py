"""The bank is as large as it is said to be: counted in its sources, which are not worked out."""

import tomllib

import pytest

from tutor.figures import without_figures
from tutor.problems.bank.topic_files import topic_files
from tutor.problems.skills.skill_map import skill_map


@pytest.fixture(scope="module")
def problems():
    topics = (tomllib.loads(file.read_text("utf-8")) for file in topic_files())
    return [problem for topic in topics for problem in topic["problem"]]


def shows_a_figure(problem):
    """To a student who has not yet answered, or in the answer."""
    written = problem["en"]
    asked = [written, *written.get("parts", ())]
    texts = [row.get(name, "") for row in asked for name in ("statement", "prompt")]
    texts += [choice for row in asked for choice in row.get("choices", ())]
    return any(without_figures(text) != text for text in texts) or any(
        row.get("drawing") for row in (problem, *problem.get("parts", ()))
    )


def test_the_bank_has_so_many_templates_figures_parts_and_skills(problems):
    assert sum(bool(problem["parameters"].strip()) for problem in problems) >= 600
    assert sum(map(shows_a_figure, problems)) >= 150
    assert sum(bool(problem.get("parts")) for problem in problems) >= 60
    used = {skill for problem in problems for skill in problem["skills"]}
    assert len(used & set(skill_map().skills)) >= 150


def test_the_changelog_counts_as_the_sources_do(problems, settings):
    written = (settings.BASE_DIR / "CHANGELOG.md").read_text("utf-8")
    in_parts = sum(bool(problem.get("parts")) for problem in problems)
    sets_file = topic_files()[0].parents[1] / "ready_sets.toml"
    sets = tomllib.loads(sets_file.read_text("utf-8"))["set"]
    for text in (
        f"A bank of {len(problems)} problems",
        f"{sum(map(shows_a_figure, problems))} have a figure, {in_parts} are in parts.",
        f"{len(sets)} ready sets are taken",
        f"{len(sets)} ready sets, such as",
    ):
        assert text in written
    readme = (settings.BASE_DIR / "README.md").read_text("utf-8")
    assert f"there are {len(problems)} problems" in readme
