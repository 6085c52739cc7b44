from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.one_time_passwords import still_has_one
from accounts.requests import AuthedRequest
from tutor.courses.clock import read_by_clock_of
from tutor.courses.forms import (
    AccommodationForm,
    GroupForm,
    JoinForm,
    NameForm,
    NewSectionForm,
    RoleForm,
    RosterForm,
    SectionForm,
    keep_a_teacher,
)
from tutor.courses.invitations import accept, decline, invitations_of
from tutor.courses.joining import NoEntry, join, section_of
from tutor.courses.models import Enrollment, Group, Section, SectionEvent, SectionQuerySet
from tutor.courses.passwords import give_passwords, may_get_passwords
from tutor.courses.roster import EXAMPLE, BadTable, Plan, enroll, plan_for
from tutor.limits import is_allowed

PER_PAGE = 100
CODES_A_MINUTE = 10
NO_ENTRY = {
    NoEntry.UNKNOWN: gettext_lazy(
        "No class has this code. Look at it once more: it has letters and digits, but no O, 0, I "
        "or 1. When your teacher has made a new one, the old one is gone."
    ),
    NoEntry.OVER: gettext_lazy("This code is over. Ask your teacher for a new one."),
    NoEntry.ALREADY_IN: gettext_lazy("You are in this class already."),
    NoEntry.REMOVED: gettext_lazy(
        "A teacher of this class has removed you from it. Ask them to take you back."
    ),
}


def require_staff(user: User) -> None:
    if not user.has_classes:
        raise Http404


def visible_section(request: AuthedRequest, code: UUID) -> Section:
    """One into which they may look; `may_manage` says whether they may change it too."""
    return opened(Section.objects.visible_to(request.user), code)


def managed_section(request: AuthedRequest, code: UUID) -> Section:
    return opened(Section.objects.managed_by(request.user), code)


def opened(sections: SectionQuerySet, code: UUID) -> Section:
    section = get_object_or_404(sections.select_related("course"), code=code)
    read_by_clock_of(section)
    return section


def may_manage(user: User, section: Section) -> bool:
    return Section.objects.managed_by(user).contains(section)


