from django import template

from tutor.problems.answer_figures import chosen_regions
from tutor.problems.editing.figure_examples import GROUPS, FigureExample, FigureGroup
from tutor.problems.figures import illustrated

register = template.Library()
register.filter("illustrated", illustrated)
register.filter("regions_chosen_by", chosen_regions)


@register.simple_tag
def figure_groups() -> tuple[FigureGroup, ...]:
    return GROUPS


@register.simple_tag
def example_figure(example: FigureExample) -> str:
    """The example as students would see it."""
    return illustrated(example.block)
