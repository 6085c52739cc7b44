"""Asks for help as the pages and the socket do, for whoever may work on the item or teach it."""

from tutor.attempts.access import access_for
from tutor.solutions.requests.access import help_with
from tutor.solutions.requests.asking import request_with


def help_for(user, item):
    return help_with(access_for(user, item), user, item)


def request_for(user, item, *, is_live=False):
    return request_with(access_for(user, item), user, item, is_live=is_live)