@login_required
@require_safe
def sections(request: AuthedRequest) -> HttpResponse:
    require_staff(request.user)
    shows_archive = request.GET.get("archive") == "1"
    students = Count("enrollments", filter=Q(enrollments__role=Enrollment.Role.STUDENT))
    found = (
        Section.objects.visible_to(request.user)
        .filter(archived_at__isnull=not shows_archive)
        .select_related("course")
        .annotate(students=students)
        .order_by("course__title", "name", "pk")
    )
    archived = Section.objects.visible_to(request.user).exclude(archived_at=None)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "shows_archive": shows_archive,
        "has_archive": shows_archive or archived.exists(),
        "query": "archive=1" if shows_archive else "",
    }
    return render(request, "courses/sections.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthedRequest) -> HttpResponse:
    if not request.user.is_teacher:
        raise Http404
    form = NewSectionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            section = form.save()
            section.renew_join_code()
            section.note(SectionEvent.Act.CREATED, author=request.user)
        messages.success(
            request, _("“%(section)s” is made. Now add its people.") % {"section": section}
        )
        return redirect("people", section.code)
    return render(request, "courses/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = managed_section(request, code)
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The section is saved."))
        return redirect("section-edit", section.code)
    context = {
        "section": section,
        "form": form,
        "may_manage": True,
        "events": section.events.select_related("author", "about")[:50],
    }
    return render(request, "courses/edit.html", context)


@login_required
@require_POST
def act(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What one button does: the join code, the archive."""
    section = managed_section(request, code)
    done = request.POST.get("do", "")
    with transaction.atomic():
        if done == "renew-code":
            section.renew_join_code()
            section.note(SectionEvent.Act.CODE_RENEWED, author=request.user)
        elif done == "stop-code":
            section.stop_joining()
            section.note(SectionEvent.Act.CODE_STOPPED, author=request.user)
        elif done == "archive":
            section.archive()
            section.note(SectionEvent.Act.ARCHIVED, author=request.user)
            messages.success(
                request,
                _("“%(section)s” is in the archive. Nothing is lost.") % {"section": section},
            )
            return redirect("sections")
        elif done == "restore":
            section.restore()
            section.note(SectionEvent.Act.RESTORED, author=request.user)
            messages.success(
                request, _("“%(section)s” is back from the archive.") % {"section": section}
            )
            return redirect("section-edit", section.code)
    return redirect("people", section.code)


@login_required
@require_safe
def people(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    members = list(section.enrollments.in_order().with_confirmed().select_related("user"))
    renewable = set(may_get_passwords(section, request.user).values_list("pk", flat=True))
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "members": members,
        "students": sum(member.is_student for member in members),
        "waiting": [one for one in members if one.pk in renewable and still_has_one(one.user)],
        "join_link": request.build_absolute_uri(section.join_path) if section.join_code else "",
    }
    return render(request, "courses/people.html", context)


@login_required
@require_safe
def member(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    section = visible_section(request, code)
    found = member_of(section, username)
    return member_page(request, found)


def member_page(request: AuthedRequest, found: Enrollment, **forms: object) -> HttpResponse:
    """The page of one person; `forms` are those in which something is wrong."""
    section = found.section
    context = {
        "section": section,
        "member": found,
        "may_manage": may_manage(request.user, section),
        "sends_mail": bool(settings.EMAIL_HOST),
        "may_get_password": may_get_passwords(section, request.user).contains(found),
        "name_form": NameForm(instance=found.user) if is_named_by(request.user, found) else None,
        "events": section.events.filter(about=found.user).select_related("author", "about")[:50],
        "role_form": RoleForm(instance=found),
        "grant_form": AccommodationForm(instance=found),
        **forms,
    }
    return render(request, "courses/member.html", context)


def is_named_by(user: User, found: Enrollment) -> bool:
    """Whether teachers say what this person is called: those whose account their list made."""
    is_by_list = found.origin == Enrollment.Origin.LIST
    return is_by_list and may_get_passwords(found.section, user).contains(found)


@login_required
@require_POST
def rename(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """The name of a student whose account a list of the section made."""
    section = managed_section(request, code)
    found = member_of(section, username)
    if not is_named_by(request.user, found):
        raise Http404
    form = NameForm(request.POST, instance=found.user)
    if not form.is_valid():
        return member_page(request, found, name_form=form)
    with transaction.atomic():
        form.save()
        section.note(SectionEvent.Act.NAMED, request.user, found.user)
    messages.success(request, _("The name is saved."))
    return redirect(found)


def member_of(section: Section, username: str) -> Enrollment:
    people = section.enrollments.with_confirmed().select_related("user")
    found = get_object_or_404(people, user__username=username)
    found.section = section
    return found


@login_required
@require_POST
def change_role(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """Another role, out of the section, or back into it."""
    section = managed_section(request, code)
    found = member_of(section, username)
    form = RoleForm(request.POST, instance=found)
    leaves = request.POST.get("do") == "remove"
    with transaction.atomic():
        Section.objects.select_for_update().get(pk=section.pk)  # of two teachers one stays
        if leaves:
            return remove(request, found)
        if not form.is_valid():
            return member_page(request, found, role_form=form)
        found.save(update_fields=["role", "origin"])
        label = found.get_role_display()
        section.note(SectionEvent.Act.ROLE, request.user, found.user, detail=label)
    messages.success(
        request,
        _("%(name)s has the role %(role)s now.")
        % {"name": found.user.isolated_name, "role": label},
    )
    return redirect("people", section.code)


@login_required
@require_POST
def accommodate(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """What the student is always granted in this section."""
    section = managed_section(request, code)
    found = member_of(section, username)
    form = AccommodationForm(request.POST, instance=found)
    if not form.is_valid():
        return member_page(request, found, grant_form=form)
    with transaction.atomic():
        form.save()
        granted = f"{found.extra_time} % · {found.extra_attempts} · {found.extra_days} d"
        section.note(SectionEvent.Act.ACCOMMODATION, request.user, found.user, detail=granted)
    text = _("What %(name)s is always granted is saved. It holds for every assignment here.")
    messages.success(request, text % {"name": found.user.isolated_name})
    return redirect(found)


@login_required
@require_safe
def ask_to_remove(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    section = managed_section(request, code)
    context = {"section": section, "member": member_of(section, username)}
    return render(request, "courses/remove_ask.html", context)


def remove(request: AuthedRequest, found: Enrollment) -> HttpResponse:
    try:
        keep_a_teacher(found)
    except forms.ValidationError as error:
        messages.error(request, error.message)
        return redirect(found)
    found.take_role(Enrollment.Role.FORMER)
    found.save(update_fields=["role", "origin"])
    found.section.note(SectionEvent.Act.REMOVED, request.user, found.user)
    text = _("%(name)s is not in the section any more. Their work is kept, should they come back.")
    messages.success(request, text % {"name": found.user.isolated_name})
    return redirect("people", found.section.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: AuthedRequest, code: UUID, group: UUID | None = None) -> HttpResponse:
    """The groups of a section; one of them, or a new one, in a form."""
    section = managed_section(request, code)
    found = get_object_or_404(section.groups, code=group) if group else Group(section=section)
    found.section = section
    if request.method == "POST" and group and request.POST.get("do") == "delete":
        return delete_group(request, found)
    form = GroupForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        return redirect("groups", section.code)
    context = {
        "section": section,
        "form": form,
        "group": found if group else None,
        "groups": section.groups.annotate(count=Count("members")),
        "may_manage": True,
    }
    return render(request, "courses/groups.html", context)


def delete_group(request: AuthedRequest, found: Group) -> HttpResponse:
    if found.assignments.exists():
        messages.error(request, _("Something is assigned to this group, so it stays."))
    else:
        found.delete()
    return redirect("groups", found.section.code)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A list of people: looked at first, taken when it is confirmed."""
    section = managed_section(request, code)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return roster_page(request, section, form)
    source = form.source
    text = form.cleaned_data[source]
    try:
        plan = plan_for(section, text)
    except BadTable as error:
        form.add_error(source, str(error))
        return roster_page(request, section, form)
    if request.POST.get("do") == "add" and plan.is_ready:
        return add_people(request, section, plan)
    fresh = RosterForm(initial={"text": text})
    return roster_page(request, section, fresh, plan=plan, text=text)


def roster_page(
    request: AuthedRequest, section: Section, form: RosterForm, **found: object
) -> HttpResponse:
    context = {"section": section, "form": form, "example": EXAMPLE, **found}
    return render(request, "courses/roster.html", context)


def add_people(request: AuthedRequest, section: Section, plan: Plan) -> HttpResponse:
    try:
        made = enroll(section, plan, request.user)
    except IntegrityError:
        messages.error(
            request, _("Somebody else added people at the same moment. Check the list once more.")
        )
        return redirect("roster", section.code)
    if made:
        return passwords_page(request, section, made)
    messages.success(request, _("The people of your list are in the section."))
    return redirect("people", section.code)


def passwords_page(
    request: AuthedRequest, section: Section, made: list[tuple[User, str]]
) -> HttpResponse:
    """The one time that these passwords are shown."""
    address = request.build_absolute_uri("/")
    context = {"section": section, "made": made, "address": address}
    return render(request, "courses/passwords.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passwords(request: AuthedRequest, code: UUID) -> HttpResponse:
    """New ones: for the student who is named, or for all who have never signed in. Asks first."""
    section = managed_section(request, code)
    places = may_get_passwords(section, request.user).in_order().select_related("user")
    if username := (request.POST or request.GET).get("username"):
        places = places.filter(user__username=username.replace("\0", ""))
    else:
        places = places.filter(user__has_one_time_password=True, user__last_login=None)
    if request.method == "POST":
        with transaction.atomic():
            made = give_passwords(section, places, request.user)
        if made:
            return passwords_page(request, section, made)
    elif places:
        person = places[0].user if username else None
        context = {"section": section, "places": places, "person": person}
        return render(request, "courses/passwords_ask.html", context)
    if username:
        messages.error(request, _("Only the administration can make a new password for them."))
    else:
        messages.info(request, _("Everybody has signed in and set a password of their own."))
    return redirect("people", section.code)


@login_required
@require_POST
def answer_invitation(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Take the place that a list keeps for this person, or leave it."""
    invitation = get_object_or_404(invitations_of(request.user), code=code)
    section = invitation.enrollment.section
    if request.POST.get("do") == "accept":
        if accept(invitation):
            messages.success(request, _("You are in “%(section)s”.") % {"section": section})
        else:
            messages.error(request, _("Somebody has this place already. Ask your teacher."))
    else:
        decline(invitation)
        messages.success(request, _("You have declined. Nobody is told."))
    return redirect("home")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_section(request: AuthedRequest, join_code: str = "") -> HttpResponse:
    """Type a code, or follow a link that has it; then confirm the class that it names."""
    typed = request.POST.get("code", join_code)
    form = JoinForm({"code": typed} if typed or request.method == "POST" else None)
    section = None
    if form.is_bound and form.is_valid():
        if not is_allowed("join", request.user.pk, per_minute=CODES_A_MINUTE):
            form.add_error("code", _("You have tried many codes. Wait a minute, then try again."))
        else:
            confirmed = request.POST.get("do") == "join"
            found = (join if confirmed else section_of)(form.cleaned_data["code"], request.user)
            if isinstance(found, NoEntry):
                form.add_error("code", str(NO_ENTRY[found]))
            elif confirmed:
                messages.success(request, _("You are in “%(section)s”.") % {"section": found})
                return redirect("home")
            else:
                section = found
    return render(request, "courses/join.html", {"form": form, "section": section})
