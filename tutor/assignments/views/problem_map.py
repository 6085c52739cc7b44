"""The bank by the skill map, for teachers: areas, skills with their problems, ready sets."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.access import as_code
from tutor.assignments.collecting import collection_of
from tutor.assignments.models import ProblemSet
from tutor.courses.access import managed_section
from tutor.courses.models import Section, SectionQuerySet
from tutor.problems.access import ordered, require_teacher
from tutor.problems.bank.ready_sets import ReadySet, ready_sets
from tutor.problems.content import Content, InvalidRecord
from tutor.problems.models import Problem, ProblemQuerySet, Skill
from tutor.problems.parts import statement_with
from tutor.problems.skills.names import skill_name
from tutor.problems.skills.picture import Dot, MapPicture, map_picture, topics_of
from tutor.problems.skills.skill_map import AREAS, MappedSkill, skill_map

MAX_SHOWN = 30  # problems of a skill
VARIANTS = (1, 2, 3)


@dataclass(frozen=True)
class Offered:
    """A problem of a skill, as the first students would see it."""

    problem: Problem
    variants: list[Content]

    @property
    def statements(self) -> list[str]:
        return [statement_with(row.statement, row.parts) for row in self.variants]


@dataclass(frozen=True)
class CountedSkill:
    skill: MappedSkill
    count: int  # of problems

    @property
    def name(self) -> str:
        return skill_name(self.skill.path)

    @property
    def rests_on(self) -> list[str]:
        return [skill_name(path) for path in self.skill.after]


@login_required
@require_safe
def problem_map(request: AuthedRequest) -> HttpResponse:
    require_teacher(request.user)
    counts, picture = counts_for(request), map_picture()
    context = {
        "picture": picture,
        "dots": [_with_count(dot, counts[dot.skill.path], picture) for dot in picture.dots],
        "areas": [area_row(area, counts) for area in AREAS],
        "sets_by_area": [(skill_name(area), sets_of(area)) for area in AREAS if sets_of(area)],
        "sections": sections_of(request),
    }
    return render(request, "assignments/problem_map.html", context)


def _with_count(dot: Dot, count: int, picture: MapPicture) -> tuple[object, ...]:
    path, area = dot.skill.path, dot.skill.area
    state = "secure" if count else "later"
    lists = ("problem-map-skill", path) if count else ("problem-map-area", area)
    return dot, state, picture.lines.get(path), reverse(lists[0], args=lists[1:]), count


def sets_of(area: str) -> list[ReadySet]:
    return [ready for ready in ready_sets() if ready.area == area]


def area_row(area: str, counts: Counter[str]) -> tuple[str, str, int]:
    """Its path, its name, and how many of its skills have problems."""
    skills = [skill for _topic, rows in topics_of(area) for skill in rows]
    return area, skill_name(area), sum(bool(counts[skill.path]) for skill in skills)


@login_required
@require_safe
def area(request: AuthedRequest, area: str) -> HttpResponse:
    require_teacher(request.user)
    if area not in AREAS:
        raise Http404
    counts = counts_for(request)
    context = {
        "area_name": skill_name(area),
        "lines": [
            (skill_name(topic), [CountedSkill(skill, counts[skill.path]) for skill in skills])
            for topic, skills in topics_of(area)
        ],
    }
    return render(request, "assignments/problem_map_area.html", context)


@login_required
@require_safe
def skill(request: AuthedRequest, path: str) -> HttpResponse:
    """Its problems, each with three variants to choose by."""
    require_teacher(request.user)
    mapped = skill_map().skills.get(path)
    if mapped is None:
        raise Http404
    problems = problems_for(request).filter(skills__name=mapped.path).with_content()
    easiest = ordered(problems, "", "level")[:MAX_SHOWN]
    context = {
        "skill": CountedSkill(mapped, problems.count()),
        "area_name": skill_name(mapped.area),
        "offered": [Offered(row, first_variants(row)) for row in easiest],
        "max_shown": MAX_SHOWN,
        "collection": collection_of(request),
    }
    return render(request, "assignments/problem_map_skill.html", context)


def first_variants(problem: Problem) -> list[Content]:
    """One of a problem without parameters; none of one that cannot be drawn."""
    if problem.current is None:
        return []
    content = problem.current.content()
    seeds = VARIANTS if content.parameters.strip() else VARIANTS[:1]
    try:
        return [content.variant(seed) for seed in seeds]
    except InvalidRecord:
        return []


def problems_for(request: AuthedRequest) -> ProblemQuerySet:
    """What the teacher may read, in the language of the page."""
    problems = Problem.objects.visible_to(request.user).in_use()
    return problems.matching(language=request.LANGUAGE_CODE)


def counts_for(request: AuthedRequest) -> Counter[str]:
    """How many problems each skill has, by its path."""
    tagged = Skill.problems.through._default_manager.filter(problem__in=problems_for(request))
    return Counter(tagged.values_list("skill__name", flat=True))


@login_required
@require_POST
def take(request: AuthedRequest) -> HttpResponse:
    """Make a set of the chosen problems of a skill, or of all that the page shows."""
    require_teacher(request.user)
    path = request.POST.get("skill", "")
    if path not in skill_map().skills:
        raise Http404
    sent = request.POST.getlist("shown" if "all" in request.POST else "problem")
    codes = {code for code in map(as_code, sent[:MAX_SHOWN]) if code}
    problems = list(Problem.objects.visible_to(request.user).filter(code__in=codes))
    if not problems:
        messages.error(request, _("Choose at least one problem."))
        return redirect("problem-map-skill", path)
    return redirect(new_set(request.user, skill_name(path), problems))


def sections_of(request: AuthedRequest) -> SectionQuerySet:
    return Section.objects.managed_by(request.user).current().select_related("course")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ready_set(request: AuthedRequest, slug: str) -> HttpResponse:
    """Its problems, to look at before it is taken."""
    require_teacher(request.user)
    ready = next((row for row in ready_sets() if row.slug == slug), None)
    if ready is None:
        raise Http404
    problems = stored_problems(request, ready)
    if request.method == "POST":
        return take_ready(request, ready, problems)
    offered = [Offered(row, first_variants(row)[:1]) for row in problems]
    context = {"ready": ready, "offered": offered, "sections": sections_of(request)}
    return render(request, "assignments/ready_set.html", context)


def take_ready(request: AuthedRequest, ready: ReadySet, problems: list[Problem]) -> HttpResponse:
    """Make the set one's own; with a class, go on to assign it."""
    if not problems:
        text = _("Lemma’s own problems are not stored here. Ask your administrator for them.")
        messages.error(request, text)
        return redirect("problem-map")
    taken = new_set(request.user, ready.title, problems)
    section = as_code(request.POST.get("section", ""))
    return redirect(assign_address(request, taken, section) if section else taken)


def assign_address(request: AuthedRequest, taken: ProblemSet, section: UUID) -> str:
    managed_section(request, section)
    return f"{reverse('assign', args=[section])}?set={taken.code}"


def stored_problems(request: AuthedRequest, ready: ReadySet) -> list[Problem]:
    """In the language of the page, in the order of the set."""
    slugs = ready.slugs(request.LANGUAGE_CODE)
    problems = Problem.objects.visible_to(request.user).in_use().with_content()
    stored = {row.slug: row for row in problems.filter(slug__in=slugs, current__isnull=False)}
    return [stored[slug] for slug in slugs if slug in stored]


@transaction.atomic
def new_set(owner: User, title: str, problems: list[Problem]) -> ProblemSet:
    """The owner's set of these problems; the same one where it was made before."""
    wanted = [problem.pk for problem in problems]
    for made in islice(ProblemSet.objects.filter(owner=owner, title=title).order_by("-pk"), 10):
        if list(made.items.order_by("position").values_list("problem", flat=True)) == wanted:
            return made
    made = ProblemSet.objects.create(owner=owner, title=title)
    made.append(problems)
    return made
