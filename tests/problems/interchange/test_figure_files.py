"""Figures leave as pictures with words, and come back as the figures that they were."""

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from html import escape
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.factories import make_content
from tutor.figures import blocks_in
from tutor.grading import read_key
from tutor.problems.expected import Expected
from tutor.problems.interchange.figure_files import block_in, figure_file
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.moodle.writer import why_not, write_moodle
from tutor.problems.interchange.picture_import import with_pictures
from tutor.problems.interchange.qti.writer import write_package
from tutor.problems.parts import Part, hints_of
from tutor.problems.records import ProblemRecord


def figure(*lines):
    return "```figure\n" + "\n".join(lines) + "\n```"


LINE = figure("plot", "y = 2x - 1", 'caption "The line $y = 2x - 1$ & others"')
HALF = figure("fraction bar", "1/2")
THIRD = figure("fraction bar", "1/3")
VENN = figure("venn A, B", "shade A ∩ B")
BOX = figure("box plot", "10a: 1.5, 2, 3, 4, 6.5", "decimal comma")
CHOOSE = make_content(
    statement=f"Which bar is it?\n\n{LINE}\n\nLook *well*.",
    key=read_key({"kind": "choice", "value": "B"}),
    choices=(HALF, THIRD),
    expected=(Expected("A", f"No, that is\n\n{HALF}"),),
    hints=(f"Think of\n\n{VENN}",),
    solution=f"{BOX}\n\n" + r"\(\boxed{\text{B}}\)",
)


def record(content, slug="p"):
    return ProblemRecord(slug, content, ("algebra.sums",), "Me", "CC0-1.0")


def files_in(xml):
    quiz = ElementTree.fromstring(xml)  # noqa: S314  # our own file
    return {file.get("name"): b64decode(file.text) for file in quiz.iter("file")}


def test_moodle_shows_each_figure_as_a_picture_and_gives_it_back():
    moodle = write_moodle([record(CHOOSE)])
    assert not moodle.left_out
    assert "figure\n" not in moodle.xml
    names = re.findall(r'src="@@PLUGINFILE@@/(figure-\w+\.svg)"', moodle.xml)
    assert len(names) == 6
    assert set(names) == set(files_in(moodle.xml))
    assert len(set(names)) == 5  # the first choice is shown twice
    [problem] = read_file(moodle.xml.encode(), "en")
    assert (problem.record, problem.pictures) == (record(CHOOSE), ())


def test_qti_has_the_pictures_as_files_and_gives_them_back():
    package = write_package([record(CHOOSE), record(CHOOSE, "again")])
    with ZipFile(BytesIO(package.data)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("pictures/figure-")]
        manifest, item = archive.read("imsmanifest.xml").decode(), archive.read("items/p.xml")
    assert len(pictures) == 5  # each of them once
    assert all(manifest.count(f'href="{name}"') == 2 for name in pictures)
    assert f'alt="{escape(words(HALF))}"' in item.decode()
    problems = read_file(package.data, "en")
    assert [problem.record for problem in problems] == [record(CHOOSE), record(CHOOSE, "again")]


def words(text):
    return file_of(text).alt


def file_of(text):
    [block] = blocks_in(text)
    return figure_file(block)


def test_the_words_of_a_picture_are_in_the_language_of_the_problem():
    chinese = record(replace(CHOOSE, language="zh-hans"))
    assert "A bar in 2 equal parts" in write_moodle([record(CHOOSE)]).xml
    for written in (write_moodle([chinese]).xml, item_of(chinese)):
        assert "A bar in 2 equal parts" not in written
        assert re.search(r'alt="[^"]*[\u4e00-\u9fff]', written)


def item_of(written):
    with ZipFile(BytesIO(write_package([written]).data)) as archive:
        return archive.read("items/p.xml").decode()


def test_the_file_stands_alone():
    svg = ElementTree.fromstring(file_of(LINE).data)  # noqa: S314  # our own file
    assert svg.find("{*}rect").get("fill") == "#fff"
    texts = ["".join(text.itertext()) for text in svg.findall(".//{*}text")]
    assert "The line y = 2x − 1 & others" in texts
    assert "line" in svg.get("aria-label")
    assert block_in(file_of(LINE).data) == LINE
    assert "from 1,5 to 6,5" in words(BOX)


