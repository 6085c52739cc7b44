"""Figures in problems: a few lines of text become an SVG and a sentence for those who listen."""

from tutor.figures.blocks import (
    MAX_FIGURES,
    FigureBlock,
    blocks_in,
    in_words_of,
    split,
    without_figures,
)
from tutor.figures.draw import Figure, draw
from tutor.figures.phrases import FigureError, Translate

__all__ = [
    "MAX_FIGURES",
    "Figure",
    "FigureBlock",
    "FigureError",
    "Translate",
    "blocks_in",
    "draw",
    "in_words_of",
    "split",
    "without_figures",
]
