"""Figures in problems: a few lines of text become an SVG and a sentence for those who listen."""

from tutor.figures.blocks import (
    MAX_FIGURES,
    FigureBlock,
    blocks_in,
    in_words_of,
    split,
    split_all,
    without_figures,
)
from tutor.figures.draw import (
    Figure,
    Grid,
    RegionPicture,
    draw,
    draw_alone,
    draw_grid,
    draw_regions,
)
from tutor.figures.phrases import FigureError, Translate
from tutor.figures.pictures import PictureReference, references_in

__all__ = [
    "MAX_FIGURES",
    "Figure",
    "FigureBlock",
    "FigureError",
    "Grid",
    "PictureReference",
    "RegionPicture",
    "Translate",
    "blocks_in",
    "draw",
    "draw_alone",
    "draw_grid",
    "draw_regions",
    "in_words_of",
    "references_in",
    "split",
    "split_all",
    "without_figures",
]