@pytest.mark.django_db
def test_a_picture_that_another_system_drew_anew_keeps_its_words(carol):
    content = make_content(statement=f"What is it?\n\n{HALF}\n\nSay it.")
    xml = write_moodle([record(content)]).xml
    bare = re.sub(rb"<metadata.*</metadata>", b"", file_of(HALF).data, flags=re.DOTALL)
    xml = re.sub(r"(<file [^>]*>)[^<]*", lambda file: file[1] + encoded(bare), xml)
    [problem] = with_pictures(read_file(xml.encode(), "en"), carol)
    assert f"![{words(HALF)}](picture:" in problem.record.content.statement


def encoded(data):
    return b64encode(data).decode()


def test_a_figure_with_parameters_leaves_as_the_pictures_of_variants():
    content = make_content(
        parameters="a = 2..9",
        statement="How much is shaded?\n\n" + figure("fraction bar", "1/[[a]]"),
        solution=r"\(\boxed{[[a]]}\)",
        key=replace(read_key({"kind": "number", "value": "1"}), value="[[a]]"),
    )
    xml = write_moodle([record(content)]).xml
    assert 'type="calculated"' not in xml
    problems = read_file(xml.encode(), "en")
    assert len(problems) > 2
    assert len(files_in(xml)) == len(problems)
    assert all("1/[[" not in problem.record.content.statement for problem in problems)
    same = replace(content, statement=f"[[a]]?\n\n{HALF}")
    xml = write_moodle([record(same)]).xml
    assert 'type="calculated"' in xml
    assert [problem.record for problem in read_file(xml.encode(), "en")] == [record(same)]


def test_a_gap_of_moodle_takes_no_figure_and_pairs_with_figures_are_no_pairs():
    parts = tuple(
        Part(prompt, read_key({"kind": "choice", "value": letter}), choices=(HALF, THIRD))
        for prompt, letter in (("one half", "A"), ("one third", "B"))
    )
    content = make_content(parts=parts, key=parts[-1].key)
    assert why_not(record(content)) == "a gap takes no pictures"
    [problem] = read_file(write_package([record(content)]).data, "en")
    assert problem.record == record(content)


def test_parts_with_figures_come_back_from_a_text_with_gaps():
    key = read_key({"kind": "number", "value": "2"})
    parts = tuple(
        Part(f"How many?\n\n{block}", key, hints=(f"So:\n\n{HALF}",)) for block in (VENN, THIRD)
    )
    content = make_content(statement=f"Look.\n\n{LINE}", parts=parts, key=key)
    xml = write_moodle([record(content)]).xml
    assert len(files_in(xml)) == 4
    [problem] = read_file(xml.encode(), "en")
    assert [part.prompt for part in problem.record.content.parts] == [p.prompt for p in parts]
    assert problem.record.content.statement == content.statement


@pytest.mark.parametrize(
    "lines",
    ["", "Give me 2", f"{HALF}\n\nand more", f"{HALF}\n{HALF}", "```figure\nplot", "<script>"],
)
def test_a_strange_file_says_nothing_but_one_figure(lines):
    metadata = f'<metadata id="lemma-figure">{escape(lines)}</metadata>'
    shown = block_in(f"<svg>{metadata}</svg>".encode())
    assert shown == (lines if lines == "```figure\nplot" else "")
    assert block_in(file_of(HALF).data + b" " * 2_000_000) == ""
    assert block_in(b"\x89PNG\r\n") == ""


@pytest.mark.parametrize(
    "write", [lambda r: write_moodle(r).xml.encode(), lambda r: write_package(r).data]
)
def test_a_hint_to_a_part_that_begins_with_a_figure_comes_back(write):
    key = read_key({"kind": "number", "value": "2"})
    parts = (Part("How many?", key, hints=(HALF, "Count.")), Part("And here?", key, hints=(VENN,)))
    content = make_content(parts=parts, key=key, hints=("a) and b) are alike.", "Look."))
    [problem] = read_file(write([record(content)]), "en")
    assert problem.record == record(content)
    assert blocks_in(hints_of(parts)[0])
