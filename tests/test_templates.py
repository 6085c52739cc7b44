"""Every piece and file that a template names exists, and every class of the styles is used."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

ROOT: Path = settings.BASE_DIR
TEMPLATES = [file for file in sorted((ROOT / "templates").rglob("*")) if file.is_file()]
STYLES = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "static/css").glob("*"))}
PIECE = re.compile(r"""{% (?:include|extends) ["']([^"']+)["']""")
STATIC = re.compile(r"""{% (?:static|bundle|preloads) ["']([^"']+)["']""")
CLASS = re.compile(r'class="((?:[^"{]|{%.*?%}|{{.*?}})*)"', re.DOTALL)
PAGE_CLASS = re.compile(r"{% block page_class %}(.*?){% endblock")
WORD = re.compile(r"[A-Za-z][\w-]*")
SENTENCE = re.compile(
    r"""{% translate ["'](?P<plain>.*?)["'] |{% blocktranslate[^%]*%}(?P<block>.*?){% endblock""",
    re.DOTALL,
)
# What only those say who build Lemma.
NO_WORDS_OF_TEACHERS = re.compile(
    r"\b(?:samples?|slugs?|declarations?|unusable|start page|stored answers?|More days)\b(?! for)"
)
BOOKS = {"site", "desk"}  # of chapters
ALONE = {
    "exercises",
    "own_data",
    "sketches",
    "student_home",
}  # chapters of few pages, which name them
# Made by KaTeX, by Django's messages and its administration, and of a verdict's value.
MADE_ELSEWHERE = {"katex", "katex-display", "success", "error", "warning"}
MADE_ELSEWHERE |= {"nowrap", "dashboard", "change-form", "object-tools", "aligned"}  # by Django
MADE_ELSEWHERE |= {"flex-container", "checkbox-row", "vCheckboxLabel", "tabular"}
MADE_ELSEWHERE |= {"select2-container", "original"}
MADE_ELSEWHERE |= {"htmx-request"}
# Of figures, which Python writes.
DRAWN = [
    "figure",
    "figure-caption",
    "figure-failed",
    "picture-missing",
    "fig-text",
    "fig-variable",
    "fig-ring",
]
DRAWN += [f"fig-{hue}" for hue in range(1, 5)]


def named_in_templates(pattern: re.Pattern[str]) -> set[str]:
    return {name for file in TEMPLATES for name in pattern.findall(file.read_text("utf-8"))}


def rules_of(style: str) -> str:
    return re.sub(r"/\*.*?\*/", "", STYLES[style], flags=re.DOTALL)


def classes_in_use() -> set[str]:
    """Those of templates, and every word of the scripts and of the modules with forms."""
    used = {word for value in named_in_templates(CLASS) for word in WORD.findall(value)}
    used |= {word for value in named_in_templates(PAGE_CLASS) for word in WORD.findall(value)}
    used |= set(DRAWN)
    for file in [*ROOT.glob("static/js/*.js"), *ROOT.glob("*/**/forms.py")]:
        used |= set(WORD.findall(file.read_text("utf-8")))
    return used


@pytest.mark.parametrize("name", sorted(named_in_templates(PIECE)))
def test_every_included_piece_exists(name):
    get_template(name)


@pytest.mark.parametrize("name", sorted(named_in_templates(STATIC)))
def test_every_static_file_exists(name):
    assert finders.find(name)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_class_of_the_styles_is_used(style):
    selectors = " ".join(re.findall(r"([^{};]+){", rules_of(style)))
    classes = set(re.findall(r"\.([A-Za-z][\w-]*)", selectors))
    assert classes - classes_in_use() <= MADE_ELSEWHERE


@pytest.mark.parametrize("style", sorted(set(STYLES) - {"administration", "fonts"} - BOOKS))
def test_every_chapter_is_in_one_layer(style):
    [order] = re.findall(r"^@layer ([\w, ]+);", STYLES["base"], re.MULTILINE)
    [layer] = re.findall(r"^@layer (\w+) {", STYLES[style], re.MULTILINE)
    # A chapter that was a part of another keeps the layer of that one.
    assert layer in order.split(", ")
    assert layer == style or layer in STYLES


def test_every_chapter_is_in_one_book():
    chapters = [name for book in BOOKS for name in re.findall(r'url\("(\w+)\.css"', STYLES[book])]
    assert sorted(chapters) == sorted(set(STYLES) - {"administration"} - BOOKS - ALONE)
    assert {f"css/{name}.css" for name in ALONE} <= named_in_templates(STATIC)


def test_scripts_and_styles_come_from_the_bundle():
    plain = named_in_templates(re.compile(r"""{% static ["'](?:js|css)/([^"']+)["']"""))
    assert plain == {"administration.css"}


def test_pages_of_teachers_are_in_the_words_of_teachers():
    files = [
        file
        for folder in ("teaching", "problems", "assignments", "courses")
        for file in (ROOT / "templates" / folder).glob("*.html")
    ]
    sentences = [
        (file.name, match["plain"] or match["block"])
        for file in files
        for match in SENTENCE.finditer(file.read_text("utf-8"))
    ]
    assert len(sentences) > 300
    assert [row for row in sentences if NO_WORDS_OF_TEACHERS.search(row[1])] == []


def test_no_style_hides_a_message():
    hiding = re.compile(r"(?:^|[},])\s*\.(?:success|error|warning)\s*\{[^}]*display:\s*none")
    assert [style for style in STYLES if hiding.search(rules_of(style))] == []
