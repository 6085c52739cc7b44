"""The skill map for students: as a picture, and each area as lines of skills."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.practising.own_map import OwnMap, StationState
from tutor.problems.skills.names import skill_name
from tutor.problems.skills.picture import Dot, MapPicture, map_picture, topics_of
from tutor.problems.skills.skill_map import AREAS


@login_required
@require_safe
def skill_map(request: AuthedRequest) -> HttpResponse:
    own = OwnMap(request.user)
    picture = map_picture()
    context = {
        "picture": picture,
        "dots": [_with_state(dot, own, picture) for dot in picture.dots],
        "areas": [(area, skill_name(area), own.secure_in(area), _size(area)) for area in AREAS],
        "coming": own.coming(),
    }
    return render(request, "attempts/skill_map.html", context)


def _with_state(dot: Dot, own: OwnMap, picture: MapPicture) -> tuple[object, ...]:
    path = dot.skill.path
    address = f"{reverse('skill-map-area', args=[dot.skill.area])}#{path}"
    return dot, own.state(path), picture.lines.get(path), address, None


@login_required
@require_safe
def skill_area(request: AuthedRequest, area: str) -> HttpResponse:
    if area not in AREAS:
        raise Http404
    own = OwnMap(request.user)
    topics = [
        (skill_name(topic), list(map(own.station, skills))) for topic, skills in topics_of(area)
    ]
    context = {
        "area_name": skill_name(area),
        "lines": [
            (name, stations, any(station.state != StationState.LATER for station in stations))
            for name, stations in topics
        ],
    }
    return render(request, "attempts/skill_area.html", context)


def _size(area: str) -> int:
    return sum(len(skills) for _topic, skills in topics_of(area))
