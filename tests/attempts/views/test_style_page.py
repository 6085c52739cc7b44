"""The page of components is there for who works on them, and for nobody else."""

import re

import pytest
from django.test import RequestFactory

from tutor.attempts.fields.boxes import BoxShape
from tutor.attempts.views.style_page import MARKS, StylePage, urls
from tutor.attempts.views.style_samples import SKETCHES
from tutor.problems.drawing import DrawnShape

CLASSES = (
    *("breadcrumb", "choices", "clock", "drawing", "echo", "empty", "entries", "facts"),
    *("help-panel", "keys", "messages", "milestone", "next", "options", "pages", "scroll cards"),
    *("set-bar", "shortcuts", "skill-map", "bar-chart", "tabs", "working", "lines"),
)


@pytest.fixture
def page(db):
    return StylePage.as_view()(RequestFactory().get("/style/")).render().content.decode()


def test_it_shows_every_mark(page):
    assert all(f'data-mark="{mark}"' in page for mark in MARKS)


def test_it_shows_every_verdict(page):
    verdicts = (
        "correct",
        "partly",
        "unfinished",
        "incorrect",
        "unreadable",
        "undecided",
        "pending",
    )
    assert all(f'data-verdict="{verdict}"' in page for verdict in verdicts)


def test_it_shows_every_component(page):
    lacking = [name for name in CLASSES if not re.search(rf'class="{name}["\s]', page)]
    lacking += [
        shape for shape in BoxShape if f'data-part="boxes" data-shape="{shape}"' not in page
    ]
    lacking += [
        shape
        for shape in DrawnShape
        if not re.search(rf'data-part="drawing"[^>]*data-shape="{shape}"', page)
    ]
    assert lacking == []
    assert page.count('<svg class="sketch"') == len(SKETCHES)


def test_what_is_typed_there_is_kept_nowhere():
    assert StylePage.as_view()(RequestFactory().post("/style/")).status_code == 204


def test_only_with_debug(settings):
    assert urls() == []
    settings.DEBUG = True
    assert [str(url.pattern) for url in urls()] == ["style/"]
