from django import template

from tutor.problems.figures import illustrated

register = template.Library()
register.filter("illustrated", illustrated)
