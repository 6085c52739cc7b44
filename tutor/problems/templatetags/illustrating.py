from django import template

from tutor.problems.answer_figures import chosen_regions
from tutor.problems.editing.figure_examples import EXAMPLES, FigureExample
from tutor.problems.figures import illustrated

register = template.Library()
register.filter("illustrated", illustrated)
register.filter("regions_chosen_by", chosen_regions)


@register.simple_tag
def figure_examples() -> tuple[FigureExample, ...]:
    return EXAMPLES


@register.simple_tag
def example_figure(example: FigureExample) -> str:
    """The example as students would see it."""
    return illustrated(example.block)
