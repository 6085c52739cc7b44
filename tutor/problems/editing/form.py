"""The form in which a teacher writes a problem."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, gettext_lazy

from tutor.grading.multipart import LETTERS, MAX_PARTS
from tutor.problems.asked_form import WHOLE, with_asked_forms
from tutor.problems.checks import defects, missing_pictures
from tutor.problems.content import InvalidRecord
from tutor.problems.drawing import MAX_CHARACTERS as DRAWING_LIMIT
from tutor.problems.editing.record_fields import (
    ON_BY_DEFAULT,
    content_fields,
    expected_fields,
    key_fields,
    part_fields,
)
from tutor.problems.editing.rows import RowColumn, RowsField
from tutor.problems.editing.skills import SkillsField
from tutor.problems.labels import FIELD_NAMES, FORM_NAMES, KIND_SENTENCES, VERDICT_NAMES
from tutor.problems.models import Problem
from tutor.problems.parameters import LIMIT as PARAMETERS_LIMIT
from tutor.problems.records import ProblemRecord

_FIELD_OF = {"key": "value", "slug": "title"}
_ANSWERS = "…"
_BLOCKING = {"key", "condition", "tests", "expected", "parameters", "parts"}


def _options(names: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in names.items()]


_FORMS = [("", gettext_lazy("as the text asks")), *_options(FORM_NAMES)]


def _switch(name: str, label: Any) -> RowColumn:
    options = [("", gettext_lazy("no")), ("yes", gettext_lazy("yes"))]
    return RowColumn(
        name, label, options=options[::-1] if name in ON_BY_DEFAULT else options, rare=True
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


SHARES_NAME = gettext_lazy("what each choice is worth in percent, such as 50 -50 50")
PART_COLUMNS = [
    RowColumn("prompt", gettext_lazy("what is asked"), lines=3),
    RowColumn("kind", gettext_lazy("the answer is"), options=_options(KIND_SENTENCES)),
    RowColumn("value", gettext_lazy("its answer"), optional=True),
    RowColumn("condition", FIELD_NAMES["condition"], optional=True, rare=True),
    RowColumn("unit", gettext_lazy("unit"), optional=True, is_short=True),
    RowColumn("equation", gettext_lazy("the differential equation"), optional=True, rare=True),
    RowColumn("share", gettext_lazy("share of the points"), optional=True, is_short=True),
    RowColumn(
        "carried", gettext_lazy("formula that uses earlier parts, such as 2*a"), optional=True
    ),
    RowColumn(
        "carried_percent",
        gettext_lazy("points if it follows from wrong answers, in percent"),
        optional=True,
        is_short=True,
    ),
    RowColumn(
        "choices", gettext_lazy("choices, a line each, if it is a choice"), lines=2, optional=True
    ),
    RowColumn("hints", gettext_lazy("hints, with an empty line between"), lines=2, optional=True),
    RowColumn(
        "drawing",
        gettext_lazy("what is drawn as the answer, such as line, x from -5 to 5"),
        optional=True,
        rare=True,
    ),
    RowColumn("form", gettext_lazy("form"), options=_FORMS, rare=True),
    RowColumn("places", gettext_lazy("places"), optional=True, rare=True, is_short=True),
    RowColumn("tolerance", gettext_lazy("tolerance"), optional=True, rare=True, is_short=True),
    RowColumn("shares", SHARES_NAME, optional=True, rare=True),
    _switch("relative", gettext_lazy("the tolerance is relative to the value")),
    _switch("unit_optional", gettext_lazy("an answer without the unit is accepted")),
    _switch("constant_optional", gettext_lazy("an antiderivative without + C is accepted")),
    _switch("name_optional", gettext_lazy("4 is accepted for x = 4")),
    _switch("any_letters", gettext_lazy("other letters are accepted, such as s = vt for d = vt")),
    _switch("ordered", gettext_lazy("the order of a list matters")),
    _switch("decimal_comma", gettext_lazy("2,5 is two and a half")),
    _switch("ignore_case", gettext_lazy("capital letters do not matter in words")),
    _switch("positive_letters", gettext_lazy("all letters are positive")),
    _switch("ties_to_even", gettext_lazy("a half is rounded to the even digit")),
]


class EditorForm(forms.Form):
    """Once it is valid, `record` is what was written. Saving is `save`.

    left_to_text: the letters of the parts, or of the whole, whose form the text decides.
    """

    left_to_text: Collection[str] = ()

    title = forms.CharField(label=FIELD_NAMES["title"], max_length=200)
    language = forms.ChoiceField(label=FIELD_NAMES["language"], choices=settings.LANGUAGES)
    level = forms.TypedChoiceField(
        label=FIELD_NAMES["level"],
        coerce=int,
        initial=3,
        choices=[
            (1, gettext_lazy("1, primary school")),
            (2, gettext_lazy("2, lower secondary school")),
            (3, gettext_lazy("3, middle of secondary school")),
            (4, gettext_lazy("4, end of secondary school")),
            (5, gettext_lazy("5, university")),
        ],
    )
    skills = SkillsField(
        label=FIELD_NAMES["skills"],
        required=False,
        help_text=gettext_lazy("Begin to type a skill's name and choose it from the list."),
    )
    statement = forms.CharField(
        label=FIELD_NAMES["statement"],
        widget=_area(6),
        help_text=gettext_lazy(
            r"Formulas go between \( and \), or between \[ and \] for a line of their own. "
            "Markdown works, too."
        ),
    )
    choices = RowsField(
        [RowColumn("text", gettext_lazy("choice"))],
        label=FIELD_NAMES["choices"],
        help_text=gettext_lazy(
            "Lettered A, B, C in this order; only where the answer is a choice."
        ),
    )
    parameters = forms.CharField(
        label=FIELD_NAMES["parameters"],
        required=False,
        widget=_area(4),
        max_length=PARAMETERS_LIMIT,
        help_text=gettext_lazy(
            "Other values for each student: a = 2..9, then [[a]] in the texts and the answer."
        ),
    )
    parts = RowsField(
        PART_COLUMNS,
        most=MAX_PARTS,
        row="problems/_part_row.html",
        label=FIELD_NAMES["parts"],
        help_text=gettext_lazy(
            "They are called a), b), c) in this order, each with an answer of its own. "
            "What follows from an earlier answer is written with its letter: 2*a."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("the answer is"), choices=_options(KIND_SENTENCES))
    value = forms.CharField(
        label=FIELD_NAMES["key"],
        required=False,  # with parts, which have theirs
        widget=_area(1),
        max_length=4_000,
        help_text=gettext_lazy("As on a calculator or in LaTeX. Other ways to write it count too."),
    )
    condition = forms.CharField(
        label=FIELD_NAMES["condition"],
        required=False,
        max_length=1_000,
        help_text=gettext_lazy(
            "If many answers are right: answer is a polynomial in x with roots 1 and 2, for "
            "example. The answer above is shown as one example then. More examples are below."
        ),
    )
    drawing = forms.CharField(
        label=FIELD_NAMES["drawing"],
        required=False,
        max_length=DRAWING_LIMIT,
        help_text=gettext_lazy(
            "Students draw the answer if you write what: points, line, parabola, half-plane or "
            "interval, with its grid, such as line, x from -5 to 5, y from -5 to 5 step 1; or what "
            "they choose regions of, such as venn, A, B; fraction bar, 8 parts; fields, "
            "y = 2x - 1, x + y = 4. The drawing writes the answer, as an equation for example."
        ),
    )
    unit = forms.CharField(label=gettext_lazy("unit"), required=False, max_length=40)
    equation = forms.CharField(
        label=gettext_lazy("the differential equation"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Such as y' = 2y, or y'' + y = sin(x)."),
    )
    tolerance = forms.CharField(
        label=gettext_lazy("tolerance"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Such as 0.01; empty means exact."),
    )
    shares = forms.CharField(
        label=SHARES_NAME,
        required=False,
        max_length=400,
        help_text=gettext_lazy(
            "In the order of the choices. They add up; empty means that only all right ones count."
        ),
    )
    form = forms.ChoiceField(label=gettext_lazy("form"), choices=_FORMS, required=False)
    places = forms.IntegerField(
        label=gettext_lazy("places"), required=False, min_value=0, max_value=50
    )
    relative = forms.BooleanField(
        label=gettext_lazy("the tolerance is relative to the value"), required=False
    )
    unit_optional = forms.BooleanField(
        label=gettext_lazy("an answer without the unit is accepted"), required=False
    )
    constant_optional = forms.BooleanField(
        label=gettext_lazy("an antiderivative without + C is accepted"), required=False
    )
    name_optional = forms.BooleanField(
        label=gettext_lazy("4 is accepted for x = 4"), required=False, initial=True
    )
    any_letters = forms.BooleanField(
        label=gettext_lazy("other letters are accepted, such as s = vt for d = vt"),
        required=False,
    )
    ordered = forms.BooleanField(label=gettext_lazy("the order of a list matters"), required=False)
    decimal_comma = forms.BooleanField(label=gettext_lazy("2,5 is two and a half"), required=False)
    ignore_case = forms.BooleanField(
        label=gettext_lazy("capital letters do not matter in words"), required=False, initial=True
    )
    positive_letters = forms.BooleanField(
        label=gettext_lazy("all letters are positive"), required=False
    )
    ties_to_even = forms.BooleanField(
        label=gettext_lazy("a half is rounded to the even digit"), required=False
    )
    tests = RowsField(
        [
            RowColumn("answer", gettext_lazy("answer")),
            RowColumn("verdict", gettext_lazy("must be"), options=_options(VERDICT_NAMES)),
        ],
        label=FIELD_NAMES["tests"],
        help_text=gettext_lazy("Stored with the problem and run each time you save it."),
    )
    expected = RowsField(
        [
            RowColumn("answer", gettext_lazy("answer")),
            RowColumn(
                "percent",
                gettext_lazy("share of the points in percent"),
                optional=True,
                is_short=True,
            ),
            RowColumn("tolerance", gettext_lazy("tolerance"), optional=True, is_short=True),
            RowColumn("feedback", gettext_lazy("what the student is told"), lines=2, optional=True),
        ],
        row="problems/_labelled_row.html",
        label=FIELD_NAMES["expected"],
        help_text=gettext_lazy(
            "Usual wrong answers, and others that count in part or, with 100 %, in full. "
            "x+1 and 1+x are the same; a test is written as: if answer > 10; "
            "* is every other answer."
        ),
    )
    hints = RowsField(
        [RowColumn("text", gettext_lazy("hint"), lines=2)],
        label=FIELD_NAMES["hints"],
        help_text=gettext_lazy("From weak to strong; students open one after the other."),
    )
    solution = forms.CharField(
        label=FIELD_NAMES["solution"],
        required=False,
        widget=_area(8),
        help_text=gettext_lazy(
            r"A step per paragraph, the final answer in \boxed{ }. "
            "If you leave it empty, the answer alone is the solution."
        ),
    )
    source = forms.CharField(label=FIELD_NAMES["source"], required=False, max_length=200)
    licence = forms.CharField(label=FIELD_NAMES["licence"], required=False, max_length=200)
    category = forms.CharField(
        label=FIELD_NAMES["category"],
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where a question bank such as Moodle’s has it: Year 9/Lines."),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("other teachers may read it, assign it and copy it"), required=False
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("everybody who signs in may practise with it, also without a class"),
        required=False,
    )

    record: ProblemRecord

    def __init__(self, *args: Any, problem: Problem | None = None, **kwargs: Any) -> None:
        if problem is None:
            kwargs["initial"] = {"language": get_language(), **kwargs.get("initial", {})}
        else:
            kwargs["initial"] = {**initial(problem), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.problem = problem

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "parts" in data and "value" in data:
            if not data["parts"] and not data["value"].strip():
                self.add_error("value", self.fields["title"].error_messages["required"])
            elif data["parts"] and data["value"].strip():
                self.add_error(
                    "value", gettext("The answers are in the parts, so leave this one empty.")
                )
        if self.errors:
            return data
        try:
            self.record = self._record(data)
            variant = self.record.content.variant(1)
        except InvalidRecord as error:
            name = _FIELD_OF.get(error.name, error.name)
            self.add_error(name if name in self.fields else None, error.reason)
            return data
        for defect in (*defects(variant), *missing_pictures(variant)):
            if defect.blocks or defect.field in _BLOCKING:
                self.add_error(_FIELD_OF.get(defect.field, defect.field), defect.message)
        return data

    def save(self, owner: Any) -> Problem:
        """Make the problem, or revise it."""
        record = self.record
        problem = self.problem or Problem(slug=record.slug, owner=owner)
        for name in ("source", "licence", "category"):
            setattr(problem, name, getattr(record, name))
        problem.is_shared = self.cleaned_data["is_shared"]
        problem.is_public = self.cleaned_data["is_public"]
        problem.save()
        problem.tag(record.skills)
        problem.revise(record.content)
        return problem

    def _record(self, data: dict[str, Any]) -> ProblemRecord:
        """Raises InvalidRecord."""
        record = _with_solution(ProblemRecord.from_dict(self._record_fields(data)))
        self.left_to_text = _without_form(data)
        record = replace(record, content=with_asked_forms(record.content, self.left_to_text))
        if self.problem is None or self.problem.current is None:
            return record
        before = self.problem.current.content()
        return replace(record, content=record.content.with_solution_following(before))

    def _record_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        copied = (
            *("title", "language", "level", "statement", "solution"),
            *("source", "licence", "category"),
        )
        texts = {name: _lines(data[name]) for name in copied}
        texts["solution"] = texts["solution"] or _answer_alone(data)
        return {
            **texts,
            "slug": self.problem.slug if self.problem else free_slug(data["title"]),
            "skills": data["skills"],
            "choices": [row["text"] for row in data["choices"]],
            "hints": [row["text"] for row in data["hints"]],
            "parameters": _lines(data["parameters"]),
            "drawing": data["drawing"],
            "expected": expected_fields(data["expected"]),
            "tests": data["tests"],
            **(
                {"parts": part_fields(data["parts"])}
                if data["parts"]
                else {"key": key_fields(data)}
            ),
        }


def _without_form(data: dict[str, Any]) -> set[str]:
    """The letters of the parts, or of the whole, whose form is left to the text."""
    if not data["parts"]:
        return set() if data["form"] else {WHOLE}
    return {letter for letter, row in zip(LETTERS, data["parts"], strict=False) if not row["form"]}


def _answer_alone(data: dict[str, Any]) -> str:
    """What stands for the right answers as a solution until the record is read.

    Empty where the last one is computed, and another in each variant.
    """
    row = data["parts"][-1] if data["parts"] else data
    is_known = row["value"] or (data["parts"] and not data["parameters"].strip())
    return _ANSWERS if is_known else ""


def _with_solution(record: ProblemRecord) -> ProblemRecord:
    """With the right answers as the solution, where it has none. Raises InvalidRecord."""
    if record.content.solution != _ANSWERS:
        return record
    solution = record.content.answers_alone()
    return replace(record, content=replace(record.content, solution=solution))


def initial(problem: Problem) -> dict[str, Any]:
    record = problem.record()
    return {**content_fields(record.content), "skills": record.skills} | {
        "source": record.source,
        "licence": record.licence,
        "category": record.category,
        "is_shared": problem.is_shared,
        "is_public": problem.is_public,
    }


def free_slug(title: str) -> str:
    """A slug made from the title that no problem has yet."""
    base = re.sub("[-_]+", "-", slugify(title)[:180]).strip("-") or "problem"
    slug, number = base, 1
    while Problem.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _lines(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
