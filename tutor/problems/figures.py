"""The figures and pictures of a text: for pages and paper, in words for models, and checked."""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext as _

from tutor import figures
from tutor.figures import MAX_FIGURES, Figure, FigureBlock, FigureError, PictureReference
from tutor.pictures.showing import picture_element

MAX_CACHED = 500  # figures of one process


def illustrated(value: object) -> str:
    """The text for a page, where `render.js` typesets what stands around its figures."""
    text = str(value)
    if not figures.blocks_in(text) and not figures.references_in(text):
        return text
    pieces = (
        escape(piece) if isinstance(piece, str) else _element(piece)
        for piece in figures.split_all(text)
    )
    return mark_safe("".join(pieces))  # noqa: S308  # texts are escaped, figures escape theirs


def svg_of(source: str) -> str:
    """The drawing for paper; empty where it cannot be drawn."""
    figure = figure_or_reason(source)
    return figure.svg if isinstance(figure, Figure) else ""


def in_words(text: str, language: str) -> str:
    """The text for a model: with what each figure shows, in this language."""
    with override(language):
        return figures.in_words_of(text, gettext)


def figure_errors(text: str) -> Iterator[str]:
    """What is wrong with the figures and pictures of a text whose placeholders are filled."""
    if any(not reference.alt for reference in figures.references_in(text)):
        yield _(
            "say in words what each picture shows, between [ and ], for those who cannot see it"
        )
    blocks = figures.blocks_in(text)
    if len(blocks) > MAX_FIGURES:
        yield _("need at most %(count)d figures, got %(number)d") % {
            "count": MAX_FIGURES,
            "number": len(blocks),
        }
    for number, block in enumerate(blocks[:MAX_FIGURES], start=1):
        figure = figure_or_reason(block.source)
        if isinstance(figure, str) and len(blocks) > 1:
            numbered = _("figure %(number)d: %(reason)s")
            yield numbered % {"number": number, "reason": figure}
        elif isinstance(figure, str):
            yield figure


def figure_or_reason(source: str) -> Figure | str:
    """The figure with its words in the reader's language, or why it cannot be drawn."""
    return _drawn(source, get_language() or "en")


@lru_cache(maxsize=MAX_CACHED)
def _drawn(source: str, _language: str) -> Figure | str:
    try:
        return figures.draw(source, gettext)
    except FigureError as error:
        return error.text(gettext)


def _element(block: FigureBlock | PictureReference) -> SafeString:
    if isinstance(block, PictureReference):
        return picture_element(block)
    figure = figure_or_reason(block.source)
    if isinstance(figure, str):
        return format_html('<span class="figure figure-failed">{}</span>', figure)
    caption = format_html('<span class="figure-caption">{}</span>', figure.caption)
    return format_html(
        '<span class="figure" lang="{}">{}{}</span>',
        get_language() or "en",
        mark_safe(figure.svg),  # noqa: S308  # `Canvas` escapes what authors wrote
        caption if figure.caption else "",
    )
