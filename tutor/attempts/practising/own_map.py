"""The skill map of one student: what they can do, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import cached_property

from accounts.models import User
from tutor.attempts.practising.topics import public_problems_for
from tutor.attempts.results.mastery import SECURE, Level, Mastery, masteries_of
from tutor.problems.models import Skill
from tutor.problems.skills.names import skill_name
from tutor.problems.skills.skill_map import MappedSkill, skill_map

MAX_COMING = 5


class StationState(StrEnum):
    SECURE = "secure"
    BEGUN = "begun"
    READY = "ready"  # all that it rests on is known
    LATER = "later"


@dataclass(frozen=True)
class OwnStation:
    """A skill on a student's map. practised: its row; None where there is nothing to practise."""

    skill: MappedSkill
    state: StationState
    mastery: Mastery | None
    practised: Skill | None

    @property
    def name(self) -> str:
        return skill_name(self.skill.path)

    @property
    def rests_on(self) -> list[str]:
        return [skill_name(path) for path in self.skill.after]


class OwnMap:
    """Skills with an answer of `user`, and skills with problems for them; three queries."""

    def __init__(self, user: User) -> None:
        self._masteries: Mapping[str, Mastery] = {
            skill.name: mastery for skill, mastery in masteries_of(user).items()
        }
        practised = Skill.objects.filter(problems__in=public_problems_for(user)).distinct()
        self._practised = {skill.name: skill for skill in practised}

    @cached_property
    def _known(self) -> set[str]:
        """Secure skills, and all that these rest on, or that others answered as well rest on."""
        skills = skill_map().skills
        waiting = [path for path in skills if self._is_secure(path)]
        for path in self._shown:
            waiting += skills[path].after
        known: set[str] = set()
        while waiting:
            path = waiting.pop()
            if path not in known:
                known.add(path)
                waiting += skills[path].after
        return known

    @cached_property
    def _shown(self) -> list[str]:
        """Skills whose few answers so far are as good as those of a secure one."""
        masteries = self._masteries
        paths = [path for path in skill_map().skills if path in masteries]
        return [path for path in paths if masteries[path].so_far >= SECURE]

    def _is_secure(self, path: str) -> bool:
        return path in self._masteries and self._masteries[path].level == Level.SECURE

    def state(self, path: str) -> StationState:
        if self._is_secure(path):
            return StationState.SECURE
        if path in self._masteries:
            return StationState.BEGUN
        after = skill_map().skills[path].after
        return StationState.READY if self._known.issuperset(after) else StationState.LATER

    def station(self, skill: MappedSkill) -> OwnStation:
        path = skill.path
        mastery, practised = self._masteries.get(path), self._practised.get(path)
        return OwnStation(skill, self.state(path), mastery, practised)

    def coming(self) -> list[OwnStation]:
        """What to practise next: what was begun, then what rests on it, the nearest years first."""
        stations = [row for row in map(self.station, self._open()) if row.practised]
        reached = [*self._known, *self._shown]
        year = max((skill_map().skills[path].grade for path in reached), default=0)
        stations.sort(
            key=lambda row: (row.state != StationState.BEGUN, abs(row.skill.grade - year))
        )
        return stations[:MAX_COMING]

    def _open(self) -> Iterator[MappedSkill]:
        """What was begun, and what is new and ready; to whoever has nothing secure, the latter
        would be the first skills of all, however far they are.
        """
        takes_new = bool(self._known or not self._masteries)
        for path, skill in skill_map().skills.items():
            state = self.state(path)
            is_new = takes_new and state == StationState.READY and path not in self._known
            if state == StationState.BEGUN or is_new:
                yield skill

    def secure_in(self, area: str) -> int:
        """How many of its skills are secure."""
        paths = [path for path, skill in skill_map().skills.items() if skill.area == area]
        return sum(map(self._is_secure, paths))
