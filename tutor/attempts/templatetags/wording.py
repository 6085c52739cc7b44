from django import template

from tutor.attempts.wording import sentence

register = template.Library()
register.filter("sentence", sentence)
