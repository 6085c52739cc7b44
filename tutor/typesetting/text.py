"""Converts Markdown with formulas, as pages show it, to Typst's markup."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tutor.typesetting.formulas import Untypeset, quoted, to_typst

_BRACED = r"\{(?:[^{}\\]|\\.)*+\}"
for _level in range(4):  # braces within braces
    _BRACED = rf"\{{(?:[^{{}}\\]|\\.|{_BRACED})*+\}}"
_ENVIRONMENT = r"(?:equation|align|gather|aligned|gathered|cases|[pbBvV]?matrix)\*?"
FORMULA = re.compile(
    r"\\\((?P<round>(?:(?!\\\().)*?)\\\)|\\\[(?P<square>(?:(?!\\\[).)*?)\\\]|\$\$(?P<double>.+?)\$\$"
    r"|(?<![\\$])\$(?![\s$])(?P<single>[^$\n]+?)(?<![\s\\])\$(?!\d)"
    # Without any sign around it: what ends a solution, and a table.
    rf"|(?<!\\)(?P<boxed>\\boxed\s?{_BRACED})"
    rf"|(?<!\\)(?P<table>\\begin\{{(?P<name>{_ENVIRONMENT})\}}(?:(?!\\begin).)*?\\end\{{(?P=name)\}})",
    re.DOTALL,
)
_MARK = re.compile("\ue000(\\d+)\ue001")
_READER = MarkdownIt("js-default", {"html": False, "breaks": True}).disable(
    ["image", "autolink", "reference"]
)
_OPEN = {
    "strong_open": "#strong[",
    "em_open": "#emph[",
    "s_open": "#strike[",
    "blockquote_open": "#quote(block: true)[",
    "bullet_list_open": "#list(",
    "ordered_list_open": "#enum(",
    "list_item_open": "[",
    "heading_open": "#strong[",
    "table_open": "#table(stroke: 0.5pt, ",
    "th_open": "[#strong[",
    "td_open": "[",
}
_CLOSE = {
    **dict.fromkeys(("strong_close", "em_close", "s_close"), "]"),
    "blockquote_close": "]\n\n",
    **dict.fromkeys(("bullet_list_close", "ordered_list_close", "table_close"), ")\n\n"),
    "list_item_close": "], ",
    "heading_close": "]\n\n",
    "paragraph_close": "\n\n",
    "th_close": "]], ",
    "td_close": "], ",
    "softbreak": "#linebreak()",
    "hardbreak": "#linebreak()",
}


Draw = Callable[[str], str]
_POINTS_PER_PIXEL = 0.75
MAX_WIDTH_PT, MAX_HEIGHT_PT = 430, 560  # of a picture on A4
PICTURE = "\ue004"  # of the private use area
_SVG_WIDTH = re.compile(r' width="([\d.]+)"')


def _draw_nothing(_source: str) -> str:
    return ""


def to_markup(
    markdown: str, draw: Draw = _draw_nothing, pictures: Sequence["PrintedPicture"] = ()
) -> str:
    """A formula that cannot be typeset stays as it was written.

    draw: makes an SVG of the lines of a figure, or nothing where it cannot. pictures: those that
    stand where the text has a PICTURE, in their order.
    """
    markup = _without_pictures(markdown, draw)
    for picture in pictures:
        markup = markup.replace(PICTURE, picture.markup(), 1)
    return markup.replace(PICTURE, "")


def _without_pictures(markdown: str, draw: Draw) -> str:
    formulas: list[re.Match[str]] = []

    def replace(match: re.Match[str]) -> str:
        formulas.append(match)
        return f"\ue000{len(formulas) - 1}\ue001"

    text = FORMULA.sub(replace, re.sub("[\ue000\ue001]", "", markdown))
    tokens = _READER.parse(text)
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            heads = itertools.takewhile(lambda head: head.type != "thead_close", tokens[index:])
            token.meta["columns"] = sum(1 for head in heads if head.type == "th_open")
        if token.type == "fence" and token.info.strip().lower() == "figure":
            source = _MARK.sub(lambda mark: formulas[int(mark[1])][0], token.content)
            token.meta["svg"] = draw(source)
    return _tokens(tokens, formulas).strip()


def _tokens(tokens: Sequence[Token], formulas: list[re.Match[str]]) -> str:
    return "".join(_token(token, formulas) for token in tokens)


def _token(token: Token, formulas: list[re.Match[str]]) -> str:
    if token.type == "inline":
        return _tokens(token.children or [], formulas)
    if token.type == "text":
        return _MARK.sub(lambda mark: _formula(formulas[int(mark[1])]), escaped(token.content))
    if svg := token.meta.get("svg"):
        return _image(svg)
    if token.type in ("code_inline", "code_block", "fence"):
        source = _MARK.sub(lambda mark: formulas[int(mark[1])][0], token.content)
        block = "" if token.type == "code_inline" else ", block: true"
        return f"#raw({quoted_lines(source)}{block})"
    if token.type == "table_open":
        return _OPEN["table_open"] + f"columns: {token.meta['columns']}, "
    return _OPEN.get(token.type) or _CLOSE.get(token.type, "")


@dataclass(frozen=True)
class PrintedPicture:
    """A file of `make_pdf`, its size in pixels, and what it shows in words."""

    name: str
    width: int
    height: int
    alt: str

    def markup(self) -> str:
        points = min(
            self.width * _POINTS_PER_PIXEL, MAX_WIDTH_PT, MAX_HEIGHT_PT * self.width / self.height
        )
        shown = f"image({quoted('/' + self.name)}, width: {points:.0f}pt, alt: {quoted(self.alt)})"
        return f"#box({shown})"


def _image(svg: str) -> str:
    width = _SVG_WIDTH.search(svg)
    points = float(width[1]) * _POINTS_PER_PIXEL if width else 200.0
    picture = f'image(bytes({quoted(svg)}), format: "svg", width: {points:.0f}pt)'
    return f"#align(center, {picture})\n\n"


def quoted_lines(text: str) -> str:
    return quoted(text.rstrip("\n").replace("\n", "\ue002")).replace("\ue002", "\\n")


def _formula(match: re.Match[str]) -> str:
    latex = next(group for group in match.groups() if group is not None)
    try:
        written = to_typst(latex)
    except Untypeset:
        return f"#raw({quoted_lines(match[0])})"
    is_display = any(match[name] is not None for name in ("square", "double", "table"))
    return f"$ {written} $" if is_display else f"${written}$"


def escaped(text: str) -> str:
    """Text as markup that shows the same characters."""
    marked = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    return marked.replace("\n", "#linebreak()")
