"""Regions of figures: Venn diagrams, and the parts of a whole."""

import pytest

from tutor.figures import FigureError, draw, draw_regions

SHADED = [
    ("A ∩ B", ["in A and in B"]),
    ("A ∪ B", ["in A, not in B", "in B, not in A", "in A and in B"]),
    ("A \\ B", ["in A, not in B"]),
    ("A - B", ["in A, not in B"]),
    ("(A ∪ B)'", ["neither in A nor in B"]),
    ("not A and not B", ["neither in A nor in B"]),
    ("∅", []),
]


def shaded(source: str) -> list[str]:
    sentences = draw(source).alt.split(". ")[1:]
    return [text.removeprefix("This part is shaded: ").rstrip(".") for text in sentences]


@pytest.mark.parametrize(("sets", "regions"), SHADED)
def test_a_venn_diagram_says_what_is_shaded(sets, regions):
    assert shaded(f"venn A, B\nshade {sets}") == regions


def test_three_sets_have_eight_regions_and_lines_add_up():
    source = "venn A, B, C\nshade A ∩ B ∩ C\nshade C ∖ (A ∪ B)"
    assert shaded(source) == ["in C, neither in A nor in B", "in A, in B and in C"]
    picture = draw_regions("venn A, B, C")
    assert len(set(picture.outlines)) == len(set(picture.names)) == 8
    assert picture.names[0b011] == "in A and in B, not in C"
    assert draw(source).svg.count("fig-slice") == 2


def test_a_label_stands_in_its_region():
    alt = draw('venn A, B\n"12" in A ∩ B\n"7" in (A ∪ B)\'').alt
    assert "12 stands in A and in B. 7 stands neither in A nor in B." in alt


def test_the_parts_of_a_whole_are_regions():
    bar = draw_regions("fraction bar\n0/4")
    assert bar.names[2] == "part 3 of 4"
    assert bar.outlines[3].startswith("M231.00 6H306.00")
    assert len(set(draw_regions("fraction circle\n0/6").outlines)) == 6
    with pytest.raises(FigureError, match="names the kind"):
        draw_regions("plot\ny = x")
