"""Exercises on solutions: complete one, or find the wrong line. Neither costs or earns anything."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import ExerciseKind
from tutor.attempts.access import requested_access
from tutor.attempts.exercises.begun_solutions import BegunExamples
from tutor.attempts.exercises.faded_example import FadedExample, LineVerdict, blanks_at
from tutor.attempts.exercises.offers import Exercises
from tutor.attempts.working.accepting import MAX_LINE_CHARACTERS, accept_working
from tutor.attempts.working.check_visibility import EVERYTHING
from tutor.attempts.working.decimal_commas import has_decimal_comma
from tutor.attempts.working.shown_working import Working
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.exercises import WrongSolution
from tutor.limits import NoCpuLeft, limited_act
from tutor.text_gate import UnacceptableText

LINES_A_MINUTE = 30
TOO_FAST = gettext_lazy("That was too fast. Wait a minute.")


@login_required
@require_safe
def exercises(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The part of a problem's page that offers them; it may take a while the first time."""
    access = requested_access(request, code)
    if "HX-Request" not in request.headers:
        return redirect(access.item)
    context = {"item": access.item, "exercises": Exercises(access)}
    return render(request, "attempts/_exercises.html", context)


class ExerciseForm(forms.Form):
    """number: of the exercise. filled: the lines so far, signed. missed: what was chosen first."""

    number = forms.IntegerField(min_value=1, required=False)
    filled = forms.CharField(required=False)
    line = forms.CharField(required=False, max_length=MAX_LINE_CHARACTERS)
    chosen = forms.IntegerField(min_value=1, required=False)
    missed = forms.IntegerField(min_value=1, required=False)


