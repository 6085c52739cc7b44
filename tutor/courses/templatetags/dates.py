from django import template

from tutor.courses.clock import day_in_words, with_weekday

register = template.Library()
register.filter("in_words", day_in_words)
register.filter("with_weekday", with_weekday)
