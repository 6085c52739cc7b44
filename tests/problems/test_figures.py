"""Figures in problems: on pages, on paper, in the editor, and in words for the model."""

import re
from dataclasses import replace
from textwrap import dedent

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_assignment, make_content, make_problem
from tutor.assignments import sheets
from tutor.figures import blocks_in, draw
from tutor.grading import read_key
from tutor.problems.checks import defects
from tutor.problems.editing.figure_examples import GROUPS
from tutor.problems.expected import Expected
from tutor.problems.figures import illustrated
from tutor.problems.models import Problem, ProblemVersion
from tutor.typesetting.pdf import make_pdf

FIGURE = "```figure\ntriangle ABC\nAB = [[a]] cm\nBC = 4 cm\nangle B = 90\n```"
STATEMENT = f"How long is \\(AC\\)?\n\n{FIGURE}\n\nAll lengths are in cm."


def with_figure(**fields):
    fields = {"statement": STATEMENT, "parameters": "a = 3..9", **fields}
    return replace(make_content("5"), **fields)


def test_the_editor_offers_a_figure_of_each_kind_of_the_manual():
    """A kind is the first word of a figure, such as number line or prism."""
    manual = (settings.BASE_DIR / "docs" / "figures.md").read_text("utf-8")
    in_manual = {block.source.split()[0] for block in blocks_in(manual)}
    offered = [example for group in GROUPS for example in group.examples]
    assert {example.source.split()[0] for example in offered} == in_manual
    for example in offered:
        assert draw(example.source).svg


def test_each_variant_has_its_own_figure_on_the_page(client, alice, section):
    problem = make_problem()
    problem.revise(with_figure())
    assignment = make_assignment(section, [problem])
    client.force_login(alice)
    item = assignment.problem_set.items.get()
    page = client.get(reverse("item", args=[item.code])).content.decode()
    assert '<span class="figure" lang="en"><svg' in page
    assert "```" not in page
    drawn = problem.current.variants.get()
    a = drawn.statement.split("AB = ")[1].split(" ")[0]
    assert f"AB is labelled {a} cm." in page


def test_a_model_reads_the_figure_in_words_and_a_solver_does_not():
    version = ProblemVersion(statement=STATEMENT.replace("[[a]]", "3"), language="en")
    assert "[The triangle ABC. AB is labelled 3 cm." in version.statement_in_words
    assert "figure" not in version.statement_in_words
    assert "AB" not in version.statement_without_figures
    assert "All lengths" in version.statement_without_figures


def test_words_are_in_the_language_of_the_page():
    text = STATEMENT.replace("[[a]]", "3")
    with override("zh-hans"):
        assert "三角形 ABC。" in illustrated(text)
    assert "The triangle ABC." in illustrated(text)


def test_what_stands_around_a_figure_is_escaped():
    shown = illustrated("<b>\n```figure\na cat\n```\n<i>")
    assert shown.startswith("&lt;b&gt;\n<span class=")
    assert shown.endswith("&lt;i&gt;")
    assert "figure-failed" in shown


@pytest.mark.parametrize("name", ["statement", "solution", "hints-text"])
def test_a_wrong_figure_is_named_at_its_field_and_nothing_is_lost(client, carol, section, name):
    wrong = "Look.\n\n```figure\ntriangle ABC\nAB = 1\nBC = 2\nCA = 9\n```\n"
    data = {
        "action": "save",
        "title": "A triangle",
        "language": "en",
        "level": "2",
        "skills": "geometry.triangles",
        "statement": "What?",
        "kind": "number",
        "value": "2",
        "form": "any",
        "name_optional": "on",
        "ignore_case": "on",
        "solution": "\\(\\boxed{2}\\)",
        name: wrong,
    }
    client.force_login(carol)
    response = client.post(reverse("problem-new"), data)
    errors = response.context["form"].errors[name.removesuffix("-text")]
    assert "no triangle has the sides 1, 2 and 9" in errors[0]
    assert "CA = 9" in response.content.decode()
    assert not Problem.objects.exists()
    data[name] = wrong.replace("9", "2.5")
    assert client.post(reverse("problem-new"), data).status_code == 302
    preview = client.post(reverse("problem-new"), data | {"action": "preview"}).content.decode()
    assert "<svg" in preview


def test_sheets_on_paper_show_the_figure(section, carol, tmp_path):
    problem = make_problem()
    problem.revise(with_figure())
    problem_set = make_assignment(section, [problem]).problem_set
    items = sheets.items_with_content(problem_set)
    markup = sheets.problems_markup(problem_set, sheets.sheets(items, 1))
    assert 'image(bytes("<svg' in markup
    assert make_pdf(markup, tmp_path).startswith(b"%PDF")


def test_the_problem_with_parameters_of_the_manual_can_be_stored_as_it_stands():
    manual = (settings.BASE_DIR / "docs" / "figures.md").read_text("utf-8")
    section = manual.partition("## With parameters")[2].partition("| written |")[0]
    texts = [dedent(text).strip() for text in re.findall(r"(?m)(?:^(?: {4}.*)?\n)+", section)]
    parameters, statement, solution = filter(None, texts)
    right, *wrong = re.findall("`(y = .*?)`", section)
    key = replace(read_key({"kind": "equation", "value": "y = x"}), value=right)
    content = make_content(
        parameters=parameters,
        statement=statement,
        key=key,
        solution=solution,
        expected=tuple(Expected(answer, "No.") for answer in wrong),
    )
    assert len(wrong) == 2
    variants = {content.variant(seed) for seed in range(1, 101)}
    assert len(variants) > 10
    for variant in variants:
        assert not list(defects(variant))
        [block] = blocks_in(variant.statement)
        assert "The point P at (0, " in draw(block.source).alt


def test_sheets_on_paper_show_every_kind(section, carol, tmp_path):
    manual = (settings.BASE_DIR / "docs" / "figures.md").read_text("utf-8")
    sources = {block.source.split("\n")[0]: block.source for block in blocks_in(manual)}
    figures = [f"```figure\n{source}```" for source in sources.values() if "[[" not in source]
    assert len(figures) >= 20
    problem = make_problem()
    problem.revise(with_figure(statement="\n\n".join(figures), parameters=""))
    key = read_key({"kind": "equation", "value": "y = x"})
    grid = make_problem("drawn", key=key, drawing="line")
    problem_set = make_assignment(section, [problem, grid]).problem_set
    items = sheets.items_with_content(problem_set)
    markup = sheets.problems_markup(problem_set, sheets.sheets(items, 1))
    assert markup.count('image(bytes("<svg') == len(figures) + 1
    pdf = make_pdf(markup, tmp_path)
    assert pdf.count(b"/Type/Page/") > 6  # a problem that no page has room for goes on
