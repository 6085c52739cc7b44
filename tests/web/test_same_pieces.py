"""Pieces that are the same on every page are rendered once in every language."""

import pytest
from django.template import Context, Template
from django.utils import translation

from tutor import same_pieces


class Counted:
    """A value of a page that counts how often it is written."""

    def __init__(self):
        self.count = 0

    def __str__(self):
        self.count += 1
        return translation.get_language()


def rendered(template, counted, **values):
    return template.render(Context({"counted": counted, **values}))


@pytest.fixture
def piece():
    return Template("{% same ending %}{{ ending }} {{ counted }}{% endsame %}")


def test_a_piece_is_rendered_once_for_each_value_and_language(piece):
    counted = Counted()
    for _ in range(3):
        for ending in ("right", "wrong"):
            for language in ("en", "zh-hans"):
                with translation.override(language):
                    assert rendered(piece, counted, ending=ending) == f"{ending} {language}"
    assert counted.count == 4


def test_many_values_take_no_more_memory_and_are_right(piece, monkeypatch):
    monkeypatch.setattr(same_pieces, "MAX_KEPT", 2)
    for _ in range(2):
        pages = [rendered(piece, Counted(), ending=str(n)) for n in range(5)]
        assert pages == [f"{n} en" for n in range(5)]
    assert len(piece.nodelist[0].rendered) == 2
