"""XML from strangers as a small tree that knows its lines.

A document type declaration is refused: without one there are no entities of its own, so none can
multiply, and none can name a file or an address. QTI 1.2 names its type outside of the file; that
is not fetched, and an entity that it would declare is refused. Depth and number of elements are
bounded. Names are without their namespace's prefix.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from tutor.problems.interchange.imported import UnusableFile
from tutor.problems.interchange.marks import without_marks

MAX_ELEMENTS = 100_000
MAX_DEPTH = 40
_DECLARED_ELSEWHERE = ("questestinterop", "assessmentItem", "assessmentTest", "manifest")


@dataclass
class Node:
    """One element. line: where it begins, from 1. content: texts and elements, in their order."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list["Node | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        return [piece for piece in self.content if isinstance(piece, Node)]

    @property
    def text(self) -> str:
        return "".join(piece for piece in self.content if isinstance(piece, str))

    @property
    def whole_text(self) -> str:
        """With that of the elements within."""
        return "".join(
            piece if isinstance(piece, str) else piece.whole_text for piece in self.content
        )

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.all(name)), None)

    def within(self, *names: str) -> Iterator["Node"]:
        """Elements of these names at any depth, in their order."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.within(*names)

    def text_of(self, name: str) -> str:
        """Of the first child of this name, or of the `text` within it; else empty."""
        child = self.first(name)
        if child is None:
            return ""
        inner = child.first("text")
        return (inner or child).text

    def inner_markup(self) -> str:
        """The content as XML is written."""
        return "".join(
            html.escape(piece, quote=False) if isinstance(piece, str) else piece.markup()
            for piece in self.content
        )

    def markup(self) -> str:
        attributes = "".join(
            f' {name}="{html.escape(value)}"' for name, value in self.attributes.items()
        )
        return f"<{self.name}{attributes}>{self.inner_markup()}</{self.name}>"


def read_tree(data: bytes) -> Node:
    """Raises UnusableFile."""
    return _TreeReader().read(data)


class _TreeReader:
    def __init__(self) -> None:
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.StartDoctypeDeclHandler = _check_type
        parser.EntityDeclHandler = _refuse
        parser.SkippedEntityHandler = _refuse
        self._open_nodes = [Node("", {}, 0)]
        self._count = 0

    def read(self, data: bytes) -> Node:
        """Raises UnusableFile."""
        [top] = self._open_nodes
        try:
            self._parser.Parse(data, True)
        except UnusableFile:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:  # also of an unknown encoding
            problem = _("Line %(line)d is not XML: %(why)s.")
            line, why = self._parser.CurrentLineNumber, str(error).split(":")[0]
            raise UnusableFile(problem % {"line": line, "why": why}) from error
        return top.children[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open_nodes) > MAX_DEPTH:
            raise UnusableFile(_("This XML is larger or deeper than any question bank."))
        local = {
            _local(key): without_marks(value) for key, value in attributes.items() if key != "xmlns"
        }
        node = Node(_local(name), local, self._parser.CurrentLineNumber)
        self._open_nodes[-1].content.append(node)
        self._open_nodes.append(node)

    def _end(self, _name: str) -> None:
        self._open_nodes.pop()

    def _add_text(self, text: str) -> None:
        self._open_nodes[-1].content.append(without_marks(text))


def _check_type(name: str, _system: object, _public: object, has_declarations: int) -> None:
    if has_declarations or name not in _DECLARED_ELSEWHERE:
        raise _declares()


def _refuse(*_declaration: object) -> None:
    raise _declares()


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _declares() -> UnusableFile:
    return UnusableFile(
        _(
            "This XML declares a document type or entities of its own (<!DOCTYPE …>), which "
            "no question bank needs."
        )
    )
