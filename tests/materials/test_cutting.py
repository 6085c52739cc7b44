"""Texts are cut into passages."""

import time

import pytest

from tutor.materials.cutting import MAX_CHARACTERS, cut_markdown, cut_pages


def test_markdown_is_cut_at_its_headings():
    text = (
        "# Powers\n\nIntro.\n\n## Laws\n\nAdd exponents.\n\n```\n# no heading\n```\n# Roots\nEnd."
    )
    assert [(passage.heading, passage.text) for passage in cut_markdown(text)] == [
        ("Powers", "Intro."),
        ("Powers › Laws", "Add exponents.\n\n```\n# no heading\n```"),
        ("Roots", "End."),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [("#  Powers  ##  ", "Powers"), ("   ###\tC # d #", "C # d"), ("# ##", ""), ("#  ", "")],
)
def test_a_heading_is_its_words(line, heading):
    assert [passage.heading for passage in cut_markdown(f"{line}\nBody.")] == [heading]


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 100_000 + "x",
        "# " + "# " * 50_000,
        "# " + "a" * 100_000 + "\n## b\nc" * 20_000,
        "\n" + " \t" * 50_000 + "x",
        "a." + " " * 100_000 + "x",
    ],
    ids=["spaces", "marks", "under a long heading", "a blank start", "after a sentence"],
)
def test_no_text_takes_long_or_much_memory(text):
    began_at = time.process_time()
    passages = cut_markdown(text)
    assert time.process_time() - began_at < 5
    assert all(len(passage.heading) < 1_000 for passage in passages)


@pytest.mark.parametrize("sentence", ["Add the exponents. ", "指数相加。", "x" * 70 + " "])
def test_no_passage_is_longer_than_can_be_shown_and_none_loses_a_word(sentence):
    text = sentence * 200
    for passages in (cut_markdown(text), cut_pages([text])):
        assert all(len(passage.text) <= MAX_CHARACTERS for passage in passages)
        assert "".join("".join(passage.text for passage in passages).split()) == "".join(
            text.split()
        )


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Adding fractions\nBring both of them to the least common\nmultiple.", None),
        (
            "Everything is said in the deno-\nminator of it.",
            "Everything is said in the denominator of it.",
        ),
        ("先提取公因式再考虑公式\n法或者十字相乘法", "先提取公因式再考虑公式法或者十字相乘法"),
        (
            "One ends here, at the margin.\nAnother begins.",
            "One ends here, at the margin.\nAnother begins.",
        ),
    ],
)
def test_lines_that_the_width_of_a_page_has_parted_are_one(page, text):
    text = text or "Adding fractions\nBring both of them to the least common multiple."
    assert [passage.text for passage in cut_pages([page])] == [text]


def test_a_passage_of_a_page_ends_with_a_sentence_where_it_can():
    passages = cut_pages(["", "A line that\ngoes on here.\n" * 60])
    assert len(passages) > 1
    assert all(passage.page == 2 and passage.text.endswith("here.") for passage in passages)
