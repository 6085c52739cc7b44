"""HTML of other systems as our Markdown, and back.

What Markdown has is kept: paragraphs, line breaks, lists, emphasis, code, links. Formulas go
through as they are. Our figures leave as images that know their lines, and come back as these.
Other images become Markdown's with the address that they have; what is embedded otherwise is named,
and not taken.
"""

import base64
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

from tutor.figures import FigureBlock, PictureReference, blocks_in, split
from tutor.figures.pictures import split_at_pictures
from tutor.problems.interchange.figure_files import figure_file
from tutor.problems.interchange.marks import without_marks

_FORMULA = re.compile(
    r"\\\((?:(?!\\\().)*?\\\)|\\\[(?:(?!\\\[).)*?\\\]|\$\$.+?\$\$"
    r"|(?<![\\$])\$(?![\s$])[^$\n]+?(?<![\s\\])\$(?!\d)",
    re.DOTALL,
)
_BLOCKS = {
    *("p", "div", "section", "article", "blockquote", "ul", "ol", "table", "pre"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_CELLS = ("td", "th")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_SHIFTED = {"sup": r"\({}^{\text{", "sub": r"\({}_{\text{"}
_OPENINGS = {"br": "\n", **_SHIFTED}
_POWER = re.compile(
    r"((?<![A-Za-z\\])[A-Za-z]|(?<![\w\\.])\d{1,9})\\\(\{\}([\^_])\{\\text\{([+−-]?\w{1,4})\}\}\\\)"
)
_SILENT = {"script", "style", "template", "iframe", "object", "audio", "video", "svg"}
_EMBEDDED = {"img", "iframe", "object", "embed", "audio", "video", "svg"}
_MARK = re.compile("\ue000(\\d+)\ue001")
_WEB = re.compile(r"https?://[^\s()<>]+\Z")


@dataclass(frozen=True)
class HtmlImage:
    """An image of a text. address: where its file is, or the file itself as a data address."""

    address: str
    alt: str

    @property
    def name(self) -> str:
        is_inside = self.address.startswith("data:")
        path = "" if is_inside else unquote(self.address.partition("?")[0])
        return path.rpartition("/")[2] or self.alt or "image"

    def data(self) -> bytes:
        """Of an image that was pasted into the text; else empty."""
        kind, _comma, encoded = self.address.partition(",")
        if not (kind.startswith("data:") and kind.endswith(";base64")):
            return b""
        try:
            return base64.b64decode(unquote(encoded), validate=True)
        except ValueError:
            return b""


def image_mark(number: int) -> str:
    """What the Markdown has in place of an image, until its file is stored."""
    return f"\ue010{number}\ue011"


def _is_no_figure(_image: HtmlImage) -> str:
    return ""


def to_markdown(
    source: str,
    images: list[HtmlImage] | None = None,
    figure_of: Callable[[HtmlImage], str] = _is_no_figure,
) -> tuple[str, list[str]]:
    """The text, and the names of embedded things that are left out of it.

    images: gets the images of the text, whose place is marked with their number in this list;
    without it, they are left out. figure_of: the block of one of our figures that an image shows.
    """
    reader = _Reader(images, figure_of)
    reader.feed(source)
    reader.close()
    text = re.sub(r"(?:(?<![ \t])[ \t]++)?\n[ \t]*", "\n", "".join(reader.pieces))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    text = _POWER.sub(r"\(\1\2{\3}\)", text)
    return _MARK.sub(lambda mark: reader.figures[int(mark[1])], text), reader.left_out


class _Reader(HTMLParser):
    def __init__(
        self, images: list[HtmlImage] | None, figure_of: Callable[[HtmlImage], str]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._images = images
        self._figure_of = figure_of
        self._cell: int | None = None  # where the pieces of the open cell begin
        self._columns: list[int] = []  # of each row of the open table
        self.left_out: list[str] = []
        self.figures: list[str] = []  # as they are; marks stand for them
        self._lists: list[str] = []
        self._links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: without_marks(value or "") for name, value in attrs}
        if tag in _EMBEDDED:
            self._embed(tag, attributes)
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("ul", "ol"):
            self._lists.append("1. " if tag == "ol" else "- ")
            self.pieces.append("\n\n")
        elif tag == "li":
            self.pieces.append("\n" + (self._lists[-1] if self._lists else "- "))
        elif tag in ("table", "tr", *_CELLS):
            self._begin_in_table(tag)
        elif tag == "a":
            self._links.append(attributes.get("href", ""))
            self.pieces.append("[" if _WEB.match(self._links[-1]) else "")
        else:
            self.pieces.append(_OPENINGS.get(tag) or self._edge(tag))

    def _embed(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "img" and (formula := _typeset(attributes)):
            self.pieces.append(formula)
        elif tag == "img" and self._images is not None:
            self._add_image(HtmlImage(attributes.get("src", ""), attributes.get("alt", "")))
        else:
            self.left_out.append(_name_of(tag, attributes))

    def _begin_in_table(self, tag: str) -> None:
        if tag == "table":
            self._columns = []
            self.pieces.append("\n\n")
            return
        self._end_cell()
        if tag == "tr":
            self._columns.append(0)
            self.pieces.append("\n|")
        else:
            self._cell = len(self.pieces)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._links:
            address = self._links.pop()
            self.pieces.append(f"]({address})" if _WEB.match(address) else "")
        elif tag in _SHIFTED:
            self.pieces.append(r"}}\)")
        elif tag in _CELLS:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        else:
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self.pieces.append(self._edge(tag))

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        data = re.sub("[\ue000\ue001\ue010\ue011]", "", data)
        if self.get_starttag_text() == "<pre>" and blocks_in(data.strip()):
            self._add_figure(data.strip())
        else:
            self.pieces.append(_plain(data))

    def _add_image(self, image: HtmlImage) -> None:
        assert self._images is not None  # noqa: S101  # whoever wants none gets none
        if figure := self._figure_of(image):
            self._add_figure(figure)
        else:
            self.pieces.append(image_mark(len(self._images)))
            self._images.append(image)

    def _add_figure(self, block: str) -> None:
        self.pieces.append(f"\n\n\ue000{len(self.figures)}\ue001\n\n")
        self.figures.append(block)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = " ".join("".join(self.pieces[self._cell :]).split()).replace("|", "\\|")
        self.pieces[self._cell :] = [f" {text} |"]
        self._cell = None
        if self._columns:
            self._columns[-1] += 1

    def _end_row(self) -> None:
        self._end_cell()
        if len(self._columns) == 1 and self._columns[0]:  # Markdown's tables begin with a head
            self.pieces.append("\n|" + " --- |" * self._columns[0])

    def _edge(self, tag: str) -> str:
        return "\n\n" if tag in _BLOCKS else _MARKS.get(tag, "")


def _typeset(attributes: dict[str, str]) -> str:
    """The formula that an image of Canvas shows."""
    written = attributes.get("data-equation-content") or (
        attributes.get("alt", "").removeprefix("LaTeX:")
        if "equation_image" in attributes.get("class", "").split()
        else ""
    )
    return rf"\({written.strip()}\)" if written.strip() and r"\)" not in written else ""


def _name_of(tag: str, attributes: dict[str, str]) -> str:
    source = attributes.get("src", attributes.get("data", ""))
    name = "" if source.startswith("data:") else source.rpartition("/")[2]
    return (name or attributes.get("alt") or tag)[:60]


def _plain(text: str) -> str:
    """What is not a formula, as Markdown that shows the same characters."""
    pieces, position = [], 0
    for match in _FORMULA.finditer(text):
        if not match[0].startswith("$") or match[0].startswith("$$"):  # $5 is money elsewhere
            pieces += [_escaped(text[position : match.start()]), match[0]]
            position = match.end()
    return "".join([*pieces, _escaped(text[position:])])


def _escaped(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    for mark in "*_`$":
        if text.count(mark) > 1:  # one alone means nothing
            text = text.replace(mark, "\\" + mark)
    return text


def to_html(markdown: str, pictures: str = "") -> str:
    """Formulas in the delimiters that Moodle typesets by itself.

    pictures: the folder of pictures, as it begins their addresses. Without one, figures stay as
    they are.
    """
    return "\n".join(filter(None, (_html_of(piece, pictures) for piece in split(markdown))))


def _html_of(piece: str | FigureBlock, pictures: str) -> str:
    if not isinstance(piece, FigureBlock):
        return _text_html(piece, pictures)
    if pictures and (file := figure_file(piece)):
        return f'<p><img src="{pictures}{file.name}" alt="{html.escape(file.alt)}" /></p>'
    return f"<pre>{html.escape(piece.written.strip(), quote=False)}</pre>"


class _ReadyPieces:
    """Pieces of HTML that are ready; marks stand for them while the rest is turned into HTML."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def mark(self, ready: str) -> str:
        self._pieces.append(ready)
        return f"\ue000{len(self._pieces) - 1}\ue001"

    def mark_formula(self, match: re.Match[str]) -> str:
        tex = match[0]
        if tex.startswith("$") and not tex.startswith("$$"):
            tex = rf"\({tex[1:-1]}\)"
        return self.mark(html.escape(tex, quote=False))

    def put_into(self, text: str) -> str:
        return _MARK.sub(lambda match: self._pieces[int(match[1])], text)


def _text_html(markdown: str, pictures: str) -> str:
    ready = _ReadyPieces()
    bare = re.sub("[\ue000\ue001]", "", markdown)
    text = "".join(
        piece if isinstance(piece, str) else ready.mark(_picture_html(piece, pictures))
        for piece in split_at_pictures(bare)
    )
    text = _FORMULA.sub(ready.mark_formula, text)
    text = html.escape(text, quote=False)
    text = re.sub(r"(?<![\\*])\*\*(\S(?:(?:(?!\*\*).)*?\S)?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"(?<![\\*])\*(?!\s)([^*\n]+?)(?<![\s\\])\*", r"<em>\1</em>", text)
    text = re.sub(r"\\([*_`$])", r"\1", text)
    blocks = [block.strip().replace("\n", "<br>\n") for block in re.split(r"\n\s*\n", text)]
    return ready.put_into("\n".join(f"<p>{block}</p>" for block in blocks if block))


def _picture_html(picture: PictureReference, folder: str) -> str:
    return f'<img src="{folder}{picture.name}" alt="{html.escape(picture.alt)}" />'
