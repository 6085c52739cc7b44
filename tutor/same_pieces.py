"""Pieces of templates that are the same on every page: each is rendered once in every language."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.translation import get_language

register = template.Library()

MAX_KEPT = 200  # of one piece


class SamePiece(Node):
    """What is inside depends on the language and on `values` alone."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values
        self.rendered: dict[tuple[Any, ...], str] = {}

    def render(self, context: Any) -> str:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        if (text := self.rendered.get(key)) is None:
            text = self.nodelist.render(context)
            if len(self.rendered) < MAX_KEPT:
                self.rendered[key] = text
        return text


@register.tag
def same(parser: Parser, token: Token) -> SamePiece:
    """`{% same a b %}…{% endsame %}`: nothing else of the page may appear inside, and no token."""
    values = [parser.compile_filter(text) for text in token.split_contents()[1:]]
    nodelist = parser.parse(("endsame",))
    parser.delete_first_token()
    return SamePiece(nodelist, values)
