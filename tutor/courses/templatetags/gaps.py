"""The tag between two sentences of a page, which Chinese writes without a space."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def sentence_gap() -> str:
    return "" if (get_language() or "").startswith("zh") else " "
