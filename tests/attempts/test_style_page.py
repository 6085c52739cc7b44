"""The page of components is there for who works on them, and for nobody else."""

from django.test import RequestFactory

from tutor.attempts.views.style_page import MARKS, StylePage, urls


def test_it_shows_every_mark(db):
    page = StylePage.as_view()(RequestFactory().get("/style/")).render().content.decode()
    assert all(f'data-mark="{mark}"' in page for mark in MARKS)


def test_it_shows_every_verdict(db):
    page = StylePage.as_view()(RequestFactory().get("/style/")).render().content.decode()
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


def test_only_with_debug(settings):
    assert urls() == []
    settings.DEBUG = True
    assert [str(url.pattern) for url in urls()] == ["style/"]