class NotOffered(Exception):
    """Its text is for the student."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def faded_example(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A solution with other numbers, whose last lines the student fills in."""
    access = requested_access(request, code)
    try:
        page = ExercisePage(request, Exercises(access), ExerciseKind.FADED)
        context = page.context() | _faded(request, page)
    except NotOffered as error:
        messages.info(request, str(error))
        return redirect(access.item)
    response = _rendered(request, "faded_example", context)
    response["HX-Replace-Url"] = page.url  # a reload is of this exercise, also once it is done
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wrong_line(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A solution with other numbers and one wrong line, which the student looks for."""
    access = requested_access(request, code)
    try:
        page = ExercisePage(request, Exercises(access), ExerciseKind.WRONG_LINE)
        context = page.context() | _wrong_line(page)
    except NotOffered as error:
        messages.info(request, str(error))
        return redirect(access.item)
    return _rendered(request, "wrong_line", context)


def _rendered(request: AuthedRequest, name: str, context: dict[str, object]) -> HttpResponse:
    is_piece = "HX-Request" in request.headers
    return render(request, f"attempts/{'_' if is_piece else ''}{name}.html", context)


class ExercisePage:
    """One exercise of a kind, as a request asks for it."""

    def __init__(self, request: AuthedRequest, exercises: Exercises, kind: ExerciseKind) -> None:
        """Raises NotOffered, and Http404 for a number that does not exist."""
        self.exercises, self.kind = exercises, kind
        self.is_post = request.method == "POST"
        if exercises.is_being_made:
            raise NotOffered(_("This exercise is still being made. Try again in a moment."))
        offer = exercises.offer_of(kind)
        if offer is None:
            raise NotOffered(_("There is no such exercise for this problem now."))
        self.offer = offer
        form = ExerciseForm(request.POST if self.is_post else request.GET)
        self.is_valid = form.is_valid()
        self.data = form.cleaned_data
        self.number = self.data.get("number") or offer.next_number
        if self.number > offer.count:
            raise Http404

    @property
    def url(self) -> str:
        return f"{self.offer.url}?number={self.number}"

    @property
    def decimal_comma(self) -> bool:
        access = self.exercises.access
        return has_decimal_comma(access.version, access.assignment.section)

    @property
    def next_number(self) -> int | None:
        return self.number + 1 if self.number < self.offer.count else None

    def note(self, *, is_right: bool) -> None:
        self.exercises.note(self.kind, self.number, is_right=is_right)

    def context(self) -> dict[str, object]:
        access = self.exercises.access
        return {
            "item": access.item,
            "assignment": access.assignment,
            "version": access.version,
            "page": self,
        }


def _faded(request: AuthedRequest, page: ExercisePage) -> dict[str, object]:
    assert page.exercises.made is not None  # noqa: S101  # else the page is refused
    solution = page.exercises.made.solutions[page.number - 1]
    results = page.exercises.results_of(page.kind)
    successes = sum(is_right for number, is_right in results.items() if number < page.number)
    example = FadedExample(
        solution,
        blanks_at(solution, successes),
        was_shown=results.get(page.number) is False,
        decimal_comma=page.decimal_comma,
    )
    key = f"{request.user.pk}/{page.exercises.access.item.code}/{page.number}"
    begun = BegunExamples(request.session, key)
    if page.is_post:
        begun.put(page.data.get("filled", ""), example)
        problem = _fill(request, page, example)
        if not problem:
            begun.keep(example)
    else:
        problem = _restore(request, begun, example)
    stays_typed = bool(problem or example.tried or example.verdict == LineVerdict.REPEATED)
    typed = request.POST.get("line", "") if stays_typed else ""
    signed = begun.signed(example)
    return {"example": example, "problem": problem, "typed": typed, "signed": signed}


def _restore(request: AuthedRequest, begun: BegunExamples, example: FadedExample) -> str:
    """Fill in what was there before a reload. Returns a sentence where it could not be, else ""."""
    if not begun.has_lines:
        return ""
    begun.restore(example)
    try:
        with limited_act("exercise", request.user.pk, per_minute=LINES_A_MINUTE):
            example.check()
    except NoCpuLeft:
        return str(TOO_FAST)
    return ""


def _fill(request: AuthedRequest, page: ExercisePage, example: FadedExample) -> str:
    """Take the line that was posted, and check all.

    Returns a sentence where it was not taken, and then nothing is checked; else "".
    """
    try:
        typed = accept_working(page.data.get("line", ""))
    except UnacceptableText as error:
        return str(error)
    if not page.is_valid:
        return _("A line may have %(most)s characters.") % {"most": MAX_LINE_CHARACTERS}
    try:
        with limited_act("exercise", request.user.pk, per_minute=LINES_A_MINUTE):
            _take(request, page, example, typed)
    except NoCpuLeft:
        return str(TOO_FAST)
    return ""


def _take(
    request: AuthedRequest, page: ExercisePage, example: FadedExample, typed: tuple[str, ...]
) -> None:
    if "show" in request.POST:
        example.show()
        page.note(is_right=False)
    elif typed:
        example.fill(typed[0])
    example.check()
    if example.is_done:
        page.note(is_right=example.is_unaided)


def _wrong_line(page: ExercisePage) -> dict[str, object]:
    assert page.exercises.made is not None  # noqa: S101  # else the page is refused
    solution = page.exercises.made.wrong[page.number - 1]
    chosen = page.data.get("chosen") if page.is_post else None
    is_found = chosen == solution.wrong_index + 1
    if chosen is not None:
        page.note(is_right=is_found)
    return {
        "solution": solution,
        "working": _marked(solution, page),
        "chosen": chosen,
        "is_found": is_found,
        "tries_again": chosen is not None and not is_found and not page.data.get("missed"),
        "wrong_number": solution.wrong_index + 1,
        "is_unchosen": page.is_post and chosen is None,
    }


def _marked(solution: WrongSolution, page: ExercisePage) -> Working:
    reader = LineReader(decimal_comma=page.decimal_comma)
    count = len(solution.lines)
    return Working(
        solution.lines,
        solution.checks,
        reader=reader,
        visibility=EVERYTHING,
        visible_mark_count=count,
    )
