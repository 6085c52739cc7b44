"""Tells an author that a stored solution ends with another answer than the key has."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tutor.problems.checks import disagreement
from tutor.problems.models import Problem


def warn_of_solution(request: HttpRequest, problem: Problem) -> None:
    """A message with a link to the editor; nothing where answer and solution agree."""
    if problem.current and (warning := disagreement(problem.current.content().variant(1))):
        editor = reverse("problem-edit", args=[problem.code])
        link = format_html('<a href="{}#id_solution">{}</a>', editor, _("Edit the solution"))
        messages.warning(request, format_html("{} {}", warning, link))
