"""The filter that writes the numbers of a problem as the class of the page does."""

from django import template

from tutor.courses.conventions import Convention, convention_of_page
from tutor.problems.class_numbers import with_class_commas
from tutor.problems.models import ProblemVersion

register = template.Library()


@register.filter
def numbers(text: object, version: ProblemVersion) -> str:
    """A text of this version, before figures are drawn in it; one with decimal commas stays."""
    if convention_of_page() != Convention.COMMA or version.checked_key.whole.decimal_comma:
        return str(text)
    return with_class_commas(str(text))
