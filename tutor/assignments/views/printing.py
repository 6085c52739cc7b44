"""The page from which a problem set is printed, and its files."""

import logging
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments import sheets
from tutor.assignments.access import visible_set
from tutor.assignments.models import ProblemSet
from tutor.courses.conventions import names_with_comma
from tutor.courses.models import Section
from tutor.limits import is_allowed
from tutor.problems.content import InvalidRecord
from tutor.typesetting.pdf import NoChineseFont, NoPdf, make_pdf

logger = logging.getLogger(__name__)

PRINTS_A_MINUTE = 20
PARTS = ("problems", "key")


class PrintForm(forms.Form):
    variants = forms.IntegerField(
        label=gettext_lazy("number of different sheets"),
        min_value=1,
        max_value=sheets.MAX_VARIANTS,
        initial=1,
        help_text=gettext_lazy(
            "From two sheets on, neighbours get different numbers. Each sheet has a code."
        ),
    )
    decimal_comma = forms.BooleanField(
        label=gettext_lazy("numbers with a decimal comma: 2,5 and (1; 2)"), required=False
    )
    solutions = forms.BooleanField(
        label=gettext_lazy("reference solutions on the key"), required=False
    )

    def __init__(self, *args: Any, has_variants: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_variants:
            self.fields["variants"].disabled = True
            self.fields["variants"].help_text = _(
                "No problem of this set has parameters, so all sheets are the same."
            )


@login_required
@require_safe
def page(request: AuthedRequest, code: UUID) -> HttpResponse:
    problem_set = visible_set(request, code)
    items = sheets.items_with_content(problem_set)
    usual = {"decimal_comma": is_for_commas(request.user, problem_set)}
    form = PrintForm(initial=usual, has_variants=sheets.variants_possible(items))
    context = {"problem_set": problem_set, "form": form, "items": items}
    context["has_key"] = may_have_key(request, problem_set)
    return render(request, "assignments/print.html", context)


def is_for_commas(user: User, problem_set: ProblemSet) -> bool:
    """Whether a class of theirs that has the set writes decimal commas."""
    taught = Section.objects.taught_by(user).filter(assignments__problem_set=problem_set)
    return taught.filter(convention__in=names_with_comma()).exists()


def may_have_key(request: AuthedRequest, problem_set: ProblemSet) -> bool:
    return ProblemSet.objects.with_key_for(request.user).contains(problem_set)


@login_required
@require_safe
def file(request: AuthedRequest, code: UUID, part: str) -> HttpResponse:
    """The sheets, or their key. Only who may see the set gets here: no student does.

    The key is for teachers alone.
    """
    problem_set = visible_set(request, code)
    items = sheets.items_with_content(problem_set)
    if part not in PARTS or not items or (part == "key" and not may_have_key(request, problem_set)):
        raise Http404
    form = PrintForm(
        {"variants": "1", **request.GET.dict()}, has_variants=sheets.variants_possible(items)
    )
    if not form.is_valid():
        return refused(
            request, problem_set, _("Choose 1 to %(n)d sheets.") % {"n": sheets.MAX_VARIANTS}
        )
    if not is_allowed("print", request.user.pk, per_minute=PRINTS_A_MINUTE):
        return refused(request, problem_set, _("Too many requests within a minute. Wait a moment."))
    data = form.cleaned_data
    try:
        variants = sheets.sheets(items, data["variants"], decimal_comma=data["decimal_comma"])
        content = typeset(problem_set, variants, part, with_solutions=data["solutions"])
    except (InvalidRecord, NotPrintable) as error:
        return refused(request, problem_set, str(error))
    return download(problem_set, part, content)


class NotPrintable(Exception):
    """The sheets cannot be typeset; says why in a sentence for the teacher."""


def typeset(
    problem_set: ProblemSet, variants: list[sheets.Sheet], part: str, *, with_solutions: bool
) -> bytes:
    """The PDF of the sheets, or of their key. Raises NotPrintable."""
    of_key = part == "key"
    if of_key:
        markup = sheets.key_markup(problem_set, variants, with_solutions=with_solutions)
    else:
        markup = sheets.problems_markup(problem_set, variants)
    try:
        return make_pdf(markup, settings.DATA_DIR / "fonts", sheets.pictures_of(variants))
    except NoChineseFont as error:
        names = sheets.chinese_problems(variants, of_key=of_key, with_solutions=with_solutions)
        raise NotPrintable(without_font(names)) from error
    except NoPdf as error:
        logger.warning("a set was not typeset pk=%d part=%s: %s", problem_set.pk, part, error)
        raise NotPrintable(_("These problems could not be typeset.")) from error


def without_font(names: list[str]) -> str:
    """names: of the problems that need a Chinese font; empty where only the words around do."""
    if names:
        needed = _("This server has no Chinese font, which these problems need: %(names)s.")
        needed %= {"names": ", ".join(names)}
    else:
        needed = _(
            "This server has no Chinese font, which the title of the set or the language of this "
            "page needs."
        )
    remedy = _(
        "The administrator installs one, such as Debian’s fonts-noto-cjk, or puts its file into "
        "the folder “fonts” of the data folder."
    )
    return f"{needed} {remedy}"


def download(problem_set: ProblemSet, part: str, content: bytes) -> HttpResponse:
    title = slugify(problem_set.title, allow_unicode=True) or "lemma"
    suffix = "-" + _("key") if part == "key" else ""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=f"{title}{suffix}.pdf")
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def refused(request: AuthedRequest, problem_set: ProblemSet, problem: str) -> HttpResponse:
    messages.error(request, problem)
    return redirect("set-print", problem_set.code)
