"""The filters that write the numbers of a problem as the class of the page does."""

from django import template

from tutor.courses.conventions import has_class_comma
from tutor.problems.class_numbers import with_class_commas, with_commas_in_figures
from tutor.problems.models import ProblemVersion

register = template.Library()


@register.filter
def numbers(text: object, version: ProblemVersion) -> str:
    """A text of this version, before its figures are drawn; one with decimal commas stays."""
    if version.checked_key.whole.decimal_comma:
        return with_commas_in_figures(str(text))
    return with_class_commas(str(text)) if has_class_comma() else str(text)


@register.filter
def gets_class_numbers(version: ProblemVersion) -> bool:
    """Whether the class has decimal commas, and the problem points."""
    return has_class_comma() and not version.checked_key.whole.decimal_comma
