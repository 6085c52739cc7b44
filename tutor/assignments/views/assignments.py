from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.access import (
    as_code,
    assigning_classes,
    items_of,
    managed_assignment,
    visible_assignment,
)
from tutor.assignments.copying import plan_copies, store_copies, usual_shift
from tutor.assignments.extending import extend as extend_for
from tutor.assignments.forms import AssignmentForm, CopyForm, ExtensionForm, OverrideForm
from tutor.assignments.models import Assignment, Item, Override, ProblemSet, Sitting
from tutor.assignments.remarks import shared_remark, window_remark
from tutor.assignments.taken_back import note_taken_back
from tutor.courses.access import managed_section, may_manage
from tutor.courses.clock import in_full
from tutor.courses.models import Section, SectionEvent, SectionQuerySet
from tutor.problems.advising.key_doubts import doubted
from tutor.problems.models import Problem

MAX_OTHER_CLASSES = 12
VERDICTS_AFTER_TEST = gettext_noop(
    "In this test students read what is right after it is over for everybody."
)
HELP_AFTER_TEST = gettext_noop(
    "In this test students get help and solutions after it is over for everybody."
)


@login_required
@require_POST
def begin(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The student's time runs from now on, and the first problem opens.

    A second click begins nothing anew.
    """
    taken = Assignment.objects.taken_by(request.user)
    assignment = get_object_or_404(taken, code=code).for_student()
    if assignment.waits_for_beginning and timezone.now() <= assignment.ends_at:
        Sitting.objects.get_or_create(assignment=assignment, enrollment_id=assignment.enrollment_pk)
        items = Item.objects.filter(problem_set=assignment.problem_set_id)
        first = items.filter(problem__current__isnull=False).order_by("position").first()
        return redirect(first or assignment)
    return redirect(assignment)


@login_required
@require_safe
def terms(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What holds for each student: dates, attempts, time."""
    assignment = visible_assignment(request, code)
    students = assignment.section.enrollments.students()
    rows = Assignment.objects.filter(pk=assignment.pk).for_students(students)
    taken = {row.enrollment_pk: row.for_student() for row in rows}
    overridden = set(assignment.overrides.values_list("enrollment", flat=True))
    members = students.filter(pk__in=taken).in_order().select_related("user")
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "extension_form": ExtensionForm(assignment=assignment),
        "students": [(member, taken[member.pk], member.pk in overridden) for member in members],
    }
    return render(request, "assignments/terms.html", context)


@login_required
@require_POST
def extend(request: AuthedRequest, code: UUID) -> HttpResponse:
    """More days for the students who are ticked on the page of terms."""
    assignment = managed_assignment(request, code)
    form = ExtensionForm(request.POST, assignment=assignment)
    if form.is_valid():
        students, days = form.cleaned_data["student"], form.cleaned_data["days"]
        messages.success(request, until(extend_for(assignment, students, days, request.user)))
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect("assignment-terms", assignment.code)


