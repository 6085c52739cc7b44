from django import template

from tutor.courses.clock import day_in_words

register = template.Library()
register.filter("in_words", day_in_words)
