"""Problems that a teacher collects into a set, from page to page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.access import as_code, assigning_classes
from tutor.assignments.models import ProblemSet, ProblemSetQuerySet
from tutor.courses.conventions import date_text
from tutor.courses.models import Section
from tutor.problems.models import Problem, Skill
from tutor.problems.skills.names import skill_name

NEW = "new"
MAX_DRAFTS = 50  # that can be chosen from
MAX_ITEMS = 200
_CHOSEN = "collected_set"  # in the session


@dataclass(frozen=True)
class Collection:
    """drafts: sets to choose from. chosen: where the next problem goes; None: into a new set.

    hides_assigned: whether there are own sets that are no drafts, since a class has them.
    section: the class that is proposed for the chosen set; None where nobody can be given it yet.
    """

    drafts: list[ProblemSet]
    chosen: ProblemSet | None
    problems: frozenset[int]  # keys of those that are in it
    hides_assigned: bool
    section: Section | None

    @property
    def count(self) -> int:
        return len(self.problems)


class SetIsFull(ValueError):
    pass


def collection_of(request: AuthedRequest) -> Collection:
    drafts = list(drafts_of(request.user)[:MAX_DRAFTS])
    code = as_code(request.session.get(_CHOSEN, ""))
    chosen = next((draft for draft in drafts if draft.code == code), None)
    problems = set(chosen.items.values_list("problem", flat=True)) if chosen else set()
    assigned = ProblemSet.objects.filter(owner=request.user, assignments__isnull=False)
    section = assigning_classes(request.user).first() if problems else None
    return Collection(drafts, chosen, frozenset(problems), assigned.exists(), section)


def drafts_of(user: User) -> ProblemSetQuerySet:
    """Their own sets that no class has yet, the newest first."""
    return ProblemSet.objects.filter(owner=user, assignments=None).order_by("-pk")


def draft_of(user: User, code: str) -> ProblemSet | None:
    uuid = as_code(code)
    return drafts_of(user).filter(code=uuid).first() if uuid else None


def collect(
    request: AuthedRequest, into: str, problems: Sequence[Problem], title: str = ""
) -> ProblemSet:
    """Add the problems to the draft of that code, or to a new set. Raises SetIsFull.

    title: of a new set; without one `proposed_title` is taken.
    """
    draft = draft_of(request.user, into)
    if (draft.items.count() if draft else 0) + len(problems) > MAX_ITEMS:
        raise SetIsFull
    problem_set = draft or new_collection(request.user, title, problems)
    problem_set.append(problems)
    choose(request, problem_set.code)
    return problem_set


def choose(request: AuthedRequest, code: UUID | None) -> None:
    request.session[_CHOSEN] = str(code or "")


def new_collection(user: User, title: str = "", problems: Sequence[Problem] = ()) -> ProblemSet:
    return ProblemSet.objects.create(owner=user, title=title or proposed_title(user, problems))


def proposed_title(user: User, problems: Sequence[Problem]) -> str:
    """The topic of over half of them, with a number if they have such a set; else the day."""
    tagged = Skill.objects.filter(problems__in=problems).order_by("-name")
    first_paths = dict(tagged.values_list("problems", "name"))
    paths = [first_paths[row.pk] for row in problems if row.pk in first_paths]
    topics = Counter(".".join(path.split(".")[:2]) for path in paths)
    [(path, shared)] = topics.most_common(1) or [("", 0)]
    if 2 * shared <= len(problems):
        today = date_text(timezone.localdate(), "DATE_FORMAT")
        return _("Collected on %(day)s") % {"day": today}
    topic = skill_name(path)
    taken = set(ProblemSet.objects.filter(owner=user).values_list("title", flat=True))
    numbered = (f"{topic} {number}" for number in count(2))
    return topic if topic not in taken else next(name for name in numbered if name not in taken)
