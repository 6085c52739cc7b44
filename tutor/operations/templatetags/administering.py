from django import template

from tutor.operations.admin_index import grouped

register = template.Library()
register.filter("by_task", grouped)
