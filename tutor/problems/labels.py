"""What pages call the grader's kinds, forms and verdicts, and the fields of a problem."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tutor.grading import Form, Kind, Verdict

KIND_NAMES = {
    Kind.NUMBER: pgettext_lazy("kind of answer", "number"),
    Kind.EXPRESSION: _("expression"),
    Kind.EQUATION: _("equation"),
    Kind.INEQUALITY: _("inequality"),
    Kind.LIST: _("several values"),
    Kind.SET: _("set"),
    Kind.INTERVAL: _("interval"),
    Kind.TUPLE: _("point or vector"),
    Kind.MATRIX: _("matrix"),
    Kind.RATIO: _("ratio"),
    Kind.QUANTITY: _("quantity"),
    Kind.CHOICE: pgettext_lazy("kind of answer", "choice"),
    Kind.TEXT: _("word"),
}
KIND_SENTENCES = {
    Kind.NUMBER: _("a number"),
    Kind.EXPRESSION: _("an expression, such as (x+1)^2"),
    Kind.EQUATION: _("an equation, such as y = 2x + 1"),
    Kind.INEQUALITY: _("an inequality, such as x > 1"),
    Kind.LIST: _("several values, such as 2, 3"),
    Kind.SET: _("a set, such as {1, 2}"),
    Kind.INTERVAL: _("an interval or a union of intervals"),
    Kind.TUPLE: _("a point or a vector, such as (2, -3)"),
    Kind.MATRIX: _("a matrix, such as [[1,2],[3,4]]"),
    Kind.RATIO: _("a ratio, such as 2:3"),
    Kind.QUANTITY: _("a quantity with a unit"),
    Kind.CHOICE: _("one or more of the choices, such as B"),
    Kind.TEXT: _("a word"),
}
FORM_NAMES = {
    Form.ANY: _("any form"),
    Form.LOWEST_TERMS: _("a fraction in lowest terms"),
    Form.DECIMAL_PLACES: _("rounded to decimal places"),
    Form.SIGNIFICANT_FIGURES: _("rounded to significant figures"),
    Form.FACTORED: _("fully factored"),
    Form.EXPANDED: _("expanded"),
    Form.SIMPLIFIED_SURD: _("a simplified root"),
}
VERDICT_NAMES = {
    Verdict.CORRECT: _("correct"),
    Verdict.INCORRECT: _("incorrect"),
    Verdict.UNREADABLE: _("unreadable"),
    Verdict.UNDECIDED: _("undecided"),
}
FIELD_NAMES = {
    "title": _("title"),
    "language": _("language"),
    "level": _("level"),
    "skills": _("skills"),
    "statement": _("statement"),
    "choices": _("choices"),
    "parts": _("parts"),
    "parameters": _("parameters"),
    "key": _("right answer"),
    "tests": _("tests"),
    "expected": _("expected wrong answers"),
    "hints": _("hints"),
    "solution": _("reference solution"),
    "source": _("source"),
    "licence": _("licence"),
}


def verdict_name(verdict: str) -> str:
    return str(VERDICT_NAMES[Verdict(verdict)])


def field_name(name: str) -> str:
    return str(FIELD_NAMES.get(name, name))
