from collections.abc import Mapping

from django import template
from django.utils.functional import Promise

from tutor.grading import Rule
from tutor.problems.labels import RULE_SENTENCES, feedback_sentence, rule_sentence, year_name

register = template.Library()
register.filter("feedback_sentence", feedback_sentence)
register.filter("rule_sentence", rule_sentence)
register.filter("year_name", year_name)


@register.simple_tag
def rule_sentences() -> Mapping[Rule, Promise]:
    """What each rule of the grader says about how an answer was judged."""
    return RULE_SENTENCES