def until(overrides: list[Override]) -> str:
    """When it is due for these students, where that is the same for all of them."""
    instants = {override.due_at for override in overrides if override.due_at}
    if len(instants) != 1:
        count = len(overrides)
        text = ngettext(
            "%(n)d student has a later date.", "%(n)d students have a later date.", count
        )
        return text % {"n": count}
    when = in_full(*instants)
    if len(overrides) > 1:
        return _("%(n)d students: until %(when)s.") % {"n": len(overrides), "when": when}
    name = overrides[0].enrollment.user.isolated_name
    return _("%(name)s: until %(when)s.") % {"name": name, "when": when}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def student_terms(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """What one student has in one assignment instead of what the others have."""
    assignment = managed_assignment(request, code)
    student = assignment.section.enrollments.students().filter(user__username=username)
    rows = Assignment.objects.filter(pk=assignment.pk).for_students(student)
    given = get_object_or_404(rows).for_student()
    member = student.select_related("user").get()
    stored = Override.objects.filter(assignment=assignment, enrollment=member).first()
    override = stored or Override(assignment=assignment, enrollment=member)
    form = OverrideForm(request.POST or None, instance=override, given=given)
    if request.method == "POST" and form.is_valid():
        store_override(request, form)
        return redirect("assignment-terms", assignment.code)
    context = {"assignment": assignment, "section": assignment.section, "member": member}
    return render(
        request, "assignments/student_terms.html", context | {"given": given, "form": form}
    )


@transaction.atomic
def store_override(request: AuthedRequest, form: OverrideForm) -> None:
    """Empty fields leave no row behind."""
    override = form.instance
    if not override.is_empty:
        form.save()
    elif override.pk:
        override.delete()
    about = override.enrollment.user
    note = override.assignment.section.note
    note(SectionEvent.Act.OVERRIDE, request.user, about, detail=override.assignment.title)
    text = _("The settings for %(name)s are saved.") % {"name": about.isolated_name}
    messages.success(request, until([override]) if override.due_at else text)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Give a set to the section."""
    section = managed_section(request, code)
    return edited(request, Assignment(section=section, **usual_dates(section)))


def usual_dates(section: Section) -> dict[str, datetime]:
    """From tomorrow morning to the evening a week later, by the section's clock."""
    now = timezone.now().astimezone(section.zone).replace(minute=0, second=0, microsecond=0)
    opens_at = (now + timedelta(days=1)).replace(hour=8)
    return {"opens_at": opens_at, "due_at": (opens_at + timedelta(days=7)).replace(hour=20)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, code: UUID) -> HttpResponse:
    return edited(request, managed_assignment(request, code))


def edited(request: AuthedRequest, assignment: Assignment) -> HttpResponse:
    section, is_new = assignment.section, assignment.pk is None
    initial: dict[str, Any] = {} if assignment.pk else {"problem_set": requested_set(request)}
    if is_new and request.method != "POST":
        assignment.problem_set = initial["problem_set"]
    form = AssignmentForm(
        request.POST or None, instance=assignment, user=request.user, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        if request.POST.get("opens") == "now" and timezone.now() < form.instance.due_at:
            form.instance.opens_at = timezone.now()
        with transaction.atomic():
            saved = form.save()
        messages.success(request, text_of(saved, is_new=is_new))
        tell_what_follows(request, form, saved)
        return redirect(section)
    context = {
        "assignment": assignment,
        "section": section,
        "form": form,
        "may_delete": assignment.pk is not None and not assignment.has_answers(),
        "begun": assignment.sittings.count() if assignment.pk else 0,
        "doubted": doubted_in(assignment.problem_set if assignment.pk else initial["problem_set"]),
        "shared": shared_remark(form.instance),
        "given_already": None if assignment.pk else given_already(section, initial["problem_set"]),
        "other_classes": other_classes(request, section, initial["problem_set"]) if is_new else (),
    }
    return render(request, "assignments/edit.html", context)


def tell_what_follows(request: AuthedRequest, form: AssignmentForm, saved: Assignment) -> None:
    """What the teacher may not have meant."""
    for problem in doubted_in(saved.problem_set):
        messages.warning(request, doubt_warning(problem))
    if form.gives_several_attempts:
        messages.info(request, attempts_remark(saved))
    if form.is_help_put_off:
        messages.info(request, _(HELP_AFTER_TEST))
    if form.are_verdicts_put_off:
        messages.info(request, _(VERDICTS_AFTER_TEST))
    if saved.help_in_test:
        messages.warning(request, help_warning(saved))
    if form.is_window_new and (remark := window_remark(saved)):
        messages.info(request, with_link(remark, saved, "id_opens_at", _("Change the dates")))
    if saved.is_test and form.is_test_new and (remark := shared_remark(saved)):
        messages.info(request, remark)


def text_of(assignment: Assignment, *, is_new: bool) -> str:
    """What has happened, with the dates that now hold."""
    values = {
        "section": assignment.section.name,
        "opens": in_full(assignment.opens_at),
        "due": in_full(assignment.due_at),
    }
    kind = assignment.test_in_words
    values["title"] = f"{assignment.title} ({kind})" if kind else assignment.title
    if not is_new:
        return _("“%(title)s” is saved: due %(due)s.") % values
    if assignment.opens_at <= timezone.now():
        text = _("“%(title)s” is assigned to %(section)s. It is open now and due %(due)s.")
    else:
        text = _("“%(title)s” is assigned to %(section)s. It opens %(opens)s and is due %(due)s.")
    link = assignment.get_absolute_url(), _("Open the assignment")
    return format_html('{} <a href="{}">{}</a>', text % values, *link)


def doubted_in(problem_set: ProblemSet | None) -> list[Problem]:
    """Problems whose right answer their statement contradicts, as far as Lemma knows by now."""
    return doubted(item.problem for item in items_of(problem_set)) if problem_set else []


def doubt_warning(problem: Problem) -> str:
    return format_html(
        '{} <a href="{}">{}</a>',
        _("The statement of “%(title)s” contradicts its right answer.") % {"title": problem},
        reverse("correct-key", args=[problem.code]),
        _("Change the right answer"),
    )


def help_warning(test: Assignment) -> str:
    text = _(
        "This is a test, and students get help in it: %(help)s. If you do not want that, "
        "set the help to “after the due date” or “never”."
    )
    text %= {"help": "; ".join(test.help_in_test)}
    return with_link(text, test, "help-rules", _("Change the help"))


def attempts_remark(test: Assignment) -> str:
    """Of a test with a time limit and more than a single attempt."""
    count = test.attempts_allowed
    if test.withholds_verdicts:
        text = _(
            "Students have more than one attempt at each problem of this test. They may replace an "
            "answer; the last one counts."
        )
    elif count is None:
        text = _(
            "Students have any number of attempts at each problem of this test. After each, they "
            "read at once whether it was right."
        )
    else:
        sentence = ngettext(
            "Students have %(n)s attempt at each problem of this test. After it, they read at once "
            "whether it was right.",
            "Students have %(n)s attempts at each problem of this test. After each, they read at "
            "once whether it was right.",
            count,
        )
        text = sentence % {"n": count}
    return with_link(text, test, "id_attempts_allowed", _("Change the attempts"))


def with_link(text: str, test: Assignment, field: str, words: str) -> str:
    """A remark that leads to the field in which to change it."""
    form = f"{reverse('assignment-edit', args=[test.code])}#{field}"
    return format_html('{} <a href="{}">{}</a>', text, form, words)


def requested_set(request: AuthedRequest) -> ProblemSet | None:
    """The set from whose page somebody comes."""
    code = as_code(request.GET.get("set", ""))
    return ProblemSet.objects.visible_to(request.user).filter(code=code).first() if code else None


def given_already(section: Section, problem_set: ProblemSet | None) -> Assignment | None:
    """The assignment of the section that has the set already; a section has each set once."""
    return section.assignments.filter(problem_set=problem_set).select_related("problem_set").first()


def other_classes(
    request: AuthedRequest, section: Section, problem_set: ProblemSet | None
) -> SectionQuerySet:
    """Where the set could be assigned instead."""
    classes = assigning_classes(request.user).exclude(pk=section.pk)
    if problem_set is not None:
        classes = classes.exclude(assignments__problem_set=problem_set)
    return classes[:MAX_OTHER_CLASSES]


@login_required
@require_POST
def delete(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Take it from the section, while nobody has worked on it."""
    assignment = managed_assignment(request, code)
    if assignment.has_answers():
        messages.error(request, _("Students have worked on it, so it cannot be deleted."))
        return redirect("assignment-edit", assignment.code)
    assignment.delete()
    note_taken_back(assignment)
    messages.success(
        request, _("“%(title)s” is not assigned any more.") % {"title": assignment.title}
    )
    return redirect(assignment.section)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Assignments of another section, or of last year, come here on other days."""
    section = managed_section(request, code)
    sections = Section.objects.visible_to(request.user).exclude(pk=section.pk)
    sources = sections.filter(assignments__isnull=False).distinct().select_related("course")
    sources = sources.in_order()
    context: dict[str, Any] = {"section": section, "sources": sources[:200], "may_manage": True}
    chosen = as_code(request.GET.get("from", ""))
    source = sources.filter(code=chosen).first() if chosen else None
    if source is not None:
        return copied(request, section, source, context | {"source": source})
    return render(request, "assignments/copy.html", context)


def copied(
    request: AuthedRequest, section: Section, source: Section, context: dict[str, Any]
) -> HttpResponse:
    rows = list(source.assignments.all())
    initial = {
        "assignments": [row.code for row in rows],
        "days": usual_shift(rows, timezone.now()),
    }
    form = CopyForm(request.POST or None, source=source, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["assignments"].select_related("section"))
        copies = plan_copies(chosen, section, form.cleaned_data["days"])
        if request.POST.get("do") == "copy":
            made = store_copies(copies)
            text = ngettext("%(n)d assignment is copied.", "%(n)d assignments are copied.", made)
            messages.success(request, text % {"n": made})
            return redirect(section)
        context["copies"] = copies
    return render(request, "assignments/copy.html", context | {"form": form})
