"""XML from strangers as a small tree that knows its lines.

A document type declaration is refused: without one there are no entities of its own, so none can
multiply, and none can name a file or an address. Depth and number of elements are bounded.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from tutor.problems.interchange.imported import UnusableFile

MAX_ELEMENTS = 100_000
MAX_DEPTH = 40


@dataclass
class Node:
    """One element. line: where it begins, from 1."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.all(name)), None)

    def text_of(self, name: str) -> str:
        """Of the first child of this name, or of the `text` within it; else empty."""
        child = self.first(name)
        if child is None:
            return ""
        inner = child.first("text")
        return (inner or child).text


def read_tree(data: bytes) -> Node:
    """Raises UnusableFile."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    top = Node("", {}, 0)
    open_nodes = [top]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS or len(open_nodes) > MAX_DEPTH:
            raise UnusableFile(_("This XML is larger or deeper than any question bank."))
        node = Node(name, attributes, parser.CurrentLineNumber)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def refuse(*_declaration: object) -> None:
        raise UnusableFile(
            _(
                "This XML declares a document type or entities of its own (<!DOCTYPE …>), which "
                "Moodle never does."
            )
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_nodes.pop()
    parser.CharacterDataHandler = lambda text: open_nodes[-1].pieces.append(text)
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except UnusableFile:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:  # also of an unknown encoding
        problem = _("Line %(line)d is not XML: %(why)s.")
        line, why = parser.CurrentLineNumber, str(error).split(":")[0]
        raise UnusableFile(problem % {"line": line, "why": why}) from error
    return top.children[0]
