"""An item of Blackboard, which has elements of its own, as the standard writes it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from tutor.problems.interchange.xml_tree import Node

_LIMITS = {"vargte", "vargt", "varlte", "varlt"}
_TEXTS = {"HTML": "text/html", "SMART_TEXT": "text/html"}  # both have tags
_RESPONSES = ("response_lid", "response_str", "response_num")
_FULL = "SCORE.max"
_USUAL_MAXIMUM = "100"
_EITHER_OR = {
    "yes_no": (_("Yes"), _("No")),
    "agree_disagree": (_("Agree"), _("Disagree")),
    "right_wrong": (_("Correct"), _("Incorrect")),
    "true_false": (_("True"), _("False")),
}


def in_standard_form(item: Node) -> Node:
    """The item itself, unless it is one of Blackboard's."""
    if next(item.within("bbmd_questiontype"), None) is None:
        return item
    most = next(item.within("decvar"), None)
    full = most.attributes.get("maxvalue", _USUAL_MAXIMUM) if most else _USUAL_MAXIMUM
    return _Form(full, _right_column(item)).of(item)


def in_words(label: str, language: str) -> str:
    """A choice as people read it, where Blackboard writes a code such as `yes_no.true`."""
    name, _dot, truth = label.replace("\\_", "_").partition(".")
    if name not in _EITHER_OR or truth not in ("true", "false"):
        return label
    with override(language):
        return gettext(_EITHER_OR[name][truth == "false"])


def _class(node: Node) -> str:
    return node.attributes.get("class", "")


def _right_column(item: Node) -> list[Node]:
    """The texts of the answers to pairs, whose labels are empty."""
    blocks = [flow for flow in item.within("flow") if _class(flow) == "RIGHT_MATCH_BLOCK"]
    return [flow for block in blocks for flow in block.all("flow")]


class _Form:
    """full: the points of a right answer."""

    def __init__(self, full: str, right: Sequence[Node]) -> None:
        self.full = full
        self.right = right

    def of(self, node: Node) -> Node:
        content: list[Node | str] = []
        for piece in node.content:
            content += [piece] if isinstance(piece, str) else self._pieces(piece)
        return replace(node, content=content)

    def _pieces(self, node: Node) -> Iterator[Node]:
        if node.name == "mat_formattedtext":
            kind = _TEXTS.get(node.attributes.get("type", "HTML"), "text/plain")
            yield replace(node, name="mattext", attributes={"texttype": kind})
        elif node.name == "mat_extension":
            yield from self.of(node).children
        elif node.name == "setvar" and node.text.strip() == _FULL:
            yield replace(node, content=[self.full])
        elif node.name == "conditionvar":
            yield _without_middle(self.of(node))
        elif node.name == "flow" and _class(node) == "RIGHT_MATCH_BLOCK":
            return
        elif node.name == "flow" and _class(node) == "RESPONSE_BLOCK":
            yield from map(self._response, node.children)
        else:
            yield self.of(node)

    def _response(self, node: Node) -> Node:
        """What is asked with it stands inside of it."""
        inner = self.of(node)
        responses = [child for child in inner.children if child.name in _RESPONSES]
        if node.name != "flow" or len(responses) != 1:
            return inner
        asked: list[Node | str] = [child for child in inner.children if child not in responses]
        response = responses[0]
        return replace(response, content=[*asked, *map(self._labelled, response.children)])

    def _labelled(self, node: Node) -> Node:
        labels = list(node.within("response_label"))
        if len(labels) == len(self.right) and not any(label.children for label in labels):
            texts = zip(labels, self.right, strict=True)
            full = [replace(label, content=[self.of(text)]) for label, text in texts]
            return replace(node, content=list(full))
        return node


def _without_middle(node: Node) -> Node:
    """A number has its limits and, beside them, the middle; the standard asks for all of these."""
    if not any(child.name in _LIMITS for child in node.children):
        return node
    return replace(node, content=[row for row in node.children if row.name != "varequal"])
