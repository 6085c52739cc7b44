"""The filter of decimals, in place of Django's: 2,5 points in a class with a decimal comma."""

from django import template
from django.template.defaultfilters import floatformat as django_floatformat

from tutor.courses.conventions import has_class_comma

register = template.Library()


@register.filter("floatformat")
def decimal(number: float | str, places: int | str = -1) -> str:
    """places: as Django's; with its letter u the number is for a program."""
    text = str(django_floatformat(number, places))
    if str(places).startswith("-") and "." in text:
        text = text.rstrip("0").rstrip(".")  # half a point is 0.5, where Django's -2 is 0.50
    is_read = not str(places).endswith("u")
    return text.replace(".", ",") if is_read and has_class_comma() else text
